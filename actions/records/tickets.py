"""Requests for a person (转人工): one open ticket a conversation, taken by one operator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Row

from actions.records.audit import note
from actions.records.schema import tickets
from actions.records.store import Records, now

OPEN, TAKEN, CLOSED = "open", "taken", "closed"


@dataclass(frozen=True)
class Ticket:
    """`reason`: the act that asked for a person. `opened`, `taken`, `closed`: UTC."""

    id: int
    opened: datetime
    sender: str
    channel: str
    reason: str
    urgent: bool
    state: str
    operator: str | None = None
    taken: datetime | None = None
    closed: datetime | None = None
    result: str = ""


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


def taken(records: Records) -> tuple[Ticket, ...]:
    """Tickets that somebody is busy with, by the time they were taken."""
    query = select(tickets).where(tickets.c.state == TAKEN).order_by(tickets.c.taken)
    with records.begin() as connection:
        return tuple(_ticket(row) for row in connection.execute(query))


def ticket(records: Records, number: int) -> Ticket | None:
    """One ticket by its number."""
    with records.begin() as connection:
        row = connection.execute(select(tickets).where(tickets.c.id == number)).first()
    return _ticket(row) if row else None


def unclosed(records: Records, sender: str) -> Ticket | None:
    """The ticket of this conversation that is open or taken."""
    with records.begin() as connection:
        row = _unclosed(connection, sender)
    return _ticket(row) if row else None


def take(records: Records, number: int, operator: str) -> bool:
    """Whether this operator got it: of two who try at once, one does."""
    return _moved(records, number, operator, "take", (OPEN, None), _taken_by(operator))


def give_back(records: Records, number: int, operator: str, who: str = "") -> bool:
    """Back into the queue, where it keeps its place. `who` did it, if not the one who has it."""
    values = {"state": OPEN, "operator": None, "taken": None}
    return _moved(records, number, who or operator, "give_back", (TAKEN, operator), values)


def close(records: Records, number: int, operator: str, result: str) -> bool:
    """Done, with a result that the citizen is told."""
    values = {"state": CLOSED, "closed": now(), "result": result}
    return _moved(records, number, operator, "close", (TAKEN, operator), values)


def _taken_by(operator: str) -> dict[str, Any]:
    return {"state": TAKEN, "operator": operator, "taken": now()}


def _moved(
    records: Records,
    number: int,
    who: str,
    did: str,
    stands: tuple[str, str | None],
    values: Mapping[str, Any],
) -> bool:
    """One UPDATE that changes the ticket only as it stands: compare and swap."""
    state, operator = stands
    owner = tickets.c.operator.is_(None) if operator is None else tickets.c.operator == operator
    change = update(tickets).where(tickets.c.id == number, tickets.c.state == state, owner)
    with records.begin() as connection:
        done = connection.execute(change.values(**values)).rowcount == 1
        if done:
            note(connection, who, did, f"ticket {number}")
    return done


def _unclosed(connection: Connection, sender: str) -> Row | None:
    query = select(tickets).where(tickets.c.sender == sender, tickets.c.state != CLOSED)
    return connection.execute(query).first()


def _ticket(row: Row) -> Ticket:
    return Ticket(
        row.id,
        row.opened,
        row.sender,
        row.channel,
        row.reason,
        row.urgent,
        row.state,
        row.operator,
        row.taken,
        row.closed,
        row.result,
    )
