"""Four-send in conversation: where a message orders material or books a visit, or goes on with it."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.about import Response
from actions.focus import LIKELY, NAMED, outside
from actions.publicity import booking_talk, ordering
from actions.publicity.heard import topic_said
from actions.publicity.order_draft import wants_material
from actions.turn import Turn

MODES = (ordering.MODE, booking_talk.MODE)
QUESTION = re.compile(
    r"[？?]|[吗呢么]$|什么|啥|多少|怎么|咋|哪(?!天)|谁|几(?!号|点)|为何|能不能|可不可以|是不是"
)
LEAVING = ("start_over", "handoff", "distress", "report_problem", "thanks", "goodbye")
DROPPED = re.compile(r"^(?:算了|先不|不用了|不要了|不需要了|下次再说|回头再说)")
TRUSTED = 0.6


def talk(turn: Turn) -> Response | None:
    """The answer, or None where the message is about something else."""
    if booking_talk.CANCEL.search(turn.text):
        return booking_talk.cancel_booking(turn)
    if not turn.state.mode and ordering.wants_other_format(turn):
        return ordering.other_format(turn)
    if wants_material(turn.text):
        return ordering.order_material(turn)
    if turn.state.mode in MODES and not _leaves(turn):
        if turn.state.mode == ordering.MODE:
            return ordering.continue_order(turn)
        return booking_talk.continue_booking(turn)
    if not turn.state.mode and booking_talk.WISH.search(turn.text):
        return booking_talk.start_booking(turn, turn.state)
    return None


def _leaves(turn: Turn) -> bool:
    """Whether a message turns to something else: a question of policy, a person, a new start."""
    if (turn.act in LEAVING and turn.confidence >= TRUSTED) or DROPPED.match(turn.text):
        return True
    if not QUESTION.search(turn.text) or topic_said(turn.text) or outside(turn):
        return False
    asked = turn.act.startswith("ask_") and turn.act != "ask_publicity"
    enough = LIKELY if asked and turn.confidence >= TRUSTED else NAMED
    return bool(turn.links) and turn.links[0][1] >= enough


def left(turn: Turn) -> Turn:
    """The turn with nothing of an order or a visit open any more."""
    if turn.state.mode not in MODES:
        return turn
    return replace(turn, state=replace(turn.state.done(), last={}))
