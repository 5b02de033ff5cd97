"""The tables of the conversations' file, and how a file of an earlier version becomes one of this."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from bot.rasa_store import take_over

SCHEMA = 1
"""PRAGMA user_version of the file. A change of the tables raises it and adds a step to STEPS."""

TABLES = """
CREATE TABLE conversations (
    sender TEXT PRIMARY KEY,
    slots TEXT NOT NULL,
    events TEXT NOT NULL,
    updated REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX conversations_by_age ON conversations (updated);
CREATE TABLE turns (
    sender TEXT NOT NULL,
    seq INTEGER NOT NULL,
    time REAL NOT NULL,
    message_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    said TEXT NOT NULL,
    replies TEXT NOT NULL,
    PRIMARY KEY (sender, seq)
) WITHOUT ROWID;
CREATE INDEX turns_by_age ON turns (time);
"""


def run(script: str) -> Callable[[sqlite3.Connection], None]:
    """A step in SQL; its statements hold no semicolon of their own."""

    def step(db: sqlite3.Connection) -> None:
        for statement in filter(str.strip, script.split(";")):
            db.execute(statement)

    return step


def first(db: sqlite3.Connection) -> None:
    """A new file, or one that was Rasa's own store until now."""
    run(TABLES)(db)
    take_over(db)


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (first,)
"""What leads from each version to the next; each is one transaction."""


def upgrade(db: sqlite3.Connection, path: Path) -> None:
    """Bring the file to this version; its data stay.

    sqlite3.DatabaseError where it was written by a later version.
    """
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA:
        raise sqlite3.DatabaseError(f"{path} 由更新的版本写成（{version}），请先升级程序。")
    for number, step in enumerate(STEPS[version:], version + 1):
        db.execute("BEGIN IMMEDIATE")
        try:
            step(db)
            db.execute(f"PRAGMA user_version = {number}")
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise
