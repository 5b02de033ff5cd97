"""Later notices: in force from their day on, in order, and never before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from policy_kb.decide import decide
from policy_kb.explain import explain
from policy_kb.facts import Value
from policy_kb.model import Amendment, Knowledge, Provision
from policy_kb.result import Verdict

EXTENDED = Amendment(
    "关于延续招人抵税的通知",
    issued=date(2026, 1, 20),
    effective=date(2026, 2, 1),
    end=date(2026, 12, 31),
    note="延续到2026年12月31日",
)
RAISED = Amendment(
    "关于提高扣减定额的通知",
    issued=date(2026, 3, 1),
    effective=date(2026, 4, 1),
    figures={"veteran_rate": Decimal(9500)},
)


@pytest.fixture(params=[(EXTENDED, RAISED), (RAISED, EXTENDED)], ids=["in order", "out of order"])
def amended(kb: Knowledge, request: pytest.FixtureRequest) -> Knowledge:
    """2.2 with both notices, written in either order."""
    changed = replace(kb["2.2"], amendments=request.param)
    return replace(kb, provisions={**kb.provisions, "2.2": changed})


def facts(kb: Knowledge, hired: str) -> dict[str, Value]:
    return kb.registry.parse(
        {"enterprise_kind": "commerce", "hired_veterans": 2, "hire_date": hired}
    )


@pytest.mark.parametrize(
    ("day", "verdict", "value", "documents"),
    [
        (date(2026, 1, 31), Verdict.EXPIRED, 18000, 0),
        (date(2026, 2, 1), Verdict.ELIGIBLE, 18000, 1),
        (date(2026, 3, 31), Verdict.ELIGIBLE, 18000, 1),
        (date(2026, 4, 1), Verdict.ELIGIBLE, 19000, 2),
    ],
)
def test_from_its_effect_on(
    amended: Knowledge, day: date, verdict: Verdict, value: int, documents: int
) -> None:
    result = decide(amended, "2.2", facts(amended, "2026-01-15"), day)
    assert result.verdict is verdict
    assert result.amount and result.amount.value == value
    assert result.documents == (EXTENDED.document, RAISED.document)[:documents]


def test_the_last_day_moves_with_the_window(amended: Knowledge) -> None:
    known = facts(amended, "2026-12-31")
    last = date(2029, 12, 30)
    assert decide(amended, "2.2", known, last).verdict is Verdict.ELIGIBLE
    after = decide(amended, "2.2", known, date(2029, 12, 31))
    assert after.verdict is Verdict.EXPIRED


def test_explained_with_document_and_date(amended: Knowledge) -> None:
    known = facts(amended, "2026-01-15")
    result = decide(amended, "2.2", known, date(2026, 6, 1))
    text = "".join(explain(amended, result, known))
    assert "《关于延续招人抵税的通知》（2026年1月20日）延续到2026年12月31日" in text
    assert "《关于提高扣减定额的通知》（2026年3月1日）" in text
    assert "2025年1月1日至2026年12月31日" in text


def test_nothing_changes_without_notices(kb: Knowledge) -> None:
    provision: Provision = kb["2.2"]
    assert provision.amended(date(2030, 1, 1)) is provision
    assert provision.in_force_amendments(date(2030, 1, 1)) == ()


def test_of_two_notices_the_later_in_effect_counts(kb: Knowledge) -> None:
    """Whatever their titles, and in whichever order they are written."""
    later = replace(EXTENDED, document="1号", effective=date(2026, 6, 1), end=date(2027, 6, 30))
    early = replace(EXTENDED, document="2号", effective=date(2026, 2, 1))
    for written in ((later, early), (early, later)):
        provision = replace(kb["2.2"], amendments=written)
        assert provision.amended(date(2026, 5, 31)).window.end == date(2026, 12, 31)
        assert provision.amended(date(2026, 6, 1)).window.end == date(2027, 6, 30)
        in_force = provision.in_force_amendments(date(2026, 6, 1))
        assert [notice.document for notice in in_force] == ["2号", "1号"]
