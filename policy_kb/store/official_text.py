"""Where the official text is kept once an operator has imported it, for display beside our words."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from policy_kb.official import split_text
from policy_kb.store.atomic import read_only, replaced_database
from policy_kb.store.database import BUILT

STORED = BUILT.with_name("official.sqlite")


def import_text(text: str, path: Path = STORED) -> int:
    """Store the parts of the official text, replacing an earlier import; their number."""
    parts = split_text(text)
    with replaced_database(path) as db:
        rows = ({"cited": part.cited, "text": part.text} for part in parts)
        db["official"].insert_all(rows)  # type: ignore[union-attr]
    return len(parts)


def cited_text(cited: str, path: Path = STORED) -> str:
    """The official text of 第15条, 工作目标 …; '' where it was not imported."""
    if not path.exists():
        return ""
    with closing(read_only(path)) as connection:
        row = connection.execute("select text from official where cited = ?", (cited,)).fetchone()
    return str(row[0]) if row else ""
