"""The account's menu, as the platform's console and its API take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

PREFIX = "say-"
"""Menu keys of items that say a sentence; the others are topic-<provision>."""


@lru_cache(maxsize=1)
def menu() -> Sequence[Mapping[str, Any]]:
    """menu.yaml beside this file."""
    loaded: list[Mapping[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("menu.yaml").read_text("utf-8")
    )
    return loaded


def definition(base_url: str = "") -> dict[str, Any]:
    """What goes to /cgi-bin/menu/create; web pages only where the service has an address."""
    return {
        "button": [
            {
                "name": group["name"],
                "sub_button": [
                    _button(item, base_url)
                    for item in group["items"]
                    if "page" not in item or base_url
                ],
            }
            for group in menu()
        ]
    }


def sentence_of(key: str) -> str:
    """What a menu key says in the user's name; empty for keys that are none of ours."""
    items = (item for group in menu() for item in group["items"])
    return next((item["says"] for item in items if "says" in item and _key(item) == key), "")


def _button(item: Mapping[str, Any], base_url: str) -> dict[str, str]:
    if "page" in item:
        return {"type": "view", "name": item["name"], "url": base_url + item["page"]}
    return {"type": "click", "name": item["name"], "key": _key(item)}


def _key(item: Mapping[str, Any]) -> str:
    return f"topic-{item['topic']}" if "topic" in item else PREFIX + item["name"]
