"""The REST channel: loopback only, typed text only."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from sanic.compat import Header
from sanic.exceptions import Forbidden

from bot.channels.rest import LoopbackRest

FORWARDING = (
    "Forwarded",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Real-IP",
    "x-forwarded-for",
    "X-Forwarded-Proto",
    "Via",
)


def request(ip: str = "127.0.0.1", headers: dict[str, str] | None = None, **body: Any) -> Any:
    """As much of a Sanic request as the channel looks at."""
    return SimpleNamespace(ip=ip, headers=Header(headers or {}), json=body, args={})


def sender(req: Any) -> str | None:
    return asyncio.run(LoopbackRest()._extract_sender(req))


@pytest.mark.parametrize("ip", ["127.0.0.1", "::1"])
def test_loopback_is_answered(ip: str) -> None:
    assert sender(request(ip, sender="u1", message="您好")) == "u1"


@pytest.mark.parametrize("ip", ["10.0.0.5", "192.168.1.2", "8.8.8.8", "::ffff:10.0.0.5", ""])
def test_other_addresses_are_refused(ip: str) -> None:
    with pytest.raises(Forbidden):
        sender(request(ip, sender="u1", message="您好"))


@pytest.mark.parametrize("header", FORWARDING)
def test_forwarded_requests_are_refused(header: str) -> None:
    with pytest.raises(Forbidden):
        sender(request(headers={header: "1.2.3.4"}, sender="u1", message="您好"))


def test_typed_commands_are_text() -> None:
    message = LoopbackRest()._extract_message(request(message='/inform{"age":"22"}'))
    assert message and not message.startswith("/")


def test_personal_numbers_do_not_enter() -> None:
    message = LoopbackRest()._extract_message(request(message="我电话13812345678"))
    assert message == "我电话〔手机号〕"


@pytest.mark.parametrize("message", [None, 7, ["您好"], {"text": "您好"}])
def test_what_is_no_text_is_no_message(message: Any) -> None:
    assert LoopbackRest()._extract_message(request(message=message)) is None
    assert LoopbackRest().get_metadata(request(message=message)) == {}


def test_cut_is_told_to_the_conversation() -> None:
    channel = LoopbackRest()
    assert channel.get_metadata(request(message="问" * 1001)) == {"cut": True}
    assert channel.get_metadata(request(message="问")) == {"cut": False}
    assert len(channel._extract_message(request(message="问" * 1001)) or "") == 1000


def test_name_is_stock_rest() -> None:
    assert LoopbackRest.name() == "rest"
