"""What the README shows is what happens."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policy_kb.cli import main as command
from policy_kb.decide import decide
from policy_kb.examples import example_failures
from policy_kb.result import Verdict
from policy_kb.store.sources import assemble, read_sources

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
TRANSCRIPTS = re.findall(r"```text (\d{4}-\d\d-\d\d)\n(.*?)```", README, re.S)
YAML = re.findall(r"```yaml\n(.*?)```", README, re.S)


@pytest.mark.parametrize(("day", "transcript"), TRANSCRIPTS, ids=range(len(TRANSCRIPTS)))
def test_transcripts_are_replayed_word_for_word(
    day: str, transcript: str, begin: Callable[[str], Any]
) -> None:
    conversation = begin(day)
    for asked, answered in re.findall(
        r"您：(.+?)\n答：(.+?)(?=\n您：|\Z)", transcript.strip(), re.S
    ):
        assert conversation.say(asked).text == answered.strip().replace("\n    ", "\n")


def test_there_are_transcripts_of_two_years() -> None:
    assert {day[:4] for day, _ in TRANSCRIPTS} == {"2025", "2026"}


def test_the_worked_example_of_a_provision() -> None:
    added = next(text for text in YAML if "article: 21" in text)
    kb = assemble({**read_sources(), "data/plan/article-21.yaml": added})
    assert len(kb["21.1"].examples) == 3
    assert example_failures(kb, kb["21.1"]) == []


def test_the_recipe_of_an_amendment() -> None:
    recipe = next(text for text in YAML if "amendments:" in text)
    sources = read_sources()
    head, mark, tail = sources["data/plan/article-12.yaml"].partition('  - id: "12.3"\n')
    kb = assemble({**sources, "data/plan/article-12.yaml": head + mark + recipe + tail})
    result = decide(kb, "12.3", {}, date(2026, 6, 1))
    assert result.verdict is Verdict.UNKNOWN
    assert decide(kb, "12.3", {}, date(2027, 1, 1)).verdict is Verdict.EXPIRED


def test_the_first_screen_of_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    facts = '{"layoffs": 7, "staff": 64}'
    assert (
        command(["evaluate", "--provision", "4.2", "--facts", facts, "--date", "2025-06-15"]) == 0
    )
    assert capsys.readouterr().out.strip() in README
    assert command(["search", "裁员"]) == 0
    assert capsys.readouterr().out.splitlines()[0] in README
