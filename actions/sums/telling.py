"""How a sum is told: its sentence, its working, and the figures that it brings into the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from actions.reply import Reply, joined
from actions.texts import say
from actions.turn import Turn
from policy_kb.explain import department_line, money
from policy_kb.facts import Fact, Value, plain
from policy_kb.model import Figure, Provision
from policy_kb.reasons import says

LEAST_SUM = 100
"""A bare number from here up may be an amount of money; below it counts something."""

MONTHS = 12


def sum_reply(provision: Provision, lines: Sequence[str], *numbers: Decimal | str) -> Reply:
    """These lines about a provision; `numbers` are the figures computed, or texts of working."""
    figures = tuple(figure for number in numbers for figure in _figures(number))
    text = joined([*lines, department_line(provision), say("disclaimer")])
    return Reply(text, provisions=(provision.id,), figures=figures)


def _figures(number: Decimal | str) -> Iterator[str]:
    if isinstance(number, str):
        yield from re.findall(r"\d+(?:\.\d+)?", number)
        return
    rounded = number.quantize(Decimal("0.01"))
    yield from (plain(number), plain(rounded), plain(rounded / 10000))


def named(provision: Provision) -> dict[str, str]:
    """The provision as a sentence begins with it."""
    return {"name": provision.name, "citation": provision.citation}


def known_facts(turn: Turn) -> dict[str, Value]:
    """What is known so far, and what this message states."""
    return {**turn.state.facts, **turn.facts}


def sums_told(turn: Turn, loose_only: bool = True) -> list[Decimal]:
    """The amounts of money in the message, in the order said; a bare number may be one."""
    told = turn.loose if loose_only else turn.numbers
    return [item.value for item in told if isinstance(item.value, Decimal) and _is_sum(item)]


def _is_sum(item: object) -> bool:
    kind, value = item.kind, item.value  # type: ignore[attr-defined]
    return kind == "money" or (kind == "plain" and value >= LEAST_SUM)


def quantity(fact: Fact, value: Decimal) -> str:
    """A number of this fact in words: 75000元（7.5万元）, 4人, 4.35%; months stay months."""
    if fact.type == "money":
        return money(value, fact.unit.partition("/")[0])
    return fact.label(value)


def worth(figure: Figure) -> str:
    """A figure with its unit: 14400元/年, 18%."""
    return figure.shown if figure.unit == "%" else money(figure.value, figure.unit)


def figures_of(provision: Provision) -> Mapping[str, Figure]:
    """Its figures by id."""
    return {figure.id: figure for figure in provision.figures}


def terms(provision: Provision) -> str:
    """The conditions that go with any sum of this provision."""
    return say("reckoned_terms", terms="；".join(says(part) for part in provision.conditions.parts))
