"""The value of one numeral, Arabic, Chinese or mixed: 1.2万, 一万四千四, 一百三, 廿一, 俩.

A spoken range (十七八, 三四十) has no one value and is read as none.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
BIG_UNITS = {"万": 10**4, "亿": 10**8}
PAIRS = {"俩": 2, "仨": 3}
LETTERS = {"w": 10**4, "k": 1000}
MIXED = re.compile(r"(\d+(?:\.\d+)?)([百千万亿wk]{0,2})", re.IGNORECASE)

ONE = "零〇一二两三四五六七八九"
CHINESE = rf"(?:[一二两三四五六七八九十廿][{ONE}十百千万亿]*|零(?!售|工|件|花|星|食|用)|百[十八来把][{ONE}十]*)"
NUMERAL = rf"(?:\d+(?:\.\d+)?[百千]?[万亿]?|{CHINESE}(?:点[{ONE}]+)?[万亿]?|[俩仨])"


def read_number(text: str) -> Decimal | None:
    """Value of a numeral; None if it is none, or several numbers at once."""
    if text in PAIRS:
        return Decimal(PAIRS[text])
    match = MIXED.fullmatch(text)
    if match:
        scale = Decimal(1)
        for letter in match[2].lower():
            scale *= {**UNITS, **BIG_UNITS, **LETTERS}[letter]
        return Decimal(match[1]) * scale
    text = text.replace("廿", "二十")
    whole, point, rest = text.partition("点")
    if point:
        return _decimal(whole, rest)
    value = _chinese(text)
    return None if value is None else Decimal(value)


def _decimal(whole: str, rest: str) -> Decimal | None:
    unit = BIG_UNITS.get(rest[-1:], 1)
    digits = rest[:-1] if unit > 1 else rest
    before = _chinese(whole)
    if before is None or not digits or any(c not in DIGITS for c in digits):
        return None
    return Decimal(f"{before}.{''.join(str(DIGITS[c]) for c in digits)}") * unit


def _chinese(text: str) -> int | None:
    if not text or any(c not in DIGITS and c not in UNITS and c not in BIG_UNITS for c in text):
        return None
    if all(c in DIGITS for c in text):
        spelled = "".join(str(DIGITS[c]) for c in text)
        return int(spelled) if len(text) == 1 or len(text) >= 4 else None
    total = section = 0
    digit: int | None = None
    last_unit, after_zero = 1, False
    for character in text:
        if character in DIGITS:
            if digit:
                return None  # 十七八, 三四十
            digit = DIGITS[character]
            after_zero = after_zero or digit == 0
        elif character in UNITS:
            section += (1 if digit is None else digit) * UNITS[character]
            digit, last_unit, after_zero = None, UNITS[character], False
        else:
            total += (section + (digit or 0)) * BIG_UNITS[character]
            section, digit, last_unit, after_zero = 0, None, BIG_UNITS[character], False
    if digit and last_unit > 10 and not after_zero:
        digit *= last_unit // 10  # 一百三 is 130, 两万一千五 is 21500
    return total + section + (digit or 0)
