"""The built knowledge base: one SQLite file with tables for every question a clerk can ask.

Built from the YAML by sqlite-utils into a temporary file that replaces the old one in one step,
so that a crash leaves the old file; opened read-only, safe for several processes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from policy_kb.conditions import Check
from policy_kb.facts import plain
from policy_kb.model import Knowledge, Provision
from policy_kb.store.atomic import read_only, replaced_database
from policy_kb.store.sources import DATA, assemble, read_sources, version_of
from policy_kb.words import cut, teach, terms_of

BUILT = DATA.parent / "build" / "policy.sqlite"
LAYOUT = 2
"""Raised when the tables change, so that an older file is rebuilt."""


def build(path: Path = BUILT, data: Path = DATA) -> bool:
    """Build the file if its sources changed; True if it was built. SourceError on bad YAML."""
    sources = read_sources(data)
    version = f"{version_of(sources)}/{LAYOUT}"
    if _version_in(path) == version:
        return False
    kb = assemble(sources)
    teach(terms_of(kb))
    with replaced_database(path) as db:
        _fill(db, kb, sources, version)
    return True


def _version_in(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        with closing(read_only(path)) as connection:
            row = connection.execute("select value from meta where key = 'version'").fetchone()
            return row[0] if row else None
    except sqlite3.DatabaseError:
        return None  # not ours or damaged: rebuild


def load(path: Path = BUILT) -> Knowledge:
    """The knowledge base held by a built file; searching it needs `words.teach` besides."""
    with closing(read_only(path)) as connection:
        rows = connection.execute("select name, text from source order by position").fetchall()
    return assemble(dict(rows))


def _fill(db: Database, kb: Knowledge, sources: dict[str, str], version: str) -> None:
    _insert(db, "meta", [{"key": "version", "value": version}], pk="key")
    _insert(
        db,
        "source",
        [{"position": i, "name": n, "text": t} for i, (n, t) in enumerate(sources.items())],
        pk="name",
    )
    provisions = list(kb.provisions.values())
    articles = {p.article: p.title for p in provisions if p.article}
    _insert(db, "article", [{"number": n, "title": t} for n, t in articles.items()], pk="number")
    _insert(db, "provision", [_provision_row(p) for p in provisions], pk="id")
    _insert(db, "condition", (row for p in provisions for row in _condition_rows(p)))
    _insert(db, "window", (_window_row(p) for p in provisions if p.window.start or p.window.end))
    _insert(
        db,
        "figure",
        (
            {"provision": p.id, "id": f.id, "name": f.name, "value": plain(f.value), "unit": f.unit}
            for p in provisions
            for f in p.figures
        ),
    )
    _insert(
        db,
        "amount",
        (
            {"provision": p.id, "formula": f.text, "unit": p.amount.unit, "text": p.amount.text}
            for p in provisions
            if p.amount
            for f in p.amount.formulas
        ),
    )
    _insert(
        db,
        "department",
        (
            {"provision": p.id, "name": name, "role": "joint" if rank else "lead"}
            for p in provisions
            for rank, name in enumerate(p.departments)
        ),
    )
    for table, field in (("alias", "aliases"), ("question", "questions")):
        _insert(
            db,
            table,
            ({"provision": p.id, "text": text} for p in provisions for text in getattr(p, field)),
        )
    _index(db, provisions)


def _insert(
    db: Database, table: str, rows: Iterable[dict[str, Any]], pk: str | None = None
) -> None:
    db[table].insert_all(rows, pk=pk)  # type: ignore[union-attr]


def _index(db: Database, provisions: list[Provision]) -> None:
    """Full-text index over jieba words: names weigh most, then questions, then the summary."""
    db.execute(
        "create virtual table search using fts5(id unindexed, names, questions, summary, "
        "tokenize = \"unicode61 tokenchars '%.-'\")"
    )
    for p in provisions:
        names = " ".join((p.name, p.short, *p.aliases))
        details = " ".join((p.summary, p.title, *p.departments, p.citation, p.funds))
        db.execute(
            "insert into search values (?, ?, ?, ?)",
            (p.id, *(" ".join(cut(text)) for text in (names, " ".join(p.questions), details))),
        )


def _provision_row(p: Provision) -> dict[str, Any]:
    return {
        "id": p.id,
        "article": p.article,
        "section": p.section,
        "name": p.name,
        "kind": p.kind,
        "audience": ",".join(p.audience),
        "summary": p.summary,
        "funds": p.funds,
    }


def _condition_rows(p: Provision) -> Iterator[dict[str, Any]]:
    for check in p.checks():
        yield {"provision": p.id, "fact": check.fact, "says": check.says, "rule": _rule(check)}
    for says in p.discretion:
        yield {"provision": p.id, "fact": None, "says": says, "rule": "outside"}


def _rule(check: Check) -> str:
    signs = {"minimum": ">=", "maximum": "<=", "over": ">", "under": "<"}
    bounds = [f"{s}{getattr(check, k)}" for k, s in signs.items() if getattr(check, k) is not None]
    return " ".join(bounds) or f"in {[str(value) for value in check.allowed]}"


def _window_row(p: Provision) -> dict[str, Any]:
    w = p.window
    return {
        "provision": p.id,
        "start": w.start and w.start.isoformat(),
        "end": w.end and w.end.isoformat(),
        "event": w.event,
        "run_on_years": w.run_on_years,
    }
