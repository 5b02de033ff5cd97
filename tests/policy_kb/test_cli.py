"""The commands of the contract, as a clerk and as a program use them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from policy_kb.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_evaluate_prints_the_contracts_object(capsys: pytest.CaptureFixture[str]) -> None:
    result = run(
        capsys,
        *("evaluate", "--provision", "2.2", "--facts", '{"hired_veterans": 3}'),
        *("--date", "2025-06-15"),
    )
    assert set(result) == {
        *("provision", "verdict", "amount", "missing", "reasons", "articles"),
        *("valid_until", "as_of", "kb_version"),
    }
    assert result["verdict"] == "unknown"
    assert result["missing"] == ["enterprise_kind"]
    assert result["amount"]["value"] == "27000"
    assert (result["articles"], result["as_of"]) == ([2], "2025-06-15")


def test_facts_show_next_why_screen_search(capsys: pytest.CaptureFixture[str]) -> None:
    facts = {row["name"]: row for row in run(capsys, "facts")}
    assert facts["age"]["unit"] == "周岁"
    assert facts["status"]["allowed"][0] == "unemployed"
    assert run(capsys, "show", "15.2")["articles"] == [15]
    assert len(run(capsys, "show")) == 85
    asked = run(capsys, "next", "--provision", "4.2", "--facts", '{"layoffs": 7}')
    assert asked["facts"] == ["staff"]
    assert run(capsys, "why", "age")["used"] == ["15.2"]
    assert len(run(capsys, "screen", "--date", "2025-06-15")) == 29
    assert run(capsys, "search", "见习补贴")[0]["provision"] == "15.2"
    assert run(capsys, "check")["wrong"] == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["evaluate", "--provision", "99.1"], "没有编号为"),
        (["evaluate", "--provision", "15.2", "--facts", '{"agee": 1}'], "没有叫"),
        (["evaluate", "--provision", "15.2", "--facts", '{"age": "abc"}'], "要填数字"),
        (["evaluate", "--provision", "15.2", "--facts", '{"age": 999}'], "应在0到120之间"),
        (["evaluate", "--provision", "15.2", "--facts", "age=3"], "JSON"),
        (["evaluate", "--provision", "15.2", "--date", "2025-02-30"], "日期"),
        (["why", "nothing"], "没有叫"),
        (["verify", "--source", "/no/such/file"], "找不到文件"),
    ],
)
def test_bad_input_is_one_chinese_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert says in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


def test_policy_date_is_the_day_unless_one_is_given(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_DATE", "2025-06-15")
    assert run(capsys, "evaluate", "--provision", "15.2")["as_of"] == "2025-06-15"
    later = run(capsys, "evaluate", "--provision", "15.2", "--date", "2026-01-01")
    assert later["verdict"] == "expired"


def test_no_rasa_behind_the_command_line() -> None:
    code = "import sys, policy_kb.cli; assert not [m for m in sys.modules if m.startswith('rasa')]"
    subprocess.run([sys.executable, "-c", code], check=True)
