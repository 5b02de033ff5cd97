"""Sums beside the amount itself, in the order in which they are looked for."""

from __future__ import annotations

from actions.reply import Reply
from actions.sums.back import back
from actions.sums.between import apart
from actions.sums.charges import charged
from actions.sums.counts import counted
from actions.sums.goals import of_goals
from actions.sums.limits import limited
from actions.sums.short_of import short_of
from actions.sums.side_by_side import each_amount, rivals
from actions.turn import Turn
from policy_kb.model import Provision

KINDS = (of_goals, back, counted, rivals, apart, short_of, limited, charged, each_amount)
"""Each answers its own kind of question, and leaves all others."""


def reckon(turn: Turn, provision: Provision) -> Reply | None:
    """The answer to an inverse question or one about a sum over this provision, if it is one."""
    provision = provision.amended(turn.as_of)
    for kind in KINDS:
        reply = kind(turn, provision)
        if reply:
            return reply
    return None
