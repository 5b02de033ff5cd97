"""The official account at /webhooks/wechat/webhook: what is genuine is answered, once."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, HTTPResponse, Request, Sanic

from bot.channels.turns import OnMessage
from bot.channels.wechat.conversations import CHANNEL, Talks
from bot.channels.wechat.customer_service import CustomerService
from bot.channels.wechat.desk import Desk
from bot.channels.wechat.envelope import RefusedError, check_signature, check_time, signature
from bot.channels.wechat.inbox import Assistant, Inbox
from bot.channels.wechat.messages import (
    SUCCESS,
    Incoming,
    flat,
    incoming,
    sealed_reply,
    text_reply,
)
from bot.channels.wechat.settings import WeChatSettings
from bot.limits import Gate
from bot.secret import keyed_id

logger = logging.getLogger(__name__)

IN_FLIGHT = 500
"""Turns waiting or running: a few seconds of work, which slow answers bridge."""

LOGGED_EVERY = 60
"""Seconds between two log lines about the same kind of refusal."""

LONGEST_ECHO = 256


class WeChat(InputChannel):
    """`folder` keeps what must outlive a restart; `secret` keys the ids of users and messages."""

    def __init__(
        self,
        settings: WeChatSettings,
        secret: bytes,
        folder: Path,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings, self._secret, self._folder, self._clock = settings, secret, folder, clock
        self._logged: dict[str, float] = {}

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        hook = Blueprint("wechat", strict_slashes=True)

        @hook.listener("before_server_start")
        async def open_up(app: Sanic, _loop: object) -> None:
            app.ctx.wechat = self._inbox(Talks(on_new_message, lambda: app.ctx.agent))

        @hook.listener("after_server_stop")
        async def close_up(_app: Sanic, _loop: object) -> None:
            self._desk.close()
            if self._late:
                await self._late.close()

        @hook.get("/webhook")
        async def check(request: Request) -> HTTPResponse:
            """The console's check of this address: the echo comes back where its signature fits."""
            try:
                self._check(request, "signature")
            except RefusedError as refused:
                return self._refusal(refused)
            return _text(request.args.get("echostr", "")[:LONGEST_ECHO])

        @hook.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            """One message or event; the answer, or `success` where there is none."""
            deadline = asyncio.get_running_loop().time() + self._settings.wait
            try:
                message = self._opened(request)
                text = await request.app.ctx.wechat.answer(message, deadline)
            except RefusedError as refused:
                return self._refusal(refused)
            return self._reply(request, message, text) if text else _text(SUCCESS)

        return hook

    def _inbox(self, assistant: Assistant) -> Inbox:
        settings = self._settings
        self._desk = Desk(self._folder / "wechat.db")
        self._late = (
            CustomerService(settings.appid, settings.secret, settings.api)
            if settings.secret
            else None
        )
        gate = Gate(in_flight=IN_FLIGHT)
        return Inbox(assistant, self._desk, gate, self._keyed, self._late, settings.limit)

    def _keyed(self, purpose: str, outside: str) -> str:
        return keyed_id(self._secret, f"wechat-{purpose}|{self._settings.appid}", outside)

    def _check(self, request: Request, field: str, *parts: str) -> None:
        arg = request.args.get
        timestamp, nonce = arg("timestamp", ""), arg("nonce", "")
        check_signature(self._settings.token, arg(field, ""), timestamp, nonce, *parts)
        check_time(timestamp, self._clock(), self._settings.window)

    def _opened(self, request: Request) -> Incoming:
        """The message inside. Encrypted it counts alone: whatever stands beside is not signed."""
        crypt = self._settings.crypt
        if crypt is None:
            if request.args.get("encrypt_type") == "aes":
                raise RefusedError(403, "mode")
            self._check(request, "signature")
            return incoming(request.body)
        if request.args.get("encrypt_type") != "aes":
            raise RefusedError(403, "mode")
        encrypted = flat(request.body).get("Encrypt", "")
        self._check(request, "msg_signature", encrypted)
        return incoming(crypt.decrypt(encrypted))

    def _reply(self, request: Request, message: Incoming, text: str) -> HTTPResponse:
        now = int(self._clock())
        body = text_reply(message, text, now)
        if self._settings.crypt is not None:
            encrypted, nonce = self._settings.crypt.encrypt(body), request.args.get("nonce", "")
            signed = signature(self._settings.token, str(now), nonce, encrypted)
            body = sealed_reply(encrypted, signed, str(now), nonce)
        return HTTPResponse(body, content_type="application/xml; charset=utf-8")

    def _refusal(self, refused: RefusedError) -> HTTPResponse:
        """Nothing in the body; the reason, now and then, in the log."""
        now = time.monotonic()
        if now - self._logged.get(refused.reason, -LOGGED_EVERY) >= LOGGED_EVERY:
            self._logged[refused.reason] = now
            logger.warning("wechat request refused: %s (%s)", refused.status, refused.reason)
        return _text("", refused.status)


def _text(body: str, status: int = 200) -> HTTPResponse:
    headers = {"X-Content-Type-Options": "nosniff"}
    return HTTPResponse(body, status, headers, "text/plain; charset=utf-8")
