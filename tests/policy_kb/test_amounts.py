"""Amounts: exact, capped, symbolic, with their working; and the inverse questions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from policy_kb.decide import decide
from policy_kb.inverse import contributions, count_for_amount, least_count
from policy_kb.model import Knowledge

DAY = date(2025, 6, 15)


def amount(kb: Knowledge, provision: str, facts: dict[str, Any]) -> dict[str, Any]:
    found = decide(kb, provision, kb.registry.parse(facts), DAY).amount
    assert found
    return found.to_json()


def test_the_contracts_example(kb: Knowledge) -> None:
    found = amount(
        kb, "2.2", {"enterprise_kind": "商贸企业", "hired_veterans": 3, "hired_unemployed": 5}
    )
    assert found == {
        "value": "66000",
        "unit": "元/年",
        "is_cap": False,
        "working": ["3×9000", "5×7800"],
    }


def test_a_district_parameter_makes_a_symbolic_amount_a_number(kb: Knowledge) -> None:
    symbolic = amount(kb, "12.3", {"training_days": 10})
    assert "当地最低工资标准×60%" in symbolic["text"]
    assert amount(kb, "12.3", {"training_days": 10, "minimum_wage": 1900})["value"] == "380"
    assert amount(kb, "12.3", {"training_days": 45, "minimum_wage": 1900})["value"] == "1140"


@pytest.mark.parametrize(
    ("facts", "value", "is_cap"),
    [
        ({}, "14400", True),
        ({"annual_tax_due": 9600}, "9600", False),
        ({"annual_tax_due": 20000}, "14400", False),
    ],
)
def test_the_limit_of_a_household(
    kb: Knowledge, facts: dict[str, Any], value: str, is_cap: bool
) -> None:
    found = amount(kb, "9.1", facts)
    assert (found["value"], found["is_cap"]) == (value, is_cap)


def test_exact_to_the_fen(kb: Knowledge) -> None:
    assert amount(kb, "3.1", {"last_year_unemployment_premium": "47800.01"})["value"] == "23900.005"
    assert amount(kb, "1.1", {"contribution_base": 500000})["value"] == "10000"


@pytest.mark.parametrize(("staff", "least"), [(56, 14), (40, 10), (100, 25), (101, 16), (150, 23)])
def test_how_many_to_hire(kb: Knowledge, staff: int, least: int) -> None:
    facts = {**kb.registry.parse({"staff": staff, "small_micro": True, "contract_months": 24})}
    assert least_count(kb, "7.3", "new_hires", facts) == least


def test_how_many_offset_a_tax(kb: Knowledge) -> None:
    count = count_for_amount(kb, "2.2", "hired_unemployed", Decimal(50000), {}, DAY)
    assert count == 7


def test_a_year_across_the_change_of_rate(kb: Knowledge) -> None:
    parts = contributions(kb, Decimal(200000), date(2025, 1, 1), date(2025, 12, 31))
    assert parts["total"] == Decimal(400000)
    assert (parts["months_before"], parts["months_after"]) == (4, 8)
