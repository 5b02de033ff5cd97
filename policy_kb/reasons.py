"""Why a verdict stands: one reason for each requirement, remembered by the facts it looks at.

Most people share most of their facts, and a requirement looks at one or two of them: its reason
is worked out once for each combination of their values.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from policy_kb.conditions import Check, Every, Node, Some, evaluate
from policy_kb.dates import WindowState
from policy_kb.facts import Facts, Value, plain
from policy_kb.model import Knowledge, Provision
from policy_kb.result import Reason
from policy_kb.truth import Truth

REMEMBERED = 1 << 15

STANDING = {Truth.YES: "met", Truth.NO: "not_met", Truth.UNKNOWN: "open"}
STANDING_IN_TIME = {
    WindowState.IN_FORCE: "met",
    WindowState.RUNNING_ON: "met",
    WindowState.EVENT_NEEDED: "open",
    WindowState.TO_CONFIRM: "department",
}


def requirements(kb: Knowledge, provision: Provision, known: Facts) -> tuple[Reason, ...]:
    """One reason for each requirement, in order."""
    get, provision_id = known.get, provision.id
    return tuple(
        [
            _remembered(kb, provision_id, index, tuple([get(fact) for fact in facts]))
            for index, facts in enumerate(_looked_at(kb, provision_id))
        ]
    )


def decided(reasons: tuple[Reason, ...]) -> bool | None:
    """Whether all requirements hold; None while one is open and none has failed."""
    statuses = [reason.status for reason in reasons]
    if "not_met" in statuses:
        return False
    return None if "open" in statuses or "department" in statuses else True


def further(
    kb: Knowledge, provision: Provision, known: Facts, window: WindowState
) -> tuple[Reason, ...]:
    """The window, where there is one, and what is left to other rules."""
    outside = _left_to_others(kb, provision.id)
    if provision.window.start or provision.window.end:
        return (_window_reason(kb, provision, window, known), *outside)
    return outside


@lru_cache(maxsize=1024)
def _left_to_others(kb: Knowledge, provision_id: str) -> tuple[Reason, ...]:
    return tuple(Reason("outside", outside) for outside in kb[provision_id].discretion)


@lru_cache(maxsize=1024)
def _looked_at(kb: Knowledge, provision_id: str) -> tuple[tuple[str, ...], ...]:
    """For each requirement the facts that can change its reason: a share's parts as well."""
    facts = kb.registry.facts
    return tuple(
        tuple(dict.fromkeys(base for fact in used for base in (fact, *(facts[fact].ratio or ()))))
        for used in kb[provision_id].facts_by_part
    )


@lru_cache(maxsize=REMEMBERED)
def _remembered(
    kb: Knowledge, provision_id: str, index: int, values: tuple[Value | None, ...]
) -> Reason:
    provision = kb[provision_id]
    looked_at = _looked_at(kb, provision_id)[index]
    known = {f: v for f, v in zip(looked_at, values, strict=True) if v is not None}
    return _reason(kb, provision.conditions.parts[index], provision.facts_by_part[index], known)


def _reason(kb: Knowledge, part: Node, facts: tuple[str, ...], known: Facts) -> Reason:
    status = STANDING[evaluate(part, known)]
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
