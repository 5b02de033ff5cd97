"""Words for persons in a text, and what to call those persons in a reply."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from policy_kb.store.sources import DATA

MYSELF = "您"
CALLER = "来电人"

WOMEN = {"您女儿", "您母亲", "您姐姐", "您妹妹", "您岳母", "您儿媳", "您婆婆"}
MEN = {"您儿子", "您父亲", "您哥哥", "您弟弟", "您岳父", "您女婿", "您公公"}


class Named(NamedTuple):
    """A person named at [start, end) of a text, and what to call the person."""

    start: int
    end: int
    called: str


Patterns = tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    raw: Mapping[str, Any] = yaml.safe_load((DATA / "phrases" / "subjects.yaml").read_text("utf-8"))
    return raw


@lru_cache(maxsize=1)
def _family() -> Patterns:
    return tuple((called, _any(words)) for called, words in _words()["family"].items())


@lru_cache(maxsize=1)
def _everybody() -> Patterns:
    others = [item for group in ("caller", "trainee") for item in _words()[group].items()]
    groups = [*others, (MYSELF, _words()["myself"])]
    return (*_family(), *((called, _any(words)) for called, words in groups))


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def named(text: str) -> list[Named]:
    """Everybody named, in order; 孩子他爸 is no 孩子."""
    return _found(_everybody(), text)


def relatives(text: str) -> list[Named]:
    """The members of the family named, in order."""
    return _found(_family(), text)


def may_be(called: str, pronoun: str) -> bool:
    """Whether 他 or 她 can stand for somebody called so; either does for 您爱人, 您孩子."""
    return called not in (MEN if "她" in pronoun else WOMEN)


def _found(patterns: Patterns, text: str) -> list[Named]:
    places = sorted(
        (match.start(), -match.end(), called)
        for called, pattern in patterns
        for match in pattern.finditer(text)
        if not _no_person(text, match)
    )
    found: list[Named] = []
    for start, end, called in places:
        if not found or start >= found[-1].end:
            found.append(Named(start, -end, called))
    return found


def _no_person(text: str, match: re.Match[str]) -> bool:
    """对象 as in 补贴对象, 来电显示, 我爸妈 are not one person spoken of."""
    before, after = (
        text[max(0, match.start() - 2) : match.start()],
        text[match.end() : match.end() + 2],
    )
    if match.group() == "对象":
        return bool(re.search(r"补贴$|扶持$|招用$|适用$|.的$", before)) or after.startswith(
            ("是", "有", "范围", "扩")
        )
    if match.group().endswith("爸") and after.startswith("妈"):
        return True
    return match.group() == "来电" and after.startswith(("显示", "提醒"))
