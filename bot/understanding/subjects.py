"""Whom a message is about: the speaker, a member of the family, or a caller on the line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from policy_kb.store.sources import DATA

MYSELF = "您"
MENTIONED = ("还上", "上学", "要上", "要养", "还小", "太小", "吃饭", "的学", "读书", "念书")
"""A child mentioned in a story (孩子还上学) is not whom it is about."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw: Mapping[str, Any] = yaml.safe_load((DATA / "phrases" / "subjects.yaml").read_text("utf-8"))
    groups = [*raw["family"].items(), *raw["caller"].items(), (MYSELF, raw["myself"])]
    return tuple((called, re.compile("|".join(map(re.escape, words)))) for called, words in groups)


@lru_cache(maxsize=1)
def family() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Members of the family: what to call them, and the words for them."""
    raw: Mapping[str, Any] = yaml.safe_load((DATA / "phrases" / "subjects.yaml").read_text("utf-8"))
    return tuple(
        (called, re.compile("|".join(map(re.escape, words))))
        for called, words in raw["family"].items()
    )


def subject_of(text: str) -> str | None:
    """What to call the person spoken of (您女儿, 来电人, 您); None where nobody is named.

    The first named wins: 我妈问我弟的事 is about nobody but 我妈 until the next message.
    """
    found = [
        (match.start(), called)
        for called, pattern in _patterns()
        if (match := pattern.search(text)) and not _only_hired(text, match)
    ]
    return min(found)[1] if found else None


def _only_hired(text: str, match: re.Match[str]) -> bool:
    """对象 as in 补贴对象, 孩子 in 带孩子 … are not persons spoken of."""
    before, after = (
        text[max(0, match.start() - 2) : match.start()],
        text[match.end() : match.end() + 2],
    )
    if match.group() == "对象":
        return bool(re.search(r"补贴$|扶持$|招用$|适用$|.的$", before)) or after.startswith(
            ("是", "有", "范围", "扩")
        )
    if after.startswith(MENTIONED):
        return True
    return match.group() == "来电" and after.startswith(("显示", "提醒"))
