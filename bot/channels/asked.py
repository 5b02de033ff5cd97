"""What a request of our page holds, or why it cannot be taken."""

from __future__ import annotations

import re
from typing import Any

from sanic.request import Request

from bot.pages.words import word

MESSAGE_ID = re.compile(r"[0-9a-f-]{8,40}")


class RefusedError(Exception):
    """A request that cannot be taken; `status` and a sentence for the citizen."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.text = status, word(key)


def body_of(request: Request) -> Any:
    """The JSON of a request; None where it is none."""
    if not (request.content_type or "").startswith("application/json"):
        return None
    try:
        return request.load_json()
    except Exception:  # Sanic wraps what its JSON library raises
        return None


def text_of(request: Request, name: str) -> str:
    text = body_of(request).get(name)
    if not isinstance(text, str) or not text.strip():
        raise RefusedError(400, "empty")
    return text


def id_of(request: Request) -> str:
    found = body_of(request).get("id")
    if not isinstance(found, str) or not MESSAGE_ID.fullmatch(found):
        raise RefusedError(400, "not_understood")
    return found
