"""What must outlive a killed process for a while: replies given, pages and answers still due.

Turns themselves are in the conversation store; here is only what the platform's protocol needs
to answer a repetition with the very same text. Kept for minutes to two days, keyed by our ids.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REPLIES_KEPT = 20 * 60
"""Seconds; a repetition is refused by its timestamp after 5 minutes at most 5 in the future."""

SEATS_KEPT = 48 * 3600
"""Seconds that the rest of an answer, choices and promised answers stay."""

TIDIED_EVERY = 60
BUSY_SECONDS = 2.0
"""How long a write waits for another process, such as a restore."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, sender TEXT, at REAL, text TEXT);
CREATE TABLE IF NOT EXISTS seats (sender TEXT PRIMARY KEY, at REAL, rest TEXT, choices TEXT);
CREATE TABLE IF NOT EXISTS promised (key TEXT PRIMARY KEY, sender TEXT, at REAL, ask TEXT);
CREATE INDEX IF NOT EXISTS replies_sender ON replies (sender);
CREATE INDEX IF NOT EXISTS replies_at ON replies (at);
CREATE INDEX IF NOT EXISTS promised_sender ON promised (sender);
"""


@dataclass(frozen=True)
class Seat:
    """Where a user stands: what is left of the last answer, what numbers stand for."""

    rest: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Promise:
    """An answer that the user was told to come back for; `ask` says how to get it."""

    key: str
    sender: str
    ask: Mapping[str, Any] = field(default_factory=dict)


class Desk:
    """One SQLite file; each method is one transaction."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._clock, self._tidied = clock, 0.0
        self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(SCHEMA)
        with self._db:
            self._tidy(clock())

    def reply(self, key: str) -> str | None:
        """What this message was answered with; None where it was not."""
        row = self._one("SELECT text FROM replies WHERE key = ?", key)
        return row[0] if row else None

    def seat(self, sender: str) -> Seat:
        row = self._one("SELECT rest, choices FROM seats WHERE sender = ?", sender)
        return Seat(row[0], tuple(json.loads(row[1]))) if row else Seat()

    def promises(self, sender: str) -> tuple[Promise, ...]:
        """What this user is still owed, the oldest first."""
        query = "SELECT key, ask FROM promised WHERE sender = ? ORDER BY at, rowid"
        with closing(self._db.execute(query, (sender,))) as rows:
            return tuple(Promise(key, sender, json.loads(ask)) for key, ask in rows)

    def promise(self, promise: Promise) -> None:
        """Owe an answer; saying so twice changes nothing."""
        with self._db:
            self._db.execute(
                "INSERT OR IGNORE INTO promised VALUES (?, ?, ?, ?)",
                (promise.key, promise.sender, self._clock(), json.dumps(promise.ask)),
            )

    def hand_over(
        self, key: str, sender: str, text: str, seat: Seat | None = None, kept: Sequence[str] = ()
    ) -> None:
        """A reply is given: promises `kept` with it are owed no more."""
        now = self._clock()
        with self._db:
            self._db.execute(
                "INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?)", (key, sender, now, text)
            )
            if seat is not None:
                self._db.execute(
                    "INSERT OR REPLACE INTO seats VALUES (?, ?, ?, ?)",
                    (sender, now, seat.rest, json.dumps(seat.choices)),
                )
            for done in (key, *kept):
                self._db.execute("DELETE FROM promised WHERE key = ?", (done,))
            self._tidy(now)

    def forget(self, sender: str) -> None:
        """Nothing of this user stays but that these messages were dealt with, under no name."""
        with self._db:
            self._db.execute(
                "UPDATE replies SET sender = '', text = '' WHERE sender = ?", (sender,)
            )
            self._db.execute("DELETE FROM seats WHERE sender = ?", (sender,))
            self._db.execute("DELETE FROM promised WHERE sender = ?", (sender,))
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # no copy stays in the log

    def close(self) -> None:
        self._db.close()

    def _one(self, query: str, value: str) -> tuple[Any, ...] | None:
        with closing(self._db.execute(query, (value,))) as rows:
            row: tuple[Any, ...] | None = rows.fetchone()
            return row

    def _tidy(self, now: float) -> None:
        if now - self._tidied < TIDIED_EVERY:
            return
        self._tidied = now
        self._db.execute("DELETE FROM replies WHERE at < ?", (now - REPLIES_KEPT,))
        self._db.execute("DELETE FROM seats WHERE at < ?", (now - SEATS_KEPT,))
        self._db.execute("DELETE FROM promised WHERE at < ?", (now - SEATS_KEPT,))
