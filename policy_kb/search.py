"""Full-text search over the built file: words in, provisions out, best first."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from policy_kb.words import cut

WEIGHTS = "0, 8, 4, 2"  # id (not indexed), names, questions, summary


@dataclass(frozen=True)
class Hit:
    """A provision found; `score` grows with relevance (negated bm25)."""

    provision: str
    score: float


def search(connection: sqlite3.Connection, words: str, limit: int = 8) -> list[Hit]:
    """Provisions that hold any of the words, ranked by bm25; nothing found gives []."""
    terms = dict.fromkeys(word.replace('"', "") for word in cut(words))
    query = " OR ".join(f'"{term}"' for term in terms if term)
    if not query:
        return []
    rows = connection.execute(
        f"select id, bm25(search, {WEIGHTS}) as rank from search where search match ? "
        "order by rank, id limit ?",
        (query, limit),
    )
    return [Hit(provision, -rank) for provision, rank in rows]
