"""What holds of every response: headers that browsers obey, errors in Chinese, a bare log."""

from __future__ import annotations

import logging
import time
import uuid

from sanic import Sanic
from sanic.exceptions import Forbidden, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.pages.routes import page
from bot.pages.words import word

access = logging.getLogger("access")
"""Method, route, status and milliseconds: never what was said, never by whom."""

logger = logging.getLogger(__name__)

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
YEAR = 365 * 24 * 3600
NOT_FOUND = 404
WORDS = {404: "not_found", 405: "not_found", 413: "too_long"}


def guard(app: Sanic, secure: bool) -> None:
    """Set up headers, error pages and the access log of this app."""

    @app.on_request
    async def started(request: Request) -> None:
        request.ctx.started = time.perf_counter()

    @app.on_response
    async def finish(request: Request, response: HTTPResponse) -> None:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if secure:
            response.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
        if request.path.startswith("/static/fonts/"):
            response.headers["Cache-Control"] = f"public, max-age={YEAR}"
        elif request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-cache"
        route = request.route.path if request.route else "?"
        spent = (time.perf_counter() - getattr(request.ctx, "started", time.perf_counter())) * 1000
        access.info("%s /%s %s %.0f ms", request.method, route, response.status, spent)

    @app.exception(Exception)
    async def failed(request: Request, error: Exception) -> HTTPResponse:
        status = error.status_code if isinstance(error, SanicException) else 500
        if status >= 500:
            reference = uuid.uuid4().hex[:8]
            logger.error("error %s", reference, exc_info=error)
        if request.path.startswith("/webhooks/"):
            told = (
                str(error) if isinstance(error, Forbidden) else word(WORDS.get(status, "trouble"))
            )
            return json({"error": told}, status)
        missing = status == NOT_FOUND
        return page(
            "error.html",
            status,
            title=word("not_found" if missing else "server_error"),
            text=word("not_found_text" if missing else "server_error_text"),
        )
