"""Material ordered in conversation, to be fetched: made when it is asked for, one file at a time."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse, raw, text

from actions.publicity import shelf
from actions.publicity.pack import label_of
from policy_kb.errors import PolicyError


def material() -> Blueprint:
    """The route of the files; whoever has the link may fetch them."""
    routes = Blueprint("material")

    @routes.get("/material/<order_id:str>/<name:str>")
    async def file(request: Request, order_id: str, name: str) -> HTTPResponse:  # noqa: ARG001
        try:
            path = await asyncio.to_thread(shelf.find, order_id, name)
        except PolicyError as error:
            return text(str(error), status=503)
        if path is None:
            raise NotFound(name)
        shown = quote(label_of(name))
        headers = {
            "Content-Disposition": f"attachment; filename=\"{name}\"; filename*=UTF-8''{shown}",
            "Cache-Control": "private, no-store",
        }
        data = await asyncio.to_thread(path.read_bytes)
        return raw(data, headers=headers, content_type=shelf.TYPES[path.suffix[1:]])

    return routes
