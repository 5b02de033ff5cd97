"""Slips put right within a message: of 不是二十天，是二十五天 only the second number stays.

Works on marked text (see `marks`): the number or date taken back goes, with the words that
take it back; the corrected one stands where it stood.
"""

from __future__ import annotations

import re

MARK = r"⟦[A-Z]\d+⟧"
SLIP = r"(?:，|。)?(?:哦|啊|噢|呃)?(?:不对|不是|错了|说错了?|记错了?|打错了?|弄错了?|搞错了?|更正一下|准确说)(?:了|啊|哦)?(?:，|。)?(?:应该)?(?:是|有)?(?:整)?"
INSTEAD = re.compile(
    rf"(?:不是|不到|并非)(?P<a>{MARK})(?P<what>[^，。⟦不]{{0,4}})，?(?P<b>(?:而|应该)?是)(?=(?:整|大概|约)?{MARK})"
)
AFTERWARDS = re.compile(rf"(?P<a>{MARK})(?P<what>[^，。⟦不是]{{0,3}}){SLIP}(?={MARK})")
NOT_THIS = re.compile(rf"(?<=⟧)(?P<what>[^，。⟦不是]{{0,3}})(?:，)?(?:而)?不是(?P<a>{MARK})")
TRIGGER = re.compile(r"不是|不对|错|更正|并非|准确说")


def taken_back(marked: str) -> list[tuple[int, int]]:
    """The stretches of the marked text that the speaker takes back, left to right."""
    if not TRIGGER.search(marked):
        return []
    found: list[tuple[int, int]] = []
    for pattern in (INSTEAD, AFTERWARDS, NOT_THIS):
        for match in pattern.finditer(marked):
            start, end = match.span()
            if pattern is INSTEAD:
                end = match.end()
            if pattern is NOT_THIS:
                start = match.end("what")
            if _same_kind(match, marked) and not any(s < end and start < e for s, e in found):
                found.append((start, end))
    return sorted(found)


def _same_kind(match: re.Match[str], marked: str) -> bool:
    """Whether both numbers could be the same thing: both dates, or both not."""
    other = re.search(MARK, marked[match.end() :]) if match.re is not NOT_THIS else None
    if match.re is NOT_THIS:
        before = re.findall(MARK, marked[: match.start("what")])
        return bool(before) and (before[-1][1] == "D") == (match["a"][1] == "D")
    return other is not None and (other[0][1] == "D") == (match["a"][1] == "D")
