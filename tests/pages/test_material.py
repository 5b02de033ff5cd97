"""Material over HTTP: ordered by talking, fetched by its link, counted for the event."""

from __future__ import annotations

import re
import sqlite3
import uuid

import pytest

from tests.bot.server import Server
from tests.pages.client import Client

LINK = re.compile(r"/material/[a-f0-9]{20}/[a-z]+\.[a-z]+")


@pytest.fixture
def client(server: Server) -> Client:
    return Client(server.port).arrive()


def test_the_links_of_a_reply_can_be_fetched(client: Client) -> None:
    client.say("我是二中就业办的，下周三宣讲，给我一份20分钟的材料")
    _, answer = client.say("见习，要Word、文本和网页")
    links = LINK.findall("\n".join(reply["text"] for reply in answer["turn"]["replies"]))
    assert {link.rpartition(".")[2] for link in links} == {"docx", "txt", "html"}
    for link in links:
        status, body = client.get(link)
        assert status == 200, link
        assert client.seen["Content-Disposition"].startswith("attachment")
        assert body.startswith("PK") if link.endswith("docx") else "就业见习" in body
    assert "%E8%AE%B2%E4%B9%89" in client.seen["Content-Disposition"] or len(links) > 3


@pytest.mark.parametrize(
    "path",
    [
        "/material/" + "0" * 20 + "/handout.pdf",
        "/material/x/handout.pdf",
        "/material/..%2f..%2fsecret/a.txt",
    ],
)
def test_nothing_else_can_be_fetched(client: Client, path: str) -> None:
    assert client.get(path)[0] == 404


def test_a_visit_and_what_follows_are_counted_for_the_event(client: Client, server: Server) -> None:
    tag = f"fair-{uuid.uuid4().hex[:6]}"
    assert client.get("/webhooks/web/topic?id=loans")[1]["name"] == "创业担保贷款最高能贷多少"
    assert client.get("/webhooks/web/topic?id=15.2")[1]["name"] == "就业见习补贴"
    assert client.post("visit", {"event": tag, "topic": "loans"})[0] == 204
    body = {"id": uuid.uuid4().hex, "text": "创业担保贷款最高能贷多少", "event": tag}
    assert client.post("say", body)[0] == 200
    client.post("say", {**body, "id": uuid.uuid4().hex, "event": "no tag!"})
    with sqlite3.connect(server.var / "records.db") as kept:
        found = kept.execute(
            "SELECT channel, kind, topic, count FROM reach WHERE event = ? ORDER BY id", (tag,)
        ).fetchall()
    assert found[:2] == [("web", "visit", "loans", 1), ("web", "conversation", "", 1)]
    assert found[2][:3] == ("web", "answer", "7.2")
    assert len(found) <= 4


def test_a_visit_needs_a_visitor_that_we_know(server: Server) -> None:
    assert Client(server.port).post("visit", {"event": "x", "topic": ""})[0] == 401
