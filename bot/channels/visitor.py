"""Who is at the other end of a web request: an id in a signed cookie, and an address."""

from __future__ import annotations

import secrets

from itsdangerous import BadSignature, TimestampSigner
from sanic.request import Request
from sanic.response import HTTPResponse

COOKIE = "visitor"
DAY = 24 * 3600


class Visitors:
    """Issues and reads the ids. Only an id of 128 random bits that we signed is ever believed."""

    def __init__(self, secret: bytes, days: int, secure: bool) -> None:
        self._signer = TimestampSigner(secret, salt="web-visitor")
        self._seconds = (days or 365) * DAY
        self._secure = secure

    def of(self, request: Request) -> str | None:
        """The visitor's id; None where there is none, or one that we did not issue."""
        try:
            value = self._signer.unsign(request.cookies.get(COOKIE, ""), max_age=self._seconds)
        except BadSignature:
            return None
        return value.decode()

    @staticmethod
    def new() -> str:
        """An id for a visitor we have not met."""
        return secrets.token_hex(16)

    def remember(self, response: HTTPResponse, visitor: str) -> None:
        """Have the browser come back as this visitor; scripts and other sites cannot read it."""
        response.cookies[COOKIE] = self._signer.sign(visitor).decode()
        cookie = response.cookies[COOKIE]
        cookie["httponly"] = True
        cookie["samesite"] = "Strict"
        cookie["secure"] = self._secure
        cookie["path"] = "/"
        cookie["max-age"] = self._seconds


def address(request: Request, proxies: frozenset[str]) -> str:
    """The address asking: behind a trusted proxy the last one it names, else the peer itself."""
    hops = [h.strip() for h in request.headers.get("x-forwarded-for", "").split(",") if h.strip()]
    found = request.ip
    while found in proxies and hops:
        found = hops.pop()
    return str(found)


def same_origin(request: Request, base_url: str) -> bool:
    """Whether a page of ours sent this: browsers name the origin with every writing request."""
    origin = request.headers.get("origin")
    if origin is None:
        return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    return origin == (base_url or f"{request.scheme}://{request.host}")
