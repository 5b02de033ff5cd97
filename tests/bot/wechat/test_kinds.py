"""Every kind of message and event: a text, silence, a topic opened, or everything deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channels.wechat.messages import incoming
from bot.channels.wechat.texts import say
from bot.channels.wechat.wishes import Ask, wish_of
from policy_kb.model import Knowledge
from tests.bot.wechat.conftest import Echo, Wire
from tests.bot.wechat.platform import event, message, said

Play = Callable[..., Any]


def _one(play: Play, xml: str, mode: str = "safe") -> str:
    async def scenario(wire: Wire) -> str:
        return await wire.say(xml)

    answer: str = play(scenario, mode)
    return answer


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("image", {"PicUrl": "https://x/", "MediaId": "m"}, "image"),
        ("voice", {"MediaId": "m", "Format": "amr"}, "voice"),
        ("voice", {"MediaId": "m", "Recognition": ""}, "voice"),
        ("video", {"MediaId": "m", "ThumbMediaId": "t"}, "other"),
        ("shortvideo", {"MediaId": "m"}, "other"),
        ("location", {"Location_X": "1", "Location_Y": "2", "Label": "家"}, "location"),
        ("link", {"Title": "t", "Url": "https://x/"}, "other"),
        ("miniprogrampage", {"Title": "t"}, "other"),
        ("text", {"Content": "[收到不支持的消息类型，暂无法显示]"}, "other"),
    ],
)
def test_what_we_cannot_read_is_answered_politely(
    play: Play, echo: Echo, kind: str, fields: dict[str, str], expected: str
) -> None:
    assert _one(play, message("o1", kind, **fields)) == say(expected) and not echo.heard


def test_recognised_speech_is_text(play: Play) -> None:
    assert _one(play, message("o1", "voice", Recognition="见习补贴")) == "答：见习补贴"


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("VIEW", {"EventKey": "https://x/"}),
        ("view_miniprogram", {"EventKey": "p"}),
        ("LOCATION", {"Latitude": "1", "Longitude": "2", "Precision": "3"}),
        ("TEMPLATESENDJOBFINISH", {"MsgID": "1", "Status": "success"}),
        ("scancode_push", {"EventKey": "k"}),
        ("pic_sysphoto", {"EventKey": "k"}),
        ("location_select", {"EventKey": "k"}),
        ("debug_demo", {}),
        ("", {}),
    ],
)
@pytest.mark.parametrize("mode", ["plain", "safe"])
def test_events_that_nobody_waits_for_are_taken_in_silence(
    play: Play, echo: Echo, mode: str, name: str, fields: dict[str, str]
) -> None:
    assert _one(play, event("o1", name, **fields), mode) == "" and not echo.heard


@pytest.mark.parametrize(
    ("name", "key", "asked", "metadata", "welcomed"),
    [
        ("subscribe", "", "您好", {"way": "subscribe"}, True),
        ("subscribe", "last_trade_no_1", "您好", {"way": "subscribe"}, True),
        (
            "subscribe",
            "qrscene_街道7",
            "您好",
            {"way": "subscribe", "scene": "街道7", "event": "街道7"},
            True,
        ),
        (
            "subscribe",
            "qrscene_topic-15.2",
            "topic",
            {"way": "subscribe", "scene": "topic-15.2"},
            True,
        ),
        ("SCAN", "topic-15.2", "topic", {"way": "scan", "scene": "topic-15.2"}, False),
        ("SCAN", "123", "您好", {"way": "scan", "scene": "123", "event": "123"}, False),
        ("SCAN", "topic-99.9", "您好", {"way": "scan", "scene": "topic-99.9"}, False),
        ("SCAN", "x" * 100, "您好", {"way": "scan", "scene": "x" * 64, "event": "x" * 64}, False),
        ("CLICK", "topic-15.2", "topic", {"way": "click", "scene": "topic-15.2"}, False),
        ("CLICK", "say-转人工", "转人工", {"way": "click", "scene": "say-转人工"}, False),
        ("CLICK", "old-key", "您好", {"way": "click", "scene": "old-key"}, False),
    ],
)
def test_events_open_topics_and_leave_their_tag(
    play: Play,
    echo: Echo,
    kb: Knowledge,
    name: str,
    key: str,
    asked: str,
    metadata: dict[str, str],
    welcomed: bool,
) -> None:
    reply = _one(play, event("o1", name, EventKey=key, Ticket="t"))
    (ask,) = echo.asks
    assert ask.text == (f"{kb['15.2'].name}是什么政策？" if asked == "topic" else asked)
    assert ask.metadata == metadata
    assert reply.startswith(say("welcome")) == welcomed and f"答：{ask.text}" in reply


def test_a_scene_is_no_way_in_for_personal_numbers_or_commands() -> None:
    wish = wish_of(incoming(event("o1", "SCAN", EventKey="/restart13812345678").encode()))
    assert isinstance(wish, Ask) and "13812345678" not in str(wish) and "/" not in str(wish)


def test_unsubscribing_erases_everything(play: Play, echo: Echo, tmp_path: Path) -> None:
    async def scenario(wire: Wire) -> None:
        for user in ("o1", "o2"):
            echo.seconds = 0.6
            await wire.say(said(user, f"{user}的慢问题", CreateTime=100))
            echo.seconds = 0
            await wire.say(said(user, f"{user}的问题", CreateTime=101))
        leave = event("o1", "unsubscribe", CreateTime=102)
        assert [await wire.say(leave), await wire.say(leave)] == ["", ""]
        assert await wire.say(said("o1", "迟到的重试", CreateTime=101)) == ""

    play(scenario)
    assert [text[:2] for text in echo.heard] == ["o2", "o2"]
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("wechat.db*"))
    assert "o2的".encode() in kept or b"o2\\u7684" in kept
    assert "o1的".encode() not in kept and b"o1\\u7684" not in kept
    with sqlite3.connect(tmp_path / "wechat.db") as db:
        senders = {
            row[0]
            for table in ("replies", "seats", "promised")
            for row in db.execute(f"SELECT sender FROM {table}")
        }
    assert len(senders - {""}) == 1


def test_a_turn_running_while_the_user_leaves_brings_nothing_back(play: Play, echo: Echo) -> None:
    import asyncio

    async def scenario(wire: Wire) -> None:
        echo.seconds = 0.3
        asked = asyncio.ensure_future(wire.say(said("o1", "问", CreateTime=100)))
        await asyncio.sleep(0.1)
        await wire.say(event("o1", "unsubscribe", CreateTime=101))
        assert await asked == ""

    play(scenario)
    assert not echo.turns


def test_who_comes_back_is_welcome(play: Play) -> None:
    async def scenario(wire: Wire) -> str:
        await wire.say(event("o1", "unsubscribe", CreateTime=100))
        return await wire.say(event("o1", "subscribe", CreateTime=101))

    assert play(scenario).startswith(say("welcome"))


def test_deleting_that_fails_is_repeated_by_the_platform(play: Play, echo: Echo) -> None:
    async def fail(_sender: str) -> None:
        raise OSError

    forget, echo.forget = echo.forget, fail  # type: ignore[method-assign]

    async def scenario(wire: Wire) -> list[int]:
        leave = wire.platform.post(event("o1", "unsubscribe"))
        first, _ = await wire.send(leave)
        echo.forget = forget  # type: ignore[method-assign]
        again, _ = await wire.send(leave)
        return [first, again]

    assert play(scenario) == [503, 200]
