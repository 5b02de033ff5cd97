"""Visits asked for by villages, firms and schools: stored, numbered, never two in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError

from actions.publicity.words import read_words, sentence
from actions.records.schema import bookings
from actions.records.store import Records, now
from policy_kb.errors import PolicyError
from policy_kb.facts import day_label

BOOKED, CANCELLED = "booked", "cancelled"
HALVES = ("am", "pm", "evening")
MOST_PEOPLE = 20000
OFFERED = 3
"""Other half-days offered where one is not to be had."""

LONGEST = {"place": 80, "topics": 200, "contact": 80}
"""Characters kept of each."""


class BookingError(PolicyError):
    """A visit that cannot be booked; `alternatives` are half-days that can."""

    def __init__(self, text: str, alternatives: tuple[tuple[date, str], ...] = ()) -> None:
        super().__init__(text)
        self.alternatives = alternatives


@dataclass(frozen=True)
class Visit:
    """`half`: am | pm | evening. `people`: expected audience. `id`: 0 until it is stored."""

    day: date
    half: str
    place: str
    people: int | None = None
    topics: str = ""
    contact: str = ""
    audience: str = ""
    clock: str = ""
    id: int = 0
    state: str = BOOKED

    @property
    def number(self) -> str:
        """What the person is told and the bureau looks up: day and running number."""
        return f"{self.day:%Y%m%d}-{self.id}"

    @property
    def when(self) -> str:
        return f"{day_label(self.day)}{half_name(self.half)}{self.clock}"


def book(records: Records, visit: Visit, sender: str, channel: str, today: date) -> Visit:
    """Store a visit and give it its number; BookingError for past, far and full half-days.

    The unique slot makes sure that two requests at once cannot both have the last place.
    """
    _refuse_impossible(records, visit, today)
    values = {k: v for k, v in vars(visit).items() if k not in ("id", "state")}
    values |= {name: str(values[name])[:most] for name, most in LONGEST.items()}
    for slot in range(1, capacity() + 1):
        try:
            with records.begin() as connection:
                made = connection.execute(
                    insert(bookings).values(
                        **values,
                        made=now(),
                        sender=sender,
                        channel=channel,
                        slot=slot,
                        state=BOOKED,
                    )
                )
                return replace(visit, id=made.inserted_primary_key[0])
        except IntegrityError:
            continue  # this place of the half-day is taken
    others = alternatives(records, visit.day, today)
    raise BookingError(says("full", day=day_label(visit.day), half=half_name(visit.half)), others)


def _refuse_impossible(records: Records, visit: Visit, today: date) -> None:
    day = day_label(visit.day)
    if visit.half not in HALVES:
        raise BookingError(says("ask", missing=says("fields.half")))
    if visit.day < today:
        raise BookingError(says("past", day=day), alternatives(records, today, today))
    furthest = int(read_words("booking")["furthest_days"])
    if visit.day > today + timedelta(days=furthest):
        raise BookingError(says("far", day=day, most=furthest), alternatives(records, today, today))


def alternatives(records: Records, near: date, today: date) -> tuple[tuple[date, str], ...]:
    """The next half-days of working days with a free place, from `near` or tomorrow on."""
    first = max(near, today + timedelta(days=1))
    days = (first + timedelta(days=i) for i in range(30))
    free = (
        (day, half)
        for day in days
        if day.weekday() < 5
        for half in ("am", "pm")
        if taken(records, day, half) < capacity()
    )
    return tuple(slot for slot, _ in zip(free, range(OFFERED), strict=False))


def taken(records: Records, day: date, half: str) -> int:
    """Visits booked for a half-day."""
    return sum(1 for visit in listed(records, day, day) if visit.half == half)


def listed(
    records: Records,
    first: date | None = None,
    last: date | None = None,
    *,
    all_states: bool = False,
) -> tuple[Visit, ...]:
    """Visits by day and half-day, those cancelled left out unless asked for."""
    query = select(bookings)
    if first:
        query = query.where(bookings.c.day >= first)
    if last:
        query = query.where(bookings.c.day <= last)
    if not all_states:
        query = query.where(bookings.c.state == BOOKED)
    with records.begin() as connection:
        found = [_visit(row) for row in connection.execute(query)]
    return tuple(sorted(found, key=lambda v: (v.day, HALVES.index(v.half), v.id)))


def add_contact(records: Records, visit_id: int, sender: str, contact: str) -> Visit | None:
    """Who is to be called about a visit; only the conversation that made it may say."""
    return _change(records, visit_id, sender, contact=contact[: LONGEST["contact"]])


def amend(records: Records, visit_id: int, sender: str, **values: Any) -> Visit | None:
    """More people, other topics: what does not touch the half-day."""
    wished = {k: v for k, v in values.items() if k in ("people", "topics")}
    return _change(records, visit_id, sender, **wished)


def cancel(records: Records, visit_id: int, sender: str | None = None) -> Visit | None:
    """Give the place free; by its own conversation, or by the bureau (no sender)."""
    return _change(records, visit_id, sender, state=CANCELLED, slot=None)


def latest_of(records: Records, sender: str, today: date) -> Visit | None:
    """The visit to come that this conversation booked last."""
    query = (
        select(bookings)
        .where(bookings.c.sender == sender, bookings.c.state == BOOKED, bookings.c.day >= today)
        .order_by(bookings.c.id.desc())
    )
    with records.begin() as connection:
        row = connection.execute(query).first()
    return _visit(row) if row else None


def _change(records: Records, visit_id: int, sender: str | None, **values: Any) -> Visit | None:
    mine = [bookings.c.id == visit_id, bookings.c.state == BOOKED]
    if sender is not None:
        mine.append(bookings.c.sender == sender)
    with records.begin() as connection:
        if not connection.execute(update(bookings).where(*mine).values(**values)).rowcount:
            return None
        row = connection.execute(select(bookings).where(bookings.c.id == visit_id)).first()
    return _visit(row)


def _visit(row: Row) -> Visit:
    return Visit(
        row.day,
        row.half,
        row.place,
        row.people,
        row.topics,
        row.contact,
        row.audience,
        row.clock,
        row.id,
        row.state,
    )


def capacity() -> int:
    """Visits that the bureau can make in one half-day."""
    return int(read_words("booking")["capacity"])


def half_name(half: str) -> str:
    return str(read_words("booking")["halves"][half]["name"])


def says(key: str, /, **values: object) -> str:
    """A sentence of booking.yaml, by its dotted key below `says`."""
    return sentence("booking", f"says.{key}", **values)


def slots_text(slots: tuple[tuple[date, str], ...]) -> Iterator[str]:
    """2026年12月3日上午, … as choices."""
    return (f"{day_label(day)}{half_name(half)}" for day, half in slots)
