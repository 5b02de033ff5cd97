"""Decide one provision for one set of facts on one day, with reasons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from policy_kb.amounts import INFINITY, Amount, Operand, compute, is_limit, names_in, working
from policy_kb.conditions import Check, Every, Node, Residual, Some, checks, evaluate, settle
from policy_kb.dates import Span, WindowState
from policy_kb.facts import Facts, Value, plain
from policy_kb.model import Formula, Knowledge, Provision
from policy_kb.result import Reason, Result, Verdict
from policy_kb.truth import Truth

CLOSED = {
    WindowState.EXPIRED: Verdict.EXPIRED,
    WindowState.NOT_STARTED: Verdict.NOT_STARTED,
    WindowState.BEFORE_WINDOW: Verdict.INELIGIBLE,
    WindowState.EVENT_NEEDED: Verdict.UNKNOWN,
    WindowState.TO_CONFIRM: Verdict.UNKNOWN,
}

STANDING = {Truth.YES: "met", Truth.NO: "not_met", Truth.UNKNOWN: "open"}
STANDING_IN_TIME = {
    WindowState.IN_FORCE: "met",
    WindowState.RUNNING_ON: "met",
    WindowState.EVENT_NEEDED: "open",
    WindowState.TO_CONFIRM: "department",
}


def decide(kb: Knowledge, provision_id: str, stated: Facts, as_of: date) -> Result:
    """The verdict, amount, reasons and missing facts for one provision.

    A window decides after the person: who could not qualify on any date is ineligible; where
    the window is closed and the known facts leave it possible, expired (readings.md, Further).
    """
    return decide_known(kb, kb[provision_id], known_facts(kb, stated, as_of), as_of)


def known_facts(kb: Knowledge, stated: Facts, as_of: date) -> dict[str, Value]:
    """What was stated, what follows from it, and the district's parameters of the day."""
    known = kb.registry.resolve(stated)
    for fact_id, value in kb.district.values(as_of).items():
        known.setdefault(fact_id, value)
    return known


def decide_known(kb: Knowledge, provision: Provision, known: Facts, as_of: date) -> Result:
    """As `decide`, with the facts already resolved: for many provisions at once.

    Most facts bear on few provisions; the others come out as for somebody unknown.
    """
    if bearing_facts(kb, provision.id).isdisjoint(known):
        return _about_nobody(kb, provision.id, as_of)
    return _decide(kb, provision.amended(as_of), known, as_of)


@lru_cache(maxsize=1024)
def bearing_facts(kb: Knowledge, provision_id: str) -> frozenset[str]:
    """Whatever can bear on a provision: the facts it uses, and the parts of its shares."""
    facts = kb.registry.facts
    used = kb[provision_id].facts_used & facts.keys()
    return frozenset(base for fact in used for base in (fact, *(facts[fact].ratio or ())))


@lru_cache(maxsize=1024)
def _about_nobody(kb: Knowledge, provision_id: str, as_of: date) -> Result:
    return _decide(kb, kb[provision_id].amended(as_of), {}, as_of)


def _decide(kb: Knowledge, provision: Provision, known: Facts, as_of: date) -> Result:
    rest = settle(provision.conditions, known, kb.registry)
    event = event_of(provision, known)
    window = provision.window.state(as_of, event)
    verdict = _verdict(rest, window)
    return Result(
        provision=provision.id,
        verdict=verdict,
        amount=amount_of(kb, provision, known),
        missing=_missing(kb, provision, rest, window, known) if verdict is Verdict.UNKNOWN else (),
        reasons=tuple(_reasons(kb, provision, known, window)),
        articles=provision.articles,
        valid_until=provision.window.valid_until(event),
        as_of=as_of,
        kb_version=kb.version,
        window=window,
        presumed=_presumed(provision, known, verdict),
        documents=tuple(a.document for a in provision.in_force_amendments(as_of)),
    )


def event_of(provision: Provision, known: Facts) -> Span | None:
    """The date of the event that the window restricts, if it is known."""
    value = known.get(provision.window.event or "")
    return value if isinstance(value, Span) else None


def _verdict(rest: Residual, window: WindowState) -> Verdict:
    if rest is False:
        return Verdict.INELIGIBLE
    if window in CLOSED:
        return CLOSED[window]
    return Verdict.ELIGIBLE if rest is True else Verdict.UNKNOWN


def _missing(
    kb: Knowledge, provision: Provision, rest: Residual, window: WindowState, known: Facts
) -> tuple[str, ...]:
    """Facts that people can be asked for and that can still change the verdict."""
    wanted = [] if isinstance(rest, bool) else [check.fact for check in checks(rest)]
    if window is WindowState.EVENT_NEEDED and provision.window.event:
        wanted.append(provision.window.event)
    return kb.registry.askable(wanted, known)


def _presumed(provision: Provision, known: Facts, verdict: Verdict) -> tuple[str, ...]:
    named = [c.fact for c in provision.checks() if c.named and c.fact not in known]
    event = provision.window.event
    if event and event not in known and verdict is not Verdict.UNKNOWN:
        named.append(event)
    return tuple(dict.fromkeys(named))


def _reasons(
    kb: Knowledge, provision: Provision, known: Facts, window: WindowState
) -> Iterable[Reason]:
    for part, facts in zip(provision.conditions.parts, provision.facts_by_part, strict=True):
        yield _reason(kb, part, facts, known)
    if provision.window.start or provision.window.end:
        yield _window_reason(kb, provision, window, known)
    for outside in provision.discretion:
        yield Reason("outside", outside)


def _reason(kb: Knowledge, part: Node, facts: tuple[str, ...], known: Facts) -> Reason:
    truth = evaluate(part, known)
    status = STANDING[truth]
    if isinstance(part, Check) and part.named and part.fact not in known:
        status = "presumed"
    elif status == "open" and not kb.registry.askable(facts, known):
        status = "department"
    because = "，".join(describe(kb, fact, known) for fact in facts if fact in known)
    return Reason(status, says(part), facts, because)


def describe(kb: Knowledge, fact_id: str, known: Facts) -> str:
    """A known fact in words, a share with its working: 裁员占…的比例7÷64＝10.94%."""
    fact, value = kb.registry[fact_id], known[fact_id]
    if fact.ratio and isinstance(value, Decimal):
        part, whole = (known.get(name) for name in fact.ratio)
        if isinstance(part, Decimal) and isinstance(whole, Decimal):
            return f"{fact.name}{plain(part)}÷{plain(whole)}{percent_label(value)}"
        return f"{fact.name}{plain(_cents(value))}%"
    if fact.type in ("bool", "choice"):
        return fact.label(value)
    return f"{fact.name}{fact.label(value)}"


def percent_label(value: Decimal) -> str:
    """＝27.5% or, where two decimals do not say it all, ≈10.94%."""
    rounded = _cents(value)
    return f"{'＝' if rounded == value else '≈'}{plain(rounded)}%"


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))


def says(node: Node) -> str:
    """The requirement in words; made from its parts where the data gives none."""
    if node.says or isinstance(node, Check):
        return node.says
    if isinstance(node, Every | Some):
        joiner = "，或者" if isinstance(node, Some) else "，并且"
        return joiner.join(says(part) for part in node.parts)
    return f"没有{says(node.part)}"


def _window_reason(
    kb: Knowledge, provision: Provision, window: WindowState, known: Facts
) -> Reason:
    status = STANDING_IN_TIME.get(window, "not_met")
    event = provision.window.event
    presumed = event and event not in known and window is WindowState.IN_FORCE
    because = describe(kb, event, known) if event and event in known else ""
    return Reason(
        "presumed" if presumed else status, f"window:{window.value}", (event or "",), because
    )


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


def _computed(kb: Knowledge, provision: Provision, formula: Formula, known: Facts) -> Amount | None:
    rule = provision.amount
    assert rule is not None
    operands = {name: _operand(kb, provision, name, known) for name in names_in(formula.text)}
    interval = compute(formula.text, operands)
    if interval.high == INFINITY:
        return None
    value = interval.high
    terms = working(formula.text, operands)
    years = rule.years
    settled = interval.complete and is_limit(formula.text)  # the smaller of two known numbers
    at_most = not interval.exact  # with something unknown, the most it can come to
    return Amount(
        unit=formula.unit,
        value=value,
        text=rule.text,
        is_cap=at_most or (formula.cap and not settled),
        working=terms,
        total=value * years if years else None,
        years=years,
        label=formula.label,
        note=rule.note,
    )


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
    group = kb.registry[name].group
    partners = set(group) | {f.id for f in kb.registry.facts.values() if name in f.group}
    return any(partner in known for partner in partners)
