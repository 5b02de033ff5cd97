"""A stand-in for api.weixin.qq.com on loopback, as strict as the platform's documentation."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

QUOTA = 5
OK = {"errcode": 0, "errmsg": "ok"}


@dataclass
class Api:
    """`refuse`: error codes for the next sends, in order. `quota`: texts left for each user."""

    appid: str
    secret: str
    url: str = ""
    refuse: list[int] = field(default_factory=list)
    quota: dict[str, int] = field(default_factory=dict)
    sent: list[tuple[str, str]] = field(default_factory=list)
    calls: int = 0
    tokens: int = 0
    forced: int = 0
    valid: str = ""
    expires: int = 7200
    down: bool = False
    seconds: float = 0.0

    async def token(self, request: web.Request) -> web.Response:
        body = await request.json()
        if (body["appid"], body["secret"]) != (self.appid, self.secret):
            return web.json_response({"errcode": 40125, "errmsg": "invalid appsecret"})
        assert body["grant_type"] == "client_credential"
        self.tokens, self.forced = self.tokens + 1, self.forced + body["force_refresh"]
        self.valid = f"token-{self.tokens}"
        return web.json_response({"access_token": self.valid, "expires_in": self.expires})

    async def send(self, request: web.Request) -> web.Response:
        self.calls += 1
        await asyncio.sleep(self.seconds)
        if self.down:
            return web.Response(status=502, text="<html>")
        raw = await request.read()
        assert b"\\u" not in raw, "escapes would be shown to the user"
        if request.query.get("access_token") != self.valid:
            return self._error(40001)
        if self.refuse:
            return self._error(self.refuse.pop(0))
        body: dict[str, Any] = json.loads(raw)
        user, text = body["touser"], body["text"]["content"]
        if body["msgtype"] != "text" or not text:
            return self._error(44004)
        if len(text.encode()) > 2047:
            return self._error(45002)
        if self.quota.get(user, QUOTA) < 1:
            return self._error(45047)
        self.quota[user] = self.quota.get(user, QUOTA) - 1
        self.sent.append((user, text))
        return web.json_response(OK)

    @staticmethod
    def _error(code: int) -> web.Response:
        return web.json_response({"errcode": code, "errmsg": f"error {code}"})


@asynccontextmanager
async def api(appid: str, secret: str) -> AsyncIterator[Api]:
    """The stand-in, listening."""
    stand_in = Api(appid, secret)
    app = web.Application()
    app.router.add_post("/cgi-bin/stable_token", stand_in.token)
    app.router.add_post("/cgi-bin/message/custom/send", stand_in.send)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    stand_in.url = "http://{}:{}".format(*runner.addresses[0])
    try:
        yield stand_in
    finally:
        await runner.cleanup()
