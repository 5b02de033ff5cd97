"""The channel over real HTTP in front of a stand-in for the assistant that keeps what it was told."""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sanic import Sanic

from bot.channels.turns import Answer
from bot.channels.wechat.channel import WeChat
from bot.channels.wechat.envelope import Crypt, aes_key
from bot.channels.wechat.inbox import Assistant, Inbox
from bot.channels.wechat.settings import Mode, WeChatSettings
from bot.channels.wechat.wishes import Ask
from bot.server import BODY_LIMIT
from tests.bot.wechat.platform import AES_KEY, APPID, TOKEN, Platform, Post

SECRET = b"s" * 32
NAMES = itertools.count()


class Echo:
    """Answers 答：… and remembers turns as the store does: by sender and message, all or nothing."""

    def __init__(self) -> None:
        self.turns: dict[str, list[tuple[str, Ask, tuple[Answer, ...]]]] = {}
        self.seconds = 0.0
        self._order: dict[str, asyncio.Lock] = {}
        self.reply: Callable[[Ask], tuple[Answer, ...]] = lambda ask: (Answer(f"答：{ask.text}"),)

    async def turn(self, sender: str, ask: Ask, key: str) -> tuple[Answer, ...]:
        async with self._order.setdefault(sender, asyncio.Lock()):
            await asyncio.sleep(self.seconds)
            answers = self.reply(ask)
            self.turns.setdefault(sender, []).append((key, ask, answers))
            return answers

    async def past(self, sender: str, key: str) -> tuple[Answer, ...] | None:
        return next((a for k, _, a in self.turns.get(sender, ()) if k == key), None)

    async def forget(self, sender: str) -> None:
        async with self._order.setdefault(sender, asyncio.Lock()):
            self.turns.pop(sender, None)

    @property
    def heard(self) -> list[str]:
        """Everything that became a turn, of all users."""
        return [ask.text for turns in self.turns.values() for _, ask, _ in turns]

    @property
    def asks(self) -> list[Ask]:
        return [ask for turns in self.turns.values() for _, ask, _ in turns]


class Served(WeChat):
    """The channel with the stand-in behind it."""

    def __init__(self, assistant: Assistant, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stand_in = assistant

    def _inbox(self, _assistant: Assistant) -> Inbox:
        return super()._inbox(self._stand_in)


def account(mode: str = "safe", **changes: Any) -> WeChatSettings:
    """Settings as read from the environment."""
    crypt = None if mode == "plain" else Crypt(aes_key(AES_KEY), APPID)
    given = {"token": TOKEN, "mode": Mode(mode), "crypt": crypt, "appid": APPID, "wait": 0.4}
    return WeChatSettings(**{**given, **changes})


class Wire:
    """An HTTP client at the channel's address, on the platform's side."""

    def __init__(self, url: str, session: aiohttp.ClientSession, platform: Platform) -> None:
        self.url, self.session, self.platform = url, session, platform

    async def send(self, post: Post, timeout: float = 5.0) -> tuple[int, str]:
        """Status and body of one request, cut after 5 seconds as the platform does."""
        cut = aiohttp.ClientTimeout(total=timeout)
        data = post.body.encode("utf-8", "surrogatepass")
        async with self.session.post(self.url, params=post.query, data=data, timeout=cut) as got:
            return got.status, await got.text()

    async def say(self, xml: str) -> str:
        """What the user sees in answer to one message."""
        status, body = await self.send(self.platform.post(xml))
        assert status == 200, (status, body)
        return self.platform.read(body)


@asynccontextmanager
async def serving(channel: WeChat, platform: Platform) -> AsyncIterator[Wire]:
    """The channel on a free port, with the limits of the real server."""
    Sanic.test_mode = True  # else Sanic rewrites its classes for one app only
    app = Sanic(f"wechat_test_{next(NAMES)}", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = BODY_LIMIT
    app.blueprint(channel.blueprint(_never), url_prefix="/webhooks/wechat")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = await app.create_server("127.0.0.1", port, return_asyncio_server=True)
    await server.startup()
    await server.before_start()
    await server.start_serving()
    try:
        async with aiohttp.ClientSession() as session:
            yield Wire(f"http://127.0.0.1:{port}/webhooks/wechat/webhook", session, platform)
    finally:
        server.close()
        await server.wait_closed()
        await server.after_stop()


async def _never(_message: Any) -> None:
    raise AssertionError("the stand-in takes the turns")


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def play(echo: Echo, tmp_path: Path) -> Callable[..., Any]:
    """Run a scenario (a coroutine function of Wire) against the channel in one mode."""

    def run(
        scenario: Callable[[Wire], Any], mode: str = "safe", cipher: Any = None, **changes: Any
    ) -> Any:
        async def served() -> Any:
            platform = Platform(mode, cipher) if cipher else Platform(mode)
            channel = Served(echo, account(mode, **changes), SECRET, tmp_path)
            async with serving(channel, platform) as wire:
                return await scenario(wire)

        return asyncio.run(served())

    return run
