"""Ceilings hold for any numbers, and are called ceilings only where they are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_kb.amounts import Amount
from policy_kb.decide import decide
from policy_kb.store.sources import load_sources

KB = load_sources()
DAY = date(2025, 6, 15)
quietly = settings(deadline=None)
money = st.decimals(0, 10**9, places=2)


def amount(provision_id: str, **facts: Decimal) -> Amount:
    found = decide(KB, provision_id, facts, DAY).amount
    assert found
    return found


@quietly
@given(money)
def test_a_households_tax_relief(due: Decimal) -> None:
    found = amount("9.1", annual_tax_due=due)
    assert found.value == min(due, Decimal(14400))
    assert not found.is_cap  # of two known numbers the smaller is what one gets
    assert found.total == found.value * 3


@quietly
@given(money, st.decimals(0, 20, places=2))
def test_interest_on_at_most_three_million(loan: Decimal, rate: Decimal) -> None:
    found = amount("7.3", loan_amount=loan, benchmark_rate=rate)
    assert found.value == min(loan, Decimal(3_000_000)) * rate / 100 / 2
    assert (found.unit, found.label) == ("元/年", "贴息")


@quietly
@given(st.decimals("0.01", 10**9, places=2))
def test_the_loan_itself_where_the_rate_is_not_known(loan: Decimal) -> None:
    found = amount("7.3", loan_amount=loan)
    assert (found.value, found.is_cap, found.unit) == (Decimal(3_000_000), True, "元")


@quietly
@given(money)
def test_temporary_aid_is_at_most_two_months_benefit(benefit: Decimal) -> None:
    found = amount("13.5", monthly_benefit=benefit)
    assert (found.value, found.is_cap) == (benefit * 2, True)


@quietly
@given(money, st.integers(0, 1000).map(Decimal))
def test_living_allowance_for_at_most_thirty_days(wage: Decimal, days: Decimal) -> None:
    found = amount("12.3", minimum_wage=wage, training_days=days)
    assert found.value is not None
    assert found.value == pytest.approx(wage * 6 / 10 * min(days, Decimal(30)) / 30)
    assert found.value <= wage * 6 / 10 + Decimal("0.0001")


@quietly
@given(money)
def test_the_standard_caps_training_aid(standard: Decimal) -> None:
    found = amount("11.1", training_standard=standard)
    assert (found.value, found.is_cap, found.unit) == (standard, True, "元/人")


def test_a_persons_loan_has_a_ceiling_only() -> None:
    found = amount("7.2")
    assert (found.value, found.is_cap) == (Decimal(150_000), True)


@pytest.mark.parametrize("provision_id", [p.id for p in KB.deciding])
def test_a_number_or_words_but_never_a_guess(provision_id: str) -> None:
    """With nothing known, a number comes from the plan alone; else the amount is in words."""
    found = decide(KB, provision_id, {}, DAY).amount
    figures = {figure.value for figure in KB[provision_id].figures}
    if found and found.value is not None:
        assert found.value in figures
        assert found.is_cap
    elif found:
        assert found.text


@pytest.mark.parametrize(
    ("provision_id", "facts", "value", "is_cap"),
    [
        ("12.3", {"minimum_wage": 1900}, 1140, True),
        ("12.3", {"minimum_wage": 1900, "training_days": 30}, 1140, False),
        ("7.3", {"benchmark_rate": 4}, 60000, True),
        ("7.3", {"benchmark_rate": 4, "loan_amount": 3_000_000}, 60000, False),
        ("9.1", {}, 14400, True),
    ],
)
def test_the_most_it_can_come_to_is_called_so(
    provision_id: str, facts: dict[str, int], value: int, is_cap: bool
) -> None:
    """Days or loan not said: the number is a ceiling, not what one gets."""
    found = amount(provision_id, **{name: Decimal(number) for name, number in facts.items()})
    assert (found.value, found.is_cap) == (Decimal(value), is_cap)
