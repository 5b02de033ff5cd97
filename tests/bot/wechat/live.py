"""The platform talking to the real server process, and what its files say afterwards."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from tests.bot.server import Server
from tests.bot.wechat.platform import AES_KEY, APPID, TOKEN, Platform, Post

KEYS = {"WECHAT_TOKEN": TOKEN, "WECHAT_AES_KEY": AES_KEY, "WECHAT_APPID": APPID}
PATH = "/webhooks/wechat/webhook"
CUT = 5.0
"""Seconds after which the platform gives up on a request."""


def start(var: Path, **more: str) -> Server:
    """The server with the account's keys."""
    return Server(var, **{"POLICY_DATE": "2025-06-15", **KEYS, **more})


@dataclass
class Line:
    """The platform's connections to one server."""

    url: str
    session: aiohttp.ClientSession
    platform: Platform = field(default_factory=Platform)

    async def post(self, post: Post, seconds: float = CUT) -> tuple[int, str] | None:
        """Status and body; None where the connection broke or was cut."""
        cut = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self.session.post(
                self.url, params=post.query, data=post.body.encode(), timeout=cut
            ) as got:
                return got.status, await got.text()
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
            return None

    async def say(self, xml: str, seconds: float = CUT) -> str | None:
        """What the user sees; None where the connection broke or was cut."""
        got = await self.post(self.platform.post(xml), seconds)
        if got is None:
            return None
        assert got[0] == 200, got
        return self.platform.read(got[1])


def stored(var: Path) -> tuple[int, int]:
    """Turns in the conversations' file, and how many different messages they answer."""
    with sqlite3.connect(var / "conversations.db") as db:
        count = "SELECT count(*), count(DISTINCT sender || message_id) FROM turns"
        total, distinct = db.execute(count).fetchone()
        return int(total), int(distinct)


def tickets_of(var: Path) -> int:
    """Requests for a person that came by this channel."""
    with sqlite3.connect(var / "records.db") as db:
        query = "SELECT count(*) FROM tickets WHERE channel = 'wechat'"
        return int(db.execute(query).fetchone()[0])


def bytes_of(var: Path) -> bytes:
    """Everything the service has written: databases, their logs, the log."""
    return b"".join(file.read_bytes() for file in sorted(var.rglob("*")) if file.is_file())
