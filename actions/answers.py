"""What a message means as the answer to the question just asked (短答)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import yaml

from actions.loose import Loose
from policy_kb.errors import FactError
from policy_kb.facts import Fact, Registry, Value
from policy_kb.store.sources import DATA

ANSWERS = DATA / "phrases" / "answers.yaml"
DONT_KNOW = re.compile(
    r"不清楚|不知道|不晓得|记不(?:得|清|住)|不记得|没数|不确定|说不(?:好|准|上)|不了解|没看过|不懂|忘了|不方便说|不想说"
)
QUESTION = re.compile(r"[？]|[吗么呢]$|什么是|干啥|哪些算|啥样|几岁算|要是|如果")
LONG_ANSWER = 14
"""Characters from which a bare 是 or 没有 at the beginning no longer answers by itself."""

COMPATIBLE = {
    "integer": ("people", "count", "plain", "age", "days"),
    "number": ("months", "days", "plain", "count"),
    "money": ("money", "plain"),
    "percent": ("percent", "plain"),
}


def interpret(
    text: str,
    stated: Mapping[str, Value],
    loose: Sequence[Loose],
    asked: Sequence[str],
    registry: Registry,
) -> dict[str, Value]:
    """The facts a message gives, read as an answer to a question about the `asked` facts.

    `stated` is what it states outright; `loose` its numbers and dates (kind, value in the
    units of `understanding`) that have no role yet, in order.
    """
    known = dict(stated)
    open_facts = [registry[f] for f in asked if not registry[f].ratio and f not in known]
    if not open_facts or DONT_KNOW.search(text) or QUESTION.search(text):
        return known
    numbers = list(loose)
    for fact in open_facts:
        value = _value(fact, text, numbers, single=len(open_facts) == 1)
        if value is not None:
            known[fact.id] = value
    return known


def _value(fact: Fact, text: str, loose: list[Loose], single: bool) -> Value | None:
    if fact.numeric:
        return _number(fact, text, loose)
    if fact.type == "date":
        spans = [item for item in loose if item.kind == "date"]
        return fact.parse(spans[0].value) if spans else None
    return _spoken(fact, text, single)


def _number(fact: Fact, text: str, loose: list[Loose]) -> Value | None:
    for item in loose:
        if item.kind in COMPATIBLE[fact.type]:
            loose.remove(item)
            try:
                return fact.parse(item.in_unit(fact.unit))
            except FactError:
                return None
    if re.match(r"(?:一个)?(?:都|也)?(?:没|无|从没|不)", text) and fact.minimum == 0:
        return fact.parse(0)
    return None


def _spoken(fact: Fact, text: str, single: bool) -> Value | None:
    table = answer_patterns()
    matches = [
        (match.start(), -len(match.group()), value)
        for value, pattern in table.get(fact.id, {}).items()
        if (match := pattern.search(text))
    ]
    for option in fact.options:
        if option.label in text or (text in option.label and len(text) > 1):
            return fact.parse(option.id)
    if matches:
        return fact.parse(min(matches, key=lambda m: (m[1], m[0]))[2])
    if fact.type == "bool" and len(text) <= LONG_ANSWER:
        for value in ("no", "yes"):
            if table["any"][value].search(text) and (single or value == "no"):
                return fact.parse(value)
    return None


@lru_cache(maxsize=1)
def answer_patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    """Short answers by fact and value, compiled once."""
    raw = yaml.safe_load(ANSWERS.read_text("utf-8"))
    names = {True: "yes", False: "no"}
    return {
        fact: {
            names.get(value, value): re.compile("|".join(said)) for value, said in values.items()
        }
        for fact, values in raw.items()
    }
