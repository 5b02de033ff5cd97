"""The SQLite file that keeps the conversations: where each stands, and what was said in it.

One transaction a turn. WAL with synchronous=NORMAL: what is committed outlives a kill of the
process. Any failure (a full disk, a damaged file) is raised, never taken for "nothing stored".
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from bot.conversation_tables import upgrade

BUSY_SECONDS = 2.0
"""How long a write waits for another process, such as a restore."""


@dataclass(frozen=True)
class Said:
    """One turn as it was told: `replies` are objects of text, buttons and custom."""

    time: datetime  # in UTC
    said: str  # as stored: personal numbers are masked
    replies: tuple[Mapping[str, Any], ...]
    channel: str = ""
    message_id: str = ""


@dataclass(frozen=True)
class Told(Said):
    """A turn with whose it was."""

    sender: str = ""


@dataclass(frozen=True)
class Standing:
    """Where a conversation stands: enough to go on after a restart."""

    slots: Mapping[str, Any]
    events: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Counts:
    """How much is stored."""

    conversations: int
    turns: int


class ConversationFile:
    """Reads and writes the file; safe to call from several threads."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._lock = threading.RLock()
        self._db = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
            self._db.execute(f"PRAGMA {pragma}")
        try:
            upgrade(self._db, path)
        except BaseException:
            self._db.close()
            raise
        self._seen = self._data_version()

    def close(self) -> None:
        """Fold the write-ahead log into the file."""
        with self._lock:
            self._db.close()

    def changed_by_others(self) -> bool:
        """Whether another process wrote to the file since this was last asked."""
        before, self._seen = self._seen, self._data_version()
        return self._seen != before

    def _data_version(self) -> int:
        with self._lock:
            return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def probe(self) -> None:
        """sqlite3.Error where nothing can be written; writes nothing."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("ROLLBACK")

    def read(self, sender: str) -> Standing | None:
        """Where this conversation stands; None where there is none. sqlite3.Error otherwise."""
        with self._lock:
            row = self._db.execute(
                "SELECT slots, events FROM conversations WHERE sender = ?", (sender,)
            ).fetchone()
        return row and Standing(json.loads(row[0]), json.loads(row[1]))

    def write(self, sender: str, standing: Standing, told: Sequence[Said]) -> None:
        """Keep where the conversation stands and the turns just told, all or nothing.

        `told` are its last turns, oldest first; those stored before are known by their message.
        """
        updated = told[-1].time if told else datetime.now(timezone.utc)
        row = (sender, _text(standing.slots), _text(standing.events), updated.timestamp())
        with self._transaction() as db:
            db.execute("REPLACE INTO conversations VALUES (?, ?, ?, ?)", row)
            seq, last = db.execute(
                "SELECT seq, message_id FROM turns WHERE sender = ? ORDER BY seq DESC LIMIT 1",
                (sender,),
            ).fetchone() or (0, None)
            for number, turn in enumerate(_after(last, told), seq + 1):
                db.execute(
                    "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        sender,
                        number,
                        turn.time.timestamp(),
                        turn.message_id,
                        turn.channel,
                        turn.said,
                        _text(turn.replies),
                    ),
                )

    def transcript(self, sender: str, limit: int | None = None) -> list[Said]:
        """What was said, oldest first; only the last `limit` turns where it is given."""
        with self._lock:
            rows = self._db.execute(
                "SELECT time, said, replies, channel, message_id FROM turns"
                " WHERE sender = ? ORDER BY seq DESC LIMIT ?",
                (sender, -1 if limit is None else limit),
            ).fetchall()
        return [
            Said(
                datetime.fromtimestamp(time, timezone.utc), said, tuple(json.loads(replies)), *rest
            )
            for time, said, replies, *rest in reversed(rows)
        ]

    def told(self, sender: str, message_id: str) -> Said | None:
        """The turn that this message was answered in; None where there was none."""
        with self._lock:
            row = self._db.execute(
                "SELECT time, said, replies, channel FROM turns"
                " WHERE sender = ? AND message_id = ?",
                (sender, message_id),
            ).fetchone()
        if row is None:
            return None
        time, said, replies, channel = row
        at = datetime.fromtimestamp(time, timezone.utc)
        return Said(at, said, tuple(json.loads(replies)), channel, message_id)

    def told_since(self, moment: datetime) -> list[Told]:
        """The turns of all conversations from this aware time on, oldest first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT time, said, replies, channel, message_id, sender FROM turns"
                " WHERE time >= ? ORDER BY time",
                (moment.timestamp(),),
            ).fetchall()
        return [
            Told(
                datetime.fromtimestamp(time, timezone.utc), said, tuple(json.loads(replies)), *rest
            )
            for time, said, replies, *rest in rows
        ]

    def senders(self) -> list[str]:
        """All conversations, the most recently active first."""
        with self._lock:
            rows = self._db.execute("SELECT sender FROM conversations ORDER BY updated DESC")
            return [sender for (sender,) in rows]

    def counts(self) -> Counts:
        """How many conversations and turns are stored."""
        with self._lock:
            one = self._db.execute(
                "SELECT (SELECT count(*) FROM conversations), (SELECT count(*) FROM turns)"
            ).fetchone()
        return Counts(*one)

    def forget(self, sender: str) -> None:
        """Delete a conversation for good: the freed pages are overwritten, the log emptied."""
        with self._transaction() as db:
            db.execute("DELETE FROM turns WHERE sender = ?", (sender,))
            db.execute("DELETE FROM conversations WHERE sender = ?", (sender,))
        self._empty_log()

    def purge(self, older_than: datetime) -> list[str]:
        """Delete turns, and conversations untouched since, older than this; the latter's senders."""
        line = (older_than.timestamp(),)
        with self._transaction() as db:
            old = db.execute("SELECT sender FROM conversations WHERE updated < ?", line).fetchall()
            db.execute(
                "DELETE FROM turns WHERE time < ?"
                " OR sender IN (SELECT sender FROM conversations WHERE updated < ?)",
                line * 2,
            )
            db.execute("DELETE FROM conversations WHERE updated < ?", line)
        self._empty_log()
        return [sender for (sender,) in old]

    def _empty_log(self) -> None:
        with self._lock:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # a full disk may have rolled back already
                    self._db.execute("ROLLBACK")
                raise


def _after(message_id: str | None, turns: Sequence[Said]) -> Sequence[Said]:
    """The turns behind the one of this message; all where it is not among them."""
    ids = [turn.message_id for turn in turns]
    return turns[ids.index(message_id) + 1 :] if message_id in ids else turns


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
