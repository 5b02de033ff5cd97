"""What goes first whatever a message seems to ask: distress, cheating, personal records, a person."""

from __future__ import annotations

import re
from functools import lru_cache

import yaml

from policy_kb.store.sources import DATA


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    raw = yaml.safe_load((DATA / "phrases" / "urgent.yaml").read_text("utf-8"))
    return {kind: re.compile("|".join(said)) for kind, said in raw.items()}


def urgent_kind(text: str) -> str | None:
    """distress | cheat | record | human, or None."""
    return next((kind for kind, pattern in _patterns().items() if pattern.search(text)), None)
