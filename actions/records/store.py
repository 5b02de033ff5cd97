"""The database of the records: SQLite by default, PostgreSQL by URL, its schema versioned."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

from policy_kb.store.sources import DATA

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0003"
"""The newest migration; the test of migrations keeps it true."""

BUSY_SECONDS = 5


class Records:
    """One database of records. Every write is one transaction: all of it or none of it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine: Engine = create_engine(url, future=True, pool_pre_ping=True, **_pool(url))
        if self.engine.dialect.name == "sqlite":
            _make_folder(self.engine)
            event.listen(self.engine, "connect", _set_up_sqlite)
        self.upgrade()

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction: committed at the end, rolled back on an error."""
        with self.engine.begin() as connection:
            yield connection

    def empty_log(self) -> None:
        """Leave nothing of what was deleted in SQLite's write-ahead log either."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def version(self) -> str | None:
        """The schema's version, None where there is none yet."""
        if not inspect(self.engine).has_table("alembic_version"):
            return None
        with self.engine.connect() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()

    def upgrade(self) -> None:
        """Bring the schema to the newest version; nothing is loaded where it is there."""
        if self.version() == HEAD:
            return
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


@lru_cache(maxsize=1)
def records() -> Records:
    """The records of this service: RECORDS_URL, or a file in VAR_DIR (var/)."""
    folder = Path(os.environ.get("VAR_DIR") or DATA.parent / "var")
    return Records(os.environ.get("RECORDS_URL") or f"sqlite:///{folder / 'records.db'}")


def now() -> datetime:
    """This moment in UTC, as the tables keep it."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


def _pool(url: str) -> dict[str, Any]:
    """SQLite's connections are kept open as other databases' are: opening one takes 2 ms."""
    if not url.startswith("sqlite"):
        return {}
    return {"poolclass": QueuePool, "connect_args": {"check_same_thread": False}}


def _make_folder(engine: Engine) -> None:
    if engine.url.database and engine.url.database != ":memory:":
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)


def _set_up_sqlite(connection: object, _record: object) -> None:
    """A write-ahead log survives a killed process; deleted text is overwritten, not unlinked."""
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
