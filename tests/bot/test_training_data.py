"""The training data: ours, enough of it, and nothing copied from the measuring cases."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from policy_kb.store.sources import DATA
from tests.bot.test_generated import trained

CASES = DATA.parents[1] / "shared" / "cases"
LEAST_LINES = 30


def measured() -> set[str]:
    """The texts and openings of the measuring cases."""
    lines = [
        json.loads(line)
        for path in CASES.glob("*.jsonl")
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]
    return {line.get("text") or line.get("open") for line in lines}


@pytest.mark.skipif(not CASES.exists(), reason="no measuring cases beside the repository")
def test_no_measuring_case_is_trained_on() -> None:
    copied = {line for lines in trained().values() for line in lines} & measured()
    assert not copied


@pytest.mark.parametrize("act", sorted(trained()))
def test_each_act_is_said_in_many_ways(act: str) -> None:
    lines = trained()[act]
    assert len(set(lines)) >= LEAST_LINES


def test_no_line_is_trained_for_two_acts() -> None:
    acts = Counter(line for lines in trained().values() for line in set(lines))
    assert not [line for line, count in acts.items() if count > 1]
