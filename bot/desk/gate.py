"""Every route of the desk with the role it needs: a route without one cannot be made."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, redirect
from sqlalchemy.exc import SQLAlchemyError

from actions.records.staff import ADMINISTRATOR, OPERATOR, Operator
from bot.channels.visitor import same_origin
from bot.desk.entry import Entry
from bot.desk.pages import told
from bot.desk.words import word

ANYBODY = "anybody"
"""Signed in or not: the way in itself."""

ACCESS = (ANYBODY, OPERATOR, ADMINISTRATOR)
PAGE, CALL = "page", "call"
"""A page is opened by a person; a call is made by a page of the desk and carries its token."""

LOGIN = "/desk/login"
logger = logging.getLogger(__name__)

Handler = Callable[[Request, Operator], Awaitable[HTTPResponse]]


class RefusedError(Exception):
    """Not done; `status` and a sentence of words.yaml."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.text = status, word(key)


def body_of(request: Request) -> dict[str, Any]:
    """The JSON object of a call."""
    try:
        body = request.load_json()
    except Exception:  # Sanic wraps what its JSON library raises
        body = None
    if not isinstance(body, dict):
        raise RefusedError(400, "bad_request")
    return body


@dataclass(frozen=True)
class Route:
    """`idle`: asked by the page of itself, so that it does not keep a session alive."""

    method: str
    path: str
    access: str
    handler: Handler
    kind: str = CALL
    idle: bool = False


def register(blueprint: Blueprint, routes: tuple[Route, ...], entry: Entry, base_url: str) -> None:
    """Add the routes that need somebody signed in."""
    for route in routes:
        if route.access not in (OPERATOR, ADMINISTRATOR):
            raise ValueError(f"{route.path}: {route.access}")
        blueprint.add_route(
            _guarded(route, entry, base_url),
            route.path,
            methods=[route.method],
            name=f"{route.method} {route.path}".replace("/", "_").replace(" ", "_"),
            ctx_access=route.access,
            ctx_kind=route.kind,
        )


def _guarded(route: Route, entry: Entry, base_url: str) -> Callable[..., Awaitable[HTTPResponse]]:
    @wraps(route.handler)
    async def guarded(request: Request, **arguments: Any) -> HTTPResponse:
        try:
            operator = _admitted(request, route, entry, base_url)
            response = await route.handler(request, operator, **arguments)
        except RefusedError as refused:
            response = _refusal(route, refused)
        except SQLAlchemyError:
            logger.exception("a record of the desk was not kept")
            response = json({"error": word("not_kept")}, 503)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded


def _admitted(request: Request, route: Route, entry: Entry, base_url: str) -> Operator:
    """Who asks, where it may be. Pages are only ever opened, calls only made by our pages."""
    if route.kind == PAGE and request.headers.get("sec-fetch-dest", "document") != "document":
        raise RefusedError(403, "not_of_page")
    operator = entry.who(request, active=not route.idle)
    if operator is None:
        raise RefusedError(401, "no_entry")
    if route.kind == CALL and not (same_origin(request, base_url) and entry.sent_by_page(request)):
        raise RefusedError(403, "not_of_page")
    if not operator.may(route.access):
        raise RefusedError(403, "not_allowed")
    return operator


def _refusal(route: Route, refused: RefusedError) -> HTTPResponse:
    if route.kind == PAGE and refused.status == 401:
        return redirect(LOGIN)
    if route.kind == PAGE:
        return told(refused.text, refused.status)
    return json({"error": refused.text}, refused.status)
