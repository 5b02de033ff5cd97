"""Durations told by their beginning: 自9月停产至今 is at least so many whole months today."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.understanding.days import Day

SINCE = re.compile(
    r"(?:自|从|打)⟦D(?P<day>\d+)⟧份?(?:起|开始|以来|就|，|到现在|至今)*(?P<rest>[^。！？；]*)"
)
LINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("stopped_months", re.compile(r"停产|停工|停业|歇业|没开工|无法正常生产|没法生产")),
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


def since(marked: str, dates: Sequence[Day], as_of: date) -> dict[str, Decimal]:
    """Months since a beginning told, where whichever day of it is meant makes no difference."""
    found: dict[str, Decimal] = {}
    for match in SINCE.finditer(marked):
        span = dates[int(match["day"])].span
        if span.first > as_of:
            continue
        least, most = _months(min(span.last, as_of), as_of), _months(span.first, as_of)
        for fact, pattern in LINES:
            if pattern.search(match["rest"]) and (least >= LINE or most < LINE):
                found[fact] = Decimal(least)
    return found


def _months(first: date, last: date) -> int:
    """Whole months from one day to another; the end of a month counts as its last day."""
    months = (last.year - first.year) * 12 + last.month - first.month
    ends = last.day >= first.day or last.day >= 28
    return months - (0 if ends else 1)
