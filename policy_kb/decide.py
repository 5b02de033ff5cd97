"""Decide one provision for one set of facts on one day, with reasons."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from policy_kb.conditions import Residual, checks, settle
from policy_kb.dates import Span, WindowState
from policy_kb.facts import Facts, Value
from policy_kb.model import Knowledge, Provision
from policy_kb.reasons import decided, further, requirements
from policy_kb.result import Result, Verdict
from policy_kb.worth import amount_on

CLOSED = {
    WindowState.EXPIRED: Verdict.EXPIRED,
    WindowState.NOT_STARTED: Verdict.NOT_STARTED,
    WindowState.BEFORE_WINDOW: Verdict.INELIGIBLE,
    WindowState.EVENT_NEEDED: Verdict.UNKNOWN,
    WindowState.TO_CONFIRM: Verdict.UNKNOWN,
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
    reasons = requirements(kb, provision, known)
    rest: Residual | None = decided(reasons)
    if rest is None:
        rest = settle(provision.conditions, known, kb.registry)
    event = event_of(provision, known)
    window = provision.window.state(as_of, event)
    verdict = _verdict(rest, window)
    return Result(
        provision=provision.id,
        verdict=verdict,
        amount=amount_on(kb, provision, known, as_of),
        missing=_missing(kb, provision, rest, window, known) if verdict is Verdict.UNKNOWN else (),
        reasons=reasons + further(kb, provision, known, window),
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
    named = [fact for fact in provision.named_facts if fact not in known]
    event = provision.window.event
    if event and event not in known and verdict is not Verdict.UNKNOWN:
        named.append(event)
    return tuple(dict.fromkeys(named))
