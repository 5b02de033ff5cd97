"""The desk's templates filled in."""

from __future__ import annotations

from typing import Any

from sanic.response import HTTPResponse, html

from actions.knowledge import knowledge
from bot.desk.words import word, words
from bot.pages.routes import templates
from bot.pages.words import words as page_words


def desk_page(name: str, status: int = 200, **values: Any) -> HTTPResponse:
    """A page of the desk; `w` are the words all pages share, `d` the desk's own."""
    content = templates.get_template(f"desk/{name}").render(
        w=page_words(), d=words(), desk=word, district=knowledge().district.name, **values
    )
    return html(content, status)


def told(text: str, status: int) -> HTTPResponse:
    """A page with one sentence."""
    return desk_page("told.html", status, text=text, operator=None, token="", here="")
