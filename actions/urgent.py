"""Acts told by their words: what goes first (distress, cheating, records, a person), and chat."""

from __future__ import annotations

import re
from functools import lru_cache

import yaml

from policy_kb.store.sources import DATA


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    raw = yaml.safe_load((DATA / "phrases" / "urgent.yaml").read_text("utf-8"))
    return {kind: re.compile("|".join(said)) for kind, said in raw.items()}


@lru_cache(maxsize=1)
def _chat() -> dict[str, re.Pattern[str]]:
    raw = yaml.safe_load((DATA / "phrases" / "chat.yaml").read_text("utf-8"))
    return {act: re.compile("|".join(said)) for act, said in raw.items()}


def chat_act(text: str) -> str | None:
    """thanks | goodbye | greet | bot_challenge, told by its words; or None."""
    return next((act for act, pattern in _chat().items() if pattern.search(text)), None)


def urgent_kind(text: str) -> str | None:
    """distress | cheat | record | human, or None."""
    return next((kind for kind, pattern in _patterns().items() if pattern.search(text)), None)
