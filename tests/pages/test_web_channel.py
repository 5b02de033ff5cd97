"""The web channel over HTTP: ids that we issued, nothing doubled, nothing forged, nobody slowed."""

from __future__ import annotations

import sqlite3
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import pytest

from bot.limits import PER_USER
from tests.bot.server import Server
from tests.pages.client import Client


@pytest.fixture
def client(server: Server) -> Client:
    return Client(server.port).arrive()


def stored(server: Server) -> str:
    """Everything the conversations' file holds."""
    with sqlite3.connect(server.var / "conversations.db") as db:
        return "\n".join(str(row) for row in db.execute("SELECT * FROM turns"))


def test_a_question_is_answered_with_its_card(client: Client) -> None:
    status, body = client.say("我23岁，没工作，想去见习，能领补贴吗")
    assert status == 200
    (reply,) = body["turn"]["replies"]
    assert "【符合条件】" in reply["text"] and reply["cards"][0]["provision"] == "15.2"
    facts = {f["fact"]: f["shown"] for p in body["situation"]["people"] for f in p["facts"]}
    assert facts["age"] == "23周岁"


def test_the_same_message_sent_again_is_not_doubled(client: Client) -> None:
    message_id = uuid.uuid4().hex
    first, second = (
        client.say("裁员要走什么程序", message_id),
        client.say("裁员要走什么程序", message_id),
    )
    assert first[1]["turn"] == second[1]["turn"]
    assert len(client.get("/webhooks/web/session")[1]["turns"]) == 1


def test_retries_at_the_same_time_join_one_turn(client: Client) -> None:
    message_id, answers = uuid.uuid4().hex, []
    threads = [
        threading.Thread(target=lambda: answers.append(client.say("见习补贴", message_id)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {status for status, _ in answers} == {200}
    assert len(client.get("/webhooks/web/session")[1]["turns"]) == 1


@pytest.mark.parametrize(
    "cookie",
    ["", "visitor=", "visitor=" + "a" * 32, "visitor=default.aaaaaa.bbbb", 'visitor="x"; a=b'],
)
def test_an_id_that_we_did_not_issue_is_not_believed(server: Server, cookie: str) -> None:
    assert Client(server.port, cookie).say("您好")[0] == 401


def test_a_cookie_changed_by_one_character_is_refused(client: Client) -> None:
    value = client.cookie
    for position in (len("visitor=") + 3, len(value) - 2):
        changed = (
            value[:position] + ("0" if value[position] != "0" else "1") + value[position + 1 :]
        )
        assert Client(client.port, changed).say("您好")[0] == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(server: Server) -> None:
    fresh = Client(server.port).arrive()
    cookie = fresh.seen["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Max-Age" in cookie
    assert "default-src 'self'" in fresh.seen["Content-Security-Policy"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_other_sites_cannot_write(client: Client, origin: str) -> None:
    status, body = client.post("say", {"id": uuid.uuid4().hex, "text": "您好"}, Origin=origin)
    assert status == 403 and body["error"]


def test_a_form_of_another_site_cannot_write(client: Client) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        body = '{"id":"0123456789abcdef","text":"您好"}'
        assert client.send("POST", "/webhooks/web/say", body, Content_Type=kind)[0] == 400


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("say", []),
        ("say", None),
        ("say", {"text": "您好"}),
        ("say", {"id": "x", "text": "您好"}),
        ("say", {"id": ["0123456789abcdef"], "text": "您好"}),
        ("say", {"id": "0123456789abcdef", "text": ""}),
        ("say", {"id": "0123456789abcdef", "text": {"a": 1}}),
        ("say", {"id": "0123456789abcdef", "text": "  \n "}),
        ("edit", {"id": "0123456789abcdef", "fact": "no_such_fact", "value": 1}),
        ("edit", {"id": "0123456789abcdef", "fact": "age", "value": "两百"}),
        ("edit", {"id": "0123456789abcdef", "fact": "age", "value": {"x": []}}),
        ("useful", {"turn": "nope", "useful": True}),
        ("satisfaction", {"score": 9}),
        ("satisfaction", {"score": True}),
        ("satisfaction", {"score": "5"}),
    ],
)
def test_odd_requests_get_a_chinese_line(client: Client, path: str, body: Any) -> None:
    status, answer = client.post(path, body)
    assert status == 400 and any("\u4e00" <= c <= "\u9fff" for c in answer["error"])


def test_broken_json_and_huge_bodies_are_refused(client: Client) -> None:
    assert client.send("POST", "/webhooks/web/say", "{")[0] == 400
    assert client.send("POST", "/webhooks/web/say", b"\xff\xfe\x00")[0] == 400
    status, body = client.send("POST", "/webhooks/web/say", '"' + "x" * 70_000 + '"')
    assert status == 413 and "太长" in body["error"]


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        '/edit_fact{"fact":"age"}',
        "／restart",
        "\u200b/restart",
        "你\u200b好",
        "\ud83d",
        "a\x00b",
        "👨‍👩‍👧",
    ],
)
def test_typed_commands_and_odd_characters_are_text(client: Client, text: str) -> None:
    client.say("我23岁")
    status, body = client.say(text)
    assert status == 200 and body["turn"]["replies"]
    assert [f["fact"] for p in body["situation"]["people"] for f in p["facts"]] == ["age"]


def test_personal_numbers_are_stored_nowhere(client: Client, server: Server) -> None:
    client.say("我身份证37100219900307851X，电话13812345678，能领见习补贴吗")
    client.post("satisfaction", {"score": 4, "remark": "打我电话13812345678"})
    for file in (found for found in server.var.rglob("*") if found.is_file()):
        content = file.read_bytes()
        assert b"37100219900307851" not in content and b"13812345678" not in content, file


def test_a_flood_of_one_visitor_does_not_slow_another(server: Server) -> None:
    loud, quiet = Client(server.port).arrive(), Client(server.port).arrive()
    refused: list[str] = []

    def flood() -> None:
        for _ in range(100):
            status, body = loud.say("见习补贴多少钱")
            if status == 429:
                refused.append(body["error"])

    threads = [threading.Thread(target=flood) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(1.0)
    spent = []
    for text in ("裁员要走什么程序", "创业担保贷款最高多少", "见习补贴归谁管"):
        began = time.monotonic()
        assert quiet.say(text)[0] == 200
        spent.append(time.monotonic() - began)
    for thread in threads:
        thread.join()
    assert max(spent) < 2.0, spent
    assert len(refused) > PER_USER.burst
    assert sum(bool(text) for text in refused) <= 3, "told once, not each time"


def test_forgetting_leaves_nothing(client: Client, server: Server) -> None:
    client.say("我是绝无仅有的某某某，23岁，想见习")
    client.post("satisfaction", {"score": 2, "remark": "绝无仅有的意见"})
    before = client.cookie
    status, body = client.post("forget", {})
    assert (status, body["turns"]) == (200, []) and client.cookie != before
    assert client.get("/webhooks/web/session")[1]["turns"] == []
    assert Client(server.port, before).get("/webhooks/web/session")[1]["turns"] == []
    assert "绝无仅有" not in stored(server)
    for name in ("conversations.db", "records.db"):
        content = (server.var / name).read_bytes()
        assert "绝无仅有".encode() not in content


def test_pages_and_errors_are_chinese_and_guarded(client: Client) -> None:
    for path, wanted in (
        ("/", 200),
        ("/policy", 200),
        ("/policy/15.2", 200),
        ("/summary", 200),
        ("/policy/9.9", 404),
        ("/../etc/passwd", 404),
        ("/static/../words.yaml", 404),
    ):
        status, content = client.get(path)
        assert status == wanted, path
        assert 'lang="zh-CN"' in content and "Traceback" not in content
        assert client.seen["X-Content-Type-Options"] == "nosniff"


def test_the_http_api_of_rasa_is_not_there(client: Client) -> None:
    for path in ("/conversations/default/tracker", "/model", "/status", "/domain", "/version"):
        assert client.get(path)[0] == 404


def test_public_mode_has_no_rest_and_secure_cookies(tmp_path: Path) -> None:
    public = Server(
        tmp_path, PUBLIC="1", BASE_URL="https://jy.example.gov.cn", TRUSTED_PROXIES="127.0.0.1"
    )
    try:
        visitor = Client(public.port, headers={"X-Forwarded-For": "9.9.9.9"}).arrive()
        assert "Secure" in visitor.seen["Set-Cookie"]
        assert "Strict-Transport-Security" in visitor.seen
        rest = visitor.send("POST", "/webhooks/rest/webhook", '{"sender":"a","message":"您好"}')
        assert rest[0] == 404
        assert (
            visitor.post(
                "say", {"id": uuid.uuid4().hex, "text": "您好"}, Origin="https://jy.example.gov.cn"
            )[0]
            == 200
        )
        log = (tmp_path / "server.log").read_text("utf-8")
        assert "POST /webhooks/web/say 200" in log and "您好" not in log
    finally:
        public.stop()
