"""What is known of a visit that is being booked: kept in the conversation, without numbers.

A mobile number stays where `contacts` holds it until the booking takes it; a slot never has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.publicity import booking, heard
from actions.publicity.topics import audience_of, named_topics, topics
from actions.turn import Turn
from policy_kb.facts import day_label

NEEDED = ("day", "half", "place")
WISHED = ("people", "topics")
"""Asked twice at most; a visit can be booked without them."""

ASKED_TWICE = 2


def with_heard(turn: Turn, draft: Mapping[str, Any], *, spot: bool) -> dict[str, Any]:
    """The draft with what this message adds. `spot`: a place may be named in it."""
    text = turn.text
    day = heard.day_of(text, turn.loose, turn.as_of)
    told = {
        "audience": draft.get("audience") or audience_of(text) or "",
        "day": day.isoformat() if day else "",
        "half": heard.half_of(text),
        "clock": heard.clock_of(text),
        "place": heard.place_of(text) if spot else "",
        "people": heard.people_of(text, turn.loose),
        "topics": _topics(text),
    }
    if heard.MASKED in text or heard.PHONE.search(text):
        told["contact"] = heard.contact_of(text)
        told["called"] = "yes"
    new = {**draft, **{key: value for key, value in told.items() if value}}
    if spot and not new.get("place") and "place" in missing(draft, NEEDED) and _bare(text):
        new["place"] = text
    return new


def _bare(text: str) -> bool:
    """A short answer of which nothing else was understood: the place that was asked for."""
    return len(text) <= heard.LONGEST_SPOT and not re.search(
        r"[？?，。吗呢\d]|不|上午|下午|晚上", text
    )


def _topics(text: str) -> str:
    """What they want to hear: in their words, else the topics that they name."""
    spoken = heard.topic_said(text)
    if spoken:
        return spoken
    return "、".join(topics()[key].name for key in topics() if key in named_topics(text))


def missing(draft: Mapping[str, Any], fields: tuple[str, ...]) -> list[str]:
    return [field for field in fields if not draft.get(field)]


def summary(draft: Mapping[str, Any]) -> str:
    """What is understood so far."""
    day = day_label(draft["day"]) if draft.get("day") else ""
    half = booking.half_name(draft["half"]) if draft.get("half") else ""
    people = f"约{draft['people']}人" if draft.get("people") else ""
    parts = (
        f"{day}{half}{draft.get('clock') or ''}",
        draft.get("place"),
        people,
        draft.get("topics"),
    )
    return "，".join(str(part) for part in parts if part)
