"""What is said while a person answers: kept beside the ticket, delivered once, never lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError

from actions.records.schema import desk_messages
from actions.records.store import Records, now
from actions.records.tickets import Ticket

CITIZEN, OPERATOR, NOTICE = "citizen", "operator", "notice"


@dataclass(frozen=True)
class Message:
    """One message. `at`: UTC. `speaker`: citizen | operator | notice (taken, given back, closed)."""

    id: int
    ticket: int
    at: datetime
    speaker: str
    name: str
    text: str
    message_id: str = ""


def add(
    records: Records,
    ticket: Ticket,
    speaker: str,
    text: str,
    message_id: str = "",
    name: str = "",
) -> Message:
    """Keep a message (masked already); one sent again with its id is not kept twice."""
    try:
        with records.begin() as connection:
            kept = connection.execute(
                insert(desk_messages).values(
                    ticket=ticket.id,
                    sender=ticket.sender,
                    at=now(),
                    speaker=speaker,
                    name=name,
                    text=text,
                    message_id=message_id or None,
                    delivered=speaker == CITIZEN,
                )
            )
            mine = desk_messages.c.id == kept.inserted_primary_key[0]
            return _message(connection.execute(select(desk_messages).where(mine)).one())
    except IntegrityError:
        found = told(records, ticket.sender, message_id)
        assert found is not None
        return found


def told(records: Records, sender: str, message_id: str) -> Message | None:
    """The message that was sent with this id."""
    query = select(desk_messages).where(
        desk_messages.c.sender == sender, desk_messages.c.message_id == message_id
    )
    with records.begin() as connection:
        row = connection.execute(query).first()
    return _message(row) if row else None


def since(records: Records, sender: str, after: int = 0) -> tuple[Message, ...]:
    """The messages of a conversation with a person, behind number `after`, oldest first."""
    query = (
        select(desk_messages)
        .where(desk_messages.c.sender == sender, desk_messages.c.id > after)
        .order_by(desk_messages.c.id)
    )
    with records.begin() as connection:
        return tuple(_message(row) for row in connection.execute(query))


def undelivered(records: Records, sender: str) -> tuple[Message, ...]:
    """What the citizen has not been given yet, on a channel that cannot fetch by itself."""
    query = (
        select(desk_messages)
        .where(desk_messages.c.sender == sender, desk_messages.c.delivered.is_(False))
        .order_by(desk_messages.c.id)
    )
    with records.begin() as connection:
        return tuple(_message(row) for row in connection.execute(query))


def delivered(records: Records, numbers: tuple[int, ...]) -> None:
    """These have reached the citizen."""
    if numbers:
        with records.begin() as connection:
            these = update(desk_messages).where(desk_messages.c.id.in_(numbers))
            connection.execute(these.values(delivered=True))


def _message(row: Row) -> Message:
    return Message(
        row.id, row.ticket, row.at, row.speaker, row.name, row.text, row.message_id or ""
    )
