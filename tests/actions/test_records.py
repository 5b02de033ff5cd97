"""Records: one transaction a write, a versioned schema, nothing of a person left when asked."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select, update

from actions.records import retention
from actions.records.feedback import rate_answer, rate_conversation
from actions.records.schema import feedback, metadata, satisfaction, tickets
from actions.records.store import HEAD, MIGRATIONS, Records, now
from actions.records.tickets import open_ticket, waiting


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(f"sqlite:///{tmp_path / 'records.db'}")


def rows(records: Records, table: object) -> list[object]:
    with records.begin() as connection:
        return connection.execute(select(table)).all()


def test_migrations_make_the_tables_of_the_schema(records: Records) -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD == records.version()
    with records.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_an_old_database_is_upgraded_and_keeps_its_rows(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'records.db'}"
    rate_conversation(Records(url), "a", "web", 4)
    assert [row.score for row in rows(Records(url), satisfaction)] == [4]


def test_saying_it_again_replaces_the_feedback(records: Records) -> None:
    rate_answer(records, "a", "web", "3", ["15.2"], useful=True)
    rate_answer(records, "a", "web", "3", ["15.2"], useful=False)
    rate_answer(records, "b", "web", "3", [], useful=True)
    assert [(row.sender, row.useful) for row in rows(records, feedback)] == [
        ("a", False),
        ("b", True),
    ]


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_outside_the_scale_is_refused(records: Records, score: int) -> None:
    with pytest.raises(ValueError, match="1到5"):
        rate_conversation(records, "a", "web", score)
    assert rows(records, satisfaction) == []


def test_one_open_ticket_a_conversation_that_only_grows_more_urgent(records: Records) -> None:
    first = open_ticket(records, "a", "web", "ask_human")
    again = open_ticket(records, "a", "web", "report_problem", urgent=True)
    calmer = open_ticket(records, "a", "web", "ask_human")
    assert first.id == again.id == calmer.id
    assert again.urgent and calmer.urgent and calmer.reason == "report_problem"


def test_the_urgent_wait_first(records: Records) -> None:
    open_ticket(records, "a", "web", "ask_human")
    open_ticket(records, "b", "wechat", "distress", urgent=True)
    open_ticket(records, "c", "web", "ask_human")
    assert [ticket.sender for ticket in waiting(records)] == ["b", "a", "c"]


def test_forgetting_one_person_leaves_the_others(records: Records, tmp_path: Path) -> None:
    for sender in ("forgotten-person", "other"):
        rate_answer(records, sender, "web", "1", [], useful=True)
        rate_conversation(records, sender, "web", 5, "谢谢")
        open_ticket(records, sender, "web", "ask_human")
    retention.forget(records, "forgotten-person")
    for table in (feedback, satisfaction, tickets):
        assert [row.sender for row in rows(records, table)] == ["other"]
    with records.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    records.engine.dispose()
    assert b"forgotten-person" not in (tmp_path / "records.db").read_bytes()


def test_open_tickets_outlive_retention(records: Records) -> None:
    open_ticket(records, "a", "web", "ask_human")
    closed = open_ticket(records, "b", "web", "ask_human")
    rate_conversation(records, "a", "web", 5)
    with records.begin() as connection:
        connection.execute(
            update(tickets).where(tickets.c.id == closed.id).values(state="closed", closed=now())
        )
    assert retention.purge(records, now() + timedelta(days=1)) == 2
    assert [row.sender for row in rows(records, tickets)] == ["a"]


def test_an_error_in_the_middle_keeps_nothing(records: Records) -> None:
    with pytest.raises(RuntimeError), records.begin() as connection:
        connection.execute(
            satisfaction.insert().values(at=now(), sender="a", channel="web", score=5, remark="")
        )
        raise RuntimeError
    assert rows(records, satisfaction) == []


def test_what_was_kept_outlives_a_killed_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'records.db'}"
    program = (
        "import os, signal\n"
        "from actions.records.feedback import rate_conversation\n"
        "from actions.records.store import Records\n"
        f"kept = Records({url!r})\n"
        "for score in (5, 4, 3):\n"
        "    rate_conversation(kept, 'a', 'web', score)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program])
    assert killed.returncode == -signal.SIGKILL
    assert [row.score for row in rows(Records(url), satisfaction)] == [5, 4, 3]
