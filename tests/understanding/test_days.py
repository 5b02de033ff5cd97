"""Dates as people say them, seen from two days."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.ages import birth
from bot.understanding.days import days

SUMMER, WINTER = date(2025, 6, 15), date(2026, 1, 10)

TABLE = [
    # said, from 2025-06-15, from 2026-01-10
    ("2025年4月8日", "2025-04-08", "2025-04-08"),
    ("2025.6.1", "2025-06-01", "2025-06-01"),
    ("24年11月", "2024-11", "2024-11"),
    ("二零二四年三月", "2024-03", "2024-03"),
    ("去年十月", "2024-10", "2025-10"),
    ("去年十二月", "2024-12", "2025-12"),
    ("前年6月18号", "2023-06-18", "2024-06-18"),
    ("大前年四月", "2022-04", "2023-04"),
    ("今年2月", "2025-02", "2026-02"),
    ("上个月", "2025-05", "2025-12"),
    ("上上个月", "2025-04", "2025-11"),
    ("这个月", "2025-06", "2026-01"),
    ("上个月15号", "2025-05-15", "2025-12-15"),
    ("三个月前", "2025-03", "2025-10"),
    ("下周三", "2025-06-18", "2026-01-14"),
    ("下下个星期一", "2025-06-23", "2026-01-19"),
    ("这周五", "2025-06-13", "2026-01-09"),
    ("上个礼拜天", "2025-06-08", "2026-01-04"),
    ("后天", "2025-06-17", "2026-01-12"),
    ("大后天", "2025-06-18", "2026-01-13"),
    ("前天", "2025-06-13", "2026-01-08"),
    ("五月六号", "2025-05-06", "2025-05-06"),
    ("三月份", "2025-03", "2025-03"),
    ("去年底", "2024-12", "2025-12"),
    ("今年春天", "2025-03-01/2025-05-31", "2026-03-01/2026-05-31"),
    ("去年上半年", "2024-01-01/2024-06-30", "2025-01-01/2025-06-30"),
    ("今年", "2025", "2026"),
    ("2025年", "2025", "2025"),
]

NO_DATES = [
    "每周五天班",
    "当月就开始抵",
    "六个月",
    "三年零三个月",
    "每月2010元",
    "12个月",
    "二三十人",
    "十五年",
]

BIRTHS = [
    ("我01年的，现在没班上", SUMMER, 24),
    ("本人2003年2月出生", SUMMER, 22),
    ("我2000年11月生的", SUMMER, 24),
    ("02年3月的", SUMMER, 23),
    ("99年的", WINTER, 27),
    ("孩子03年1月生的", WINTER, 23),
    ("去年6月招的", SUMMER, None),
    ("2025年3月招的", SUMMER, None),
    ("本地生源", SUMMER, None),
]


@pytest.mark.parametrize(("text", "summer", "winter"), TABLE)
def test_days(text: str, summer: str, winter: str) -> None:
    assert [str(day.span) for day in days(text, SUMMER)] == [summer]
    assert [str(day.span) for day in days(text, WINTER)] == [winter]


@pytest.mark.parametrize("text", NO_DATES)
def test_no_days(text: str) -> None:
    assert days(text, SUMMER) == []


@pytest.mark.parametrize(("text", "as_of", "age"), BIRTHS)
def test_births(text: str, as_of: date, age: int | None) -> None:
    assert birth(text, as_of)[1] == age
