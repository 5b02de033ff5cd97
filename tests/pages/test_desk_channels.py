"""A person on channels that answer only when spoken to: what the desk says waits for the next message."""

from __future__ import annotations

import uuid

import pytest

from actions.records import talk, tickets
from actions.records.store import Records
from actions.records.tickets import Ticket
from tests.bot.server import Server


@pytest.fixture
def records(server: Server) -> Records:
    return Records(f"sqlite:///{server.var / 'records.db'}")


def texts(server: Server, sender: str, text: str) -> list[str]:
    return [message["text"] for message in server.say(sender, text) if message.get("text")]


def asked(server: Server, records: Records, words: str = "转人工") -> Ticket:
    """Somebody new asks for a person."""
    sender = uuid.uuid4().hex
    texts(server, sender, words)
    ticket = tickets.unclosed(records, sender)
    assert ticket is not None
    return ticket


def test_the_assistant_is_silent_and_the_desk_is_heard(server: Server, records: Records) -> None:
    ticket = asked(server, records)
    assert tickets.take(records, ticket.id, "王芳")
    assert texts(server, ticket.sender, "见习补贴多少钱，我电话13812345678") == [
        "已经转给工作人员，请等他回复；没有收到的话，再发一句话就能看到。"
    ]
    (kept,) = talk.since(records, ticket.sender)
    assert kept.text == "见习补贴多少钱，我电话〔手机号〕" and kept.speaker == talk.CITIZEN
    talk.add(records, ticket, talk.OPERATOR, "我来答您", "", "王芳")
    assert texts(server, ticket.sender, "在吗")[0] == "工作人员王芳：我来答您"
    assert "工作人员王芳" not in "".join(texts(server, ticket.sender, "在吗")), "given once"


def test_the_result_is_told_before_the_assistant_speaks_again(
    server: Server, records: Records
) -> None:
    ticket = asked(server, records)
    tickets.take(records, ticket.id, "王芳")
    talk.add(records, ticket, talk.NOTICE, "工作人员已经办结：好了。")
    tickets.close(records, ticket.id, "王芳", "好了")
    told = texts(server, ticket.sender, "裁员要走什么程序")
    assert told[0] == "工作人员已经办结：好了。" and "第4条" in told[1]


@pytest.mark.parametrize(
    ("words", "reason", "urgent"),
    [
        ("转人工", "human", False),
        ("老板拖欠工资，我要找人工", "wage", True),
        ("活不下去了", "distress", True),
        ("找工作先让我办了培训贷", "fraud", True),
        ("工人把厂门堵了要闹事", "unrest", True),
    ],
)
def test_why_a_person_is_needed(
    server: Server, records: Records, words: str, reason: str, urgent: bool
) -> None:
    ticket = asked(server, records, words)
    assert (ticket.reason, ticket.urgent) == (reason, urgent)
