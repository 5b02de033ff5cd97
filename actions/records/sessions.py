"""Sessions at the desk: kept in the database, so that each can be ended, and all end by themselves."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, insert, or_, select, update

from actions.records.audit import note
from actions.records.schema import desk_sessions, operators
from actions.records.staff import Operator
from actions.records.store import Records, now

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
"""A session ends this long after the last deed, and this long after it began."""

NOTED_EVERY = timedelta(seconds=30)


def begin(records: Records, operator: Operator) -> str:
    """The token of a new session; only its hash is kept. What has ended is cleared away."""
    token, moment = secrets.token_urlsafe(32), now()
    with records.begin() as connection:
        ended = or_(desk_sessions.c.seen < moment - IDLE, desk_sessions.c.began < moment - LONGEST)
        connection.execute(delete(desk_sessions).where(ended))
        connection.execute(
            insert(desk_sessions).values(
                token=_hash(token), operator=operator.name, began=moment, seen=moment
            )
        )
    return token


def holder(records: Records, token: str, active: bool) -> Operator | None:
    """Whose session this is; None where it has ended. `active`: the person did something."""
    moment = now()
    query = (
        select(operators, desk_sessions.c.seen)
        .join(desk_sessions, desk_sessions.c.operator == operators.c.name)
        .where(
            desk_sessions.c.token == _hash(token),
            desk_sessions.c.seen >= moment - IDLE,
            desk_sessions.c.began >= moment - LONGEST,
            operators.c.disabled.is_(False),
        )
    )
    with records.begin() as connection:
        row = connection.execute(query).first()
        if row is None:
            return None
        if active and row.seen < moment - NOTED_EVERY:
            mine = update(desk_sessions).where(desk_sessions.c.token == _hash(token))
            connection.execute(mine.values(seen=moment))
    return Operator(row.name, row.role)


def end(records: Records, token: str, operator: Operator) -> None:
    """Signed out."""
    with records.begin() as connection:
        connection.execute(delete(desk_sessions).where(desk_sessions.c.token == _hash(token)))
        note(connection, operator.name, "sign_out")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
