"""What happened lately: by day and channel, topics, verdicts, and what was not understood."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

from sqlalchemy import select

from actions.records.schema import satisfaction
from actions.records.store import Records
from actions.service_hours import ZONE
from actions.texts import say
from bot.conversations import Conversations, Told
from bot.desk.words import words
from policy_kb.model import Knowledge

DAYS = (14, 7, 30, 90)
MOST_TOPICS, MOST_SAID = 15, 200
TABLES = ("days", "topics", "verdicts", "misunderstood")


@dataclass
class Cell:
    """One day of one channel."""

    people: set[str] = field(default_factory=set)
    turns: int = 0
    handoffs: int = 0
    unanswered: int = 0
    scores: list[int] = field(default_factory=list)

    def row(self) -> dict[str, Any]:
        return {
            "conversations": len(self.people),
            "turns": self.turns,
            "handoffs": self.handoffs,
            "handoff_share": _share(self.handoffs, self.turns),
            "unanswered": self.unanswered,
            "unanswered_share": _share(self.unanswered, self.turns),
            "ratings": len(self.scores),
            "satisfaction": f"{sum(self.scores) / len(self.scores):.1f}" if self.scores else "",
        }


@dataclass
class Missed:
    """A question that got no answer, however often it was put in the same words."""

    said: str
    kind: str  # misheard | declined
    count: int = 0
    last: str = ""


def overview(
    kb: Knowledge, conversations: Conversations, records: Records, days: int
) -> dict[str, Any]:
    """The last `days` days up to today, in the local time of the district."""
    first = datetime.now(ZONE).date() - timedelta(days=days - 1)
    since = datetime.combine(first, datetime.min.time(), ZONE)
    cells: dict[tuple[str, str], Cell] = defaultdict(Cell)
    topics: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    missed: dict[tuple[str, str], Missed] = {}
    for turn in conversations.told_since(since):
        day = turn.time.astimezone(ZONE).date().isoformat()
        _count(turn, cells[day, turn.channel], topics, verdicts)
        kind = missed_kind(turn)
        if kind:
            entry = missed.setdefault((turn.said, kind), Missed(turn.said, kind))
            entry.count, entry.last = entry.count + 1, day
    for day, channel, score in _scores(records, since):
        cells[day, channel].scores.append(score)
    return {
        "days": days,
        "first": first.isoformat(),
        "rows": [
            {"day": day, "channel": _channel(channel), **cell.row()}
            for (day, channel), cell in sorted(cells.items(), reverse=True)
        ],
        "total": _total(cells.values()),
        "chart": _by_day(cells, first, days),
        "topics": [
            {"id": p, "topic": kb[p].name if p in kb.provisions else p, "count": n}
            for p, n in topics.most_common(MOST_TOPICS)
        ],
        "verdicts": [
            {"id": v, "verdict": words()["verdict_names"].get(v, v), "count": n}
            for v, n in verdicts.most_common()
        ],
        "misunderstood": [
            {"said": m.said, "kind": words()["kinds"][m.kind], "count": m.count, "last": m.last}
            for m in sorted(missed.values(), key=lambda m: (-m.count, m.said))[:MOST_SAID]
        ],
    }


def missed_kind(turn: Told) -> str:
    """misheard: asked to put it in other words, or handed on for that; declined: not covered."""
    if turn.said.startswith("/"):
        return ""
    misheard = (say("not_understood"), say("not_understood_again"))
    for reply in turn.replies:
        if str(reply.get("text", "")).startswith(misheard):
            return "misheard"
        if (reply.get("custom") or {}).get("kind") == "decline":
            return "declined"
    return ""


def as_csv(seen: dict[str, Any], table: str) -> str:
    """One table for a spreadsheet: with a BOM, and no cell that it would take for a formula."""
    rows: list[dict[str, Any]] = seen["rows"] if table == "days" else seen[table]
    columns = COLUMNS[table]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([words()[name] for name in columns])
    writer.writerows([[_cell(row[name]) for name in columns] for row in rows])
    return "\ufeff" + out.getvalue()


COLUMNS = {
    "days": (
        "day",
        "channel",
        "conversations",
        "turns",
        "handoffs",
        "handoff_share",
        "unanswered",
        "unanswered_share",
        "ratings",
        "satisfaction",
    ),
    "topics": ("topic", "count"),
    "verdicts": ("verdict", "count"),
    "misunderstood": ("said", "kind", "count", "last"),
}


def _cell(value: object) -> object:
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _count(turn: Told, cell: Cell, topics: Counter[str], verdicts: Counter[str]) -> None:
    customs = [reply.get("custom") or {} for reply in turn.replies]
    kinds = {custom.get("kind") for custom in customs}
    cell.people.add(turn.sender)
    cell.turns += 1
    cell.handoffs += "handoff" in kinds
    cell.unanswered += bool(missed_kind(turn))
    for custom in customs:
        topics.update(custom.get("provisions") or ())
        items = custom.get("items") or [custom]
        if custom.get("kind") == "answer":
            verdicts.update(item["verdict"] for item in items if item.get("verdict"))


def _scores(records: Records, since: datetime) -> Iterable[tuple[str, str, int]]:
    line = since.astimezone(timezone.utc).replace(tzinfo=None)
    query = select(satisfaction).where(satisfaction.c.at >= line)
    with records.begin() as connection:
        for row in connection.execute(query):
            day = row.at.replace(tzinfo=timezone.utc).astimezone(ZONE).date()
            yield day.isoformat(), row.channel, row.score


def _total(cells: Iterable[Cell]) -> dict[str, Any]:
    whole = Cell()
    for cell in cells:
        whole.people |= cell.people
        whole.turns += cell.turns
        whole.handoffs += cell.handoffs
        whole.unanswered += cell.unanswered
        whole.scores += cell.scores
    return whole.row()


def _by_day(cells: dict[tuple[str, str], Cell], first: date, days: int) -> list[dict[str, Any]]:
    """Conversations and hand-offs of each day, with the heights of their bars in per cent."""
    table = []
    for offset in range(days):
        day = (first + timedelta(days=offset)).isoformat()
        mine = [cell for (when, _), cell in cells.items() if when == day]
        people = len(set().union(*(cell.people for cell in mine)))
        table.append({"day": day, "count": people, "handoffs": sum(c.handoffs for c in mine)})
    most = max((row["count"] for row in table), default=0) or 1
    return [{**row, "height": round(100 * row["count"] / most)} for row in table]


def _channel(name: str) -> str:
    return str(words()["channels"].get(name, name))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else ""
