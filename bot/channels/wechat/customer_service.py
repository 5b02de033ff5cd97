"""The platform's customer-service API, for verified accounts: texts sent after the 5 seconds."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import aiohttp

from bot.channels.wechat.late import RESERVE, Quota

logger = logging.getLogger(__name__)

TOKEN_INVALID = {40001, 40014}
TOKEN_EXPIRED = {42001}
BUSY = {-1}
QUOTA_OVER = {45015, 45047}
"""48 hours over or unfollowed; all messages of the quota used."""

NO_RIGHT = {48001, 40013, 40125, 40164, 40243}
"""Not verified, wrong AppID or secret, our address not in the white list: no use trying on."""

PAUSE = 600
"""Seconds without trying after such an answer."""

EARLY = 300
"""Seconds before its end that a token is renewed."""

TIMEOUT = 10
"""Seconds for one request."""


class ApiError(Exception):
    """The API said no: `code` is its errcode, 0 where it could not be reached."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class CustomerService:
    """LateSender over /cgi-bin/message/custom/send. One token is shared and renewed in turn."""

    def __init__(
        self,
        appid: str,
        secret: str,
        base: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._appid, self._secret, self._base, self._clock = appid, secret, base, clock
        self._quota = Quota(clock)
        self._token, self._until, self._paused = "", 0.0, 0.0
        self._renewing = asyncio.Lock()
        self._session: aiohttp.ClientSession | None = None

    def heard(self, user: str, tapped: bool) -> None:
        self._quota.open(user, tapped)

    def left(self, user: str) -> int:
        return self._left(user, RESERVE)

    def _left(self, user: str, reserve: int) -> int:
        return 0 if self._clock() < self._paused else self._quota.left(user, reserve)

    async def send(self, user: str, texts: Sequence[str], staff: bool = False) -> int:
        for sent, text in enumerate(texts):
            if self._left(user, 0 if staff else RESERVE) < 1:
                return sent
            try:
                await self._send_one(user, text)
            except ApiError as error:
                logger.warning("customer-service message not taken: %s", error.code)
                if error.code in QUOTA_OVER:
                    self._quota.close(user)
                if error.code in NO_RIGHT:
                    self._paused = self._clock() + PAUSE
                return sent
            self._quota.take(user)
        return len(texts)

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _send_one(self, user: str, text: str) -> None:
        """Raises ApiError. A token refused is renewed once; a busy platform is asked twice."""
        body = {"touser": user, "msgtype": "text", "text": {"content": text}}
        token = await self._access(refused="")
        try:
            await self._post(f"/cgi-bin/message/custom/send?access_token={token}", body)
        except ApiError as error:
            if error.code not in TOKEN_INVALID | TOKEN_EXPIRED | BUSY:
                raise
            if error.code not in BUSY:
                token = await self._access(refused=token, force=error.code in TOKEN_INVALID)
            await self._post(f"/cgi-bin/message/custom/send?access_token={token}", body)

    async def _access(self, refused: str, force: bool = False) -> str:
        """The access token; a new one where it ends soon or is the one just refused."""
        async with self._renewing:
            if self._token in ("", refused) or self._clock() > self._until:
                body = {
                    "grant_type": "client_credential",
                    "appid": self._appid,
                    "secret": self._secret,
                    "force_refresh": force,
                }
                given = await self._post("/cgi-bin/stable_token", body)
                self._token = str(given.get("access_token") or "")
                self._until = self._clock() + float(given.get("expires_in") or 0) - EARLY
            return self._token

    async def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Chinese goes out as it is: the platform would show \\u escapes to the user."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))
        data = json.dumps(body, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        try:
            async with self._session.post(self._base + path, data=data, headers=headers) as answer:
                given = json.loads(await answer.read())
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError):
            raise ApiError(0) from None
        if not isinstance(given, dict) or given.get("errcode"):
            raise ApiError(int(given["errcode"]) if isinstance(given, dict) else 0)
        return given
