"""What reaches Rasa: the words kept clean, the key and tags with them, and that a text was cut."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.wechat.conversations import Talks
from bot.channels.wechat.messages import incoming
from bot.channels.wechat.wishes import Ask, wish_of
from tests.bot.wechat.platform import event, said


def _heard(xml: str) -> UserMessage:
    heard: list[UserMessage] = []

    async def on_message(message: UserMessage) -> None:
        heard.append(message)

    def agent() -> Any:
        raise AssertionError

    wish = wish_of(incoming(xml.encode()))
    assert isinstance(wish, Ask)
    asyncio.run(Talks(on_message, agent).turn("s", wish, "k"))
    (message,) = heard
    return message


@pytest.mark.parametrize(("length", "cut"), [(1000, False), (1001, True), (5000, True)])
def test_a_cut_is_told(length: int, cut: bool) -> None:
    message = _heard(said("o1", "问" * length))
    assert message.metadata == {"cut": cut} and len(message.text) == 1000


def test_the_turn_carries_key_channel_and_tags() -> None:
    message = _heard(event("o1", "SCAN", EventKey="topic-15.2"))
    assert (message.message_id, message.sender_id, message.input_channel) == ("k", "s", "wechat")
    assert message.metadata == {"way": "scan", "scene": "topic-15.2", "cut": False}


@pytest.mark.parametrize(
    "text", ["/restart", "／restart", '/inform{"age":"9"}', "//x", "\u200b/restart"]
)
def test_nothing_typed_is_a_command(text: str) -> None:
    assert not _heard(said("o1", text)).text.startswith(("/", "／"))
