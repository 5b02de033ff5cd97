"""Sayings that point at a provision without naming it, or away from one that is named.

Told in data/phrases: pointers.yaml holds whole sayings (at, away), together.yaml things that point
at a provision where they are said in one message, wherever they stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import yaml

from policy_kb.store.sources import DATA

Together = tuple[tuple[str, frozenset[str], frozenset[str]], ...]
"""A provision, the words that must be said, and those that must not."""


@dataclass(frozen=True)
class Pointers:
    """`at` and `away` give the ids that a cleaned text points at and away from."""

    _at: tuple[tuple[str, re.Pattern[str]], ...]
    _away: tuple[tuple[str, re.Pattern[str]], ...]
    _words: Mapping[str, re.Pattern[str]]
    _together: Together
    _apart: Together

    def at(self, text: str) -> set[str]:
        """The provisions that it points at."""
        return _whole(self._at, text) | _met(self._together, self.said(text))

    def away(self, text: str) -> set[str]:
        """The provisions whose words were said of another matter."""
        return _whole(self._away, text) | _met(self._apart, self.said(text))

    def said(self, text: str) -> frozenset[str]:
        """The things that it tells of."""
        return frozenset(word for word, pattern in self._words.items() if pattern.search(text))


def _whole(patterns: Iterable[tuple[str, re.Pattern[str]]], text: str) -> set[str]:
    return {provision for provision, pattern in patterns if pattern.search(text)}


def _met(together: Together, said: frozenset[str]) -> set[str]:
    return {p for p, told, left_out in together if told <= said and not left_out & said}


def load_pointers(ids: Collection[str]) -> Pointers:
    """Those of the data, for the provisions that there are."""
    whole = yaml.safe_load((DATA / "phrases" / "pointers.yaml").read_text("utf-8"))
    parts = yaml.safe_load((DATA / "phrases" / "together.yaml").read_text("utf-8"))
    return Pointers(
        _patterns(whole["at"], ids),
        _patterns(whole["away"], ids),
        {word: re.compile(said) for word, said in parts["words"].items()},
        _lines(parts["together"], parts["words"], ids),
        _lines(parts["away"], parts["words"], ids),
    )


def _lines(
    raw: Mapping[str, list[str]], words: Mapping[str, str], ids: Collection[str]
) -> Together:
    return tuple((p, *_told(line, words)) for p, lines in raw.items() if p in ids for line in lines)


def _patterns(
    said: Mapping[str, list[str]], ids: Collection[str]
) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((p, re.compile("|".join(ways))) for p, ways in said.items() if p in ids)


def _told(line: str, words: Mapping[str, str]) -> tuple[frozenset[str], frozenset[str]]:
    """便宜 场地 !住房: what must be said, and what must not; KeyError for a word unknown."""
    told, left_out = set(), set()
    for part in line.split():
        word = part.removeprefix("!")
        words[word]  # a slip of the pen is told at start
        (left_out if part.startswith("!") else told).add(word)
    return frozenset(told), frozenset(left_out)
