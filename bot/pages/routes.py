"""The pages: conversation, policies, checklist; and what browsers fetch with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse, html, text

from actions.knowledge import knowledge
from actions.state import read_state
from bot.channels.visitor import Visitors
from bot.conversations import Conversations
from bot.pages.policy import STATUSES, policy_list, policy_page
from bot.pages.summary import as_text, summary
from bot.pages.words import word, words
from bot.settings import Settings
from policy_kb.clock import today
from policy_kb.facts import day_label

HERE = Path(__file__).parent
STATIC = HERE / "static"
LONGEST_SEARCH = 40

templates = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(name: str, status: int = 200, **values: Any) -> HTTPResponse:
    """A template filled in; the words of the pages and the district's name are always at hand."""
    district = knowledge().district.name
    content = templates.get_template(name).render(w=words(), word=word, district=district, **values)
    return html(content, status=status)


def pages(settings: Settings, visitors: Visitors, conversations: Conversations) -> Blueprint:
    """The routes below `/`."""
    routes = Blueprint("pages")
    routes.static("/static", STATIC)

    @routes.get("/")
    async def conversation(request: Request) -> HTTPResponse:  # noqa: ARG001
        days = settings.retention_days
        kept = words()["privacy"] if days else [words()["privacy_forever"]]
        return page("chat.html", privacy=[line.format(days=days) for line in kept])

    @routes.get("/policy")
    async def policies(request: Request) -> HTTPResponse:
        chosen = {
            "audience": request.args.get("audience", ""),
            "status": request.args.get("status", ""),
            "search": request.args.get("search", "")[:LONGEST_SEARCH],
        }
        day = today()
        found = policy_list(knowledge(), day, **chosen)
        return page(
            "policies.html", policies=found, chosen=chosen, statuses=STATUSES, day=day_label(day)
        )

    @routes.get("/policy/<provision_id:str>")
    async def policy(request: Request, provision_id: str) -> HTTPResponse:  # noqa: ARG001
        if provision_id not in knowledge().provisions:
            raise NotFound(provision_id)
        return page("policy.html", policy=policy_page(knowledge(), provision_id, today()))

    def checklist(request: Request) -> dict[str, Any]:
        kb, visitor = knowledge(), visitors.of(request) or ""
        state = read_state(conversations.slots(visitor), kb.registry)
        return summary(kb, state, conversations.transcript(visitor), today())

    @routes.get("/summary")
    async def printed(request: Request) -> HTTPResponse:
        content = checklist(request)
        return private(page("summary.html", summary=content, text=as_text(content)))

    @routes.get("/summary.txt")
    async def saved(request: Request) -> HTTPResponse:
        name = "policy-checklist.txt"
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return private(text(as_text(checklist(request)), headers=disposition))

    return routes


def private(response: HTTPResponse) -> HTTPResponse:
    """A page of one visitor: no cache keeps it."""
    response.headers["Cache-Control"] = "no-store"
    return response
