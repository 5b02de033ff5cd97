"""Four-send in conversation: where a message orders material or books a visit, or goes on with it."""

from __future__ import annotations

from dataclasses import replace

from actions.about import Response
from actions.focus import NAMED, outside
from actions.publicity import booking_talk, ordering
from actions.turn import Turn

MODES = (ordering.MODE, booking_talk.MODE)
LEAVING = ("start_over", "handoff", "distress", "report_problem")
TRUSTED = 0.6


def talk(turn: Turn) -> Response | None:
    """The answer, or None where the message is about something else."""
    if booking_talk.CANCEL.search(turn.text):
        return booking_talk.cancel_booking(turn)
    if ordering.wants_material(turn.text):
        return ordering.order_material(turn)
    if turn.state.mode in MODES and not _leaves(turn):
        if turn.state.mode == ordering.MODE:
            return ordering.continue_order(turn)
        return booking_talk.continue_booking(turn)
    return None


def _leaves(turn: Turn) -> bool:
    """Whether a message turns to something else: a question of policy, a person, a new start."""
    if turn.act in LEAVING and turn.confidence >= TRUSTED:
        return True
    asks = bool(turn.aspects) or "？" in turn.text
    named = bool(turn.links) and turn.links[0][1] >= NAMED and not outside(turn)
    return asks and named


def left(turn: Turn) -> Turn:
    """The turn with nothing of an order or a visit open any more."""
    if turn.state.mode not in MODES:
        return turn
    return replace(turn, state=replace(turn.state.done(), last={}))
