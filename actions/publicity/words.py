"""The words of the material: sentences, topics and audiences, from the YAML beside this file."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@lru_cache(maxsize=8)
def read_words(name: str) -> dict[str, Any]:
    """All of `name`.yaml beside this file."""
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return loaded


def word(key: str, /, **values: object) -> str:
    """One sentence of material.yaml by its dotted key (village.title), filled in."""
    return sentence("material", key, **values)


def sentence(name: str, key: str, /, **values: object) -> str:
    """One sentence of `name`.yaml by its dotted key, filled in."""
    node: Any = read_words(name)
    for part in key.split("."):
        node = node[part]
    return str(node).format(**values) if values else str(node)


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of a text that holds nothing of the plan: what a reply may say (Reply.figures)."""
    return tuple(re.findall(r"\d+(?:\.\d+)?", text))
