"""Sums beside the amount itself, in the order in which they are looked for."""

from __future__ import annotations

from actions.reply import Reply
from actions.sums.back import back
from actions.sums.between import apart
from actions.sums.charges import charged, charged_on
from actions.sums.counts import counted, more, offset
from actions.sums.goals import of_goals
from actions.sums.limits import before_limit, limited, one_for_each
from actions.sums.short_of import short_of
from actions.sums.side_by_side import each_amount, rivals
from actions.turn import Turn
from policy_kb.model import Provision

KINDS = (
    of_goals, before_limit, back, more, counted, rivals, apart, short_of, limited, charged, each_amount,
)  # fmt: skip
"""Each answers its own kind of question, and leaves all others."""

ELSEWHERE = (before_limit, back, one_for_each, offset, charged_on)
"""Sums told by their numbers, whatever provision the words resemble most."""

RESEMBLED = 0.15
"""Score from which a sum may be worked back by a provision that the message does not name."""


def reckon(turn: Turn, provision: Provision) -> Reply | None:
    """The answer to an inverse question or one about a sum over this provision, if it is one."""
    provision = provision.amended(turn.as_of)
    for kind in KINDS:
        reply = kind(turn, provision)
        if reply:
            return reply
    return None


def reckon_any(turn: Turn, ids: list[str]) -> Reply | None:
    """The sum asked for, by the first of these provisions that can tell it."""
    found = (reckon(turn, turn.kb[provision]) for provision in dict.fromkeys(ids))
    reply = next((reply for reply in found if reply), None)
    if reply is None and ids:
        near = (p for p, score in turn.links if p and p not in ids and score >= RESEMBLED)
        others = [turn.kb[p].amended(turn.as_of) for p in near]
        if any(_charges(turn.kb[p]) for p in ids):
            others = [p for p in others if not _charges(p)]  # it knows better which is meant
        found = (kind(turn, p) for p in others for kind in ELSEWHERE)
        reply = next((reply for reply in found if reply), None)
    return reply


def _charges(provision: Provision) -> bool:
    return bool(provision.amount and provision.amount.charge)
