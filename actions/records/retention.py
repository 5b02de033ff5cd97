"""Deleting: all of one person, or all that is older than it may be."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from actions.records.schema import (
    bookings,
    contacts,
    desk_messages,
    feedback,
    satisfaction,
    tickets,
)
from actions.records.store import Records
from actions.records.tickets import CLOSED


def forget(records: Records, sender: str) -> None:
    """Nothing of this person stays."""
    with records.begin() as connection:
        for table in (feedback, satisfaction, tickets, desk_messages, contacts, bookings):
            connection.execute(delete(table).where(table.c.sender == sender))
    records.empty_log()


def purge(records: Records, before: datetime) -> int:
    """Delete what is older (UTC); a ticket only once closed. The number of rows deleted."""
    gone = select(tickets.c.id).where(tickets.c.state == CLOSED, tickets.c.closed < before)
    old = (
        delete(desk_messages).where(desk_messages.c.ticket.in_(gone)),
        delete(contacts).where(contacts.c.ticket.in_(gone)),
        delete(feedback).where(feedback.c.at < before),
        delete(satisfaction).where(satisfaction.c.at < before),
        delete(tickets).where(tickets.c.state == CLOSED, tickets.c.closed < before),
        delete(bookings).where(bookings.c.day < before.date()),  # reach names nobody and stays
    )
    with records.begin() as connection:
        gone_rows = sum(connection.execute(statement).rowcount for statement in old)
    records.empty_log()
    return gone_rows
