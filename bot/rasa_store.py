"""Conversations kept by Rasa's own SQL store, taken over into our tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Event = Mapping[str, Any]
TOLD = ("buttons", "custom")


def take_over(db: sqlite3.Connection) -> None:
    """Fill our tables from Rasa's table of events, where there is one, and drop it."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
        return
    for (sender,) in db.execute("SELECT DISTINCT sender_id FROM events").fetchall():
        rows = db.execute("SELECT data FROM events WHERE sender_id = ? ORDER BY id", (sender,))
        events = [json.loads(data) for (data,) in rows]
        session = _last_session(events)
        slots = {e["name"]: e["value"] for e in session if e["event"] == "slot"}
        kept = {name: value for name, value in slots.items() if value is not None}
        row = (sender, json.dumps(kept), json.dumps(session), events[-1]["timestamp"])
        db.execute("INSERT INTO conversations VALUES (?, ?, ?, ?)", row)
        db.executemany("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?)", _turns(sender, events))
    db.execute("DROP TABLE events")


def _last_session(events: Sequence[Event]) -> Sequence[Event]:
    starts = [at for at, event in enumerate(events) if event["event"] == "session_started"]
    return events[max(starts[-1] - 1, 0) :] if starts else events


def _turns(sender: str, events: Sequence[Event]) -> Iterator[tuple[Any, ...]]:
    said = [at for at, event in enumerate(events) if event["event"] == "user"]
    for number, (at, end) in enumerate(zip(said, [*said[1:], len(events)], strict=True), 1):
        user = events[at]
        replies = [_reply(event) for event in events[at:end] if event["event"] == "bot"]
        yield (
            sender,
            number,
            user["timestamp"],
            user.get("message_id") or "",
            user.get("input_channel") or "",
            user.get("text") or "",
            json.dumps(replies, ensure_ascii=False),
        )


def _reply(event: Event) -> dict[str, Any]:
    told = {"text": event.get("text"), **{n: (event.get("data") or {}).get(n) for n in TOLD}}
    return {name: value for name, value in told.items() if value}
