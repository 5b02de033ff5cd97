"""Completeness: every provision of the plan, every fact askable, ids as agreed."""

from __future__ import annotations

import re

import pytest

from policy_kb.model import Knowledge
from tests.policy_kb.conftest import SHARED


def test_every_fact_used_in_a_rule_can_be_asked(kb: Knowledge) -> None:
    for provision in kb.deciding:
        for check in provision.checks():
            fact = kb.fact(check.fact)
            assert fact.question.endswith("？"), fact.id
            assert fact.why
            assert fact.type != "choice" or len(fact.options) > 1


def test_every_provision_can_be_named_and_cited(kb: Knowledge) -> None:
    for provision in kb.provisions.values():
        assert provision.aliases, provision.id
        assert provision.article or provision.section, provision.id
        assert provision.lead or not provision.article, provision.id


def test_ids_names_and_kinds_are_those_agreed(kb: Knowledge) -> None:
    readings = SHARED / "readings.md"
    if not readings.exists():
        pytest.skip("../shared/readings.md 不在，跳过编号核对")
    rows = re.findall(
        r"^\| ([GR]?[\d.]+|G\.\d|R\d\.\d) \| (.+?) \| (tell|decide) \|$",
        readings.read_text("utf-8"),
        re.M,
    )
    assert {row[0]: row[1:] for row in rows} == {
        p.id: (p.name, p.kind) for p in kb.provisions.values()
    }
