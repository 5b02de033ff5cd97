"""Whom four-send reached: counts by event, channel, topic and verdict; nobody's name, no id.

A count is raised in its own transaction as it happens, so a killed process loses none.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from actions.publicity.brief import TAG
from actions.publicity.topics import audiences, topics
from actions.records.schema import reach
from actions.records.store import Records
from actions.reply import Reply

logger = logging.getLogger(__name__)

VISIT, CONVERSATION, ANSWER = "visit", "conversation", "answer"
MOST_EVENTS = 200
"""Events counted on one day; no district holds as many."""

KEYS = ("day", "event", "channel", "kind", "topic", "verdict")


@dataclass(frozen=True)
class Count:
    """How often something happened on a day. `topic`: a topic's id or a provision's."""

    day: date
    event: str
    channel: str
    kind: str
    topic: str
    verdict: str
    count: int


def tag_of(raw: object) -> str:
    """The event's tag as it came with a visit or a message; '' for anything that is none."""
    text = str(raw or "")
    return text if TAG.fullmatch(text) else ""


def visited(records: Records, event: str, channel: str, topic: str, day: date) -> None:
    """Somebody opened a code's link. Unknown topics are counted without one."""
    known = topic if topic in topics() or topic in audiences() else ""
    _raise(records, day, event, channel, VISIT, known)


def talked(
    records: Records, event: str, channel: str, reply: Reply, day: date, *, first: bool
) -> None:
    """One answer in a conversation that came from an event; `first`: the conversation's first."""
    if first:
        _raise(records, day, event, channel, CONVERSATION)
    if reply.results:
        for result in reply.results:
            _raise(records, day, event, channel, ANSWER, result.provision, result.verdict.value)
    else:
        _raise(records, day, event, channel, ANSWER, *reply.provisions[:1])


def noted(records: Records, event: str, channel: str, reply: Reply, day: date, first: bool) -> None:
    """As `talked`, but a database that fails costs a count, never the answer."""
    try:
        talked(records, event, channel, reply, day, first=first)
    except SQLAlchemyError:
        logger.exception("reach could not be counted")


def _raise(
    records: Records,
    day: date,
    event: str,
    channel: str,
    kind: str,
    topic: str = "",
    verdict: str = "",
) -> None:
    key = dict(zip(KEYS, (day, event, channel[:32], kind, topic[:40], verdict), strict=True))
    if not _raised(records, key):
        if _is_one_too_many(records, day, event):
            return
        try:
            with records.begin() as connection:
                connection.execute(insert(reach).values(**key, count=1))
        except IntegrityError:
            _raised(records, key)  # somebody else was the first


def _is_one_too_many(records: Records, day: date, event: str) -> bool:
    """Whether a tag never seen that day comes after MOST_EVENTS others: made up to fill the disk."""
    query = select(reach.c.event).where(reach.c.day == day).distinct().limit(MOST_EVENTS)
    with records.begin() as connection:
        known = set(connection.execute(query).scalars())
    return len(known) >= MOST_EVENTS and event not in known


def _raised(records: Records, key: Mapping[str, object]) -> bool:
    where = [reach.c[name] == value for name, value in key.items()]
    with records.begin() as connection:
        changed = connection.execute(update(reach).where(*where).values(count=reach.c.count + 1))
        return bool(changed.rowcount)


def counts(
    records: Records, first: date | None = None, last: date | None = None, event: str = ""
) -> tuple[Count, ...]:
    """All counts of these days (both included) and this event, oldest first."""
    query = select(*(reach.c[name] for name in KEYS), reach.c.count).order_by(
        reach.c.day, reach.c.id
    )
    if first:
        query = query.where(reach.c.day >= first)
    if last:
        query = query.where(reach.c.day <= last)
    if event:
        query = query.where(reach.c.event == event)
    with records.begin() as connection:
        return tuple(Count(*row) for row in connection.execute(query))
