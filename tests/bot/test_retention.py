"""Retention: what is older than the configured days goes, by the clock and by the command."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select

from actions.records.feedback import rate_conversation
from actions.records.schema import satisfaction
from actions.records.store import Records
from bot.conversation_file import ConversationFile, Said, Standing
from bot.conversations import Conversations
from bot.retention import purge
from tests.bot.server import ROOT

NOW = datetime.now(timezone.utc)


def talked(path: Path, sender: str, days_ago: int) -> None:
    told = [Said(NOW - timedelta(days=days_ago), "您好", ({"text": "您好"},), "web", sender)]
    file = ConversationFile(path)
    file.write(sender, Standing({}, []), told)
    file.close()


def senders(path: Path) -> set[str]:
    file = ConversationFile(path)
    found = set(file.senders())
    file.close()
    return found


@pytest.mark.parametrize(
    ("days", "left"), [(30, {"new"}), (100, {"new", "old"}), (0, {"new", "old", "older"})]
)
def test_only_what_is_older_goes(tmp_path: Path, days: int, left: set[str]) -> None:
    path = tmp_path / "conversations.db"
    for sender, ago in (("new", 1), ("old", 60), ("older", 300)):
        talked(path, sender, ago)
    conversations = Conversations(path)
    purge(conversations.purge, Records(f"sqlite:///{tmp_path / 'records.db'}"), days, NOW)
    conversations.close()
    assert senders(path) == left


def test_records_go_with_them(tmp_path: Path) -> None:
    kept = Records(f"sqlite:///{tmp_path / 'records.db'}")
    rate_conversation(kept, "a", "web", 5)
    conversations = Conversations(tmp_path / "conversations.db")
    purge(conversations.purge, kept, 30, NOW + timedelta(days=29))
    with kept.begin() as connection:
        assert connection.execute(select(satisfaction)).all()
    purge(conversations.purge, kept, 30, NOW + timedelta(days=31))
    with kept.begin() as connection:
        assert not connection.execute(select(satisfaction)).all()


def run(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.retention", *arguments]
    env = {**os.environ, "VAR_DIR": str(var)}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    talked(tmp_path / "conversations.db", "older", 300)
    done = run(tmp_path, "--days", "30")
    assert done.returncode == 0 and "共1条" in done.stdout, done.stderr
    assert senders(tmp_path / "conversations.db") == set()


def test_a_wrong_number_of_days_deletes_nothing(tmp_path: Path) -> None:
    talked(tmp_path / "conversations.db", "older", 300)
    assert run(tmp_path, "--days", "-5").returncode != 0
    assert senders(tmp_path / "conversations.db") == {"older"}
