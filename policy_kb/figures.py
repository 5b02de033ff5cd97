"""Figures in Chinese prose: dates, percentages, money, counts, ages and durations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from policy_kb.facts import plain

NUMBER = r"\d+(?:\.\d+)?"
DATE = re.compile(r"(?:(20\d\d)年)?(\d{1,2})月(?:(\d{1,2})日|底)")
YEAR = re.compile(r"(20\d\d)年")
RANGE = re.compile(rf"({NUMBER})[-—－~～至到]({NUMBER})(?=个月|周?岁|人|天|年)")
QUANTITY = re.compile(rf"({NUMBER})(万元|元|%|％|个月|年|天|日|周?岁|人|项|倍|名)")
UNITS = {"％": "%", "周岁": "岁", "日": "天", "名": "人"}
SECTION_NUMBERS = re.compile(r"第\d+条|“?\d+”?\.(?=\D)")


def figures_in(text: str) -> Iterator[str]:
    """Each figure in canonical form: 2025-12-31, 50%, 9000元, 12个月, 24岁, 20人, 2倍.

    A date without its year takes that of the date before it; years of duration become months;
    万元 become 元.
    """
    text = SECTION_NUMBERS.sub(" ", text.replace(",", "，").replace("周岁", "岁"))
    year = ""
    kept: list[str] = []
    position = 0
    for match in DATE.finditer(text):
        kept.append(text[position : match.start()])
        position = match.end()
        found = YEAR.findall("".join(kept))
        year = match[1] or year or (found[-1] if found else "")
        day = f"-{int(match[3]):02d}" if match[3] else ""
        yield f"{year}-{int(match[2]):02d}{day}"
    rest = "".join(kept) + text[position:]
    yield from (f"{match[1]}年份" for match in YEAR.finditer(rest))
    rest = YEAR.sub(" ", rest)
    for match in RANGE.finditer(rest):
        unit = re.match(r"个月|岁|人|天|年", rest[match.end() :])
        if unit:
            yield _canonical(match[1], unit[0])
    for match in QUANTITY.finditer(rest):
        yield _canonical(match[1], match[2])


def _canonical(number: str, unit: str) -> str:
    value, unit = Decimal(number), UNITS.get(unit, unit)
    if unit == "万元":
        value, unit = value * 10000, "元"
    if unit == "年":
        value, unit = value * 12, "个月"
    return f"{plain(value)}{unit}"
