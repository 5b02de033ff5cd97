"""Spans, full years, windows, run-on and amendments."""

from __future__ import annotations

from datetime import date

import pytest

from policy_kb.dates import full_years_end, parse_span
from policy_kb.decide import decide
from policy_kb.explain import explain
from policy_kb.interview import next_question
from policy_kb.model import Knowledge
from policy_kb.result import Verdict
from policy_kb.store.sources import assemble, read_sources

AMENDMENT = """    amendments:
      - document: 关于延续培训期间生活费补贴的通知
        issued: 2026-02-10
        effective: 2026-01-01
        end: 2026-12-31
        note: 延续执行至2026年12月31日
"""


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-06-15", date(2025, 6, 15), date(2025, 6, 15)),
        ("2025-03/2025-05", date(2025, 3, 1), date(2025, 5, 31)),
    ],
)
def test_spans(text: str, first: date, last: date) -> None:
    span = parse_span(text)
    assert (span.first, span.last) == (first, last)
    assert parse_span(str(span)) == span


@pytest.mark.parametrize("text", ["2025-13", "2025-02-30", "去年", "", "20250615"])
def test_no_spans(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_span(text)


def test_full_years_end_on_the_eve_of_the_anniversary() -> None:
    assert full_years_end(date(2025, 6, 10), 3) == date(2028, 6, 9)
    assert full_years_end(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert full_years_end(date(2024, 2, 29), 4) == date(2028, 2, 28)


@pytest.mark.parametrize(
    ("hired", "asked", "verdict"),
    [
        ("2025-10", date(2026, 11, 24), Verdict.ELIGIBLE),
        ("2026-01-01", date(2026, 11, 24), Verdict.EXPIRED),
        ("2024-12-31", date(2025, 6, 15), Verdict.INELIGIBLE),
        ("2025-12-31", date(2028, 12, 30), Verdict.ELIGIBLE),
        ("2025-12-31", date(2028, 12, 31), Verdict.EXPIRED),
        ("2025-01-01", date(2025, 1, 1), Verdict.ELIGIBLE),
    ],
)
def test_hired_and_asked_are_different_days(
    kb: Knowledge, hired: str, asked: date, verdict: Verdict
) -> None:
    facts = kb.registry.parse(
        {"enterprise_kind": "service", "hired_unemployed": 1, "hire_date": hired}
    )
    assert decide(kb, "2.2", facts, asked).verdict is verdict


def test_in_2026_the_start_is_asked_first(kb: Knowledge) -> None:
    for provision, fact in (("2.2", "hire_date"), ("9.1", "benefit_start")):
        question = next_question(kb, provision, {}, date(2026, 11, 24))
        assert question and question.facts == (fact,)
        assert next_question(kb, provision, {}, date(2029, 1, 1)) is None


def test_begun_inside_needs_confirmation(kb: Knowledge) -> None:
    facts = kb.registry.parse({"age": 20, "status": "unemployed", "internship_start": "2025-11"})
    assert decide(kb, "15.2", facts, date(2026, 1, 10)).verdict is Verdict.UNKNOWN
    del facts["internship_start"]
    assert decide(kb, "15.2", facts, date(2026, 1, 10)).verdict is Verdict.EXPIRED


def test_an_amendment_extends_and_is_cited() -> None:
    """The recipe of the README: from its effect on, and not before."""
    sources = read_sources()
    name = "data/plan/article-12.yaml"
    head, mark, tail = sources[name].partition('  - id: "12.3"\n')
    sources[name] = head + mark + AMENDMENT + tail
    kb = assemble(sources)
    facts = kb.registry.parse(
        {
            "hard_to_employ": True,
            "training_state": "ongoing",
            "receiving_benefit": False,
            "allowance_this_year": False,
        }
    )
    extended = decide(kb, "12.3", facts, date(2026, 6, 1))
    assert extended.verdict is Verdict.ELIGIBLE
    assert extended.valid_until == date(2026, 12, 31)
    assert extended.documents == ("关于延续培训期间生活费补贴的通知",)
    assert "《关于延续培训期间生活费补贴的通知》" in "".join(explain(kb, extended, facts))
    assert decide(kb, "12.3", facts, date(2027, 1, 1)).verdict is Verdict.EXPIRED
    assert decide(kb, "12.3", facts, date(2025, 6, 1)).documents == ()
