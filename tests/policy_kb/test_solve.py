"""A formula worked back: what comes out of it, put in again, gives the sum told."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_kb.amounts import Operand, compute
from policy_kb.inverse import most_short_of, worked_back
from policy_kb.model import Knowledge
from policy_kb.solve import solve
from policy_kb.store.sources import load_sources

KB = load_sources()
quietly = settings(deadline=None)


def operands(**values: str | None) -> dict[str, Operand]:
    return {
        name: Operand(None if value is None else Decimal(value), value or name)
        for name, value in values.items()
    }


@pytest.mark.parametrize(
    ("formula", "known", "result", "value", "shown"),
    [
        ("a × b", {"a": None, "b": "0.5"}, "300", 600, "300÷0.5"),
        ("b × a", {"a": None, "b": "4"}, "300", 75, "300÷4"),
        ("a ÷ b", {"a": None, "b": "4"}, "3", 12, "3×4"),
        ("b ÷ a", {"a": None, "b": "12"}, "3", 4, "12÷3"),
        ("a - b", {"a": None, "b": "2"}, "3", 5, "3＋2"),
        ("b - a", {"a": None, "b": "9"}, "3", 6, "9－3"),
        ("a × (b - c)", {"a": None, "b": "9", "c": "7"}, "30", 15, "30÷（9－7）"),
        ("b × c + a × d", {"a": None, "b": "2", "c": "9", "d": "7"}, "39", 3, "（39－2×9）÷7"),
        ("b × c + a × d", {"a": None, "b": "0", "c": "9", "d": "7"}, "21", 3, "21÷7"),
    ],
)
def test_each_step_is_turned_round(
    formula: str, known: dict[str, Any], result: str, value: int, shown: str
) -> None:
    found = solve(formula, operands(**known), Decimal(result))
    assert found
    assert (found.value, found.shown, found.at_least) == (value, shown, False)


def test_below_a_limit_the_number_at_the_limit_at_least_that_above_it_none() -> None:
    known = operands(a=None, top="30")
    below, at, above = (solve("min(a, top)", known, Decimal(n)) for n in (29, 30, 31))
    assert below
    assert (below.value, below.at_least) == (29, False)
    assert at
    assert (at.value, at.at_least) == (30, True)
    assert above is None


def test_no_answer_where_two_things_are_unknown_or_none_or_nothing_fits() -> None:
    assert solve("a × b", operands(a=None, b=None), Decimal(3)) is None
    assert solve("a × b", operands(a="1", b="2"), Decimal(3)) is None
    assert solve("a × b", operands(a=None, b="0"), Decimal(3)) is None
    assert solve("a + b", operands(a=None, b="5"), Decimal(3)) is None
    assert solve("a × a", operands(a=None), Decimal(9)) is None


@quietly
@given(st.integers(1, 10**7).map(Decimal), st.integers(1, 400).map(Decimal))
def test_there_and_back(base: Decimal, hundredths: Decimal) -> None:
    known = operands(rate=str(hundredths / 100), base=None)
    result = compute("base × rate", operands(base=str(base), rate=str(hundredths / 100))).low
    found = solve("base × rate", known, result)
    assert found
    assert found.number == base


@pytest.mark.parametrize(
    ("provision", "fact", "result", "stated", "value"),
    [
        ("3.1", "last_year_unemployment_premium", 20500, {}, 41000),
        ("3.2", "half_year_social_insurance", 130000, {}, 260000),
        ("7.4", "new_loans_total", 170000, {}, 17000000),
        ("1.1", "contribution_base", 5000, {}, 250000),
        ("13.5", "monthly_benefit", 3100, {}, 1550),
        ("2.2", "hired_unemployed", 49200, {"hired_veterans": 2}, 4),
        ("2.2", "hired_veterans", 27000, {"hired_unemployed": 0}, 3),
        ("7.3", "loan_amount", 17500, {"benchmark_rate": "3.5"}, 1000000),
        ("7.3", "benchmark_rate", 17500, {"loan_amount": 1000000}, "3.5"),
        ("12.3", "minimum_wage", 740, {"training_days": 20}, 1850),
    ],
)
def test_provisions_worked_back(
    kb: Knowledge, provision: str, fact: str, result: int, stated: dict[str, Any], value: object
) -> None:
    rule = kb[provision].amount
    assert rule
    known = kb.registry.parse(stated)
    found = worked_back(kb, provision, rule.formulas[0].text, fact, Decimal(result), known)
    assert found
    assert found.number == Decimal(str(value))


def test_a_total_that_leaves_no_whole_number_of_people(kb: Knowledge) -> None:
    formula = "hired_veterans × veteran_rate + hired_unemployed × unemployed_rate"
    known = {"hired_veterans": Decimal(2)}
    found = worked_back(kb, "2.2", formula, "hired_unemployed", Decimal(40000), known)
    assert found
    assert not found.whole


@pytest.mark.parametrize(("staff", "most"), [(90, 8), (99, 9), (150, 14), (260, 19), (3000, 19)])
def test_the_most_that_needs_no_procedure(kb: Knowledge, staff: int, most: int) -> None:
    assert most_short_of(kb, "4.2", "layoffs", {"staff": Decimal(staff)}) == most
