"""Our tracker store: goes on after a restart, tells what was said, forgets, never swallows errors."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.tracker_store import SQLTrackerStore

from actions import respond
from actions.texts import say
from bot import conversation_tables
from bot.answering import answer
from bot.conversation_file import ConversationFile, Said, Standing
from bot.conversation_tables import SCHEMA
from bot.conversations import Conversations
from bot.history import LONGEST_HISTORY
from tests.bot.conftest import Assistant, Conversation

Begin = Callable[[str], Conversation]
DAY = "2025-06-15"
FOLDER = Path(__file__).parent / "conversations"
OPENING = "我22岁，见习补贴我能领吗"


def longest_conversations() -> list[Any]:
    """The longest conversation of each file."""
    cases = []
    for path in sorted(FOLDER.glob("*.yaml")):
        case = max(yaml.safe_load(path.read_text("utf-8")), key=lambda one: len(one["turns"]))
        cases.append(pytest.param(case, id=f"{path.stem}/{case['name']}"))
    return cases


def restarted(assistant: Assistant) -> None:
    """What a restart leaves: nothing in memory."""
    assistant.conversations._alive.clear()


@pytest.mark.parametrize("case", longest_conversations())
def test_a_restart_between_all_turns_changes_no_reply(
    case: dict[str, Any], begin: Begin, assistant: Assistant
) -> None:
    lived, rebuilt = begin(str(case["date"])), begin(str(case["date"]))
    for turn in case["turns"]:
        first = lived.say(turn["user"])
        restarted(assistant)
        second = rebuilt.say(turn["user"])
        restarted(assistant)
        assert second == first, turn["user"]


def test_a_long_conversation_is_cut_and_goes_on_the_same(
    begin: Begin, assistant: Assistant
) -> None:
    lived, rebuilt = begin(DAY), begin(DAY)
    texts = [
        OPENING,
        "失业",
        "稳岗返还我公司能申请吗",
        "没裁员",
        "一个月给多少钱",
        "那归哪个部门管",
    ]
    for text in texts * 8:
        assert rebuilt.say(text) == lived.say(text)
        restarted(assistant)
        held = len(assistant.tracker(lived.sender).events)
        assert held <= LONGEST_HISTORY, held
    assert lived.slots() == rebuilt.slots()


def test_a_cut_conversation_still_expires(begin: Begin) -> None:
    conversation = begin(DAY)
    for text in [OPENING, "失业"] * 6:
        conversation.say(text)
    conversation.wait(31)
    answer = conversation.say("您好")
    assert "上次" in answer.text
    slots = conversation.slots()
    assert "age" not in slots
    assert slots["previous"]["facts"]["age"] == 22.0


def test_transcript_tells_each_turn_once(begin: Begin, assistant: Assistant) -> None:
    conversation = begin(DAY)
    texts = [f"见习补贴是什么，第{n}次问" for n in range(12)]
    replies = [conversation.say(text) for text in texts]
    told = assistant.conversations.transcript(conversation.sender)
    assert [turn.said for turn in told] == texts
    assert [turn.replies[0]["text"] for turn in told] == [reply.text for reply in replies]
    assert told[0].replies[0]["custom"]["kind"] == "answer"
    assert [turn.time for turn in told] == sorted(turn.time for turn in told)
    assert abs(told[-1].time - datetime.now(timezone.utc)) < timedelta(minutes=1)
    assert assistant.conversations.transcript(conversation.sender, limit=2) == told[-2:]


def test_buttons_are_told(begin: Begin, assistant: Assistant) -> None:
    conversation = begin(DAY)
    reply = conversation.say("有什么补贴能领")
    assert reply.buttons
    (told,) = assistant.conversations.transcript(conversation.sender)
    assert [button["title"] for button in told.replies[0]["buttons"]] == reply.buttons


def test_personal_numbers_are_not_stored(begin: Begin, assistant: Assistant) -> None:
    conversation = begin(DAY)
    conversation.say("我电话13812345678，见习补贴怎么领")
    (told,) = assistant.conversations.transcript(conversation.sender)
    assert "〔手机号〕" in told.said
    assert b"13812345678" not in stored_bytes(assistant.conversations)


def stored_bytes(conversations: Conversations) -> bytes:
    """All that the file and its log hold."""
    path = conversations._file.path
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))


def test_slots_and_senders(begin: Begin, assistant: Assistant) -> None:
    store, before = assistant.conversations, assistant.conversations.counts()
    assert store.slots("nobody") == {}
    conversation = begin(DAY)
    conversation.say(OPENING)
    conversation.say("失业")
    assert store.slots(conversation.sender)["age"] == 22.0
    assert store.senders()[0] == conversation.sender
    after = store.counts()
    assert (after.conversations, after.turns) == (before.conversations + 1, before.turns + 2)


def test_forgotten_is_gone_from_memory_and_disk(begin: Begin, assistant: Assistant) -> None:
    conversation = begin(DAY)
    conversation.say("我22岁，失业，我的特别记号是鸿雁南飞")
    assert "鸿雁南飞".encode() in stored_bytes(assistant.conversations)
    assistant.conversations.forget(conversation.sender)
    assert "鸿雁南飞".encode() not in stored_bytes(assistant.conversations)
    assert assistant.conversations.transcript(conversation.sender) == []
    assert assistant.conversations.slots(conversation.sender) == {}
    assert conversation.say("见习补贴我能领吗").asking == ["status"], "something is remembered"


def test_purge_deletes_what_is_older(begin: Begin, assistant: Assistant) -> None:
    old, new = begin(DAY), begin(DAY)
    old.say(OPENING)
    line = datetime.now(timezone.utc)
    new.say(OPENING)
    assert assistant.conversations.purge(line - timedelta(days=1)) == 0
    assert assistant.conversations.purge(line) >= 1
    assert assistant.conversations.transcript(old.sender) == []
    assert len(assistant.conversations.transcript(new.sender)) == 1


def told_by_channel(assistant: Assistant, sender: str, text: str) -> list[dict[str, Any]]:
    """What a channel sends for one message."""
    channel = CollectingOutputChannel()
    message = UserMessage(text, channel, sender)
    assistant._loop.run_until_complete(answer(assistant.agent, message))
    return channel.messages


def test_full_disk_is_told_and_nothing_is_forgotten(begin: Begin, assistant: Assistant) -> None:
    conversation, answered = begin(DAY), 1
    assert conversation.say(OPENING).asking == ["status"]
    db = assistant.conversations._file._db
    db.execute("VACUUM")  # no free pages to go on with
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}")
    try:
        for _ in range(40):
            told = told_by_channel(assistant, conversation.sender, "见习" + "，" * 900)
            if told[0]["text"] == say("trouble"):
                break
            answered += 1
        assert told[0]["text"] == say("trouble")
        assert [message["text"] for message in told if "text" in message] == [say("trouble")]
    finally:
        db.execute("PRAGMA max_page_count = 1073741823")
    assert len(assistant.conversations.transcript(conversation.sender)) == answered
    conversation.say("您好")
    assert conversation.slots()["age"] == 22.0, "the conversation begins afresh"
    assert len(assistant.conversations.transcript(conversation.sender)) == answered + 1


def test_unreadable_file_is_told_not_taken_for_a_stranger(
    begin: Begin, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = begin(DAY)
    conversation.say(OPENING)
    restarted(assistant)

    class Damaged:
        def execute(self, *_: Any) -> Any:
            raise sqlite3.DatabaseError("database disk image is malformed")

    with monkeypatch.context() as patched:
        patched.setattr(assistant.conversations._file, "_db", Damaged())
        (told,) = [
            message["text"]
            for message in told_by_channel(assistant, conversation.sender, "失业")
            if "text" in message
        ]
    assert told == say("trouble")
    assert conversation.say("失业").verdict == "eligible", "the conversation was lost"


def test_an_action_that_fails_is_told(
    begin: Begin, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rasa itself logs the failure and answers nothing."""
    conversation = begin(DAY)
    conversation.say(OPENING)
    with monkeypatch.context() as patched:
        patched.setattr(respond, "first_of_all", broken)
        told = told_by_channel(assistant, conversation.sender, "失业")
    assert [message["text"] for message in told if "text" in message] == [say("trouble")]
    assert conversation.say("失业").verdict == "eligible"


def broken(*_: Any) -> Any:
    raise sqlite3.OperationalError("database or disk is full")


def test_five_messages_at_once_are_answered_in_order(begin: Begin, assistant: Assistant) -> None:
    conversation = begin(DAY)
    texts = ["我想去见习", "我22岁", "没工作", "能领补贴吗", "一个月给多少钱"]
    order: list[str] = []

    async def send(text: str) -> None:
        await answer(
            assistant.agent, UserMessage(text, CollectingOutputChannel(), conversation.sender)
        )
        order.append(text)

    async def at_once() -> None:
        await asyncio.gather(*(send(text) for text in texts))

    began = datetime.now(timezone.utc)
    assistant._loop.run_until_complete(at_once())
    assert datetime.now(timezone.utc) - began < timedelta(seconds=0.5)
    assert order == texts
    told = assistant.conversations.transcript(conversation.sender)
    assert [turn.said for turn in told] == texts


def test_conversations_of_rasas_own_store_are_taken_over(
    begin: Begin, assistant: Assistant, tmp_path: Path
) -> None:
    conversation = begin(DAY)
    conversation.say(OPENING)
    conversation.say("一个月给多少钱")
    told = assistant.conversations.transcript(conversation.sender)
    path = tmp_path / "conversations.db"
    rasas = SQLTrackerStore(assistant.agent.domain, dialect="sqlite", db=str(path))
    run = assistant._loop.run_until_complete
    run(rasas.save(assistant.tracker(conversation.sender)))
    rasas.engine.dispose()

    ours = Conversations(path, assistant.agent.domain)
    assert ours.transcript(conversation.sender) == told
    assert ours.slots(conversation.sender) == conversation.slots()
    tracker = run(ours.retrieve(conversation.sender))
    assert tracker is not None
    run(assistant.conversations.save(tracker))
    assert conversation.say("失业").verdict == "eligible", "the conversation was lost"
    assert ours._file._db.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    ours.close()
    assert b"CREATE TABLE events" not in path.read_bytes()


def test_a_file_from_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "conversations.db"
    ConversationFile(path).close()
    with sqlite3.connect(path) as later:
        later.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    later.close()
    with pytest.raises(sqlite3.DatabaseError, match="更新的版本"):
        ConversationFile(path)


def test_an_upgrade_of_the_tables_keeps_the_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "conversations.db"
    file = ConversationFile(path)
    turn = Said(datetime.now(timezone.utc), "您好", ({"text": "您好！"},), "rest", "m1")
    file.write("a", Standing({"age": 22.0}, []), [turn])
    file.close()
    step = conversation_tables.run("ALTER TABLE turns ADD COLUMN kind TEXT NOT NULL DEFAULT ''")
    monkeypatch.setattr(conversation_tables, "SCHEMA", SCHEMA + 1)
    monkeypatch.setattr(conversation_tables, "STEPS", (*conversation_tables.STEPS, step))
    file = ConversationFile(path)
    assert file.transcript("a") == [turn]
    assert file.read("a") == Standing({"age": 22.0}, [])
    assert file._db.execute("PRAGMA user_version").fetchone() == (SCHEMA + 1,)
    file.close()


def test_a_step_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "conversations.db"
    ConversationFile(path).close()
    step = conversation_tables.run("CREATE TABLE half (a); CREATE TABLE turns (a)")
    monkeypatch.setattr(conversation_tables, "STEPS", (*conversation_tables.STEPS, step))
    monkeypatch.setattr(conversation_tables, "SCHEMA", SCHEMA + 1)
    with pytest.raises(sqlite3.Error):
        ConversationFile(path)
    monkeypatch.undo()
    file = ConversationFile(path)
    assert not file._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchall()
    file.close()
