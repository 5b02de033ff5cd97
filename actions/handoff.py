"""A person is needed: the request is kept as a ticket before the citizen is told so."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timezone

from sqlalchemy.exc import SQLAlchemyError

from actions.elsewhere import problem_of
from actions.records.store import records
from actions.records.tickets import open_ticket
from actions.reply import Reply, joined
from actions.service_hours import hours, hours_text, staffed
from actions.texts import say
from actions.turn import Turn
from actions.urgent import urgent_kind

logger = logging.getLogger(__name__)

URGENT = ("distress", "wage", "fraud", "unrest")
"""Reasons that go before all others at the desk."""


def reason_of(turn: Turn, reply: Reply) -> str:
    """distress | human | wage | fraud | unrest | dispute | booking | not_understood."""
    kind = urgent_kind(turn.text)
    if kind == "human" and problem_of(turn.text) in URGENT:
        return problem_of(turn.text)
    if kind in ("distress", "human"):
        return kind
    if turn.state.mode == "booking" or "18.3" in reply.provisions:
        return "booking"
    return problem_of(turn.text) if reply.provisions else kind or "not_understood"


def registered(turn: Turn, reply: Reply, sender: str, channel: str) -> Reply:
    """The reply once its ticket is kept; where that fails, the numbers to call instead."""
    reason = reason_of(turn, reply)
    try:
        open_ticket(records(), sender, channel, reason, urgent=reason in URGENT)
    except SQLAlchemyError:
        logger.exception("no ticket could be opened for %s", sender)
        return replace(reply, text=joined([reply.text, say("handoff_failed")]))
    if not staffed(hours(), datetime.now(timezone.utc)):
        closed = say("handoff_closed", hours=hours_text(hours()))
        return replace(reply, text=joined([reply.text, closed]))
    return reply
