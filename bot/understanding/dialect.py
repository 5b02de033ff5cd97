"""Dialect spelled out (我哋, 冇, 唔使, 莫得) put into the standard words that everything else reads."""

from __future__ import annotations

import re
from functools import lru_cache

import yaml

from policy_kb.store.sources import DATA


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    raw: dict[str, str] = yaml.safe_load((DATA / "phrases" / "dialect.yaml").read_text("utf-8"))
    return tuple((re.compile(said), standard) for said, standard in raw.items())


def standard(text: str) -> str:
    """The text, in simplified characters, with dialect words put into standard ones."""
    for pattern, word in _words():
        text = pattern.sub(word, text)
    return text
