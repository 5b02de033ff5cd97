"""Who is at the other end of a request to the desk, and whether a page of the desk sent it."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from sanic.request import Request
from sanic.response import HTTPResponse

from actions.records import sessions
from actions.records.staff import Operator
from actions.records.store import Records

COOKIE, FORM_COOKIE = "desk", "desk_form"
PATH = "/desk"


class Entry:
    """Sessions in cookies that scripts and other sites cannot read, and the tokens of their pages.

    A page's token is derived from the session's, so that it ends with it: the citizen's pages,
    though of the same origin, never hold it.
    """

    def __init__(self, records: Records, secret: bytes, secure: bool) -> None:
        self._records, self._secret, self._secure = records, secret, secure

    def who(self, request: Request, active: bool) -> Operator | None:
        """The operator of this session; None where there is none or it has ended."""
        token = request.cookies.get(COOKIE, "")
        return sessions.holder(self._records, token, active) if token else None

    def open(self, response: HTTPResponse, operator: Operator) -> None:
        """Begin a session; the browser drops it when it is closed."""
        self._cookie(response, COOKIE, sessions.begin(self._records, operator))

    def close(self, request: Request, response: HTTPResponse, operator: Operator) -> None:
        """End this session here and in the browser."""
        sessions.end(self._records, request.cookies.get(COOKIE, ""), operator)
        self._cookie(response, COOKIE, "")
        response.cookies[COOKIE]["max-age"] = 0

    def token(self, request: Request) -> str:
        """What a page of this session sends with every request of its own."""
        return self._keyed("page", request.cookies.get(COOKIE, ""))

    def sent_by_page(self, request: Request) -> bool:
        """Whether a page of the desk, of this very session, sent this."""
        return hmac.compare_digest(self.token(request), request.headers.get("x-desk", ""))

    def form_token(self, response_of: str) -> str:
        """What the sign-in form carries, for the nonce in its cookie."""
        return self._keyed("form", response_of)

    def new_form(self) -> str:
        """A nonce for a sign-in form."""
        return secrets.token_urlsafe(16)

    def give_form(self, response: HTTPResponse, nonce: str) -> None:
        """Tie the sign-in form to this browser."""
        self._cookie(response, FORM_COOKIE, nonce)

    def form_fits(self, request: Request) -> bool:
        """Whether the sign-in form was one that this browser was given."""
        nonce, sent = request.cookies.get(FORM_COOKIE, ""), (request.form or {}).get("token", "")
        return bool(nonce) and hmac.compare_digest(self.form_token(nonce), sent)

    def _keyed(self, purpose: str, text: str) -> str:
        message = f"desk-{purpose}|{text}".encode()
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()

    def _cookie(self, response: HTTPResponse, name: str, value: str) -> None:
        response.cookies[name] = value
        cookie = response.cookies[name]
        cookie["httponly"] = True
        cookie["samesite"] = "Strict"
        cookie["secure"] = self._secure
        cookie["path"] = PATH
