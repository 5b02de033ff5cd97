"""Who may do what at the desk: every route × every role, complete by construction; and the way in."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import urllib.parse
from pathlib import Path
from typing import Any

import pytest
from sanic import Sanic

from actions.records.staff import ADMINISTRATOR, MOST_FAILURES, OPERATOR
from actions.records.store import Records
from bot.conversations import Conversations
from bot.desk.gate import ACCESS, ANYBODY, CALL, PAGE
from bot.desk.routes import desk
from bot.settings import Settings
from tests.bot.server import Server
from tests.pages.client import Client
from tests.pages.desk_acting import PASSWORD, hire

TOKEN = re.compile(r'name="(?:desk|token)" (?:content|value)="([0-9a-f]{64})"')
NEEDS = {
    ("GET", "/desk/login"): ANYBODY,
    ("POST", "/desk/login"): ANYBODY,
    ("POST", "/desk/logout"): OPERATOR,
    ("GET", "/desk"): OPERATOR,
    ("GET", "/desk/tickets"): OPERATOR,
    ("GET", "/desk/overview"): ADMINISTRATOR,
    ("GET", "/desk/overview.csv"): ADMINISTRATOR,
    ("GET", "/desk/audit"): ADMINISTRATOR,
    ("POST", "/desk/consult"): OPERATOR,
    ("GET", "/desk/article"): OPERATOR,
    ("GET", "/desk/queue"): OPERATOR,
    ("GET", "/desk/talk/<number:int>"): OPERATOR,
    ("POST", "/desk/talk/<number:int>/view"): OPERATOR,
    ("POST", "/desk/talk/<number:int>/take"): OPERATOR,
    ("POST", "/desk/talk/<number:int>/say"): OPERATOR,
    ("POST", "/desk/talk/<number:int>/give_back"): OPERATOR,
    ("POST", "/desk/talk/<number:int>/close"): OPERATOR,
    ("POST", "/desk/talk/<number:int>/reveal"): OPERATOR,
}
"""Written out once more, by hand: a route that changes its role changes this table."""


def routes(tmp_path: Path) -> dict[tuple[str, str], Any]:
    """What the desk's blueprint really registers."""
    app = Sanic(f"desk_{tmp_path.name}".replace("-", "_"), configure_logging=False)
    records = Records(f"sqlite:///{tmp_path / 'records.db'}")
    conversations = Conversations(tmp_path / "conversations.db")
    app.blueprint(desk(Settings(), records, conversations, b"secret"))
    app.router.finalize()
    conversations.close()
    return {
        (method, "/" + route.path): route.ctx
        for route in app.router.routes
        for method in route.methods
    }


def test_every_route_declares_who_may_use_it(tmp_path: Path) -> None:
    asyncio.set_event_loop(asyncio.new_event_loop())
    found = routes(tmp_path)
    assert {key: ctx.access for key, ctx in found.items()} == NEEDS
    assert all(ctx.access in ACCESS and ctx.kind in (PAGE, CALL) for ctx in found.values())


class Seat(Client):
    """A client that signs in, and sends the page's token as the page does."""

    token = ""

    def enter(self, name: str, password: str = PASSWORD) -> int:
        """Status of the sign-in."""
        _, form = self.get("/desk/login")
        body = {"name": name, "password": password, "token": TOKEN.search(form)[1]}
        status, _ = self.send(
            "POST",
            "/desk/login",
            urllib.parse.urlencode(body),
            Content_Type="application/x-www-form-urlencoded",
        )
        if status == 303:
            self.token = TOKEN.search(self.get("/desk")[1])[1]
        return status

    def ask(self, method: str, path: str, body: str = "{}", **headers: str) -> tuple[int, Any]:
        """As a page of the desk asks."""
        sent = {"X_Desk": self.token, **headers}
        return self.send(method, path, body if method == "POST" else None, **sent)


@pytest.fixture(scope="module")
def staffed(server: Server) -> Server:
    for name, role in (("坐席甲", OPERATOR), ("坐席乙", OPERATOR), ("主管", ADMINISTRATOR)):
        hire(server.var, name, role)
    return server


@pytest.fixture
def operator(staffed: Server) -> Seat:
    seat = Seat(staffed.port)
    assert seat.enter("坐席甲") == 303
    return seat


@pytest.fixture
def administrator(staffed: Server) -> Seat:
    seat = Seat(staffed.port)
    assert seat.enter("主管") == 303
    return seat


GUARDED = [key for key, access in NEEDS.items() if access != ANYBODY and key[1] != "/desk/logout"]


def real(path: str) -> str:
    return path.replace("<number:int>", "999999")


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_nobody_gets_in_without_signing_in(staffed: Server, method: str, path: str) -> None:
    citizen = Client(staffed.port).arrive()
    status, body = citizen.send(method, real(path), "{}" if method == "POST" else None)
    assert status in (302, 401)
    if status == 302:
        assert citizen.seen["Location"] == "/desk/login"
    else:
        assert body["error"] == "登录已失效，请重新登录。"


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_each_role_reaches_its_routes_and_no_others(
    operator: Seat, administrator: Seat, method: str, path: str
) -> None:
    allowed = operator.ask(method, real(path))[0] not in (302, 401, 403)
    assert allowed == (NEEDS[method, path] == OPERATOR)
    assert administrator.ask(method, real(path))[0] not in (302, 401, 403)


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_no_page_but_the_desks_own_can_ask(operator: Seat, method: str, path: str) -> None:
    """The session's cookie alone is not enough: no other site, no page of the citizen's."""
    if NEEDS[method, path] == ADMINISTRATOR:
        headers = {"Sec_Fetch_Dest": "empty"}
        assert operator.ask(method, real(path), **headers)[0] == 403
    elif path in ("/desk", "/desk/tickets"):
        assert operator.ask(method, path, Sec_Fetch_Dest="empty")[0] == 403
    else:
        assert operator.ask(method, real(path), X_Desk="")[0] == 403
        assert operator.ask(method, real(path), X_Desk="0" * 64)[0] == 403
        assert operator.ask(method, real(path), Origin="https://evil.example")[0] == 403


def test_a_token_of_one_session_is_none_of_another(operator: Seat, administrator: Seat) -> None:
    assert operator.ask("POST", "/desk/consult", X_Desk=administrator.token)[0] == 403


def test_signing_out_ends_the_session_at_once(operator: Seat) -> None:
    cookie = operator.cookie
    assert operator.ask("POST", "/desk/logout")[0] == 204
    operator.cookie = cookie
    assert operator.ask("GET", "/desk/queue")[0] == 401


def test_the_cookie_is_for_the_desk_alone_and_only_its_hash_is_kept(staffed: Server) -> None:
    seat = Seat(staffed.port)
    _, form = seat.get("/desk/login")
    body = {"name": "坐席乙", "password": PASSWORD, "token": TOKEN.search(form)[1]}
    kind = {"Content_Type": "application/x-www-form-urlencoded"}
    seat.send("POST", "/desk/login", urllib.parse.urlencode(body), **kind)
    cookie = seat.seen["Set-Cookie"]
    assert "Path=/desk" in cookie and "HttpOnly" in cookie and "SameSite=Strict" in cookie
    value = seat.cookie.partition("=")[2]
    assert value and value.encode() not in (staffed.var / "records.db").read_bytes()


def test_a_sign_in_form_of_another_page_is_refused(staffed: Server) -> None:
    forged = Seat(staffed.port)
    body = urllib.parse.urlencode({"name": "坐席甲", "password": PASSWORD, "token": "0" * 64})
    kind = {"Content_Type": "application/x-www-form-urlencoded"}
    assert forged.send("POST", "/desk/login", body, **kind)[0] == 403


def test_five_failures_lock_the_name_and_a_reset_opens_it(staffed: Server) -> None:
    hire(staffed.var, "健忘", OPERATOR)
    for _ in range(MOST_FAILURES):
        assert Seat(staffed.port).enter("健忘", "wrong password") == 401
    assert Seat(staffed.port).enter("健忘") == 401, "the right one does not help while locked"
    with sqlite3.connect(staffed.var / "records.db") as db:
        db.execute("UPDATE operators SET locked_until = '2020-01-01 00:00:00.000000'")
    assert Seat(staffed.port).enter("健忘") == 303


def test_a_name_that_is_not_there_is_told_like_a_wrong_password(staffed: Server) -> None:
    assert Seat(staffed.port).enter("查无此人", "anything at all") == 401


def test_a_flood_of_sign_ins_is_slowed(staffed: Server) -> None:
    seat = Seat(staffed.port)
    assert 429 in [seat.enter("查无此人", "x") for _ in range(14)]


def test_sessions_end_when_idle_and_after_a_day_at_the_desk(staffed: Server) -> None:
    for column in ("seen", "began"):
        seat = Seat(staffed.port)
        assert seat.enter("坐席乙") == 303
        with sqlite3.connect(staffed.var / "records.db") as db:
            db.execute(
                f"UPDATE desk_sessions SET {column} = '2020-01-01 00:00:00.000000'"
                " WHERE operator = '坐席乙'"
            )
        assert seat.ask("GET", "/desk/queue")[0] == 401, column


def test_watching_the_queue_does_not_keep_a_session_alive(staffed: Server) -> None:
    seat = Seat(staffed.port)
    assert seat.enter("坐席乙") == 303
    earlier = "2020-01-01"

    def seen() -> str:
        with sqlite3.connect(staffed.var / "records.db") as db:
            query = "SELECT min(seen) FROM desk_sessions WHERE operator = '坐席乙'"
            return str(db.execute(query).fetchone()[0])

    with sqlite3.connect(staffed.var / "records.db") as db:
        db.execute(
            "UPDATE desk_sessions SET seen = strftime('%Y-%m-%d %H:%M:%f000', 'now', '-20 minutes')"
        )
    earlier = seen()
    assert seat.ask("GET", "/desk/queue")[0] == 200 and seen() == earlier
    assert seat.ask("POST", "/desk/consult")[0] == 200 and seen() > earlier


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "{",
        '{"text": 1}',
        '{"facts": []}',
        '{"as_of": "31.12.2025"}',
        '{"as_of": 5}',
        '{"shown": "15.2"}',
    ],
)
def test_odd_calls_get_a_chinese_line(operator: Seat, body: str) -> None:
    status, answer = operator.ask("POST", "/desk/consult", body)
    assert (status, answer["error"]) == (400, "请求的内容不对，请刷新页面再试。")


def test_what_cannot_be_is_told_beside_the_fact(operator: Seat) -> None:
    body = '{"text": "想去见习", "facts": {"age": "三百", "no_such": "1", "staff": "64"}}'
    status, answer = operator.ask("POST", "/desk/consult", body)
    assert status == 200 and set(answer["trouble"]) == {"age", "no_such"}
    assert "年龄" in answer["trouble"]["age"]


def test_nothing_of_a_consultation_is_kept(operator: Seat, staffed: Server) -> None:
    body = '{"text": "绝无仅有的来电人，身份证37100219900307851X，想去见习"}'
    assert operator.ask("POST", "/desk/consult", body)[0] == 200
    for file in staffed.var.glob("*"):
        content = file.read_bytes()
        assert "绝无仅有的来电人".encode() not in content and b"37100219900307851" not in content


def test_disabling_ends_the_session_at_once(staffed: Server) -> None:
    from actions.records.staff import disable

    hire(staffed.var, "离职", OPERATOR)
    seat = Seat(staffed.port)
    assert seat.enter("离职") == 303
    disable(Records(f"sqlite:///{staffed.var / 'records.db'}"), "离职")
    assert seat.ask("GET", "/desk/queue")[0] == 401 and Seat(staffed.port).enter("离职") == 401


def test_the_tables_come_as_csv_and_never_as_formulas(administrator: Seat, staffed: Server) -> None:
    citizen = Client(staffed.port).arrive()
    citizen.say("=HYPERLINK(1)阿巴阿巴蹦")
    for table in ("days", "topics", "verdicts", "misunderstood"):
        status, content = administrator.get(f"/desk/overview.csv?table={table}")
        assert status == 200 and content.startswith("\ufeff"), table
        assert "text/csv" in administrator.seen["content-type"]
        assert not re.search(r"(?m)^\"?[=+@-]", content.lstrip("\ufeff")), table
    assert "'=HYPERLINK" in administrator.get("/desk/overview.csv?table=misunderstood")[1]
    assert administrator.get("/desk/overview.csv?table=nope")[0] == 404
