"""Slips put right within a message: of 不是二十天，是二十五天 only the second number stays.

Works on marked text (see `marks`): the number or date taken back goes, with the words that
take it back; the corrected one stands where it stood.
"""

from __future__ import annotations

import re

MARK = r"⟦[A-Z]\d+⟧"
SLIP = (
    r"[，。]?[哦啊噢]?(?:不对|不是(?=，?是)|错了|说错了?|记错了?|打错了?|弄错了?|搞错了?|更正一下|准确说)"
    r"[了啊哦]?[，。]?(?:应该)?[是有]?整?"
)
INSTEAD = re.compile(
    rf"(?:不是|并非)[^，。⟦不]{{0,3}}(?P<old>{MARK})[^，。⟦不]{{0,4}}，?(?:而|应该)?是(?=[^，。⟦不]{{0,3}}(?P<new>{MARK}))"
)
AFTERWARDS = re.compile(rf"(?P<old>{MARK})[^，。⟦不是]{{0,3}}{SLIP}(?=(?P<new>{MARK}))")
NOT_THAT = re.compile(rf"(?P<new>{MARK})(?P<what>[^，。⟦不是]{{0,3}}，?)而?不是(?P<old>{MARK})")
TRIGGER = re.compile(r"不是|不对|错|更正|并非|准确说")


def taken_back(marked: str) -> list[tuple[int, int]]:
    """The stretches of the marked text that the speaker takes back, left to right."""
    if not TRIGGER.search(marked):
        return []
    found: list[tuple[int, int]] = []
    for pattern in (INSTEAD, AFTERWARDS, NOT_THAT):
        for match in pattern.finditer(marked):
            start, end = match.span()
            if pattern is NOT_THAT:
                start = match.end("what")
            apart = all(end <= other or until <= start for other, until in found)
            if apart and _same_kind(match["old"], match["new"]):
                found.append((start, end))
    return sorted(found)


def _same_kind(old: str, new: str) -> bool:
    """Whether both marks could be the same thing: both dates, or both numbers."""
    return (old[1] == "D") == (new[1] == "D")
