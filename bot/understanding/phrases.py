"""How people say facts: the patterns of data/phrases/facts.yaml, compiled."""

from __future__ import annotations

import re
import sre_constants
import sre_parse
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from policy_kb.errors import SourceError
from policy_kb.facts import Registry
from policy_kb.store.sources import DATA

PHRASES = DATA / "phrases" / "facts.yaml"
WITHIN, ACROSS = "[^，。！？；不没未无非吗]", "[^。！？不没未非吗]"
"""What a gap may swallow: no other sentence, and no word that turns the meaning round."""

CLAUSE_START = ("(，|^)", "(?:^|(?<=[，。！？；]))")
SLOTS = {
    "<人数>": "PCN",
    "<人>": "P",
    "<钱>": "MN",
    "<比例>": "R",
    "<时长>": "TY",
    "<天数>": "Y",
    "<日期>": "D",
    "<年龄>": "A",
    "<数>": "N",
}
"""Placeholder → letters of the marks that may stand for it (see `marks.LETTERS`)."""

SOME_DATE = ("<某时>", r"(?:⟦D\d+⟧)")
WEAK = "~"


@dataclass(frozen=True)
class Phrase:
    """One way to say one value of a fact.

    `value` is an option id, 'yes'/'no', a constant number as text, 'sum', or '' where the
    number found is the value.
    """

    fact: str
    value: str
    pattern: re.Pattern[str]
    marked: bool  # looks at the text with numbers replaced by marks
    weak: bool = False
    needs: tuple[frozenset[str], ...] = ()  # of each set, the text must hold a character

    def may_match(self, characters: frozenset[str]) -> bool:
        """Quick test that never turns away a text the pattern matches."""
        return not any(need.isdisjoint(characters) for need in self.needs)


@dataclass(frozen=True)
class Phrases:
    """All phrases in file order, and for some facts those whose being given means yes."""

    phrases: tuple[Phrase, ...]
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def likely(self, plain: str, marked: str) -> list[Phrase]:
        """The phrases, in file order, that may match the text or the text with marks."""
        letters = frozenset(plain), frozenset(marked)
        places = {*self._always}
        for letter in letters[0] | letters[1]:
            places.update(self._places_with.get(letter, ()))
        return [
            phrase
            for phrase in (self.phrases[place] for place in sorted(places))
            if phrase.may_match(letters[phrase.marked])
        ]

    @cached_property
    def _places_with(self) -> Mapping[str, Sequence[int]]:
        """The phrases in need of a character, listed under the fewest it can be."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, phrase in enumerate(self.phrases):
            for letter in min(phrase.needs, key=len, default=()):
                places[letter].append(place)
        return places

    @cached_property
    def _always(self) -> Sequence[int]:
        return [place for place, phrase in enumerate(self.phrases) if not phrase.needs]


def compile_phrases(raw: Mapping[str, Any], registry: Registry, file: str) -> Phrases:
    """The phrases of a file; SourceError names an unknown fact or a bad pattern."""
    phrases: list[Phrase] = []
    given: dict[str, tuple[str, ...]] = {}
    words = {f"<{name}>": f"(?:{said})" for name, said in raw.get("words", {}).items()}
    for fact_id, entry in raw.items():
        if fact_id == "words":
            continue
        if fact_id not in registry.facts:
            raise SourceError(file, 1, f"没有叫“{fact_id}”的事实", "先在 data/facts.yaml 里登记")
        groups = {"": entry} if isinstance(entry, list) else entry
        for value, patterns in groups.items():
            key = {True: "yes", False: "no"}.get(value, value)
            if key == "given":
                given[fact_id] = tuple(patterns)
            else:
                phrases += [_phrase(fact_id, key, str(p), words, file) for p in patterns or ()]
    return Phrases(tuple(phrases), given)


def _phrase(fact_id: str, value: str, text: str, words: Mapping[str, str], file: str) -> Phrase:
    said = text
    body, equals, constant = said.rpartition("=")
    if equals and re.fullmatch(r"\d+|sum", constant):
        said, value = body, constant
    weak = said.startswith(WEAK)
    pattern = said.removeprefix(WEAK).replace(*CLAUSE_START).replace(*SOME_DATE)
    for name, word in words.items():
        pattern = pattern.replace(name, word)
    pattern = re.sub(r"……(\d+)", rf"{ACROSS}{{0,\1}}?", pattern)
    pattern = re.sub(r"…(\d+)", rf"{WITHIN}{{0,\1}}?", pattern)
    for slot, letters in SLOTS.items():
        pattern = pattern.replace(slot, rf"⟦[{letters}](?P<q{{}}>\d+)⟧")
    parts = pattern.split("{}>")
    pattern = parts[0] + "".join(f"{i}>{part}" for i, part in enumerate(parts[1:]))
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise SourceError(
            file, 1, f"{fact_id} 的说法“{text}”写法有误（{error}）", "检查括号"
        ) from None
    needs = tuple(_needs(sre_parse.parse(pattern)))
    return Phrase(fact_id, value, compiled, "⟦" in pattern, weak, needs)


def _needs(parsed: Iterable[Any]) -> list[frozenset[str]]:
    """Sets of characters of each of which every match holds at least one."""
    found: list[frozenset[str]] = []
    for kind, argument in parsed:
        if kind is sre_constants.LITERAL:
            found.append(frozenset(chr(argument)))
        elif kind is sre_constants.SUBPATTERN:
            found += _needs(argument[3])
        elif kind is sre_constants.MAX_REPEAT and argument[0] > 0:
            found += _needs(argument[2])
        elif kind is sre_constants.BRANCH:
            branches = [_needs(branch) for branch in argument[1]]
            if all(branches):
                found.append(frozenset().union(*(min(b, key=len) for b in branches)))
        elif kind is sre_constants.IN and all(
            part is sre_constants.LITERAL for part, _ in argument
        ):
            found.append(frozenset(chr(code) for _, code in argument))
    return found


@lru_cache(maxsize=4)
def load_phrases(registry: Registry, path: Path = PHRASES) -> Phrases:
    """The phrases of the file, compiled once."""
    raw = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return compile_phrases(raw, registry, f"data/phrases/{path.name}")
