"""Formulas: exact decimals, ranges where something is unknown, and their working in figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policy_kb.amounts import INFINITY, Amount, Operand, compute, names_in, parse_formula, working
from policy_kb.errors import PolicyError

OPERANDS = {
    "a": Operand(Decimal("0.1"), "0.1"),
    "b": Operand(Decimal("0.2"), "0.2"),
    "zero": Operand(Decimal(0), "0"),
    "half": Operand(Decimal("0.5"), "50%"),
    "thirty": Operand(Decimal(30), "30"),
    "days": Operand(None, "培训天数"),
    "wage": Operand(None, "最低工资"),
}


@pytest.mark.parametrize(
    ("formula", "low", "high", "shown"),
    [
        ("a + b", "0.3", "0.3", ("0.1", "0.2")),
        ("a × b", "0.02", "0.02", ("0.1×0.2",)),
        ("(a + b) × half", "0.15", "0.15", ("（0.1＋0.2）×50%",)),
        ("（b - a) ÷ half", "0.2", "0.2", ("（0.2－0.1）÷50%",)),
        ("zero × a + b", "0.2", "0.2", ("0.2",)),
        ("min(a, b)", "0.1", "0.1", ("0.1",)),
        ("min(days, thirty)", "0", "30", ("min(培训天数，30)",)),
        ("a × min(days, thirty)", "0", "3.0", ("0.1×min(培训天数，30)",)),
        ("wage × half", "0", "Infinity", ("最低工资×50%",)),
        ("zero × wage", "0", "0", ()),
        ("a ÷ wage", "0", "Infinity", ("0.1÷最低工资",)),
        ("thirty - days", "-Infinity", "30", ("30－培训天数",)),
    ],
)
def test_value_and_working(formula: str, low: str, high: str, shown: tuple[str, ...]) -> None:
    interval = compute(formula, OPERANDS)
    assert (interval.low, interval.high) == (Decimal(low), Decimal(high))
    assert working(formula, OPERANDS) == shown


def test_unknown_is_not_complete() -> None:
    assert compute("min(a, b)", OPERANDS).complete
    assert not compute("min(days, thirty)", OPERANDS).complete
    assert compute("wage", OPERANDS).high == INFINITY


@pytest.mark.parametrize(
    "text", ["a +", "a ** 2", "a if b else 1", "f'{a}'", "a.b", "[a]", "a; b", "lambda: 1", "-a"]
)
def test_nothing_but_arithmetic(text: str) -> None:
    with pytest.raises(PolicyError, match="只能用"):
        compute(text, OPERANDS)


@pytest.mark.parametrize(
    "text", ["open(a)", "min", "min()", "'甲' + a", "a // b", "a % b", "a @ b"]
)
def test_nothing_but_the_signs_allowed(text: str) -> None:
    with pytest.raises(PolicyError, match="只能用"):
        parse_formula(text)


def test_names() -> None:
    assert names_in("min(a, b) × (half + 3)") == {"a", "b", "half"}


@pytest.mark.parametrize(
    ("amount", "body"),
    [
        (Amount(unit="元", value=Decimal("1E+4")), {"value": "10000"}),
        (Amount(unit="元", value=Decimal("380.00")), {"value": "380"}),
        (
            Amount(unit="元", low=Decimal(0), high=Decimal("14400.50")),
            {"min": "0", "max": "14400.5"},
        ),
        (Amount(unit="元", text="按规定"), {"text": "按规定"}),
    ],
)
def test_numbers_as_plain_strings(amount: Amount, body: dict[str, str]) -> None:
    rest = {"unit": "元", "is_cap": False, "working": []}
    assert amount.to_json() == {**body, **rest}
