"""Who saw or changed what, and when: written in the transaction of the deed itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from actions.records.schema import audit
from actions.records.store import Records, now

LONGEST = 120


@dataclass(frozen=True)
class Deed:
    """One line of the trail. `at`: UTC."""

    at: datetime
    who: str
    did: str
    what: str


def note(connection: Connection, who: str, did: str, what: str = "") -> None:
    """Add a line, as part of the transaction of this connection."""
    connection.execute(
        insert(audit).values(at=now(), who=who[:64], did=did[:32], what=what[:LONGEST])
    )


def noted(records: Records, who: str, did: str, what: str = "") -> None:
    """Add a line for a deed that changes nothing else."""
    with records.begin() as connection:
        note(connection, who, did, what)


def trail(records: Records, most: int = 500) -> tuple[Deed, ...]:
    """The latest lines, newest first."""
    query = select(audit).order_by(audit.c.id.desc()).limit(most)
    with records.begin() as connection:
        return tuple(Deed(r.at, r.who, r.did, r.what) for r in connection.execute(query))
