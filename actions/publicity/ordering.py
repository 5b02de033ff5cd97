"""Material in conversation: what is asked for, what is still missing, the links to the files."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from actions.about import Response
from actions.publicity import shelf
from actions.publicity.brief import Brief
from actions.publicity.material import Material
from actions.publicity.order_draft import formats_named, forms_named, with_heard
from actions.publicity.pack import File, listing
from actions.publicity.topics import audiences, offered_to, topics
from actions.publicity.words import numbers_in, read_words, sentence, word
from actions.reply import Reply, joined
from actions.state import State
from actions.turn import Turn
from policy_kb.facts import day_label

MODE = "material"
DRAFT = "draft"
MADE = "made"
"""In `State.last`: what is being ordered, and what was made last."""

SHORT = 16
"""Characters up to which a message about formats is about what was just made."""


def order_material(turn: Turn) -> Response:
    """A new order, with whatever the message says already."""
    return _go_on(turn, {})


def continue_order(turn: Turn) -> Response:
    """The answer to what was missing."""
    return _go_on(turn, dict(turn.state.last.get(DRAFT) or {}))


def _go_on(turn: Turn, draft: Mapping[str, Any]) -> Response:
    draft = with_heard(turn, draft)
    state = replace(
        turn.state, mode=MODE, asking=(), last={**turn.state.last, DRAFT: dict(draft)}, misses=0
    )
    missing = [key for key in ("audience", "day", "topics") if not draft.get(key)]
    day = date.fromisoformat(draft["day"]) if draft.get("day") else None
    if day and day < turn.as_of:
        past = said("past", day=day_label(day))
        return _asks({**draft, "day": ""}, ["day"], state, past)
    if missing:
        return _asks(draft, missing, state)
    assert day is not None
    return _made(turn, draft, day, state)


def _asks(draft: Mapping[str, Any], missing: list[str], state: State, before: str = "") -> Response:
    """What is missing, all of it at once; the first of it as the question."""
    audience = draft.get("audience") or ""
    names = [topics()[key].name for key in offered_to(audience)] if audience else []
    wanted = [
        said(f"ask_{key}", choices="、".join(names)) for key in missing if key != "topics" or names
    ]
    known = said("known", known=_known(draft)) if _known(draft) else ""
    buttons = {
        "audience": tuple(a.name for a in audiences().values()),
        "day": (said("today"),),
        "topics": (said("all_topics"), *names),
    }[missing[0]]
    text = joined(
        [
            before,
            said("missing", known=known, missing="；".join(wanted)),
            said("ask", first=said(f"first.{missing[0]}")),
        ]
    )
    reply = Reply(
        text, "question", ("18.3",), verdict="unknown", buttons=buttons, figures=numbers_in(text)
    )
    return reply, replace(state, last={**state.last, DRAFT: dict(draft)})


def _known(draft: Mapping[str, Any]) -> str:
    """What is understood so far, for the person to put right."""
    parts = [
        audiences()[draft["audience"]].name if draft.get("audience") else "",
        day_label(draft["day"]) if draft.get("day") else "",
        f"{draft['minutes']}分钟" if draft.get("minutes") else "",
        "、".join(topics()[key].name for key in draft.get("topics") or ()),
    ]
    return "，".join(part for part in parts if part)


def _made(turn: Turn, draft: Mapping[str, Any], day: date, state: State) -> Response:
    event = f"{draft['audience']}-{day:%Y%m%d}-{secrets.token_hex(2)}"
    minutes = int(draft.get("minutes") or 0)
    topics_chosen = tuple(draft["topics"])
    brief = Brief(
        draft["audience"], day, topics_chosen, minutes, host=draft.get("host") or "", event=event
    )
    material = Material(turn.kb, brief)
    order_id = shelf.order(brief)
    files = _files(brief.audience, order_id, draft)
    text = joined(
        [
            said(
                "made", summary=_known({**draft, "minutes": brief.minutes if brief.spoken else 0})
            ),
            said(
                "counted",
                day=day_label(day),
                current=len(material.current),
                ended=len(material.ended),
            ),
            *(said("file", label=label, url=address) for label, address in files),
            said("more"),
        ]
    )
    last = {k: v for k, v in state.last.items() if k != DRAFT}
    made = {"id": order_id, "audience": brief.audience}
    reply = Reply(text, "publicity", ("18.3",), figures=numbers_in(text), files=files)
    return reply, replace(state.done(), last={**last, MADE: made})


def wants_other_format(turn: Turn) -> bool:
    """Whether a short message asks for what was just made in another form or format."""
    asked = formats_named(turn.text) or forms_named(turn.text)
    return bool(turn.state.last.get(MADE)) and len(turn.text) <= SHORT and bool(asked)


def other_format(turn: Turn) -> Response:
    """The same order again, in the form and formats that the message names."""
    made = turn.state.last[MADE]
    draft = {"formats": formats_named(turn.text), "forms": forms_named(turn.text)}
    files = _files(made["audience"], made["id"], draft)
    text = joined([said("again"), *(said("file", label=label, url=url) for label, url in files)])
    reply = Reply(text, "publicity", ("18.3",), figures=numbers_in(text), files=files)
    return reply, turn.state


def _files(audience: str, order_id: str, draft: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What each file is, in the words of the conversation, and its address."""
    return tuple(
        (
            said(
                "label",
                name=word(f"{audience}.{file.form}.name"),
                format=said(f"format_names.{file.format}"),
            ),
            shelf.url(order_id, file.name),
        )
        for file in _wanted(audience, draft)
    )


def _wanted(audience: str, draft: Mapping[str, Any]) -> Iterator[File]:
    """The files to tell: of the forms named, else of all; in the formats named, else the usual."""
    files = listing(audience)
    named = {f.form for f in files} & set(draft.get("forms") or ())
    for file in files:
        usual = draft.get("formats") or read_words("talk")["formats"][file.form]
        if file.format in usual and (not named or file.form in named):
            yield file


def said(key: str, /, **values: object) -> str:
    """A sentence of talk.yaml by its dotted key."""
    return sentence("talk", key, **values)
