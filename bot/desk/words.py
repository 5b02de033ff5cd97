"""The sentences of the desk, by name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """All of bot/desk/words.yaml."""
    loaded: dict[str, Any] = yaml.safe_load(
        Path(__file__).with_name("words.yaml").read_text("utf-8")
    )
    return loaded


def word(key: str, **values: object) -> str:
    """One sentence, filled in."""
    return str(words()[key]).format(**values)
