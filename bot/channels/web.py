"""The channel of our own web page: JSON in and out, same origin, ids that we issued ourselves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from functools import partial, wraps
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json
from sqlalchemy.exc import SQLAlchemyError

from actions.knowledge import knowledge
from actions.publicity import reach
from actions.publicity.topics import opening
from actions.records import retention, talk, tickets
from actions.records.contacts import Contacts
from actions.records.feedback import rate_answer, rate_conversation
from actions.records.store import Records
from actions.situation import Edit, situation
from actions.state import MYSELF, read_state
from bot.channels import shown
from bot.channels.asked import RefusedError, body_of, id_of, text_of
from bot.channels.running import Running
from bot.channels.turns import OnMessage, command, take_turn
from bot.channels.visitor import Visitors, address, same_origin
from bot.conversations import Conversations, Said
from bot.limits import Admission, BusyError, Gate
from bot.masking import LONGEST_MESSAGE, mask, safe_text
from bot.pages.words import word
from bot.relay import attended
from bot.settings import Settings
from policy_kb.clock import today
from policy_kb.errors import FactError

NAME = "web"
RECENT = 50
"""Turns among which a message sent again is looked for."""

SHOWN = 200
"""Turns that a page shows after a reload."""

NO_DESK: dict[str, Any] = {"state": "", "contact": "", "messages": []}
LAST = 1 << 40
"""A number behind all messages: only the state is asked for."""

Handler = Callable[["WebChannel", Request, str], Awaitable[HTTPResponse]]


class WebChannel(InputChannel):
    """Everything the page asks for, below /webhooks/web/."""

    def __init__(
        self,
        settings: Settings,
        visitors: Visitors,
        conversations: Conversations,
        records: Records,
        gate: Gate,
        contacts: Contacts,
    ) -> None:
        self._contacts = contacts
        self._settings, self._visitors = settings, visitors
        self._conversations, self._records, self._gate = conversations, records, gate
        self._running = Running(gate)
        self._on_message: OnMessage

    @classmethod
    def name(cls) -> str:
        return NAME

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The routes. Reading needs no visitor, writing needs one that we know."""
        self._on_message = on_new_message
        routes = Blueprint("web_channel")
        routes.add_route(partial(self._session), "/session", methods=["GET"], name="session")
        routes.add_route(partial(self._topic), "/topic", methods=["GET"], name="topic")
        routes.add_route(partial(self._news), "/news", methods=["GET"], name="news")
        for path, handler in WRITING.items():
            routes.add_route(self._guarded(handler), path, methods=["POST"], name=path.strip("/"))
        return routes

    async def _session(self, request: Request) -> HTTPResponse:
        """What a page shows when it opens: the conversation so far, and what is held."""
        known = self._visitors.of(request)
        visitor = known or self._visitors.new()
        turns = self._conversations.transcript(visitor, SHOWN) if known else []
        response = json(
            {
                "turns": [shown.turn(t) for t in turns],
                "situation": self._situation(visitor),
                "desk": self._desk(visitor) if known else NO_DESK,
            }
        )
        if known is None:
            self._visitors.remember(response, visitor)
        response.headers["Cache-Control"] = "no-store"
        return response

    async def _news(self, request: Request) -> HTTPResponse:
        """What a person said since, while one is asked for or answers."""
        visitor, after = self._visitors.of(request), request.args.get("after", "0")
        if visitor is None or not after.isdigit():
            return json(NO_DESK)
        response = json(self._desk(visitor, int(after[:12])))
        response.headers["Cache-Control"] = "no-store"
        return response

    def _desk(self, visitor: str, after: int = 0) -> dict[str, Any]:
        """The state of the hand-off, and its messages behind number `after`."""
        ticket = tickets.unclosed(self._records, visitor)
        messages = talk.since(self._records, visitor, after)
        return {
            "state": ticket.state if ticket else "",
            "contact": self._contacts.shown(ticket.id) if ticket else "",
            "messages": [shown.message(m) for m in messages],
        }

    async def _topic(self, request: Request) -> HTTPResponse:
        """What a link asks about: a provision by name, a topic by its first question; else ''."""
        wanted = request.args.get("id", "")
        provision = knowledge().provisions.get(wanted)
        return json({"name": provision.name if provision else opening(wanted)})

    def _guarded(self, handler: Handler) -> Callable[[Request], Awaitable[HTTPResponse]]:
        """A writing route: of our own page, of a known visitor, JSON, within the limits."""

        @wraps(handler)
        async def guarded(request: Request) -> HTTPResponse:
            try:
                visitor = self._admitted(request)
                return await handler(self, request, visitor)
            except RefusedError as refused:
                return json({"error": refused.text}, status=refused.status)
            except BusyError:
                return json({"error": word("busy")}, status=503)
            except (FactError, ValueError) as wrong:
                return json({"error": str(wrong)}, status=400)
            except SQLAlchemyError:
                return json({"error": word("not_kept")}, status=503)

        return guarded

    def _admitted(self, request: Request) -> str:
        if not same_origin(request, self._settings.base_url):
            raise RefusedError(403, "foreign")
        visitor = self._visitors.of(request)
        if visitor is None:
            raise RefusedError(401, "no_session")
        if not isinstance(body_of(request), dict):
            raise RefusedError(400, "not_understood")
        admission = self._gate.admit(visitor, address(request, self._settings.proxies))
        if admission is Admission.TAKEN:
            return visitor
        raise RefusedError(429, "slower" if admission is Admission.TELL else "nothing")

    async def _say(self, request: Request, visitor: str) -> HTTPResponse:
        """One message. Sent again with the same id it is answered again, not taken again."""
        text = text_of(request, "text")
        message_id = id_of(request)
        ticket = attended(self._records, visitor)
        if ticket is not None and self._told(visitor, message_id) is None:
            talk.add(self._records, ticket, talk.CITIZEN, safe_text(text)[0], message_id)
        if talk.told(self._records, visitor, message_id):
            return json({"turn": None, "situation": self._situation(visitor), "desk": None})
        event = {"event": tag} if (tag := reach.tag_of(body_of(request).get("event"))) else None
        turn = take_turn(self._on_message, visitor, text, NAME, message_id, event)
        return await self._answered(visitor, message_id, turn)

    async def _visit(self, request: Request, visitor: str) -> HTTPResponse:  # noqa: ARG002
        """Somebody came by an event's code: counted, and nobody named."""
        sent = body_of(request)
        tag = reach.tag_of(sent.get("event"))
        if tag:
            reach.visited(self._records, tag, NAME, str(sent.get("topic")), today())
        return empty()

    async def _edit(self, request: Request, visitor: str) -> HTTPResponse:
        """A fact put right or taken out in 我的情况."""
        if attended(self._records, visitor):
            raise RefusedError(409, "desk_has_it")
        sent = body_of(request)
        edit = Edit(str(sent.get("fact")), sent.get("value"), str(sent.get("subject") or MYSELF))
        fact = knowledge().fact(edit.fact)
        if edit.value is not None:
            fact.parse(edit.value)
        message_id = id_of(request)
        turn = command(
            self._on_message,
            visitor,
            "/edit_fact",
            NAME,
            message_id,
            {"edit": {"fact": edit.fact, "value": edit.value, "subject": edit.subject}},
        )
        return await self._answered(visitor, message_id, turn)

    async def _answered(
        self, visitor: str, message_id: str, turn: Coroutine[Any, Any, Any]
    ) -> HTTPResponse:
        """Run a turn, or join or find the one that this message was sent for before."""
        if self._told(visitor, message_id):
            turn.close()
        else:
            await self._running.take((visitor, message_id), turn)
        told = self._told(visitor, message_id)
        if told is None:
            raise RefusedError(503, "not_kept")
        return json(
            {
                "turn": shown.turn(told),
                "situation": self._situation(visitor),
                "desk": self._desk(visitor, LAST),
            }
        )

    def _told(self, visitor: str, message_id: str) -> Said | None:
        recent = self._conversations.transcript(visitor, RECENT)
        return next((said for said in recent if said.message_id == message_id), None)

    async def _useful(self, request: Request, visitor: str) -> HTTPResponse:
        """有用 or 没用, of one answer."""
        sent = body_of(request)
        told = self._told(visitor, str(sent.get("turn")))
        if told is None or not isinstance(sent.get("useful"), bool):
            raise RefusedError(400, "not_understood")
        provisions = [p for r in told.replies for p in r.get("custom", {}).get("provisions", ())]
        rate_answer(
            self._records, visitor, NAME, told.message_id, provisions, useful=sent["useful"]
        )
        return empty()

    async def _satisfaction(self, request: Request, visitor: str) -> HTTPResponse:
        """Satisfaction with the conversation, 1 to 5, with a remark if one is made."""
        sent = body_of(request)
        score, remark = sent.get("score"), str(sent.get("remark") or "")
        if type(score) is not int:
            raise RefusedError(400, "not_understood")
        rate_conversation(self._records, visitor, NAME, score, mask(remark[:LONGEST_MESSAGE]))
        return empty()

    async def _contact(self, request: Request, visitor: str) -> HTTPResponse:
        """A number to call back, left for the person who takes the ticket."""
        ticket = tickets.unclosed(self._records, visitor)
        if ticket is None:
            raise RefusedError(409, "contact_late")
        return json({"contact": self._contacts.leave(ticket, text_of(request, "number")[:40])})

    async def _forget(self, request: Request, visitor: str) -> HTTPResponse:  # noqa: ARG002
        """清除我的记录: nothing of this visitor stays, the id included."""
        await self._running.finished(visitor)
        self._conversations.forget(visitor)
        retention.forget(self._records, visitor)
        fresh = self._visitors.new()
        response = json({"turns": [], "situation": self._situation(fresh), "desk": NO_DESK})
        self._visitors.remember(response, fresh)
        return response

    def _situation(self, visitor: str) -> dict[str, Any]:
        kb = knowledge()
        state = read_state(self._conversations.slots(visitor), kb.registry)
        return situation(kb, state, today())


WRITING: dict[str, Handler] = {
    "/say": WebChannel._say,
    "/visit": WebChannel._visit,
    "/edit": WebChannel._edit,
    "/useful": WebChannel._useful,
    "/satisfaction": WebChannel._satisfaction,
    "/contact": WebChannel._contact,
    "/forget": WebChannel._forget,
}
