"""The command line as a clerk reads it: every command in words, and what it exits with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from policy_kb.cli import main
from policy_kb.store import database, official_text
from policy_kb.store.sources import DATA

HIRED = '{"enterprise_kind": "commerce", "hired_veterans": 3, "hired_unemployed": 5}'
COMMANDS = [
    (["build"], "版本 "),
    (["check"], "0处不符"),
    (["show"], "15.2  就业见习补贴"),
    (["show", "15.2"], "时间：2025年1月1日至2025年12月31日。"),
    (["search", "见习补贴"], "15.2  就业见习补贴（第15条）"),
    (["search", "qzxv"], "没有查到"),
    (["facts"], "请问您今年多少周岁？"),
    (["evaluate", "--provision", "2.2", "--facts", HIRED], "66000元/年"),
    (["evaluate", "--provision", "2.2"], "还缺：企业类别"),
    (["screen"], "【还需确认】15.2 就业见习补贴"),
    (["screen", "--audience", "institution"], "8.4 重点群体创业孵化载体奖补"),
    (["next", "--provision", "4.2"], "为什么问：裁减不足20人的"),
    (["next"], "为什么问："),
    (["next", "--provision", "13.4"], "不用再问了"),
    (["why", "staff"], "用在：3.1、3.2、4.2、7.3、11.1、11.2"),
    (["why", "training_days"], "用在：12.3"),
    (["why", "leaving_post"], "用在：说明待遇"),
]


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_DATE", "2025-06-15")


@pytest.mark.parametrize(("arguments", "says"), COMMANDS, ids=lambda value: str(value)[:40])
def test_every_command_answers_in_chinese(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    code = main(arguments)
    captured = capsys.readouterr()
    assert says in captured.out
    assert (code, captured.err) == (0, "")


SHAPES: list[tuple[list[str], set[str]]] = [
    (["build"], {"built", "kb_version"}),
    (["check"], {"provisions", "examples", "wrong"}),
    (["why", "age"], {"fact", "why", "means", "used"}),
    (["next", "--provision", "4.2"], {"facts", "question", "decides"}),
    (["show"], {"id", "name", "kind"}),
    (["search", "裁员"], {"provision", "name", "score"}),
    (
        ["facts"],
        {"name", "label", "type", "allowed", "options", "minimum", "maximum", "unit"}
        | {"owner", "asked", "sensitive", "question", "why", "means"},
    ),
    (
        ["screen"],
        {"provision", "verdict", "amount", "missing", "reasons", "articles"}
        | {"valid_until", "as_of", "kb_version"},
    ),
]


@pytest.mark.parametrize(("arguments", "keys"), SHAPES, ids=lambda value: str(value)[:30])
def test_json_has_its_keys(
    capsys: pytest.CaptureFixture[str], arguments: list[str], keys: set[str]
) -> None:
    assert main([*arguments, "--json"]) == 0
    found: Any = json.loads(capsys.readouterr().out)
    rows = found if isinstance(found, list) else [found]
    assert rows
    assert all(set(row) == keys for row in rows)


def test_next_is_null_when_nothing_is_left_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["next", "--provision", "13.4", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) is None


@pytest.mark.parametrize("arguments", [[], ["fly"], ["evaluate"], ["show", "--colour"]])
def test_a_wrong_command_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    captured = capsys.readouterr()
    assert left.value.code == 2
    assert captured.err.startswith("命令写得不对")
    assert (captured.err.count("\n"), captured.out) == (1, "")


@pytest.mark.parametrize("facts", ["[1]", "3", "", "{", '{"age": [1]}', '{"age": {"a": 1}}'])
def test_facts_that_are_none(capsys: pytest.CaptureFixture[str], facts: str) -> None:
    assert main(["evaluate", "--provision", "15.2", "--facts", facts]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_wrong_day_in_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_DATE", "15.06.2025")
    assert main(["screen"]) == 2
    assert "15.06.2025" in capsys.readouterr().err


def test_verify_exits_with_what_it_found(
    capsys: pytest.CaptureFixture[str], official: str, tmp_path: Path
) -> None:
    source = tmp_path / "plan.txt"
    source.write_text(official, "utf-8")
    assert main(["verify", "--source", str(source)]) == 0
    assert "0处与原文不符，原文有0处我们没有" in capsys.readouterr().out
    source.write_text(official.replace("14400元", "15400元"), "utf-8")
    assert main(["verify", "--source", str(source), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert any("14400元" in line for line in report["wrong"])
    assert any("15400元" in line for line in report["missing"])


def test_the_official_text_is_shown_once_imported(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    official: str,
    tmp_path: Path,
) -> None:
    stored, source = tmp_path / "official.sqlite", tmp_path / "plan.txt"
    source.write_text(official, "utf-8")
    for name in ("import_text", "cited_text"):
        changed = partial(getattr(official_text, name), path=stored)
        monkeypatch.setattr(official_text, name, changed)
    main(["show", "15.2"])
    assert "原文（第15条）" not in capsys.readouterr().out
    assert main(["import-text", str(source)]) == 0
    assert "共24部分" in capsys.readouterr().out
    main(["show", "15.2"])
    assert "原文（第15条）：提高就业见习补贴惠及范围" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", "随便一份文件".encode(), "方案".encode("gbk")])
def test_a_text_that_is_not_the_plan(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes
) -> None:
    source = tmp_path / "other.txt"
    source.write_bytes(content)
    for arguments in (["import-text", str(source)], ["verify", "--source", str(source)]):
        assert main(arguments) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert main(["verify", "--source", str(tmp_path)]) == 2
    assert "打不开文件" in capsys.readouterr().err


def test_a_mistake_in_the_sources_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "facts.yaml").write_text("facts: 无\n", "utf-8")
    (tmp_path / "district.yaml").write_text("name: 某区\n", "utf-8")
    build = partial(database.build, tmp_path / "policy.sqlite", tmp_path)
    monkeypatch.setattr(database, "build", build)
    assert main(["show"]) == 2
    assert capsys.readouterr().err.startswith("data/facts.yaml 第1行：")


def test_as_a_module_and_into_a_closed_pipe() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import runpy; runpy.run_module('policy_kb', run_name='__main__')"],
        cwd=DATA.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    read, write = os.pipe()
    os.close(read)
    shown = subprocess.run(
        [sys.executable, "-m", "policy_kb", "facts", "--json"],
        cwd=DATA.parent,
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert (shown.returncode, shown.stderr) == (0, "")
