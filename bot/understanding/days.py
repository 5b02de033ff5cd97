"""Dates as people say them, absolute and relative: 去年十月, 上个月, 今年3月8号, 2025.6.1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.understanding.numerals import read_number
from policy_kb.dates import Span, parse_span

YEAR_WORDS = {
    "今年": 0,
    "本年": 0,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "头年": -1,
    "前年": -2,
    "大前年": -3,
    "明年": 1,
    "来年": 1,
}
N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3}|元|腊|正|冬)"
DAY = rf"(?:(?P<day>{N})[日号])?"
YEAR = r"(?<![\d十百零])(?P<year>20\d\d|[012]\d|二[零〇][零〇一二三四五六七八九]{2}|[零〇一二][零〇一二三四五六七八九])年"
WORD = rf"(?P<word>{'|'.join(sorted(YEAR_WORDS, key=len, reverse=True))})"
PART = r"(?P<part>年?底|年末|年?初|上半年|下半年|春天|开春|夏天|秋天|冬天|元旦)"
PATTERNS = (
    re.compile(r"(?P<year>20\d\d)[-./](?P<month>\d{1,2})(?:[-./](?P<day>\d{1,2}))?(?!\d|%)"),
    re.compile(rf"(?:{YEAR}|{WORD})的?(?P<month>{N})月份?{DAY}"),
    re.compile(rf"(?:{YEAR}|{WORD}){PART}"),
    re.compile(r"(?P<word>年前|过完?年|开年|过了年)"),
    re.compile(rf"(?P<months>上上个月|上个?月|这个?月|本月|下个?月)(?P<day>{N})[日号]"),
    re.compile(
        r"(?P<months>上上个月|上个?月|这个?月|本月|下个?月|[一二两三四五六七八九十\d]+个月(?:前|以前|之前))"
    ),
    re.compile(
        r"(?P<week>下下|下|这|本|上)个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天1-7])(?![天个\d])"
    ),
    re.compile(
        r"(?P<days>今天|昨天|大后天|后天|前天|今儿个?|昨儿|明天|上周|上星期|上个?礼拜|上个?星期|这周|本周|前几天|前两天|前阵子|刚刚|[一二两三四五六七八九十\d]+天前)"
    ),
    re.compile(rf"(?<![\d年第])(?P<month>{N})月份?(?P<day>{N})[日号]"),
    re.compile(
        rf"(?<![\d年个第])(?P<month>{N})月(?:份|底|初|中旬)?(?!\d(?!\d*(?:\.\d+)?[万千百元块])|薪)"
    ),
    re.compile(r"(?P<part>年底|年末|年初|元旦)"),
    re.compile(
        rf"(?:(?<![\d每共缴交基裁招数工资线金按准率拿照])(?P<year>20\d\d|二[零〇][零〇一二三四五六七八九]{{2}})(?:年|(?![\d元块人个名万多]))|{WORD})(?!\d)"
    ),
)
NEAR_DAYS = {"昨天": -1, "昨儿": -1, "前天": -2, "明天": 1, "后天": 2, "大后天": 3}
WEEKS = {"上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}
PARTS = {
    "初": (1, 2),
    "上半年": (1, 6),
    "下半年": (7, 12),
    "春天": (3, 5),
    "开春": (2, 4),
    "夏天": (6, 8),
    "秋天": (9, 11),
    "冬天": (12, 12),
    "底": (12, 12),
    "末": (12, 12),
    "元旦": (1, 1),
}


@dataclass(frozen=True)
class Day:
    """A date found in a text, at [start, end) of it."""

    span: Span
    start: int
    end: int


def days(text: str, as_of: date) -> list[Day]:
    """All dates of a normalised text, left to right; relative ones count from `as_of`."""
    found: list[Day] = []
    busy = [False] * len(text)
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            if any(busy[match.start() : match.end()]) or match.end() == match.start():
                continue
            span = _span(match.groupdict(), as_of)
            if span:
                found.append(Day(span, match.start(), match.end()))
                busy[match.start() : match.end()] = [True] * (match.end() - match.start())
    return sorted(found, key=lambda day: day.start)


def _span(groups: dict[str, str | None], as_of: date) -> Span | None:
    try:
        if groups.get("months"):
            month = _relative_month(str(groups["months"]), as_of)
            return month if not groups.get("day") else _day_of(month, str(groups["day"]))
        if groups.get("weekday"):
            return _weekday(str(groups["week"]), str(groups["weekday"]), as_of)
        if groups.get("days"):
            return _relative_day(str(groups["days"]), as_of)
        return _calendar(groups, as_of)
    except ValueError:
        return None


def _calendar(groups: dict[str, str | None], as_of: date) -> Span | None:
    word = groups.get("word")
    if word in ("年前", "过年", "过完年", "开年", "过了年"):
        return parse_span(str(as_of.year if word != "年前" else as_of.year - 1))
    month = _month(groups["month"]) if groups.get("month") else None
    year = _year(groups.get("year"), word, as_of)
    if year is None:
        year = as_of.year if month is None or month <= as_of.month else as_of.year - 1
    part = groups.get("part")
    if part:
        return _part(year, part)
    if month is None:
        return parse_span(str(year))
    day = _small(groups["day"]) if groups.get("day") else None
    return parse_span(f"{year}-{month}" + (f"-{day}" if day else ""))


def _year(text: str | None, word: str | None, as_of: date) -> int | None:
    if word in YEAR_WORDS:
        return as_of.year + YEAR_WORDS[word]
    if not text:
        return None
    digits = "".join(
        str("零一二三四五六七八九".find(c)) if not c.isdigit() else c
        for c in text.replace("〇", "零")
    )
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _month(text: str | None) -> int:
    named = {"元": 1, "正": 1, "冬": 11, "腊": 12}
    return named.get(str(text)) or _small(text)


def _small(text: str | None) -> int:
    number = read_number(str(text))
    if number is None:
        raise ValueError(text)
    return int(number)


def _part(year: int, part: str) -> Span:
    first, last = PARTS.get(part) or PARTS[part.removeprefix("年")]
    if part == "元旦":
        return parse_span(f"{year}-1-1")
    return Span(parse_span(f"{year}-{first}").first, parse_span(f"{year}-{last}").last)


def _relative_month(text: str, as_of: date) -> Span:
    if "前" in text:
        back = _small(re.match(r"[一二两三四五六七八九十\d]+", text)[0])  # type: ignore[index]
    else:
        back = {"上上": 2, "上": 1, "下": -1}.get(text.split("个")[0].split("月")[0], 0)
    index = as_of.year * 12 + as_of.month - 1 - back
    return parse_span(f"{index // 12}-{index % 12 + 1}")


def _day_of(month: Span, day: str) -> Span:
    exact = month.first.replace(day=_small(day))
    return Span(exact, exact)


def _weekday(week: str, weekday: str, as_of: date) -> Span:
    """下周三: the day of the week that begins on the Monday after this one's."""
    place = "一二三四五六日".find(weekday.replace("天", "日"))
    number = place if place >= 0 else int(weekday) - 1
    monday = as_of - timedelta(days=as_of.weekday())
    exact = monday + timedelta(days=7 * WEEKS[week] + number)
    return Span(exact, exact)


def _relative_day(text: str, as_of: date) -> Span:
    if text.startswith(("上", "前几", "前阵", "前两")):
        monday = as_of - timedelta(days=as_of.weekday() + 7)
        return Span(monday, as_of if text.startswith("前") else monday + timedelta(days=6))
    if text in ("这周", "本周"):
        return Span(as_of - timedelta(days=as_of.weekday()), as_of)
    if text.endswith("天前"):
        exact = as_of - timedelta(days=_small(text[:-2]))
    else:
        exact = as_of + timedelta(days=NEAR_DAYS.get(text, 0))
    return Span(exact, exact)
