"""Requests for a person (转人工): one open ticket a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Row

from actions.records.schema import tickets
from actions.records.store import Records, now

OPEN, TAKEN, CLOSED = "open", "taken", "closed"


@dataclass(frozen=True)
class Ticket:
    """`reason`: the act that asked for a person. `opened`: UTC."""

    id: int
    opened: datetime
    sender: str
    channel: str
    reason: str
    urgent: bool
    state: str


def open_ticket(
    records: Records, sender: str, channel: str, reason: str, urgent: bool = False
) -> Ticket:
    """The open ticket of this conversation: a new one, or the one there is, made more urgent."""
    with records.begin() as connection:
        found = _unclosed(connection, sender)
        if found is not None:
            if urgent and not found.urgent:
                connection.execute(
                    update(tickets)
                    .where(tickets.c.id == found.id)
                    .values(urgent=True, reason=reason)
                )
        else:
            connection.execute(
                insert(tickets).values(
                    opened=now(),
                    sender=sender,
                    channel=channel,
                    reason=reason,
                    urgent=urgent,
                    state=OPEN,
                    result="",
                )
            )
        return _ticket(_unclosed(connection, sender))


def waiting(records: Records) -> tuple[Ticket, ...]:
    """Tickets that nobody has taken, the urgent first, then by time waited."""
    query = (
        select(tickets)
        .where(tickets.c.state == OPEN)
        .order_by(tickets.c.urgent.desc(), tickets.c.opened, tickets.c.id)
    )
    with records.begin() as connection:
        return tuple(_ticket(row) for row in connection.execute(query))


def _unclosed(connection: Connection, sender: str) -> Row | None:
    query = select(tickets).where(tickets.c.sender == sender, tickets.c.state != CLOSED)
    return connection.execute(query).first()


def _ticket(row: Row) -> Ticket:
    return Ticket(row.id, row.opened, row.sender, row.channel, row.reason, row.urgent, row.state)
