"""Two independent clients in three modes; what is forged, old, downgraded or malformed is refused."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.channels.turns import Answer
from tests.bot.wechat.conftest import Echo, Wire
from tests.bot.wechat.platform import (
    ACCOUNT,
    AES_KEY,
    APPID,
    TOKEN,
    Platform,
    Post,
    WechatPy,
    WeRoBot,
    said,
)

MODES = ("plain", "compatible", "safe")
SEALED = ("compatible", "safe")
CLIENTS = (WechatPy, WeRoBot)
Play = Callable[..., Any]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("client", CLIENTS)
def test_a_message_is_answered(play: Play, client: type, mode: str) -> None:
    async def scenario(wire: Wire) -> str:
        return await wire.say(said("o1", "见习补贴怎么领"))

    assert play(scenario, mode, client()) == "答：见习补贴怎么领"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "text", ["]]>", "a]]>b]]]]>", "<b>&amp;</b>", "一\n二", "😀👨‍👩‍👧", "x" * 900]
)
@pytest.mark.parametrize("client", CLIENTS)
def test_any_text_comes_back_whole(
    play: Play, echo: Echo, client: type, mode: str, text: str
) -> None:
    echo.reply = lambda _: (Answer(text),)

    async def scenario(wire: Wire) -> str:
        return await wire.say(said("o1", "问"))

    assert play(scenario, mode, client()) == text.replace("<", "＜")


@pytest.mark.parametrize("mode", MODES)
def test_the_console_check_is_echoed_only_where_signed(play: Play, mode: str) -> None:
    async def scenario(wire: Wire) -> list[tuple[int, str]]:
        query = Platform("plain").post("").query | {"echostr": "4375120948345356249"}
        results = []
        for changed in ({}, {"signature": "0" * 40}, {"nonce": "1"}, {"signature": ""}):
            async with wire.session.get(wire.url, params=query | changed) as got:
                results.append((got.status, await got.text()))
        return results

    good, *bad = play(scenario, mode)
    assert good == (200, "4375120948345356249")
    assert bad == [(403, "")] * 3


def _send(play: Play, mode: str, *posts: Post) -> list[tuple[int, str]]:
    async def scenario(wire: Wire) -> list[tuple[int, str]]:
        return [await wire.send(post) for post in posts]

    found: list[tuple[int, str]] = play(scenario, mode)
    return found


@pytest.mark.parametrize("mode", MODES)
def test_old_and_future_requests_are_refused(play: Play, echo: Echo, mode: str) -> None:
    now, platform = time.time(), Platform(mode)
    far = [platform.post(said("o1", "旧"), now + shift) for shift in (-310, 310)]
    near = [platform.post(said("o1", "新"), now + shift) for shift in (-280, 280)]
    results = _send(play, mode, *far, *near)
    assert [status for status, _ in results] == [403, 403, 200, 200]
    assert results[0][1] == "" and set(echo.heard) == {"新"}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("field", ["signature", "timestamp", "nonce"])
def test_a_tampered_query_is_refused(play: Play, echo: Echo, mode: str, field: str) -> None:
    post = Platform(mode).post(said("o1", "假"))
    name = "msg_signature" if mode != "plain" and field == "signature" else field
    missing = {k: v for k, v in post.query.items() if k != name}
    last = post.query[name][-1]
    changed = post.query | {name: post.query[name][:-1] + ("1" if last != "1" else "2")}
    odd = post.query | {name: "é" * 40}
    results = _send(play, mode, *(Post(q, post.body) for q in (missing, changed, odd)))
    assert results == [(403, "")] * 3 and not echo.heard


@pytest.mark.parametrize("mode", SEALED)
def test_a_plain_body_is_refused_where_messages_are_sealed(
    play: Play, echo: Echo, mode: str
) -> None:
    """Whoever has seen one plain query could sign any body with it."""
    plain = Platform("plain").post(said("o1", "降级"))
    claims = Post(plain.query | {"encrypt_type": "aes"}, plain.body)
    signed = Post(claims.query | {"msg_signature": plain.query["signature"]}, plain.body)
    assert _send(play, mode, plain, claims, signed) == [(403, "")] * 3 and not echo.heard


def test_a_sealed_body_is_refused_in_plain_mode(play: Play, echo: Echo) -> None:
    sealed = Platform("safe").post(said("o1", "密"))
    assert _send(play, "plain", sealed) == [(403, "")] and not echo.heard


def test_only_what_is_sealed_counts(play: Play, echo: Echo) -> None:
    """The compatible mode's plain fields are not signed: changed, they change nothing."""
    post = Platform("compatible").post(said("o1", "真"))
    forged = Post(post.query, post.body.replace("真", "假").replace("o1", "o2"))
    ((status, _),) = _send(play, "compatible", forged)
    assert status == 200 and echo.heard == ["真"]


@pytest.mark.parametrize("mode", SEALED)
@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
    "wrong",
    [{"appid": "wx" + "0b" * 8}, {"key": "m" * 42 + "A"}, {"token": "Other12345"}],
    ids=["appid", "key", "token"],
)
def test_what_is_sealed_for_another_account_is_refused(
    play: Play, echo: Echo, mode: str, client: type, wrong: dict[str, str]
) -> None:
    given = {"token": TOKEN, "key": AES_KEY, "appid": APPID} | wrong
    post = Platform(mode, client(**given), given["token"]).post(said("o1", "假"))
    assert _send(play, mode, post) == [(403, "")] and not echo.heard


@pytest.mark.parametrize("mode", SEALED)
def test_a_flipped_bit_is_refused(play: Play, echo: Echo, mode: str) -> None:
    post = Platform(mode).post(said("o1", "假"))
    at = post.body.index("Encrypt><![CDATA[") + 30
    flipped = post.body[:at] + ("A" if post.body[at] != "A" else "B") + post.body[at + 1 :]
    assert _send(play, mode, Post(post.query, flipped)) == [(403, "")] and not echo.heard


DTD = '<!DOCTYPE xml [<!ENTITY e "x">]>'


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("xml", "status"),
    [
        (DTD + said("o1", "问"), 400),
        ("<!DOCTYPE xml>" + said("o1", "问"), 400),
        ("<xml>", 400),
        ("", 400),
        ("<xml></xml>", 400),
        ('{"Content":"问"}', 400),
        (said("", "问"), 400),
        (f"<xml><ToUserName>{ACCOUNT}</ToUserName><FromUserName>o1</FromUserName></xml>", 400),
        ('<?xml version="1.0" encoding="no-such"?>' + said("o1", "问"), 400),
    ],
    ids=["entity", "doctype", "open", "empty", "bare", "json", "nobody", "no type", "encoding"],
)
def test_odd_xml_is_refused(play: Play, echo: Echo, mode: str, xml: str, status: int) -> None:
    assert _send(play, mode, Platform(mode).post(xml)) == [(status, "")] and not echo.heard


@pytest.mark.parametrize("mode", SEALED)
def test_a_document_type_around_the_envelope_is_refused(play: Play, echo: Echo, mode: str) -> None:
    post = Platform(mode).post(said("o1", "问"))
    assert _send(play, mode, Post(post.query, DTD + post.body)) == [(400, "")] and not echo.heard


@pytest.mark.parametrize("mode", MODES)
def test_too_big_a_body_is_refused(play: Play, echo: Echo, mode: str) -> None:
    post = Platform(mode).post(said("o1", "问" * 30_000))
    ((status, body),) = _send(play, mode, post)
    assert status == 413 and "Traceback" not in body and not echo.heard
