"""Provisions that exclude each other: the better choice, and never both."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from policy_kb.decide import decide
from policy_kb.facts import Value
from policy_kb.model import Knowledge
from policy_kb.relations import choices, granted_together
from policy_kb.result import Result, Verdict
from policy_kb.screening import screen

DAY = date(2025, 6, 15)
REFUNDS: dict[str, Value] = {
    "lawful_contributions": True,
    "layoffs": Decimal(0),
    "temporary_difficulty": True,
    "recovery_expected": True,
}


def refunds(kb: Knowledge, **said: Value) -> list[Result]:
    facts = {**REFUNDS, **said}
    return [decide(kb, provision, facts, DAY) for provision in ("3.1", "3.2")]


@pytest.mark.parametrize(
    ("year", "half_year", "better"),
    [(60000, 480000, "3.2"), (480000, 60000, "3.1"), (60001, 60000, "3.1"), (60000, 60001, "3.2")],
)
def test_the_larger_refund_is_the_better(
    kb: Knowledge, year: int, half_year: int, better: str
) -> None:
    results = refunds(
        kb,
        last_year_unemployment_premium=Decimal(year),
        half_year_social_insurance=Decimal(half_year),
    )
    assert [r.verdict for r in results] == [Verdict.ELIGIBLE] * 2
    assert [choice.better for choice in choices(kb, results)] == [better]
    assert granted_together(kb, results) == {better}


@pytest.mark.parametrize(
    "said", [{}, {"last_year_unemployment_premium": Decimal(60000)}], ids=["none", "one"]
)
def test_no_preference_without_both_amounts(kb: Knowledge, said: dict[str, Value]) -> None:
    results = refunds(kb, **said)
    assert [choice.better for choice in choices(kb, results)] == [None]
    assert len(granted_together(kb, results)) == 1


@pytest.mark.parametrize(
    ("said", "granted"),
    [({"recovery_expected": False}, "3.1"), ({"lawful_contributions": False}, "3.2")],
)
def test_the_one_that_can_be_had_is_the_better(
    kb: Knowledge, said: dict[str, Value], granted: str
) -> None:
    results = refunds(kb, insured=True, **said)
    assert [choice.better for choice in choices(kb, results)] == [granted]
    assert granted_together(kb, results) == {granted}


def test_a_pair_is_told_once(kb: Knowledge) -> None:
    pairs = [
        tuple(result.provision for result in choice.results)
        for choice in choices(kb, screen(kb, REFUNDS, DAY))
    ]
    assert pairs == [("3.1", "3.2")]


def test_who_enjoys_a_refund_gets_no_subsidy(kb: Knowledge) -> None:
    enjoying = decide(kb, "3.3", {"enjoys_refund": True}, DAY)
    assert enjoying.verdict is Verdict.INELIGIBLE
    assert set(kb["3.3"].excludes) == {"3.1", "3.2"}
    assert decide(kb, "3.1", {**REFUNDS, "enjoys_refund": True}, DAY).verdict is Verdict.ELIGIBLE
