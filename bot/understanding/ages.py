"""The age told by a date of birth: 01年的, 99年生人, 2003年2月出生."""

from __future__ import annotations

import re
from datetime import date

from bot.understanding.numerals import read_number

LONG = r"19\d\d|20[01]\d|一九[零〇一二三四五六七八九]{2}|二[零〇][零〇一][零〇一二三四五六七八九]"
SHORT = r"[06789]\d|[零〇六七八九][零〇一二三四五六七八九]"
MONTH = r"(?:(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:(?P<d>\d{1,2})[日号])?)?"
BORN = r"(?:出生|生人|生的?(?!源|活|产|意|育|病|效)"
BIRTH = re.compile(
    rf"(?<![\d零〇一二三四五六七八九十])(?:(?P<y>{LONG})年?|(?P<s>{SHORT})年){MONTH}"
    rf"{BORN}|(?(s)的(?=，|$|。|人|下岗|失业|大专|本科|退)|(?!)))"
    rf"|(?:我|俺|他|她|是|属)(?P<l>{LONG})年{MONTH.replace('P<m>', 'P<m2>').replace('P<d>', 'P<d2>')}的(?=，|$|。|人)"
)
CENTURY_TURNS = 30
"""Two-digit years below are of this century."""


def birth(text: str, as_of: date) -> tuple[str, int | None]:
    """The text without the date of birth, and the age on `as_of`; None if none is told."""
    match = BIRTH.search(text)
    if not match:
        return text, None
    year = _year(match["y"] or match["s"] or match["l"])
    month = int(read_number(match["m"] or match["m2"] or "1") or 1)
    day = int(match["d"] or match["d2"] or 1)
    age = as_of.year - year - ((as_of.month, as_of.day) < (month, day))
    if not 10 <= age <= 100:
        return text, None
    return text[: match.start()] + "，" + text[match.end() :], age


def _year(text: str) -> int:
    digits = int(
        "".join(
            str("零一二三四五六七八九".find(c)) if not c.isdigit() else c
            for c in text.replace("〇", "零")
        )
    )
    if len(text) == 4:
        return digits
    return digits + (2000 if digits < CENTURY_TURNS else 1900)
