"""With the real assistant: menu keys and scenes open what they promise, also in an interview."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.channels.wechat.menu import definition
from bot.channels.wechat.messages import incoming
from bot.channels.wechat.wishes import Ask, wish_of
from policy_kb.model import Knowledge
from tests.bot.conftest import Conversation
from tests.bot.wechat.platform import event

INTERVIEW = ("我能享受哪些政策", "个人")


def _text(name: str, key: str) -> str:
    wish = wish_of(incoming(event("o1", name, EventKey=key).encode()))
    assert isinstance(wish, Ask)
    return wish.text


@pytest.mark.parametrize("before", [(), INTERVIEW], ids=["fresh", "interview"])
def test_every_topic_opens(
    kb: Knowledge, begin: Callable[[str], Conversation], before: tuple[str, ...]
) -> None:
    missed = []
    for provision in kb.provisions.values():
        conversation = begin("2025-06-15")
        for text in before:
            conversation.say(text)
        answer = conversation.say(_text("SCAN", f"topic-{provision.id}"))
        if provision.id not in answer.provisions or provision.name not in answer.text:
            missed.append(provision.id)
    assert not missed


@pytest.mark.parametrize(
    ("item", "kind"),
    [("我能享受什么", "question"), ("预约宣讲", "question"), ("转人工", "handoff")],
)
def test_menu_sentences_do_what_they_say(
    begin: Callable[[str], Conversation], item: str, kind: str
) -> None:
    assert begin("2025-06-15").say(_text("CLICK", f"say-{item}")).kind == kind


def test_start_over_forgets_what_was_said(begin: Callable[[str], Conversation]) -> None:
    conversation = begin("2025-06-15")
    conversation.say("我22岁没工作，能领见习补贴吗")
    assert conversation.slots().get("age")
    conversation.say(_text("CLICK", "say-重新开始"))
    assert not conversation.slots().get("age")


def test_the_menu_has_no_other_sentences() -> None:
    keys = [b.get("key", "") for g in definition()["button"] for b in g["sub_button"]]
    said = {key for key in keys if key.startswith("say-")}
    assert said == {"say-我能享受什么", "say-预约宣讲", "say-转人工", "say-重新开始"}
