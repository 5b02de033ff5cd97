"""The worked examples of the YAML are the tests of its rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policy_kb import cli
from policy_kb.commands import keeping
from policy_kb.decide import decide
from policy_kb.examples import example_failures
from policy_kb.model import Example, Knowledge
from policy_kb.store.sources import load_sources

PROVISIONS = load_sources().provisions
DECIDING = [provision.id for provision in PROVISIONS.values() if provision.decides]
EXAMPLES = [
    pytest.param(provision.id, example, id=f"{provision.id}-line{example.line}")
    for provision in PROVISIONS.values()
    for example in provision.examples
]
LEAST_EXAMPLES = 4


@pytest.mark.parametrize(("provision_id", "example"), EXAMPLES)
def test_example_comes_out_as_written(kb: Knowledge, provision_id: str, example: Example) -> None:
    assert example_failures(kb, replace(kb[provision_id], examples=(example,))) == []


@pytest.mark.parametrize("provision_id", DECIDING)
def test_every_deciding_provision_has_examples(kb: Knowledge, provision_id: str) -> None:
    assert len(kb[provision_id].examples) >= LEAST_EXAMPLES


@pytest.mark.parametrize(
    ("provision_id", "facts", "verdict"),
    [
        ("4.2", {"layoffs": 20, "staff": 1000}, "eligible"),
        ("4.2", {"layoffs": 19, "staff": 1000}, "ineligible"),
        ("4.2", {"layoffs": 7, "staff": 70}, "eligible"),
        ("4.2", {"layoffs": 7, "staff": 71}, "ineligible"),
        ("15.2", {"age": 24, "status": "unemployed"}, "eligible"),
        ("15.2", {"age": 25, "status": "unemployed", "schooling": "other"}, "ineligible"),
        ("15.2", {"age": 16, "status": "unemployed"}, "eligible"),
        (
            "7.3",
            {"small_micro": True, "staff": 100, "new_hires": 24, "contract_months": 12},
            "ineligible",
        ),
        (
            "7.3",
            {"small_micro": True, "staff": 100, "new_hires": 25, "contract_months": 12},
            "eligible",
        ),
        (
            "7.3",
            {"small_micro": True, "staff": 101, "new_hires": 16, "contract_months": 12},
            "eligible",
        ),
        (
            "7.3",
            {"small_micro": True, "staff": 101, "new_hires": 15, "contract_months": 12},
            "ineligible",
        ),
        (
            "7.3",
            {"small_micro": True, "staff": 40, "new_hires": 10, "contract_months": 11},
            "ineligible",
        ),
    ],
)
def test_boundaries(
    kb: Knowledge, provision_id: str, facts: dict[str, object], verdict: str
) -> None:
    """以上、达到含本数；超过、不足不含 (readings.md, 通则)."""
    result = decide(kb, provision_id, kb.registry.parse(facts), date(2025, 6, 15))
    assert result.verdict.value == verdict


@pytest.mark.parametrize("provision_id", DECIDING)
def test_examples_cover_both_outcomes(provision_id: str) -> None:
    """Provisions without conditions have nobody to turn away."""
    shown = {example.verdict for example in PROVISIONS[provision_id].examples}
    wanted = {"eligible", "ineligible"} if PROVISIONS[provision_id].checks() else {"eligible"}
    assert wanted <= shown


def test_a_wrong_example_is_told_by_line(kb: Knowledge) -> None:
    right = kb["2.2"].examples[0]
    for wrong in (
        replace(right, verdict="ineligible"),
        replace(right, amount="66001"),
        replace(right, missing=("hire_date",)),
        replace(right, until=date(2026, 1, 1)),
    ):
        told = example_failures(kb, replace(kb["2.2"], examples=(wrong,)))
        assert len(told) == 1
        assert f"2.2 第{right.line}行" in told[0]


def test_check_exits_with_1_where_an_example_is_wrong(
    kb: Knowledge, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = replace(kb["2.2"], examples=(replace(kb["2.2"].examples[0], verdict="expired"),))
    broken = replace(kb, provisions={**kb.provisions, "2.2": wrong})
    monkeypatch.setattr(keeping, "load_sources", lambda: broken)
    assert cli.main(["check"]) == 1
    assert "1处不符" in capsys.readouterr().out
