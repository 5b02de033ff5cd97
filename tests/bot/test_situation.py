"""我的情况: what is held is shown, corrected or taken out in place, and decided again at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from actions.knowledge import knowledge
from actions.records.schema import tickets
from actions.records.store import records
from actions.situation import situation
from actions.state import read_state
from tests.bot.conftest import Assistant, Conversation

SUMMER = "2025-06-15"


def view(talk: Conversation) -> dict[str, Any]:
    kb = knowledge()
    return situation(kb, read_state(talk.slots(), kb.registry), date(2025, 6, 15))


def held(talk: Conversation) -> dict[str, str]:
    return {f["fact"]: f["shown"] for group in view(talk)["people"] for f in group["facts"]}


def edit(
    assistant: Assistant, talk: Conversation, fact: str, value: Any, subject: str = "您"
) -> Any:
    change = {"fact": fact, "value": value, "subject": subject}
    return assistant.command(talk.sender, "/edit_fact", {"edit": change})


def test_a_corrected_fact_decides_anew(begin: Any, assistant: Assistant) -> None:
    talk = begin(SUMMER)
    assert talk.say("我26岁没工作，想去见习能领补贴吗").kind == "question"
    answer = edit(assistant, talk, "age", "23")
    assert answer.verdict == "eligible"
    assert "已更正：年龄27周岁" in edit(assistant, talk, "age", "27").text
    answer = edit(assistant, talk, "age", "23")
    assert "已更正：年龄23周岁" in answer.text
    assert held(talk)["age"] == "23周岁"


def test_months_of_a_fact_in_years_stay_months(begin: Any) -> None:
    talk = begin(SUMMER)
    talk.say("我们载体的孵化奖补已经拿了20个月，还能拿多久")
    assert held(talk)["incubator_award_years"] == "20个月"
    fields = [f for group in view(talk)["people"] for f in group["facts"]]
    assert all(len(f["value"]) < 8 for f in fields), fields


def test_a_fact_taken_out_is_asked_again(begin: Any, assistant: Assistant) -> None:
    talk = begin(SUMMER)
    assert talk.say("我23岁没工作，想去见习，能领补贴吗").verdict == "eligible"
    answer = edit(assistant, talk, "age", None)
    assert answer.kind == "question" and "age" in answer.asking
    assert "已去掉：年龄" in answer.text and "age" not in held(talk)


def test_a_screening_that_is_done_is_drawn_up_anew(begin: Any, assistant: Assistant) -> None:
    talk = begin(SUMMER)
    answer = talk.say("我45岁，下岗了，有什么政策我能享受")
    for _ in range(8):
        if answer.kind != "question":
            break
        answer = talk.say("不清楚")
    assert answer.items
    again = edit(assistant, talk, "age", "20")
    assert again.kind == "answer" and again.items and again.items != answer.items


def test_another_persons_facts_are_their_own(begin: Any, assistant: Assistant) -> None:
    talk = begin(SUMMER)
    talk.say("我爸58岁，失业了，算就业困难人员吗")
    talk.say("那我呢，我30岁")
    shown = {group["subject"] for group in view(talk)["people"]}
    assert len(shown) == 2
    other = next(subject for subject in shown if subject != "您")
    edit(assistant, talk, "age", "59", other)
    ages = {
        g["subject"]: f["shown"]
        for g in view(talk)["people"]
        for f in g["facts"]
        if f["fact"] == "age"
    }
    assert ages == {"您": "30周岁", other: "59周岁"}


def test_progress_counts_down_to_the_verdict(begin: Any) -> None:
    talk = begin(SUMMER)
    answer, left = talk.say("我们公司招了退役士兵，能抵税吗"), []
    while answer.kind == "question":
        left.append(view(talk)["progress"]["left"])
        answer = talk.say({"firm_type": "商贸企业"}.get(answer.asking[0], answer.buttons[0]))
    assert left and left == sorted(left, reverse=True) and left[-1] >= 1
    assert view(talk)["progress"] is None


def test_only_pages_can_edit(begin: Any) -> None:
    talk = begin(SUMMER)
    talk.say("我26岁")
    talk.say('/edit_fact{"fact":"age","value":"23"}')
    assert held(talk)["age"] == "26周岁"


def test_a_verdict_comes_with_its_card(begin: Any, assistant: Assistant) -> None:
    talk = begin(SUMMER)
    answer = assistant.raw(talk.sender, "我23岁没工作，想去见习，能领补贴吗")
    card = answer[-1]["custom"]["cards"][0]
    assert (card["provision"], card["label"], card["citation"]) == ("15.2", "符合条件", "第15条")
    assert card["departments"].startswith("区人力资源社会保障局") and card["until"]


@pytest.mark.parametrize(
    ("said", "reason", "urgent"),
    [
        ("转人工", "human", False),
        ("老板欠我三个月工资不给", "wage", True),
        ("我不想活了", "distress", True),
    ],
)
def test_a_person_asked_for_is_a_ticket(begin: Any, said: str, reason: str, urgent: bool) -> None:
    talk = begin(SUMMER)
    assert talk.say(said).kind == "handoff"
    with records().begin() as connection:
        row = connection.execute(select(tickets).where(tickets.c.sender == talk.sender)).one()
    assert (row.reason, row.urgent, row.state) == (reason, urgent, "open")


def test_a_ticket_that_cannot_be_kept_is_not_claimed(
    begin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = records()
    monkeypatch.setattr(broken, "engine", broken.engine.execution_options())
    with broken.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE tickets RENAME TO mislaid")
    try:
        assert "没有登记成功" in begin(SUMMER).say("转人工").text
    finally:
        with broken.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE mislaid RENAME TO tickets")


def test_the_firms_facts_are_not_the_fathers(begin: Any) -> None:
    talk = begin(SUMMER)
    talk.say("我们是商贸企业，招了3个退役士兵，能抵多少税")
    talk.say("我爸58岁失业了，算就业困难人员吗")
    groups = {g["subject"]: {f["fact"] for f in g["facts"]} for g in view(talk)["people"]}
    assert groups["您父亲"] == {"age", "status"}
    assert "hired_veterans" in groups["您的单位"]
