"""Who may sit at the desk: operators and administrators, their passwords, and the lock-out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, insert, select, update

from actions.records.audit import note
from actions.records.schema import desk_sessions, operators
from actions.records.store import Records, now

OPERATOR, ADMINISTRATOR = "operator", "administrator"
ROLES = (OPERATOR, ADMINISTRATOR)
NAME = re.compile(r"[\w.-]{1,32}")
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)

COMMAND_LINE = "命令行"
"""Who did it, where it was done by `python -m bot.desk`."""

hasher = PasswordHasher()
NOBODY = hasher.hash("nobody has this password")
"""Verified where a name is unknown, so that the time taken does not tell."""


class StaffError(ValueError):
    """It cannot be done; the text says why and what to do."""


@dataclass(frozen=True)
class Operator:
    """One person of the desk. `locked_until`: UTC, None while not locked out."""

    name: str
    role: str
    disabled: bool = False
    locked_until: datetime | None = None

    def may(self, role: str) -> bool:
        """Whether this person may do what needs `role`; an administrator may do all."""
        return self.role == ADMINISTRATOR or self.role == role


def add(records: Records, name: str, role: str, password: str) -> None:
    """A new person. Raises StaffError for a bad name or password, or one who is there."""
    if not NAME.fullmatch(name):
        raise StaffError("名字只能用汉字、字母、数字、点和横线，1到32个字符。")
    if role not in ROLES:
        raise StaffError(f"角色只能是 {' 或 '.join(ROLES)}。")
    hashed = _hashed(password)
    with records.begin() as connection:
        if connection.execute(select(operators.c.name).where(operators.c.name == name)).first():
            raise StaffError(f"已经有“{name}”；要换密码用 reset。")
        connection.execute(
            insert(operators).values(
                name=name, role=role, password=hashed, disabled=False, failures=0, created=now()
            )
        )
        note(connection, COMMAND_LINE, "add", f"{role} {name}")


def reset(records: Records, name: str, password: str) -> None:
    """A new password; whoever is signed in under the name is signed out, a lock is lifted."""
    values = {"password": _hashed(password), "failures": 0, "locked_until": None, "disabled": False}
    _change(records, name, "reset", values)


def disable(records: Records, name: str) -> None:
    """Nobody signs in under this name any more, and sessions end at once."""
    _change(records, name, "disable", {"disabled": True})


def staff(records: Records) -> tuple[Operator, ...]:
    """Everybody, by name."""
    with records.begin() as connection:
        rows = connection.execute(select(operators).order_by(operators.c.name))
        return tuple(Operator(r.name, r.role, r.disabled, r.locked_until) for r in rows)


def sign_in(records: Records, name: str, password: str) -> Operator | None:
    """The person with this name and password; None also where locked out or disabled.

    The fifth failure in a row locks the name for a quarter of an hour. Takes 50 ms on purpose.
    """
    with records.begin() as connection:
        row = connection.execute(select(operators).where(operators.c.name == name)).first()
    locked = bool(row and row.locked_until and row.locked_until > now())
    right = _fits(row.password if row else NOBODY, password[:LONGEST_PASSWORD])
    if row is None or row.disabled or locked:
        return None
    with records.begin() as connection:
        mine = update(operators).where(operators.c.name == name)
        if right:
            connection.execute(mine.values(failures=0, locked_until=None))
            note(connection, name, "sign_in")
            return Operator(row.name, row.role)
        connection.execute(mine.values(failures=operators.c.failures + 1))
        failures = connection.execute(
            select(operators.c.failures).where(operators.c.name == name)
        ).scalar_one()
        note(connection, name, "sign_in_failed")
        if failures >= MOST_FAILURES:
            connection.execute(mine.values(failures=0, locked_until=now() + LOCKED_FOR))
            note(connection, name, "locked")
    return None


def _hashed(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise StaffError(f"密码要{SHORTEST_PASSWORD}到{LONGEST_PASSWORD}个字符。")
    return hasher.hash(password)


def _fits(hashed: str, password: str) -> bool:
    try:
        return hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def _change(records: Records, name: str, did: str, values: dict[str, object]) -> None:
    with records.begin() as connection:
        mine = update(operators).where(operators.c.name == name)
        if not connection.execute(mine.values(**values)).rowcount:
            raise StaffError(f"没有“{name}”；list 可看全部。")
        connection.execute(delete(desk_sessions).where(desk_sessions.c.operator == name))
        note(connection, COMMAND_LINE, did, name)
