"""A number that a formula still lacks, where the message holds just one that it can be."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from actions.state import State
from actions.turn import Turn
from policy_kb.amounts import names_in
from policy_kb.errors import FactError
from policy_kb.facts import Value
from policy_kb.model import Provision

KINDS = {"天": ("days",), "%": ("percent",)}
"""Durations and rates have one role in a formula; sums of money and people may have several."""


def still_told(turn: Turn, state: State, provision: Provision) -> dict[str, Value]:
    """低保线850，学18天呢: the days, when only they are missing and only they are loose."""
    facts, known = turn.kb.registry.facts, {**state.facts, **turn.facts}
    for formula in provision.amount.formulas if provision.amount else ():
        missing = [n for n in names_in(formula.text) if n in facts and n not in known]
        found = fitting(turn, provision, missing) if len(missing) == 1 else {}
        if found:
            return found
    return {}


def fitting(turn: Turn, provision: Provision, facts: Sequence[str]) -> dict[str, Value]:
    """Those of these facts for which the message holds just one loose number of their kind."""
    figures = {figure.value for figure in provision.figures if figure.unit == "%"}
    found: dict[str, Value] = {}
    for fact in (turn.kb.fact(name) for name in facts):
        kinds = KINDS.get("%" if fact.type == "percent" else fact.unit, ())
        numbers = [i for i in turn.loose if i.kind in kinds and i.value not in figures]
        if len(numbers) == 1:
            with suppress(FactError):
                found[fact.id] = fact.parse(numbers[0].in_unit(fact.unit))
    return found
