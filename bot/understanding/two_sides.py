"""Contributions told by their two sides: 单位28.6万，个人11万 is 39.6万 in all (第3条).

Works on marked text (see `marks`). The plan refunds what a firm and its staff paid together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.understanding.numbers import Quantity

FACT = "half_year_social_insurance"
LEAST = 100
"""A bare number below it is no sum of money."""

EMPLOYER = r"(?:企业|单位|公司|厂里?|厂子|老板)"
STAFF = r"(?:职工|个人|员工|工人|大家|大伙)"
OTHER_MATTERS = r"失业|基数|贷|工资(?!里)|税|养老|医疗|医保|工伤|比例|费率|公积金|奖|罚|股"
OWN = rf"(?:(?!一共|合计|总共|加|和|跟|{OTHER_MATTERS})[^，。！？；⟦]){{0,9}}"
BETWEEN = rf"(?:(?!{OTHER_MATTERS})[^⟦。！？]){{0,10}}"
SIDES = tuple(
    re.compile(rf"{first}{OWN}⟦[MN](?P<one>\d+)⟧{BETWEEN}{second}{OWN}⟦[MN](?P<other>\d+)⟧")
    for first, second in ((EMPLOYER, STAFF), (STAFF, EMPLOYER))
)
BEFORE = re.compile(rf"(?:{OTHER_MATTERS})[^，。！？；⟦]{{0,8}}$")


def both_sides(marked: str, numbers: Sequence[Quantity]) -> tuple[int, int] | None:
    """The indexes of the two sums that a firm and its staff paid; None where not both are told."""
    for pattern in SIDES:
        for match in pattern.finditer(marked):
            places = int(match["one"]), int(match["other"])
            if BEFORE.search(marked[: match.start()]):
                continue
            if all(numbers[place].value >= LEAST for place in places):
                return places
    return None


def sum_of(places: tuple[int, int], numbers: Sequence[Quantity]) -> Decimal:
    """Both sides together."""
    return numbers[places[0]].value + numbers[places[1]].value
