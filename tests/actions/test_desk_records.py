"""Staff, sessions, tickets and what is said at the desk: in SQLite always, in PostgreSQL where it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, select, text, update
from sqlalchemy.engine import make_url

from actions.records import contacts, retention, sessions, staff, talk, tickets
from actions.records.audit import trail
from actions.records.schema import desk_messages, desk_sessions, operators
from actions.records.store import HEAD, MIGRATIONS, Records, now
from actions.service_hours import hours_text, read_hours, staffed

PASSWORD = "correct-horse-9"
BINARIES = ("/usr/lib/postgresql", "/usr/local/lib/postgresql")


def binary(name: str) -> str | None:
    """A program of PostgreSQL: Debian keeps them out of the path."""
    found = [p for base in BINARIES for p in sorted(Path(base).glob(f"*/bin/{name}"))]
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of an empty database: RECORDS_TEST_URL, or a server of our own."""
    if os.environ.get("RECORDS_TEST_URL"):
        yield os.environ["RECORDS_TEST_URL"]
        return
    initdb, pg_ctl = binary("initdb"), binary("pg_ctl")
    if not initdb or not pg_ctl:
        pytest.skip("no PostgreSQL: set RECORDS_TEST_URL or apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        subprocess.run(["chown", "-R", "nobody", str(folder)], check=True)
        as_user = ["setpriv", "--reuid=nobody", "--clear-groups"]
    options = f"-c listen_addresses= -c unix_socket_directories={folder}"
    data = str(folder / "data")
    quiet = {"check": True, "cwd": folder, "stdout": subprocess.DEVNULL}
    subprocess.run([*as_user, initdb, "-D", data, "-U", "desk", "-A", "trust"], **quiet)
    log = str(folder / "log")
    subprocess.run([*as_user, pg_ctl, "-D", data, "-o", options, "-l", log, "-w", "start"], **quiet)
    yield f"postgresql://desk@/postgres?host={folder}"
    subprocess.run([*as_user, pg_ctl, "-D", data, "-m", "immediate", "stop"], **quiet)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Records]:
    """The same records on either database, empty."""
    if request.param == "sqlite":
        yield Records(f"sqlite:///{tmp_path / 'records.db'}")
        return
    url = make_url(request.getfixturevalue("postgresql"))
    name = f"desk_{tmp_path.name}".replace("-", "_")[:50].lower()
    admin = create_engine(url, isolation_level="AUTOCOMMIT", future=True)
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    kept = Records(url.set(database=name).render_as_string(hide_password=False))
    yield kept
    kept.engine.dispose()
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


def test_the_schema_is_made_and_made_once(records: Records) -> None:
    assert records.version() == HEAD
    assert Records(str(records.engine.url)).version() == HEAD


def test_tickets_from_before_the_desk_wait_in_its_queue(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'records.db'}"
    engine = create_engine(url, future=True)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.execute(
            text(
                "INSERT INTO tickets (opened, sender, channel, reason, urgent, state, result)"
                " VALUES ('2025-06-15 01:00:00.000000', 'a', 'web', 'human', 0, 'open', '')"
            )
        )
    kept = Records(url)
    (ticket,) = tickets.waiting(kept)
    assert ticket.sender == "a" and ticket.operator is None
    assert tickets.take(kept, ticket.id, "王芳")


def test_a_ticket_goes_its_way(records: Records) -> None:
    ticket = tickets.open_ticket(records, "a", "web", "human")
    assert tickets.take(records, ticket.id, "王芳")
    assert not tickets.take(records, ticket.id, "李明")
    assert not tickets.give_back(records, ticket.id, "李明")
    assert not tickets.close(records, ticket.id, "李明", "不行")
    assert tickets.give_back(records, ticket.id, "王芳")
    assert [t.id for t in tickets.waiting(records)] == [ticket.id]
    assert tickets.take(records, ticket.id, "李明")
    assert [t.operator for t in tickets.taken(records)] == ["李明"]
    assert tickets.close(records, ticket.id, "李明", "办好了")
    done = tickets.ticket(records, ticket.id)
    assert done and (done.state, done.result) == (tickets.CLOSED, "办好了")
    assert tickets.unclosed(records, "a") is None
    assert [deed.did for deed in trail(records)] == ["close", "take", "give_back", "take"]


def test_of_many_takers_one_wins(records: Records) -> None:
    for _ in range(5):
        ticket = tickets.open_ticket(records, "a", "web", "human")
        with ThreadPoolExecutor(8) as pool:
            names = [f"坐席{i}" for i in range(8)]
            won = list(pool.map(partial(tickets.take, records, ticket.id), names))
        assert won.count(True) == 1
        winner = names[won.index(True)]
        assert tickets.close(records, ticket.id, winner, "好")


def test_a_message_is_kept_once_and_delivered_once(records: Records) -> None:
    ticket = tickets.open_ticket(records, "a", "wechat", "human")
    first = talk.add(records, ticket, talk.CITIZEN, "在吗", "m1")
    assert talk.add(records, ticket, talk.CITIZEN, "在吗", "m1").id == first.id
    told = talk.add(records, ticket, talk.OPERATOR, "在", "m2", "王芳")
    talk.add(records, ticket, talk.NOTICE, "提示")
    talk.add(records, ticket, talk.NOTICE, "又一个提示")
    assert [m.text for m in talk.since(records, "a", first.id)] == ["在", "提示", "又一个提示"]
    assert talk.undelivered(records, "a")[0].id == told.id
    talk.delivered(records, tuple(m.id for m in talk.undelivered(records, "a")))
    assert talk.undelivered(records, "a") == ()


def test_passwords_are_hashed_and_failures_lock(records: Records) -> None:
    staff.add(records, "王芳", staff.OPERATOR, PASSWORD)
    with records.begin() as connection:
        assert connection.execute(select(operators.c.password)).scalar().startswith("$argon2id$")
    assert staff.sign_in(records, "王芳", PASSWORD) == staff.Operator("王芳", staff.OPERATOR)
    for _ in range(staff.MOST_FAILURES - 1):
        assert staff.sign_in(records, "王芳", "wrong") is None
    assert staff.sign_in(records, "王芳", PASSWORD), "a success begins the count anew"
    for _ in range(staff.MOST_FAILURES):
        assert staff.sign_in(records, "王芳", "wrong") is None
    assert staff.sign_in(records, "王芳", PASSWORD) is None
    assert trail(records)[0].did == "locked"
    staff.reset(records, "王芳", "another-horse-9")
    assert staff.sign_in(records, "王芳", "another-horse-9")
    staff.disable(records, "王芳")
    assert staff.sign_in(records, "王芳", "another-horse-9") is None


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [
        ("", staff.OPERATOR, PASSWORD),
        ("a b", staff.OPERATOR, PASSWORD),
        ("<b>", staff.OPERATOR, PASSWORD),
        ("王芳", "king", PASSWORD),
        ("王芳", staff.OPERATOR, "short"),
        ("王芳", staff.OPERATOR, ""),
        ("王芳", staff.OPERATOR, "x" * 201),
    ],
)
def test_odd_staff_are_refused(tmp_path: Path, name: str, role: str, password: str) -> None:
    kept = Records(f"sqlite:///{tmp_path / 'records.db'}")
    with pytest.raises(staff.StaffError):
        staff.add(kept, name, role, password)
    assert staff.staff(kept) == ()


def test_sessions_end(records: Records) -> None:
    staff.add(records, "王芳", staff.OPERATOR, PASSWORD)
    person = staff.Operator("王芳", staff.OPERATOR)
    token = sessions.begin(records, person)
    assert sessions.holder(records, token, active=True) == person
    assert sessions.holder(records, token + "x", active=True) is None
    for column, limit in (("seen", sessions.IDLE), ("began", sessions.LONGEST)):
        token = sessions.begin(records, person)
        earlier = now() - limit - timedelta(seconds=1)
        with records.begin() as connection:
            connection.execute(update(desk_sessions).values({column: earlier}))
        assert sessions.holder(records, token, active=True) is None
    token = sessions.begin(records, person)
    sessions.end(records, token, person)
    assert sessions.holder(records, token, active=True) is None


def test_a_number_is_sealed_and_revealing_it_is_recorded(records: Records) -> None:
    ticket = tickets.open_ticket(records, "a", "web", "human")
    kept = contacts.Contacts(records, b"secret")
    assert kept.leave(ticket, "138 1234 5678") == kept.shown(ticket.id) == "138****5678"
    assert kept.leave(ticket, "0631-5212345") == "063****2345"
    for wrong in ("12", "abc", "37100219900307851X", "1381234567890"):
        with pytest.raises(ValueError, match="电话号码不对"):
            kept.leave(ticket, wrong)
    assert kept.reveal(ticket.id, "王芳") == "06315212345"
    assert contacts.Contacts(records, b"other").reveal(ticket.id, "王芳") == ""
    assert [(deed.who, deed.did) for deed in trail(records)] == [("王芳", "reveal")] * 2
    assert kept.reveal(ticket.id + 1, "王芳") == "" and len(trail(records)) == 2


def test_forgetting_and_ageing_take_the_talk_along(records: Records) -> None:
    kept = contacts.Contacts(records, b"secret")
    for sender in ("a", "b", "c"):
        ticket = tickets.open_ticket(records, sender, "web", "human")
        talk.add(records, ticket, talk.CITIZEN, "话")
        kept.leave(ticket, "13812345678")
        if sender == "b":
            tickets.take(records, ticket.id, "王芳")
            tickets.close(records, ticket.id, "王芳", "好")
    retention.forget(records, "a")
    retention.purge(records, now() + timedelta(days=1))
    with records.begin() as connection:
        left = connection.execute(select(desk_messages.c.sender)).scalars().all()
    assert left == ["c"], "an open ticket keeps its talk"
    assert [bool(kept.shown(number)) for number in (1, 2, 3)] == [False, False, True]


def test_service_hours_in_words_and_on_the_clock() -> None:
    lines = read_hours("1-5 9:00-12:00 13:30-17:00; 6 9:00-12:00")
    assert hours_text(lines) == "周一至周五9:00-12:00、13:30-17:00，周六9:00-12:00"
    for moment, there in (
        ("2026-11-24T01:00", True),  # Tuesday 9:00 in Shanghai
        ("2026-11-24T00:59", False),
        ("2026-11-24T04:00", False),
        ("2026-11-24T05:30", True),
        ("2026-11-24T09:00", False),
        ("2026-11-28T02:00", True),
        ("2026-11-29T02:00", False),
    ):
        at = datetime.fromisoformat(moment).replace(tzinfo=timezone.utc)
        assert staffed(lines, at) is there, moment
    assert staffed((), at)
    for wrong in (
        "9:00-12:00",
        "1-5",
        "5-1 9:00-12:00",
        "1 12:00-9:00",
        "1 25:00-26:00",
        "8 9:00-10:00",
    ):
        with pytest.raises(ValueError):
            read_hours(wrong)
