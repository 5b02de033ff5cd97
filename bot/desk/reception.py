"""The queue, and talking to a citizen: taken by one operator, given back, or closed with a result."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.knowledge import knowledge
from actions.records import talk as talks
from actions.records import tickets
from actions.records.audit import noted
from actions.records.contacts import Contacts
from actions.records.staff import ADMINISTRATOR, Operator
from actions.records.store import Records, now
from actions.records.tickets import CLOSED, Ticket
from actions.situation import situation
from actions.state import read_state
from bot.conversations import Conversations
from bot.desk.gate import RefusedError, body_of
from bot.desk.words import word, words
from bot.masking import LONGEST_MESSAGE
from bot.pages.words import word as page_word
from bot.relay import spoken
from policy_kb.clock import today

SHOWN = 100
"""Turns with the assistant that the operator sees."""


class Reception:
    """The calls of the hand-off page."""

    def __init__(self, records: Records, conversations: Conversations, contacts: Contacts) -> None:
        self._records, self._conversations, self._contacts = records, conversations, contacts

    async def queue(self, request: Request, operator: Operator) -> HTTPResponse:  # noqa: ARG002
        """Who waits, the urgent first, and who is being answered by whom."""
        return json(
            {
                "waiting": [self._entry(t) for t in tickets.waiting(self._records)],
                "taken": [self._entry(t) for t in tickets.taken(self._records)],
                "me": operator.name,
            }
        )

    async def view(self, request: Request, operator: Operator, number: int) -> HTTPResponse:
        """A ticket opened by somebody, which is recorded."""
        noted(self._records, operator.name, "view", f"ticket {self._ticket(number).id}")
        return await self.talk(request, operator, number)

    async def talk(self, request: Request, operator: Operator, number: int) -> HTTPResponse:  # noqa: ARG002
        """Everything said and known in a conversation; the same whoever asks, however often."""
        return json(self._told(self._ticket(number), operator))

    async def take(self, request: Request, operator: Operator, number: int) -> HTTPResponse:
        """Of two who take a ticket at once, the second is told."""
        ticket = self._ticket(number)
        if not tickets.take(self._records, number, operator.name):
            raise RefusedError(409, "take_busy")
        await self._tell(request, ticket, word("taken_told", name=operator.name))
        return json(self._told(self._ticket(number), operator))

    async def say(self, request: Request, operator: Operator, number: int) -> HTTPResponse:
        """A message to the citizen; sent again with its id it is not said twice."""
        ticket = self._mine(number, operator)
        text, message_id = self._text(request, "text"), str(body_of(request).get("id") or "")[:64]
        known = message_id and talks.told(self._records, ticket.sender, message_id)
        if not known:
            kept = talks.add(self._records, ticket, talks.OPERATOR, text, message_id, operator.name)
            noted(self._records, operator.name, "say", f"ticket {number}")
            await self._push(request, ticket, kept)
        return json(self._told(ticket, operator))

    async def give_back(self, request: Request, operator: Operator, number: int) -> HTTPResponse:
        """Into the queue again; the assistant answers meanwhile. An administrator may do it too."""
        ticket = self._mine(number, operator, also_administrator=True)
        if not tickets.give_back(self._records, number, ticket.operator or "", operator.name):
            raise RefusedError(409, "not_yours")
        await self._tell(request, ticket, word("give_back_told"))
        return json(self._told(self._ticket(number), operator))

    async def close(self, request: Request, operator: Operator, number: int) -> HTTPResponse:
        """Done, with a result that the citizen is told."""
        ticket = self._mine(number, operator)
        result = self._text(request, "result", "close_needs")
        if not tickets.close(self._records, number, operator.name, result):
            raise RefusedError(409, "not_yours")
        await self._tell(request, ticket, word("closed_told", result=result.rstrip("。")))
        return json(self._told(self._ticket(number), operator))

    async def reveal(self, request: Request, operator: Operator, number: int) -> HTTPResponse:  # noqa: ARG002
        """The whole number to call back, for who answers this citizen or administers the desk."""
        ticket = self._ticket(number)
        if ticket.operator != operator.name and operator.role != ADMINISTRATOR:
            raise RefusedError(403, "not_allowed")
        found = self._contacts.reveal(number, operator.name)
        if not found:
            raise RefusedError(404, "not_found")
        return json({"contact": found})

    def _ticket(self, number: int) -> Ticket:
        found = tickets.ticket(self._records, number)
        if found is None:
            raise RefusedError(404, "not_found")
        return found

    def _mine(self, number: int, operator: Operator, also_administrator: bool = False) -> Ticket:
        ticket = self._ticket(number)
        overruled = also_administrator and operator.role == ADMINISTRATOR
        if ticket.state != tickets.TAKEN or not (ticket.operator == operator.name or overruled):
            raise RefusedError(409, "not_yours")
        return ticket

    @staticmethod
    def _text(request: Request, name: str, key: str = "empty") -> str:
        raw = body_of(request).get(name)
        if not isinstance(raw, str) or not raw.strip():
            raise RefusedError(400, key)
        if len(raw) > LONGEST_MESSAGE:
            raise RefusedError(400, "too_long")
        return raw.strip()

    async def _tell(self, request: Request, ticket: Ticket, text: str) -> None:
        kept = talks.add(self._records, ticket, talks.NOTICE, text)
        await self._push(request, ticket, kept)

    async def _push(self, request: Request, ticket: Ticket, message: talks.Message) -> None:
        """Send at once where the channel can; else it waits for the citizen's next message."""
        inbox = getattr(request.app.ctx, "wechat", None) if ticket.channel == "wechat" else None
        if inbox is not None and await inbox.push(ticket.sender, spoken(message)):
            talks.delivered(self._records, (message.id,))

    def _entry(self, ticket: Ticket) -> dict[str, Any]:
        reasons, channels = words()["reasons"], words()["channels"]
        return {
            "number": ticket.id,
            "reason": reasons.get(ticket.reason, ticket.reason),
            "urgent": ticket.urgent,
            "channel": channels.get(ticket.channel, ticket.channel),
            "minutes": int((now() - ticket.opened).total_seconds() // 60),
            "state": ticket.state,
            "operator": ticket.operator or "",
        }

    def _told(self, ticket: Ticket, operator: Operator) -> dict[str, Any]:
        kb, slots = knowledge(), self._conversations.slots(ticket.sender)
        held = situation(kb, read_state(slots, kb.registry), today())
        waits = {m.id for m in talks.undelivered(self._records, ticket.sender)}
        return {
            **self._entry(ticket),
            "mine": ticket.state == tickets.TAKEN and ticket.operator == operator.name,
            "may_return": ticket.state == tickets.TAKEN
            and (ticket.operator == operator.name or operator.role == ADMINISTRATOR),
            "result": ticket.result if ticket.state == CLOSED else "",
            "contact": self._contacts.shown(ticket.id),
            "people": held["people"],
            "said": self._said(ticket, waits),
        }

    def _said(self, ticket: Ticket, waits: set[int]) -> list[dict[str, Any]]:
        """The assistant's turns and the desk's messages in the order of time."""
        lines: list[tuple[datetime, dict[str, Any]]] = []
        for turn in self._conversations.transcript(ticket.sender, SHOWN):
            said = word_of(turn.said)
            lines.append((turn.time, {"id": f"t{turn.message_id}", "by": "citizen", "text": said}))
            told = "\n".join(reply.get("text", "") for reply in turn.replies)
            if told:
                entry = {"id": f"a{turn.message_id}", "by": "assistant", "text": told}
                lines.append((turn.time, entry))
        for message in talks.since(self._records, ticket.sender):
            entry = {
                "id": f"m{message.id}",
                "by": message.speaker,
                "name": message.name,
                "text": message.text,
                "waits": ticket.channel == "wechat" and message.id in waits,
            }
            lines.append((message.at.replace(tzinfo=timezone.utc), entry))
        lines.sort(key=lambda line: line[0])
        return [{**entry, "time": at.isoformat(timespec="seconds")} for at, entry in lines]


def word_of(said: str) -> str:
    """What a citizen said; a payload of a page's own making is told in words."""
    return page_word("edited") if said.startswith("/") else said
