"""Operations on a running server: health, backup and restore, reload, upgrade, the systemd unit."""

from __future__ import annotations

import configparser
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import reloading
from bot.backup import backup, restore
from bot.conversation_file import ConversationFile
from bot.conversations import Conversations
from bot.health import LEAST_SPACE, Check, checks
from bot.train import MODEL
from policy_kb.errors import PolicyError
from tests.bot.conftest import Assistant
from tests.bot.server import ROOT, Server

UNIT = ROOT / "bot" / "deploy" / "policy-assistant.service"
OPENING = "我22岁，见习补贴我能领吗"
trained = pytest.mark.skipif(not MODEL.exists(), reason="no trained model: run python -m bot.train")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("var"), POLICY_DATE="2025-06-15")
    yield running
    running.stop()


def operate(server: Server, *arguments: str) -> subprocess.CompletedProcess[str]:
    """python -m bot.operations …, beside this server."""
    return subprocess.run(
        [sys.executable, "-m", "bot.operations", *arguments],
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": str(server.var), "PORT": str(server.port)},
        capture_output=True,
        text=True,
        check=False,
    )


def text_of(messages: list[dict[str, Any]]) -> str:
    return "\n".join(message["text"] for message in messages if "text" in message)


@trained
def test_health_of_a_running_server(server: Server) -> None:
    server.say("healthy", "您好")
    status, told = server.get("/health")
    assert (status, told["状态"]) == (200, "正常"), told
    assert {"模型", "方案数据", "对话记录", "磁盘"} <= told["检查"].keys()
    done = operate(server, "health")
    assert done.returncode == 0 and "正常" in done.stdout


@trained
def test_restored_conversations_go_on_where_the_backup_was(server: Server, tmp_path: Path) -> None:
    assert "工作" in text_of(server.say("kept", OPENING))
    done = operate(server, "backup", str(tmp_path / "saved"))
    assert done.returncode == 0, done.stderr
    server.say("kept", "在职")  # not in the backup
    server.say("later", "我30岁")
    done = operate(server, "restore", str(tmp_path / "saved"))
    assert done.returncode == 0, done.stderr
    assert "【符合条件】" in text_of(server.say("kept", "失业"))
    status, told = server.get("/health")
    assert status == 200, told
    file = ConversationFile(server.var / "conversations.db")
    assert [turn.said for turn in file.transcript("kept")] == [OPENING, "失业"]
    assert file.transcript("later") == []
    file.close()


@trained
def test_data_kept_over_a_restart(tmp_path: Path) -> None:
    """An upgrade is a stop, other files of the program, and a start: var/ stays."""
    first = Server(tmp_path, POLICY_DATE="2025-06-15")
    first.say("old", OPENING)
    assert first.stop() == 0
    assert not (tmp_path / "conversations.db-wal").exists(), "the log was not folded in"
    second = Server(tmp_path, POLICY_DATE="2025-06-15")
    try:
        assert "【符合条件】" in text_of(second.say("old", "失业"))
    finally:
        assert second.stop() == 0


def test_no_make_target_touches_the_data() -> None:
    told = subprocess.run(
        ["make", "-n", "clean"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "var" not in told.split()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The project in a folder of its own, where its data may be edited."""
    for name in ("actions", "bot", "data", "policy_kb", "models"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@trained
def test_reload_takes_up_an_edit_and_keeps_the_conversations(copied: Path) -> None:
    var = copied / "var"
    var.mkdir()
    server = Server(var, root=copied, POLICY_DATE="2025-06-15")
    try:
        assert "工作" in text_of(server.say("r", OPENING))
        article = copied / "data" / "plan" / "article-15.yaml"
        old = article.read_text("utf-8")
        before = server.get("/health")[1]["检查"]["方案数据"]["说明"]

        article.write_text(old.replace("kind: decide", "kind: no_such_kind", 1), "utf-8")
        server.reload()
        wait_for(server, lambda: "没有重新载入" in server.log())
        assert "article-15.yaml" in server.log()
        status, told = server.get("/health")
        assert status == 503 and told["状态"] == "有问题"

        article.write_text(old.replace("name: 就业见习补贴", "name: 就业见习新补贴", 1), "utf-8")
        status, told = server.get("/health")
        assert status == 503 and "reload" in told["检查"]["方案数据"]["说明"]
        assert operate(server, "reload").returncode == 0
        wait_for(server, lambda: server.get("/health")[0] == 200)
        assert server.get("/health")[1]["检查"]["方案数据"]["说明"] != before
        answer = text_of(server.say("r", "失业"))
        assert "【符合条件】就业见习新补贴" in answer, "dropped, or answered from the old data"
    finally:
        server.stop()


def wait_for(server: Server, true: Any) -> None:
    for _ in range(300):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError(server.log())


def test_reload_says_what_needs_training(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reloading._training() == ""
    monkeypatch.setattr(reloading.generate, "domain", lambda: {"version": "3.1", "slots": {"x": 1}})
    assert "domain.yml" in reloading._training() and "训练" in reloading._training()


@pytest.mark.parametrize("left_over", ["", "not a number", str(os.getpid())])
def test_reload_without_a_server(left_over: str, tmp_path: Path) -> None:
    """A number that another process has got meanwhile (here: this one) is not signalled."""
    if left_over:
        (tmp_path / "server.pid").write_text(left_over, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bot.operations", "reload"],
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1 and "没有在运行" in done.stderr


def test_a_damaged_backup_is_refused_before_anything_is_touched(tmp_path: Path) -> None:
    var, saved = tmp_path / "var", tmp_path / "saved"
    store = Conversations(var / "conversations.db")
    store.close()
    with sqlite3.connect(var / "records.db") as records:
        records.execute("CREATE TABLE record (text TEXT)")
        records.execute("INSERT INTO record VALUES ('new')")
    records.close()
    assert [path.name for path in backup(var, saved)] == ["conversations.db", "records.db"]
    damaged = saved / "conversations.db"
    damaged.write_bytes(damaged.read_bytes()[:3000] + b"x" * 3000)
    with sqlite3.connect(var / "records.db") as records:
        records.execute("UPDATE record SET text = 'newer'")
    records.close()
    with pytest.raises(PolicyError, match="损坏"):
        restore(var, saved)
    with sqlite3.connect(var / "records.db") as records:
        assert records.execute("SELECT text FROM record").fetchall() == [("newer",)]
    records.close()


def test_backup_and_restore_need_databases(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="没有数据库"):
        backup(tmp_path, tmp_path / "saved")
    with pytest.raises(PolicyError, match="没有数据库"):
        restore(tmp_path, tmp_path)


def ill(agent: Any, conversations: Conversations) -> dict[str, Check]:
    return {check.part: check for check in checks(agent, conversations) if not check.well}


def test_health_says_what_is_wrong(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Conversations(tmp_path / "conversations.db")
    assert ill(assistant.agent, store) == {}
    assert "训练" in ill(None, store)["模型"].told
    (tmp_path / "records.db").write_bytes(b"no database at all" * 100)
    assert ill(assistant.agent, store).keys() == {"records.db"}
    (tmp_path / "records.db").unlink()
    with monkeypatch.context() as patched:
        usage = shutil.disk_usage(tmp_path)._replace(free=(LEAST_SPACE - 1) * 1024**2)
        patched.setattr(shutil, "disk_usage", lambda _: usage)
        assert ill(assistant.agent, store).keys() == {"磁盘"}
    blocker = sqlite3.connect(tmp_path / "conversations.db", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    assert "写不了" in ill(assistant.agent, store)["对话记录"].told
    blocker.execute("ROLLBACK")
    blocker.close()
    assert ill(assistant.agent, store) == {}
    store.close()


def test_the_unit_names_what_there_is() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(UNIT, "utf-8")
    service = unit["Service"]
    home = Path(service["WorkingDirectory"])
    python, option, module = service["ExecStart"].split()
    assert Path(python).relative_to(home) == Path(".venv/bin/python")
    assert option == "-m" and (ROOT / f"{module.replace('.', '/')}.py").exists()
    assert service["ExecReload"].split()[1] == "-HUP"
    target = service["ExecStartPre"].split()[1]
    assert subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True).returncode == 0


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    mine = tmp_path / UNIT.name
    lines = UNIT.read_text("utf-8").replace("/opt/policy-assistant", str(ROOT)).splitlines()
    mine.write_text(
        "\n".join(line for line in lines if line[:5] not in ("User=", "Group")), "utf-8"
    )
    told = subprocess.run(
        ["systemd-analyze", "verify", str(mine)], capture_output=True, text=True, check=False
    )
    assert not [line for line in told.stderr.splitlines() if UNIT.name in line], told.stderr
