"""The routes below /desk: signing in and out, the pages, and what the pages ask for."""

from __future__ import annotations

import asyncio
import json as plain_json
from datetime import date
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json, redirect, text

from actions.knowledge import knowledge
from actions.records.audit import noted, trail
from actions.records.contacts import Contacts
from actions.records.staff import ADMINISTRATOR, OPERATOR, Operator, sign_in
from actions.records.store import Records
from actions.situation import field_of
from bot.channels.visitor import address, same_origin
from bot.conversations import Conversations
from bot.desk.call import Call
from bot.desk.consult import consult
from bot.desk.entry import PATH, Entry
from bot.desk.gate import ANYBODY, LOGIN, PAGE, RefusedError, Route, body_of, register
from bot.desk.overview import DAYS, TABLES, as_csv, overview
from bot.desk.pages import desk_page
from bot.desk.reception import Reception
from bot.desk.words import word
from bot.limits import Admission, Buckets, Rate
from bot.settings import Settings
from policy_kb.clock import today
from policy_kb.store.official_text import cited_text

SIGN_INS = Rate(burst=10, per_minute=6)
"""For one address: each costs 50 ms and 64 MB on purpose."""

LONGEST_TEXT = 2000
MOST_FACTS = 200


def desk(
    settings: Settings, records: Records, conversations: Conversations, secret: bytes
) -> Blueprint:
    """All routes of the desk; each declares who may use it."""
    blueprint = Blueprint("desk")
    entry = Entry(records, secret, settings.secure)
    reception = Reception(records, conversations, Contacts(records, secret))
    pages = Pages(records, conversations, entry)
    _way_in(blueprint, settings, records, entry)
    routes = (
        Route("POST", f"{PATH}/logout", OPERATOR, pages.sign_out),
        Route("GET", PATH, OPERATOR, pages.consulting, PAGE),
        Route("GET", f"{PATH}/tickets", OPERATOR, pages.tickets, PAGE),
        Route("GET", f"{PATH}/overview", ADMINISTRATOR, pages.overview, PAGE),
        Route("GET", f"{PATH}/overview.csv", ADMINISTRATOR, pages.export, PAGE),
        Route("GET", f"{PATH}/audit", ADMINISTRATOR, pages.audit, PAGE),
        Route("POST", f"{PATH}/consult", OPERATOR, consulted),
        Route("GET", f"{PATH}/article", OPERATOR, article),
        Route("GET", f"{PATH}/queue", OPERATOR, reception.queue, idle=True),
        Route("GET", f"{PATH}/talk/<number:int>", OPERATOR, reception.talk, idle=True),
        Route("POST", f"{PATH}/talk/<number:int>/view", OPERATOR, reception.view),
        Route("POST", f"{PATH}/talk/<number:int>/take", OPERATOR, reception.take),
        Route("POST", f"{PATH}/talk/<number:int>/say", OPERATOR, reception.say),
        Route("POST", f"{PATH}/talk/<number:int>/give_back", OPERATOR, reception.give_back),
        Route("POST", f"{PATH}/talk/<number:int>/close", OPERATOR, reception.close),
        Route("POST", f"{PATH}/talk/<number:int>/reveal", OPERATOR, reception.reveal),
    )
    register(blueprint, routes, entry, settings.base_url)
    return blueprint


def _way_in(blueprint: Blueprint, settings: Settings, records: Records, entry: Entry) -> None:
    attempts = Buckets(SIGN_INS)

    def form(status: int = 200, key: str = "") -> HTTPResponse:
        nonce = entry.new_form()
        response = desk_page(
            "login.html",
            status,
            token=entry.form_token(nonce),
            trouble=word(key) if key else "",
            operator=None,
            here="",
        )
        entry.give_form(response, nonce)
        response.headers["Cache-Control"] = "no-store"
        return response

    @blueprint.get(LOGIN, ctx_access=ANYBODY, ctx_kind=PAGE)
    async def ask(request: Request) -> HTTPResponse:  # noqa: ARG001
        return form()

    @blueprint.post(LOGIN, ctx_access=ANYBODY, ctx_kind=PAGE)
    async def enter(request: Request) -> HTTPResponse:
        if attempts.take(address(request, settings.proxies)) is not Admission.TAKEN:
            return form(429, "sign_in_slow")
        if not (same_origin(request, settings.base_url) and entry.form_fits(request)):
            return form(403, "sign_in_form")
        name, password = request.form.get("name", ""), request.form.get("password", "")
        operator = await asyncio.to_thread(sign_in, records, name.strip(), password)
        if operator is None:
            return form(401, "sign_in_failed")
        response = redirect(PATH, status=303)
        entry.open(response, operator)
        return response


class Pages:
    """What an operator opens."""

    def __init__(self, records: Records, conversations: Conversations, entry: Entry) -> None:
        self._records, self._conversations, self._entry = records, conversations, entry

    async def sign_out(self, request: Request, operator: Operator) -> HTTPResponse:
        response = empty()
        self._entry.close(request, response, operator)
        return response

    async def consulting(self, request: Request, operator: Operator) -> HTTPResponse:
        fields = [field_of(f) for f in knowledge().registry.facts.values() if not f.ratio]
        return self._page(
            request, operator, "consult.html", today=today().isoformat(), fields=fields
        )

    async def tickets(self, request: Request, operator: Operator) -> HTTPResponse:
        return self._page(request, operator, "tickets.html")

    async def overview(self, request: Request, operator: Operator) -> HTTPResponse:
        seen = await self._overview(request)
        return self._page(request, operator, "overview.html", seen=seen, ranges=DAYS)

    async def export(self, request: Request, operator: Operator) -> HTTPResponse:
        table = request.args.get("table", "")
        if table not in TABLES:
            raise RefusedError(404, "not_found")
        content = as_csv(await self._overview(request), table)
        noted(self._records, operator.name, "export", table)
        headers = {"Content-Disposition": f'attachment; filename="{table}.csv"'}
        return text(content, headers=headers, content_type="text/csv; charset=utf-8")

    async def audit(self, request: Request, operator: Operator) -> HTTPResponse:
        noted(self._records, operator.name, "audit")
        return self._page(request, operator, "audit.html", trail=trail(self._records))

    async def _overview(self, request: Request) -> dict[str, Any]:
        asked = request.args.get("days", "")
        days = int(asked) if asked in map(str, DAYS) else DAYS[0]
        return await asyncio.to_thread(
            overview, knowledge(), self._conversations, self._records, days
        )

    def _page(self, request: Request, operator: Operator, name: str, **values: Any) -> HTTPResponse:
        here = name.removesuffix(".html")
        token = self._entry.token(request)
        return desk_page(name, operator=operator, token=token, here=here, **values)


async def consulted(request: Request, operator: Operator) -> HTTPResponse:  # noqa: ARG001
    """A caller's words and facts decided; nothing is kept."""
    answer = consult(knowledge(), _call(body_of(request)))
    return HTTPResponse(
        plain_json.dumps(answer, ensure_ascii=False), content_type="application/json"
    )


async def article(request: Request, operator: Operator) -> HTTPResponse:  # noqa: ARG001
    """The official text of a provision's article; '' where it was not imported."""
    provision = knowledge().provisions.get(request.args.get("id", ""))
    if provision is None:
        raise RefusedError(404, "not_found")
    return json({"text": cited_text(provision.citation)})


def _call(body: dict[str, Any]) -> Call:
    facts, words = body.get("facts", {}), body.get("text", "")
    lists = [body.get(name, []) for name in ("dropped", "unsure", "shown")]
    if not (
        isinstance(facts, dict)
        and len(facts) <= MOST_FACTS
        and isinstance(words, str)
        and all(isinstance(part, list) and len(part) <= MOST_FACTS for part in lists)
    ):
        raise RefusedError(400, "bad_request")
    try:
        as_of = date.fromisoformat(body["as_of"]) if body.get("as_of") else today()
    except (ValueError, TypeError):
        raise RefusedError(400, "bad_request") from None
    dropped, unsure, shown = (tuple(map(str, part)) for part in lists)
    return Call(
        text=words[:LONGEST_TEXT],
        facts=facts,
        as_of=as_of,
        dropped=frozenset(dropped),
        unsure=frozenset(unsure),
        shown=shown,
        first=str(body.get("first") or ""),
        person=str(body.get("person") or ""),
    )
