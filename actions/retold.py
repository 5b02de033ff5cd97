"""A number put right without its noun: 不是15，是17个 is of the fact that was told as 15.

What was said first is known by its digits; where it was said in words, by being the only number
told before that nobody is asked for now.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from decimal import Decimal

from actions.answers import COMPATIBLE
from actions.loose import Loose
from policy_kb.errors import FactError
from policy_kb.facts import Registry, Value

RETOLD = re.compile(
    r"(?:不是|并非|不止)(?P<old>[^，。！？；不]{1,8})，?(?:了)?，?(?:而|应该|现在|变成|改成)?是(?P<new>[^，。！？；]{1,10})"
    r"|(?:从|由)?(?P<from>[^，。！？；]{1,6})(?:改成|改为|变成|加到|减到)(?P<to>[^，。！？；]{1,10})"
)
DIGITS = re.compile(r"\d+(?:\.\d+)?")
SCALE = {"万": 10**4, "千": 1000, "百": 100, "亿": 10**8}


def retold(
    text: str,
    facts: Mapping[str, Value],
    loose: Sequence[Loose],
    taken: Set[str],
    registry: Registry,
) -> tuple[dict[str, Value], Loose | None]:
    """The fact put right and the number that puts it right; {} and None where none is.

    `taken` are the facts asked for now or told in the message itself.
    """
    match = RETOLD.search(text)
    numbers = [item for item in loose if item.kind != "date"]
    if not match or not numbers:
        return {}, None
    new = _number(match["new"] or match["to"])
    item = next((n for n in numbers if n.value == new), numbers[-1])
    old = _number(match["old"] or match["from"])
    fitting = [
        fact_id
        for fact_id, value in facts.items()
        if registry[fact_id].numeric
        and item.kind in COMPATIBLE.get(registry[fact_id].type, ())
        and (value == old if old is not None else fact_id not in taken)
    ]
    if len(fitting) != 1:
        return {}, None
    fact = registry[fitting[0]]
    try:
        return {fact.id: fact.parse(item.in_unit(fact.unit))}, item
    except FactError:
        return {}, None


def _number(said: str) -> Decimal | None:
    """The number told in digits, 万 and the like counted in; None where it is in words."""
    match = DIGITS.search(said)
    if not match:
        return None
    return Decimal(match.group()) * SCALE.get(said[match.end() : match.end() + 1], 1)
