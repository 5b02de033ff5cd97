"""Booking in conversation: what was said is kept, what is missing is asked, clashes are told."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from actions.about import Response
from actions.publicity import booking, contacts, heard
from actions.publicity.booking import BookingError, Visit, says
from actions.publicity.visit_draft import (
    ASKED_TWICE,
    NEEDED,
    WISHED,
    missing,
    summary,
    with_heard,
)
from actions.publicity.words import numbers_in
from actions.records.store import records
from actions.reply import Reply, joined
from actions.state import State
from actions.texts import say
from actions.turn import Turn
from policy_kb.facts import day_label

logger = logging.getLogger(__name__)

MODE = "booking"
DRAFT = "visit"
WISH = re.compile(
    r"(?:来|到|去)(?:我们|我|俺们?|咱们?)?(?:村|社区|居委会|厂|公司|学校|学院|单位|园区|企业)(?:里|上)?.{0,2}讲(?:讲|一讲|课|一场|一次|政策)"
    r"|预约.{0,6}(?:宣讲|讲座)|约.{0,4}(?:宣讲|讲座)"
)
"""Asks for a visit, whatever act was heard."""

CANCEL = re.compile(
    r"取消.{0,6}(?:预约|登记|宣讲|那场|这场)|(?:预约|登记|宣讲).{0,4}取消|不用来了|不约了|来不了了"
)


def start_booking(turn: Turn, state: State) -> Response:
    """The first message: asks for everything that it does not say."""
    draft = with_heard(turn, {}, spot=False)
    state = replace(state, mode=MODE, asking=(), last={**state.last, DRAFT: draft})
    day = date.fromisoformat(draft["day"]) if draft.get("day") else None
    if day and (day < turn.as_of or not missing(draft, NEEDED)):
        return _go_on(turn, draft, state)
    if day or draft.get("topics"):
        reply, state = _asks(draft, [*missing(draft, NEEDED), *missing(draft, WISHED)], state)
        return reply.after([says("intro")]), state
    return Reply(say("booking_ask"), "question", ("18.3",), verdict="unknown"), state


def continue_booking(turn: Turn) -> Response | None:
    """The next message; None where it is no longer about the visit."""
    draft = dict(turn.state.last.get(DRAFT) or {})
    if draft.get("id"):
        return _take_contact(turn, draft)
    new = with_heard(turn, draft, spot=True)
    state = replace(turn.state, last={**turn.state.last, DRAFT: new}, misses=0)
    return _go_on(turn, new, state)


def cancel_booking(turn: Turn) -> Response:
    """Gives the place free that this conversation took last."""
    store = records()
    visit = booking.latest_of(store, turn.sender, turn.as_of)
    gone = booking.cancel(store, visit.id, turn.sender) if visit else None
    text = says("cancelled", number=gone.number) if gone else says("none_to_cancel")
    return Reply(text, "publicity", ("18.3",), figures=numbers_in(text)), _left(turn.state)


def _go_on(turn: Turn, draft: dict[str, Any], state: State) -> Response:
    day = date.fromisoformat(draft["day"]) if draft.get("day") else None
    if day and day < turn.as_of:
        return _refused(draft, state, _past(day, turn.as_of))
    needed = missing(draft, NEEDED)
    if needed or (missing(draft, WISHED) and draft.get("asked", 0) < ASKED_TWICE):
        return _asks(draft, [*needed, *missing(draft, WISHED)], state)
    assert day is not None
    held = contacts.take(turn.sender) if draft.get("called") else ""
    contact = " ".join(part for part in (draft.get("contact"), held) if part)
    visit = Visit(
        day,
        draft["half"],
        draft["place"],
        draft.get("people"),
        draft.get("topics") or "",
        contact,
        draft.get("audience") or "",
        draft.get("clock") or "",
    )
    try:
        made = booking.book(records(), visit, turn.sender, turn.channel, turn.as_of)
    except BookingError as error:
        return _refused(draft, state, error)
    except SQLAlchemyError:
        logger.exception("a booking could not be stored")
        return Reply(says("lost"), "handoff", ("18.3",)), state
    return _done(made, state)


def _past(day: date, today: date) -> BookingError:
    others = booking.alternatives(records(), today, today)
    return BookingError(says("past", day=day_label(day)), others)


def _asks(draft: Mapping[str, Any], wanted: list[str], state: State) -> Response:
    """All that is missing in one question; the place and so on may come in one answer."""
    names = "、".join(says(f"fields.{key}") for key in wanted)
    known = says("heard", heard=summary(draft)) if summary(draft) else ""
    text = joined([known, says("ask", missing=names)])
    asked = {**draft, "asked": draft.get("asked", 0) + 1}
    reply = Reply(text, "question", ("18.3",), verdict="unknown", figures=numbers_in(text))
    return reply, replace(state, mode=MODE, last={**state.last, DRAFT: asked})


def _refused(draft: dict[str, Any], state: State, error: BookingError) -> Response:
    """Why not then, and when else: as choices."""
    slots = tuple(booking.slots_text(error.alternatives))
    lines = [str(error), says("other", slots="、".join(slots)) if slots else "", says("other_ask")]
    text = joined(lines)
    cleared = {**draft, "day": "", "half": "", "clock": "", "asked": ASKED_TWICE}
    reply = Reply(
        text, "question", ("18.3",), verdict="unknown", buttons=slots, figures=numbers_in(text)
    )
    return reply, replace(state, mode=MODE, last={**state.last, DRAFT: cleared})


def _done(visit: Visit, state: State) -> Response:
    text = says("done", number=visit.number, summary=_told(visit))
    if re.search(r"\d{7}", visit.contact):
        thanks = says("thanks", number=visit.number, contact=contacts.shown(visit.contact))
        text = joined([text, thanks])
        return Reply(text, "handoff", ("18.3",), figures=numbers_in(text)), _left(state)
    text = joined([text, says("contact")])
    last = {**state.last, DRAFT: {"id": visit.id}}
    return Reply(text, "handoff", ("18.3",), figures=numbers_in(text)), replace(
        state, mode=MODE, last=last
    )


def _take_contact(turn: Turn, draft: Mapping[str, Any]) -> Response | None:
    contact = heard.contact_of(turn.text, contacts.take(turn.sender))
    number_said = heard.MASKED in turn.text or bool(re.search(r"\d{7}", contact))
    if not contact and not number_said:
        return _amended(turn, draft)
    visit = booking.add_contact(records(), int(draft["id"]), turn.sender, contact)
    if visit is None:
        return None
    if not re.search(r"\d{7}", contact):
        text = says("no_number", number=visit.number)
        return Reply(text, "publicity", ("18.3",), figures=numbers_in(text)), turn.state
    text = says("thanks", number=visit.number, contact=contacts.shown(contact))
    return Reply(text, "publicity", ("18.3",), figures=numbers_in(text)), _left(turn.state)


def _amended(turn: Turn, draft: Mapping[str, Any]) -> Response | None:
    """People or topics said once the visit is booked; None where neither is."""
    people, wish = heard.people_of(turn.text, turn.loose), heard.topic_said(turn.text)
    values = {k: v for k, v in (("people", people), ("topics", wish)) if v}
    visit = booking.amend(records(), int(draft["id"]), turn.sender, **values) if values else None
    if visit is None:
        return None
    text = joined([says("changed", number=visit.number, summary=_told(visit)), says("contact")])
    return Reply(text, "publicity", ("18.3",), figures=numbers_in(text)), turn.state


def _told(visit: Visit) -> str:
    people = f"约{visit.people}人" if visit.people else ""
    return "，".join(part for part in (visit.when, visit.place, people, visit.topics) if part)


def _left(state: State) -> State:
    """The booking is over; the rest of the conversation stays."""
    return replace(state.done(), last={k: v for k, v in state.last.items() if k != DRAFT})
