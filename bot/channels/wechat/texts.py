"""The channel's own sentences, by name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


@lru_cache(maxsize=1)
def texts() -> dict[str, Any]:
    """All of texts.yaml beside this file."""
    loaded: dict[str, Any] = yaml.safe_load(
        Path(__file__).with_name("texts.yaml").read_text("utf-8")
    )
    return loaded


def say(key: str, **values: object) -> str:
    """One sentence, filled in."""
    return str(texts()[key]).format(**values)
