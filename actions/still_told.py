"""A number that a formula still lacks, where the message holds just one that it can be."""

from __future__ import annotations

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
    registry = turn.kb.registry
    known = {**state.facts, **turn.facts}
    figures = {figure.value for figure in provision.figures if figure.unit == "%"}
    for formula in provision.amount.formulas if provision.amount else ():
        missing = [n for n in names_in(formula.text) if n in registry.facts and n not in known]
        if len(missing) != 1:
            continue
        fact = registry[missing[0]]
        kinds = KINDS.get("%" if fact.type == "percent" else fact.unit, ())
        fitting = [i for i in turn.loose if i.kind in kinds and i.value not in figures]
        if len(fitting) == 1:
            try:
                return {fact.id: fact.parse(fitting[0].in_unit(fact.unit))}
            except FactError:
                continue
    return {}
