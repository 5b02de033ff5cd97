"""Durations told by their beginning: 自9月停产至今 is at least so many whole months today."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.understanding.days import Day
from policy_kb.dates import Span

SINCE = re.compile(
    r"(?:自|从|打)⟦D(?P<day>\d+)⟧份?(?:起|开始|以来|就|，|到现在|至今)*(?P<rest>[^。！？；]*)"
)
STILL = re.compile(
    r"⟦D(?P<day>\d+)⟧(?:那会儿|那时候|份|上旬|中旬|下旬|底|初)*(?:就|才|开始|起|便|，)*"
    r"(?P<rest>(?:停(?!过|了(?!机|工|产|业|下))|歇业)[^。！？；]{0,24}?(?:到(?:现在|今天|目前|这会儿|如今|⟦D\d+⟧)|至今|(?:还|一直)(?:没|停|未)|一直停|没(?:再)?(?:复|开)工)?[^。！？；]*)"
)
"""九月初就停产了，一直停到现在: what began and was not taken up again."""

RESUMED = re.compile(
    r"(?<!没)(?<!未)(?<!没有)(?<!还没)(?:复工|复产|恢复生产|又开工|重新开工|开工了|停过|停了⟦T)"
)

LINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "stopped_months",
        re.compile(
            r"停产|停工|停业|停摆|停机|停的(?:产|工|业)|停到|停下来|停了(?:机|工|产|业|下)|歇业|没开工|无法正常生产|没法生产"
        ),
    ),
    (
        "wage_default_months",
        re.compile(r"(?:发不出|开不出|付不起|发不起|付不出|无力支付)[^，。⟦]{0,6}最低工资"),
    ),
    (
        "unpaid_wage_months",
        re.compile(
            r"(?:没|不能|未能|没能)(?:正常|按时)?(?:发|开)[^，。⟦低]{0,6}工资|工资[^，。⟦低]{0,4}(?:没发|发不出|开不出)"
        ),
    ),
)
LINE = 3
"""Months that the plan asks for: where the day within the month decides, nothing is taken."""


def since(marked: str, text: str, dates: Sequence[Day], as_of: date) -> dict[str, Decimal]:
    """Months since a beginning told, where whichever day of it is meant makes no difference."""
    found: dict[str, Decimal] = {}
    began = [*SINCE.finditer(marked), *STILL.finditer(marked)]
    for match in began:
        span = _part(dates[int(match["day"])], text)
        if span.first > as_of or RESUMED.search(match["rest"]):
            continue
        least, most = _months(min(span.last, as_of), as_of), _months(span.first, as_of)
        for fact, pattern in LINES:
            if pattern.search(match["rest"]) and (least >= LINE or most < LINE):
                found.setdefault(fact, Decimal(least))
    return found


def _part(day: Day, text: str) -> Span:
    """The span of a date; of 九月初, 四月中旬, 三月底 a third of the month."""
    first, last = day.span.first, day.span.last
    said = text[day.start : day.end + 2]
    if (first.year, first.month) != (last.year, last.month) or first.day != 1:
        return day.span
    if re.search(r"月份?(?:初|上旬)", said):
        return Span(first, first.replace(day=10))
    if re.search(r"月份?中旬", said):
        return Span(first.replace(day=11), first.replace(day=20))
    if re.search(r"月份?(?:底|末|下旬)", said):
        return Span(first.replace(day=21), last)
    return day.span


def _months(first: date, last: date) -> int:
    """Whole months from one day to another; the end of a month counts as its last day."""
    months = (last.year - first.year) * 12 + last.month - first.month
    ends = last.day >= first.day or last.day >= 28
    return months - (0 if ends else 1)
