"""Inverse questions: the answer is enough, and one less is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_kb.decide import decide
from policy_kb.facts import Value
from policy_kb.inverse import contributions, count_for_amount, least_count
from policy_kb.model import Knowledge
from policy_kb.result import Verdict
from policy_kb.store.sources import load_sources

KB = load_sources()
DAY = date(2025, 6, 15)
SMALL: dict[str, Value] = {"small_micro": True, "contract_months": Decimal(24)}
quietly = settings(deadline=None)


@quietly
@given(st.integers(1, 5000).map(Decimal))
def test_least_hires_are_enough_and_one_less_is_not(staff: Decimal) -> None:
    least = least_count(KB, "7.3", "new_hires", {**SMALL, "staff": staff})
    assert least
    verdicts = [
        decide(KB, "7.3", {**SMALL, "staff": staff, "new_hires": Decimal(n)}, DAY).verdict
        for n in (least - 1, least)
    ]
    assert verdicts == [Verdict.INELIGIBLE, Verdict.ELIGIBLE]


@pytest.mark.parametrize(("staff", "least"), [(150, 15), (191, 20), (200, 20), (1000, 20), (30, 3)])
def test_how_many_lay_offs_need_the_procedure(kb: Knowledge, staff: int, least: int) -> None:
    assert least_count(kb, "4.2", "layoffs", {"staff": Decimal(staff)}) == least


def test_twenty_where_the_staff_is_not_known(kb: Knowledge) -> None:
    assert least_count(kb, "4.2", "layoffs", {}) == 20


def test_no_count_where_it_does_not_matter(kb: Knowledge) -> None:
    assert least_count(kb, "15.2", "layoffs", {}) is None


@quietly
@given(st.integers(1, 10**6).map(Decimal), st.integers(0, 20).map(Decimal))
def test_least_count_for_an_amount(target: Decimal, veterans: Decimal) -> None:
    stated = {"hired_veterans": veterans}
    count = count_for_amount(KB, "2.2", "hired_unemployed", target, stated, DAY)
    assert count is not None
    reached = veterans * 9000 + count * 7800
    assert reached >= target
    assert count == 1 or reached - 7800 < target


def test_no_count_reaches_beyond_a_ceiling(kb: Knowledge) -> None:
    target = Decimal(14401)
    assert count_for_amount(kb, "9.1", "annual_tax_due", target, {}, DAY) is None


@pytest.mark.parametrize(
    ("first", "last", "months", "total"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), (4, 8), 400000),
        (date(2025, 1, 1), date(2025, 4, 30), (4, 0), 144000),
        (date(2025, 5, 1), date(2025, 12, 31), (0, 8), 256000),
        (date(2024, 11, 1), date(2026, 2, 28), (6, 10), 536000),
    ],
)
def test_contributions_across_the_change_of_rate(
    kb: Knowledge, first: date, last: date, months: tuple[int, int], total: int
) -> None:
    parts = contributions(kb, Decimal(200000), first, last)
    assert (parts["months_before"], parts["months_after"]) == months
    assert parts["before"] + parts["after"] == parts["total"] == total
