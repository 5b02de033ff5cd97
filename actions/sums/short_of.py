"""How much longer until a time that the plan demands: insured for 10 months where it asks for 12."""

from __future__ import annotations

import re
from decimal import Decimal

from actions.reply import Reply
from actions.sums.telling import known_facts, named, quantity, sum_reply, terms
from actions.texts import say
from actions.turn import Turn
from policy_kb.facts import plain
from policy_kb.model import Provision

STILL = re.compile(
    r"(?:还|再)(?:差|要|得|需|等|缺)[^，。？]{0,6}(?:多少|几|多久|多长)|差(?:多少|几|多久|多长)"
)


def short_of(turn: Turn, provision: Provision) -> Reply | None:
    """参保10个月，还差几个月: how much longer until a time that the plan demands."""
    known = known_facts(turn)
    for check in provision.checks() if STILL.search(turn.text) else ():
        fact, value = turn.kb.fact(check.fact), known.get(check.fact)
        if fact.unit in ("个月", "天", "年") and check.minimum and isinstance(value, Decimal):
            rest = max(check.minimum - value, Decimal(0))
            text = say(
                "short_of", **named(provision), says=check.says, had=quantity(fact, value),
                rest=quantity(fact, rest), working=f"{plain(check.minimum)}－{plain(value)}",
            )  # fmt: skip
            return sum_reply(provision, [text, terms(provision)], value, rest, check.minimum)
    return None
