"""Hires with contracts of different length, and beginnings that tell a duration."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from actions.contracts import Contracts, long_contracts
from bot.understanding.extract import extract
from bot.understanding.normalise import normalise
from policy_kb.facts import Registry


def _groups(*pairs: tuple[int | None, int]) -> list[Contracts]:
    return [
        Contracts(None if people is None else Decimal(people), Decimal(months))
        for people, months in pairs
    ]


@pytest.mark.parametrize(
    ("groups", "total", "counted"),
    [
        (_groups((16, 24), (4, 6)), 20, {"new_hires": 16, "contract_months": 24}),
        (_groups((16, 24), (4, 12)), None, {"new_hires": 20, "contract_months": 12}),
        (_groups((4, 6), (None, 36)), 14, {"new_hires": 10, "contract_months": 36}),
        (_groups((4, 6), (None, 36)), None, {}),
        (_groups((9, 6), (3, 11)), 12, {"new_hires": 12, "contract_months": 11}),
        (_groups((16, 24), (9, 6)), 20, {}),
    ],
)
def test_only_long_contracts_count(
    groups: list[Contracts], total: int | None, counted: dict[str, int]
) -> None:
    assert long_contracts(groups, None if total is None else Decimal(total)) == counted


@pytest.mark.parametrize(
    ("text", "as_of", "months"),
    [
        ("我们从7月停产到现在", date(2025, 12, 31), 5),
        ("厂里打五月起停工", date(2025, 6, 15), 0),
        ("厂里打三月起停工", date(2025, 6, 15), None),  # 2.5 or 3.5 months: asked
    ],
)
def test_months_since(registry: Registry, text: str, as_of: date, months: int | None) -> None:
    found = extract(normalise(text), registry, as_of).facts.get("stopped_months")
    assert found == (None if months is None else Decimal(months))


@pytest.mark.parametrize(
    ("text", "veterans", "unemployed"),
    [
        ("招了7个登记失业人员，里头3个是自主就业退役士兵", 3, 4),
        ("招了10个人，其中3个自主就业退役士兵，7个登记失业人员", 3, 7),
    ],
)
def test_each_person_in_one_class(
    registry: Registry, text: str, veterans: int, unemployed: int
) -> None:
    facts = extract(normalise(text), registry, date(2025, 6, 15)).facts
    assert (facts["hired_veterans"], facts["hired_unemployed"]) == (veterans, unemployed)
