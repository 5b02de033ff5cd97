"""What a provision is worth for these facts, as far as they give it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from policy_kb.amounts import (
    INFINITY,
    Amount,
    Interval,
    Operand,
    compute,
    is_limit,
    names_in,
    working,
)
from policy_kb.facts import Facts, Value, plain
from policy_kb.model import Formula, Knowledge, Provision

REMEMBERED = 1 << 15


def amount_on(kb: Knowledge, provision: Provision, known: Facts, as_of: date) -> Amount | None:
    """As `amount_of` for the provision as amended on a day, remembered by the facts it uses."""
    if provision.amount is None:
        return None
    values = tuple([known.get(fact) for fact in _operands(kb, provision.id)])
    return _remembered(kb, provision.id, as_of, values)


@lru_cache(maxsize=1024)
def _operands(kb: Knowledge, provision_id: str) -> tuple[str, ...]:
    """The facts that its formulas use, and those asked in the same breath."""
    rule = kb[provision_id].amount
    names = {name for formula in (rule.formulas if rule else ()) for name in names_in(formula.text)}
    facts = names & kb.registry.facts.keys()
    return tuple(sorted(facts.union(*(_partners(kb, fact) for fact in facts))))


@lru_cache(maxsize=REMEMBERED)
def _remembered(
    kb: Knowledge, provision_id: str, as_of: date, values: tuple[Value | None, ...]
) -> Amount | None:
    operands = zip(_operands(kb, provision_id), values, strict=True)
    known = {fact: value for fact, value in operands if value is not None}
    return amount_of(kb, kb[provision_id].amended(as_of), known)


def amount_of(kb: Knowledge, provision: Provision, known: Facts) -> Amount | None:
    """The amount as far as the facts give it; the first formula that can be computed counts."""
    rule = provision.amount
    if rule is None:
        return None
    symbolic = Amount(
        unit=rule.unit, text=rule.text, is_cap=rule.cap, label=rule.label, note=rule.note
    )
    for formula in rule.formulas:
        amount = _computed(kb, provision, formula, known)
        if amount:
            return amount
    return symbolic


def alternatives(kb: Knowledge, provision: Provision, known: Facts) -> list[Amount]:
    """The amount by each formula that can be computed exactly, ceilings apart."""
    formulas = provision.amount.formulas if provision.amount else ()
    found = [_computed(kb, provision, f, known) for f in formulas if not f.cap]
    return [amount for amount in found if amount and not amount.is_cap]


def _computed(kb: Knowledge, provision: Provision, formula: Formula, known: Facts) -> Amount | None:
    rule = provision.amount
    assert rule is not None
    operands = operands_of(kb, provision, formula.text, known)
    interval = compute(formula.text, operands)
    if interval.high == INFINITY:
        return None
    value = interval.high
    years = rule.years
    settled = interval.complete and is_limit(formula.text)  # the smaller of two known numbers
    at_most = not interval.exact  # with something unknown, the most it can come to
    return Amount(
        unit=formula.unit,
        value=value,
        text=rule.text,
        is_cap=at_most or (formula.cap and not settled),
        working=working(formula.text, operands),
        total=value * years if years else None,
        years=years,
        label=formula.label,
        note=rule.note,
    )


def computed(kb: Knowledge, provision: Provision, formula: str, known: Facts) -> Interval:
    """All values that a formula of this provision can take on these facts."""
    return compute(formula, operands_of(kb, provision, formula, known))


def operands_of(
    kb: Knowledge, provision: Provision, formula: str, known: Facts
) -> dict[str, Operand]:
    """What the names of a formula stand for: the provision's figures, and facts as far as known."""
    return {name: _operand(kb, provision, name, known) for name in names_in(formula)}


def _operand(kb: Knowledge, provision: Provision, name: str, known: Facts) -> Operand:
    for figure in provision.figures:
        if figure.id == name:
            return Operand(figure.factor, figure.shown)
    fact = kb.registry[name]
    value: Value | None = known.get(name)
    if value is None and fact.unsaid is not None and _partner_said(kb, name, known):
        value = fact.unsaid
    if not isinstance(value, Decimal):
        return Operand(None, fact.name)
    if fact.type == "percent":
        return Operand(value / 100, f"{plain(value)}%")
    return Operand(value, plain(value))


def _partner_said(kb: Knowledge, name: str, known: Facts) -> bool:
    """Whether a fact that is asked in the same breath was said (退役士兵2人 leaves the rest 0)."""
    return any(partner in known for partner in _partners(kb, name))


@lru_cache(maxsize=1024)
def _partners(kb: Knowledge, name: str) -> frozenset[str]:
    """The facts asked in the same breath as this one."""
    asking = {fact.id for fact in kb.registry.facts.values() if name in fact.group}
    return frozenset(asking.union(kb.registry[name].group))
