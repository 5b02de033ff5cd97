"""The age told by a date of birth: 01年的, 99年生人, 两千年五月一号生, 出生日期2003.2.8."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from bot.understanding.numerals import read_number

DIGIT = "[零〇一二三四五六七八九]"
LONG = rf"19\d\d|20[01]\d|一九{DIGIT}{{2}}|二[零〇][零〇一]{DIGIT}|千禧|[二两]千(?:零[一二三四五六七八九]|一十?{DIGIT}?|十{DIGIT}?)?"
SHORT = rf"[06789]\d|[零〇六七八九]{DIGIT}"
MONTH = r"\d{1,2}|[一二三四五六七八九十]{1,2}"
DAY = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
LUNAR = r"(?:农历|阴历)?(?:[正腊冬]月|[一二三四五六七八九十]{1,2}月(?:初[一二三四五六七八九十]|十[一二三四五六七八九]|廿[一-十]))"
"""A day of the old calendar, which does not tell the month of the new one."""

MONTH_AND_DAY = (
    rf"(?P<old>{LUNAR}[^，。]{{0,3}}?)|(?P<m>{MONTH})月份?(?:(?P<d>{DAY})[日号]?)?|[年初底]{{1,2}}"
)
NUMERIC = r"(?P<ny>19\d\d|20[01]\d)[-./](?P<nm>\d{1,2})(?:[-./](?P<nd>\d{1,2}))?"
BORN = r"(?:的?(?:出生|生人|生日)|生的?(?!源|活|产|意|育|病|效|猪|鲜|态))"
PREFIX = r"(?:生于|(?:出生(?:日期|年月|时间)?|生日)(?:是|在|：|，)?)"
SAYS_WHO = r"(?:我|俺|他|她|是|属|闺女|女儿|儿子|孩子|娃|丫头|小子|爸|妈|哥|姐|弟|妹|老公|老婆|媳妇|对象|人|侄子|侄女|外甥)"
BEFORE = r"(?<![\d零〇一二三四五六七八九十])"
CLAUSE_END = r"(?=，|$|。|人|下岗|失业|待业|没|大专|本科|中专|高中|初中|退|女|男|现在|今年)"
BIRTH = re.compile(
    rf"{BEFORE}(?:(?P<y>{LONG})年?|(?P<s>{SHORT})年)(?:{MONTH_AND_DAY})?(?:{BORN}|(?(s)的{CLAUSE_END}|(?!)))"
)
BIRTH_NUMERIC = re.compile(rf"(?:(?P<pre>{PREFIX})|{BEFORE}){NUMERIC}(?:{BORN}的?|(?(pre)|(?!)))")
BIRTH_TOLD = re.compile(
    rf"(?:{PREFIX}|(?P<who>{SAYS_WHO}))(?:是|就是|，)?(?:(?P<y>{LONG})年?|(?P<s>{SHORT})年)(?:{MONTH_AND_DAY})?"
    rf"(?(who)的{CLAUSE_END}|)"
)
PATTERNS = (BIRTH, BIRTH_NUMERIC, BIRTH_TOLD)
CENTURY_TURNS = 30
"""Two-digit years below are of this century."""

LINES = (16, 25)
"""Ages at which the plan's groups begin or end (第15条): a year alone must not decide them."""


def birth(text: str, as_of: date) -> tuple[str, int | None]:
    """The text with the age for the date of birth, and the age on `as_of`; None if none is told.

    A year or month alone gives the higher age it allows, unless it leaves a line of the plan open.
    """
    for pattern in PATTERNS:
        match = pattern.search(text)
        if match:
            break
    else:
        return text, None
    try:
        first, last = _born(match.groupdict())
    except ValueError:
        return text, None
    oldest, youngest = _age(first, as_of), _age(last, as_of)
    if not 10 <= oldest <= 100:
        return text, None
    before = text[: match.start()] + (match.groupdict().get("who") or "")
    if any(youngest < line <= oldest for line in LINES):
        return before + "，" + text[match.end() :], None
    return f"{before}{oldest}岁，{text[match.end() :]}", oldest


def _born(told: dict[str, str | None]) -> tuple[date, date]:
    """The first and the last day on which somebody may be born; ValueError if there is none."""
    year = _year(told.get("ny") or told.get("y") or told.get("s") or "")
    month, day = told.get("nm") or told.get("m"), told.get("nd") or told.get("d")
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    number = int(read_number(month) or 0)
    if not day:
        return date(year, number, 1), date(year, number, monthrange(year, number)[1])
    exact = date(year, number, int(read_number(day) or 0))
    return exact, exact


def _age(born: date, as_of: date) -> int:
    return as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))


def _year(text: str) -> int:
    if text == "千禧":
        return 2000
    if "千" in text:
        return 2000 + int(read_number(text[2:].lstrip("零") or "零") or 0)
    digits = int(
        "".join(
            str("零一二三四五六七八九".find(c)) if not c.isdigit() else c
            for c in text.replace("〇", "零")
        )
    )
    if len(text) == 4:
        return digits
    return digits + (2000 if digits < CENTURY_TURNS else 1900)
