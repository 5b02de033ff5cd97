"""What holds of the engine for any facts, on any day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy_kb import decide as decide_module
from policy_kb import reasons, worth
from policy_kb.conditions import checks, representatives
from policy_kb.dates import Span
from policy_kb.decide import decide
from policy_kb.facts import Fact, Value
from policy_kb.interview import next_question
from policy_kb.model import Provision
from policy_kb.relations import granted_together
from policy_kb.result import Verdict
from policy_kb.screening import screen
from policy_kb.store.sources import load_sources

KB = load_sources()
DECIDING = [provision.id for provision in KB.deciding]
DAYS = st.dates(date(2024, 6, 1), date(2029, 6, 1))
DECIDED = (Verdict.ELIGIBLE, Verdict.INELIGIBLE)
common = settings(deadline=None, suppress_health_check=list(HealthCheck))


def values(fact: Fact) -> st.SearchStrategy[Value]:
    """Any value a fact can take, near the thresholds of the rules more often."""
    if fact.type == "bool":
        return st.booleans()
    if fact.type == "choice":
        return st.sampled_from([option.id for option in fact.options])
    if fact.type == "date":
        return st.dates(date(2022, 1, 1), date(2027, 12, 31)).map(lambda day: Span(day, day))
    edges = [v for p in KB.deciding for c in p.checks() if c.fact == fact.id for v in c.bounds()]
    near = [edge + step for edge in edges for step in (-1, 0, 1) if edge + step >= 0] or [
        Decimal(1)
    ]
    return st.one_of(st.sampled_from(near), st.integers(1, 400).map(Decimal))


def facts_of(provision: Provision) -> list[str]:
    """The base facts that bear on a provision."""
    used = {check.fact for check in provision.checks()} | {provision.window.event or ""}
    bases = {b for f in used if f in KB.registry.facts for b in (KB.registry[f].ratio or (f,))}
    return sorted(bases)


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, dict[str, Value], date]:
    """A provision, some facts that bear on it, and a day."""
    provision_id = draw(st.sampled_from(DECIDING))
    names = facts_of(KB[provision_id])
    chosen = draw(st.sets(st.sampled_from(names))) if names else set()
    facts = {name: draw(values(KB.registry[name])) for name in sorted(chosen)}
    return provision_id, facts, draw(DAYS)


REMEMBERING = (
    decide_module._about_nobody,
    reasons._remembered,
    reasons._looked_at,
    worth._remembered,
    worth._operands,
)


@settings(common, max_examples=400)
@given(
    st.dictionaries(st.sampled_from(sorted(KB.registry.facts)), st.none(), max_size=40),
    st.data(),
    DAYS,
)
def test_what_is_remembered_of_others_changes_nothing(
    names: dict[str, None], data: st.DataObject, day: date
) -> None:
    """Reasons and amounts kept from people asked before are those worked out afresh."""
    facts = {name: data.draw(values(KB.registry[name])) for name in sorted(names)}
    remembered = screen(KB, facts, day)
    for function in REMEMBERING:
        function.cache_clear()
    assert screen(KB, facts, day) == remembered


@settings(common, max_examples=600)
@given(cases(), st.data())
def test_learning_a_fact_never_flips_a_decided_verdict(
    case: tuple[str, dict[str, Value], date], data: st.DataObject
) -> None:
    """Save through what the result itself names as presumed."""
    provision_id, facts, day = case
    before = decide(KB, provision_id, facts, day)
    known = KB.registry.resolve(facts)
    unknown = [n for n in facts_of(KB[provision_id]) if n not in known and n not in before.presumed]
    if before.verdict not in DECIDED or not unknown:
        return
    name = data.draw(st.sampled_from(unknown))
    more = {**facts, name: data.draw(values(KB.registry[name]))}
    if KB.registry.resolve(more).items() >= known.items():  # what follows stays as it was
        assert decide(KB, provision_id, more, day).verdict is before.verdict


@common
@given(cases(), st.randoms())
def test_order_of_answers_does_not_matter(
    case: tuple[str, dict[str, Value], date], random: Any
) -> None:
    provision_id, facts, day = case
    shuffled = list(facts.items())
    random.shuffle(shuffled)
    assert decide(KB, provision_id, dict(shuffled), day) == decide(KB, provision_id, facts, day)


@settings(common, max_examples=300)
@given(cases())
def test_every_missing_fact_can_change_the_verdict(
    case: tuple[str, dict[str, Value], date],
) -> None:
    """Whatever is listed as missing, two of its values end in different verdicts."""
    provision_id, facts, day = case
    result = decide(KB, provision_id, facts, day)
    for name in result.missing:
        assert _can_change(provision_id, facts, day, name), (name, facts)


def _can_change(provision_id: str, facts: dict[str, Value], day: date, name: str) -> bool:
    others = [n for n in facts_of(KB[provision_id]) if n not in facts and n != name]
    samples = {n: _samples(n) for n in (*others, name)}
    stack: list[dict[str, Value]] = [dict(facts)]
    for other in others:
        stack = [{**world, other: value} for world in stack for value in samples[other]]
        stack = stack[:4000]
    for world in stack:
        verdicts = {
            decide(KB, provision_id, {**world, name: value}, day).verdict for value in samples[name]
        }
        if len(verdicts) > 1:
            return True
    return False


def _samples(name: str) -> list[Value]:
    fact = KB.registry[name]
    if fact.type == "date":
        days = (date(2024, 1, 2), date(2025, 3, 1), date(2025, 12, 31), date(2026, 2, 1))
        return [Span(d, d) for d in days]
    found: list[Value] = []
    for provision in KB.deciding:
        for check in checks(provision.conditions):
            if check.fact == name:
                found += representatives(provision.conditions, name, KB.registry)
    parts = [f for f in KB.registry.facts.values() if f.ratio and name in f.ratio]
    if parts:
        found += [Decimal(n) for n in (0, 1, 3, 20, 30, 100, 101, 1000, 100_000)]
    return list(dict.fromkeys(found))


@common
@given(cases())
def test_caps_hold(case: tuple[str, dict[str, Value], date]) -> None:
    provision_id, facts, day = case
    facts = {**facts, "annual_tax_due": Decimal(99999), "loan_amount": Decimal(9_000_000)}
    amount = decide(KB, provision_id, facts, day).amount
    ceilings = {"9.1": 14400, "7.2": 150000, "7.3": 3000000}
    if amount and amount.value is not None and provision_id in ceilings:
        assert amount.value <= ceilings[provision_id]


@pytest.mark.parametrize("provision_id", DECIDING)
def test_each_edge_of_each_window(provision_id: str) -> None:
    """The day before, on and after the start and the end."""
    window = KB[provision_id].window
    verdict = lambda day: decide(KB, provision_id, {}, day).verdict  # noqa: E731
    if window.start:
        assert verdict(window.start - timedelta(days=1)) is Verdict.NOT_STARTED
        assert verdict(window.start) is not Verdict.NOT_STARTED
    if window.end:
        assert verdict(window.end) is not Verdict.EXPIRED
        after = verdict(window.end + timedelta(days=1))
        assert after is (Verdict.UNKNOWN if window.run_on_years else Verdict.EXPIRED)
    if not window.end:
        assert verdict(date(2040, 1, 1)) is not Verdict.EXPIRED


@settings(common, max_examples=100)
@given(st.integers(0, 3), st.integers(1, 10**7), st.integers(1, 10**7))
def test_excluded_pairs_are_never_both_granted(layoffs: int, one: int, other: int) -> None:
    facts = KB.registry.parse(
        {
            "lawful_contributions": True,
            "layoffs": layoffs,
            "few_layoffs": True,
            "temporary_difficulty": True,
            "recovery_expected": True,
            "last_year_unemployment_premium": one,
            "half_year_social_insurance": other,
        }
    )
    granted = granted_together(KB, screen(KB, facts, date(2025, 6, 15)))
    assert ("3.1" in granted) != ("3.2" in granted)
    if one != other:
        assert ("3.1" in granted) == (one > other)


@settings(common, max_examples=300)
@given(cases(), st.data())
def test_interview_ends_and_asks_nothing_useless(
    case: tuple[str, dict[str, Value], date], data: st.DataObject
) -> None:
    provision_id, facts, day = case
    declined: set[str] = set()
    for _ in range(12):
        question = next_question(KB, provision_id, facts, day, frozenset(declined))
        if question is None:
            return
        bases = [f for f in question.facts if not KB.registry[f].ratio]
        assert bases and not (set(bases) & (KB.registry.resolve(facts).keys() | declined))
        assert all(KB.registry[f].asked for f in bases)
        missing = set(decide(KB, provision_id, facts, day).missing)
        assert missing & set(bases)
        for base in bases:
            if data.draw(st.booleans()):
                facts = {**facts, base: data.draw(values(KB.registry[base]))}
            else:
                declined.add(base)
    raise AssertionError("the interview did not end")
