"""The day before, on and after each edge of each window, for people who otherwise qualify."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from policy_kb.dates import Span, full_years_end
from policy_kb.decide import decide
from policy_kb.facts import Facts
from policy_kb.model import Knowledge, Provision
from policy_kb.result import Verdict
from policy_kb.store.sources import load_sources

DECIDING = {provision.id: provision for provision in load_sources().deciding}
OPEN_ENDED = [p.id for p in DECIDING.values() if not p.window.end]
STARTING = [p.id for p in DECIDING.values() if p.window.start]
ENDING = [p.id for p in DECIDING.values() if p.window.end]
RUNNING_ON = [p.id for p in DECIDING.values() if p.window.run_on_years]
CONFIRMED = [p.id for p in DECIDING.values() if p.window.confirm_begun_inside]
DAY = timedelta(days=1)


def person(kb: Knowledge, provision: Provision, verdict: str) -> Facts:
    """The facts of a worked example with this verdict that says nothing of dates."""
    example = next(
        e
        for e in provision.examples
        if e.verdict == verdict and provision.window.event not in e.facts
    )
    return kb.registry.parse(example.facts)


def on(kb: Knowledge, provision_id: str, facts: Facts, day: date) -> Verdict:
    return decide(kb, provision_id, facts, day).verdict


@pytest.mark.parametrize("provision_id", STARTING)
def test_start(kb: Knowledge, provision_id: str) -> None:
    start, facts = kb[provision_id].window.start, person(kb, kb[provision_id], "eligible")
    assert start
    assert on(kb, provision_id, facts, start - DAY) is Verdict.NOT_STARTED
    assert on(kb, provision_id, facts, start) is Verdict.ELIGIBLE
    assert on(kb, provision_id, facts, start + DAY) is Verdict.ELIGIBLE


@pytest.mark.parametrize("provision_id", ENDING)
def test_end(kb: Knowledge, provision_id: str) -> None:
    window, facts = kb[provision_id].window, person(kb, kb[provision_id], "eligible")
    assert window.end
    assert on(kb, provision_id, facts, window.end - DAY) is Verdict.ELIGIBLE
    assert on(kb, provision_id, facts, window.end) is Verdict.ELIGIBLE
    after = decide(kb, provision_id, facts, window.end + DAY)
    if window.run_on_years:
        assert (after.verdict, after.missing) == (Verdict.UNKNOWN, (window.event,))
    else:
        assert (after.verdict, after.missing) == (Verdict.EXPIRED, ())


@pytest.mark.parametrize("provision_id", OPEN_ENDED)
def test_no_end(kb: Knowledge, provision_id: str) -> None:
    facts = person(kb, kb[provision_id], "eligible")
    assert on(kb, provision_id, facts, date(2125, 1, 1)) is Verdict.ELIGIBLE
    if not kb[provision_id].window.start:
        assert on(kb, provision_id, facts, date(1925, 1, 1)) is Verdict.ELIGIBLE


@pytest.mark.parametrize("provision_id", sorted({*STARTING, *ENDING}))
def test_who_cannot_qualify_is_told_so_on_any_day(kb: Knowledge, provision_id: str) -> None:
    window, facts = kb[provision_id].window, person(kb, kb[provision_id], "ineligible")
    days = [edge + step for edge in (window.start, window.end) if edge for step in (-DAY, DAY)]
    assert {on(kb, provision_id, facts, day) for day in days} == {Verdict.INELIGIBLE}


@pytest.mark.parametrize("provision_id", RUNNING_ON)
def test_run_on_to_the_eve_of_the_anniversary(kb: Knowledge, provision_id: str) -> None:
    window = kb[provision_id].window
    assert window.event and window.end
    for begun in (date(2025, 3, 1), window.end):
        facts = {**person(kb, kb[provision_id], "eligible"), window.event: Span(begun, begun)}
        last = full_years_end(begun, window.run_on_years)
        assert decide(kb, provision_id, facts, last).verdict is Verdict.ELIGIBLE
        assert decide(kb, provision_id, facts, last).valid_until == last
        assert on(kb, provision_id, facts, last + DAY) is Verdict.EXPIRED
    late = window.end + DAY
    facts = {**person(kb, kb[provision_id], "eligible"), window.event: Span(late, late)}
    assert on(kb, provision_id, facts, late) is Verdict.EXPIRED


@pytest.mark.parametrize("provision_id", RUNNING_ON)
def test_nothing_runs_on_for_ever(kb: Knowledge, provision_id: str) -> None:
    last = kb[provision_id].window.last_possible_day()
    facts = person(kb, kb[provision_id], "eligible")
    assert last
    assert on(kb, provision_id, facts, last) is Verdict.UNKNOWN
    assert on(kb, provision_id, facts, last + DAY) is Verdict.EXPIRED


@pytest.mark.parametrize("provision_id", CONFIRMED)
def test_begun_inside_and_asked_after_the_end(kb: Knowledge, provision_id: str) -> None:
    window = kb[provision_id].window
    assert window.event and window.end
    facts = person(kb, kb[provision_id], "eligible")
    for begun, verdict in ((window.end, Verdict.UNKNOWN), (window.end + DAY, Verdict.EXPIRED)):
        told = {**facts, window.event: Span(begun, begun)}
        after = decide(kb, provision_id, told, window.end + 10 * DAY)
        assert (after.verdict, after.missing) == (verdict, ())
