"""Files that are replaced in one step: a crash leaves the old file as it was."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database


@contextmanager
def replaced_database(path: Path) -> Iterator[Database]:
    """A new SQLite database that takes the place of `path` once it is filled without error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        fresh = Path(folder) / path.name
        with closing(sqlite3.connect(fresh)) as connection:
            yield Database(connection)
            connection.commit()
        fresh.replace(path)


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, for any number of processes at once."""
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
