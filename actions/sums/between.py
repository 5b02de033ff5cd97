"""Differences: between the two classes of hires, between an old figure and the new one."""

from __future__ import annotations

import re
from decimal import Decimal

from actions.reply import Reply
from actions.sums.telling import MONTHS, known_facts, named, sum_reply
from actions.texts import say
from actions.turn import Turn
from policy_kb.amounts import names_in
from policy_kb.explain import money
from policy_kb.facts import plain
from policy_kb.model import Figure, Provision

APART = re.compile(
    r"相差|比[^，。？]{2,16}[多少高低](?:多少|几)|差(?:了|着|出)?(?:多少|几|多大|啥)|差(?:距|额|价)|(?:能|可以|会)?[多少](?:出|抵|扣|减|省|给|交)(?:来|了)?(?:多少|几)|[多少]多少|比[^，。？]{2,16}[多少](?:抵|扣|减|省)?(?:多少|几)"
)
RAISED = re.compile(
    r"(?:提高|涨|增加|上调|提升|调高|加)(?:了|出|出来)?(?:多少|几)|(?:比|和|跟)(?:原来|以前|过去|老|之前|原先)[^，。？]{0,10}(?:多|高|差|加|涨)[^，。？]{0,6}(?:多少|几)"
)


def apart(turn: Turn, provision: Provision) -> Reply | None:
    """How far two figures of this provision are apart, if that is asked."""
    classes = [f for f in provision.figures if f.said and re.search(f.said, turn.text)]
    if len(classes) == 2 and APART.search(turn.text):
        return _of_classes(turn, provision, *classes)
    money_figures = [f for f in provision.figures if f.unit.startswith("元") and not f.said]
    if len(money_figures) == 2 and RAISED.search(turn.text):
        high, low = sorted(money_figures, key=lambda f: -f.value)
        return difference(provision, high, low, Decimal(1), 1)
    return None


def _of_classes(turn: Turn, provision: Provision, first: Figure, second: Figure) -> Reply | None:
    """One hire (or as many of each as told) of either class, in a year or over all years."""
    rule = provision.amount
    known = known_facts(turn)
    counts = [known.get(n) for f in (rule.formulas if rule else ()) for n in names_in(f.text)]
    told = [count for count in counts if isinstance(count, Decimal) and count > 0]
    if len(set(told)) > 1:
        return None  # of different numbers the amounts themselves are asked
    people = [i.value for i in turn.loose if i.kind in ("people", "count") and i.value != 2]
    count = next(iter(told or [p for p in people if isinstance(p, Decimal)]), Decimal(1))
    years = rule.years if rule and _over_years(turn, rule.years) else 1
    high, low = sorted((first, second), key=lambda f: -f.value)
    return difference(provision, high, low, count, years)


def _over_years(turn: Turn, years: int) -> bool:
    return any(item.kind == "months" and item.value == years * MONTHS for item in turn.numbers)


def difference(
    provision: Provision, high: Figure, low: Figure, count: Decimal, years: int
) -> Reply:
    """How far two figures are apart, for so many of each and so many years."""
    one = high.value - low.value
    total = one * count * years
    working = f"{plain(high.value)}－{plain(low.value)}"
    if count != 1 or years != 1:
        working = f"（{working}）"
        working += f"×{plain(count)}" if count != 1 else ""
        working += f"×{years}" if years != 1 else ""
    unit = high.unit.partition("/")[0]
    unit += "/年" if years == 1 and "/" in high.unit else ""
    text = say(
        "apart", **named(provision), high=high.name, low=low.name,
        high_worth=money(high.value, high.unit), low_worth=money(low.value, low.unit),
        over=f"{years}年合计" if years > 1 else "",
        people=f"各{plain(count)}人" if count != 1 else "", total=money(total, unit), working=working,
    )  # fmt: skip
    return sum_reply(provision, [text], high.value, low.value, total, str(years), plain(count))
