"""The forms in which people write and say numbers, and what they are worth."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.understanding.numbers import quantities
from bot.understanding.numerals import read_number

VALUES = {
    "23": 23,
    "二十四": 24,
    "廿一": 21,
    "十": 10,
    "俩": 2,
    "一百三": 130,
    "一百零三": 103,
    "两百五十": 250,
    "一万四千四": 14400,
    "两万一千五": 21500,
    "十一万三": 113000,
    "一亿两千万": 120000000,
    "六千五百万": 65000000,
    "百十": 110,
    "1.2亿": 120000000,
    "八点五": "8.5",
}

QUANTITIES = {
    "二十四岁半": ("age", 24),
    "25睡": ("age", 25),
    "快五十": ("age", 49),
    "快四十岁了": ("age", 39),
    "还没到25岁": ("age", 24),
    "还差俩月才满16": ("age", 15),
    "七十来口子": ("people", 70),
    "两百来号人": ("people", 200),
    "一百一十人": ("people", 110),
    "12名": ("people", 12),
    "三个": ("count", 3),
    "仨": ("count", 3),
    "47300块": ("money", 47300),
    "128,000元": ("money", None),
    "九万六": ("money", 96000),
    "5万4": ("money", 54000),
    "3.5w": ("money", 35000),
    "十来万": ("money", 100000),
    "200多万": ("money", 2000000),
    "36.5万": ("money", 365000),
    "4.35%": ("percent", "4.35"),
    "三成": ("percent", 30),
    "两成三": ("percent", 23),
    "三成半": ("percent", 35),
    "四分之一": ("percent", 25),
    "百分之十六": ("percent", 16),
    "八个点": ("percent", 8),
    "一半": ("percent", 50),
    "半年": ("months", 6),
    "俩月": ("months", 2),
    "一年半": ("months", 18),
    "一年零俩月": ("months", 14),
    "一年零两个月": ("months", 14),
    "三个半月": ("months", "3.5"),
    "两年": ("months", 24),
    "四十五天": ("days", 45),
    "半个月": ("days", 15),
    "两周": ("days", 14),
    "22": ("plain", 22),
}

NO_NUMBERS = [
    "零就业家庭",
    "零售",
    "五险一金",
    "一次性补助",
    "万一",
    "第三条",
    "大二在校",
    "一直没工作",
    "16到24岁",
    "三到十二个月",
    "十七八岁",
    "110101199001011234",
    "统一",
]


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_numerals(text: str, value: object) -> None:
    assert read_number(text) == Decimal(str(value))


@pytest.mark.parametrize(("text", "expected"), QUANTITIES.items())
def test_quantities(text: str, expected: tuple[str, object]) -> None:
    kind, value = expected
    if value is None:
        text, value = text.replace(",", ""), 128000  # `normalise` takes the commas out
    found = quantities(text)
    assert [(q.kind, q.value) for q in found] == [(kind, Decimal(str(value)))]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_numbers(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize("text", ["20人以上", "超过100人", "一年以上", "不足20人", "最多15万"])
def test_limits_are_marked(text: str) -> None:
    assert [q.bound for q in quantities(text)] == [True]


def test_a_sentence_with_many() -> None:
    found = quantities("职工一百三，裁十五，去年交了5万4，合同一年半")
    assert [(q.kind, int(q.value)) for q in found] == [
        ("plain", 130),
        ("plain", 15),
        ("money", 54000),
        ("months", 18),
    ]
