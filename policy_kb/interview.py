"""Which question next (下一个问题): the one that decides most, asked only if it can decide.

For one provision the expected number of further questions is computed exactly, representative
values taken as equally likely; over many provisions one step ahead, by how many each closes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product

from policy_kb.conditions import (
    CACHE_SIZE,
    Check,
    Every,
    Node,
    Residual,
    Some,
    Unless,
    checks,
    representatives,
    settle,
)
from policy_kb.dates import WindowState
from policy_kb.decide import decide, event_of
from policy_kb.facts import Facts, Registry
from policy_kb.model import Knowledge
from policy_kb.result import Verdict
from policy_kb.truth import Truth, all_of, any_of

Declined = frozenset[str]
ASKABLE_STATES = (WindowState.IN_FORCE, WindowState.RUNNING_ON)


@dataclass(frozen=True)
class Question:
    """What to ask: the facts that one question covers, first the one that words it."""

    facts: tuple[str, ...]
    decides: tuple[str, ...]  # the provisions it can still change


def next_question(
    kb: Knowledge,
    provision_id: str,
    stated: Facts,
    as_of: date,
    declined: Declined = frozenset(),
) -> Question | None:
    """The question with the fewest expected questions after it; None if none can decide.

    `declined` are facts the person does not know; they are not asked again.
    """
    result = decide(kb, provision_id, stated, as_of)
    if result.verdict is not Verdict.UNKNOWN:
        return None
    provision = kb[provision_id]
    event = provision.window.event
    if result.window is WindowState.EVENT_NEEDED and event in result.missing:
        return Question((event,), (provision_id,)) if event not in declined else None
    rest = settle(provision.conditions, kb.registry.resolve(stated), kb.registry)
    if isinstance(rest, bool):
        return None
    questions = question_dimensions(rest, kb.registry, declined)
    if not questions or not can_qualify(rest, kb.registry, declined):
        return None

    def cost(dims: tuple[str, ...]) -> tuple[float, tuple[int, int]]:
        expected = expected_after(rest, dims, kb.registry, declined)
        return round(expected, 9), rank(kb.registry, dims)

    best = min(questions, key=cost)
    return Question(_wording(kb.registry, best, stated, declined), (provision_id,))


def next_screening_question(
    kb: Knowledge,
    provision_ids: Iterable[str],
    stated: Facts,
    as_of: date,
    declined: Declined = frozenset(),
) -> Question | None:
    """Over all still open provisions: the question expected to decide most of them.

    What would be odd to ask at the person's age (52岁，在校大学生？) stays open unasked.
    """
    declined |= kb.registry.out_of_place(stated)
    gains: dict[tuple[str, ...], float] = {}
    touched: dict[tuple[str, ...], list[str]] = {}
    for provision_id in provision_ids:
        rest = _residual(kb, provision_id, stated, as_of)
        if isinstance(rest, bool):
            continue
        for dims in question_dimensions(rest, kb.registry, declined):
            gains[dims] = gains.get(dims, 0.0) + decided_share(rest, dims, kb.registry)
            touched.setdefault(dims, []).append(provision_id)
    if not gains:
        return None

    def worth(dims: tuple[str, ...]) -> tuple[float, int, int]:
        ease, order = rank(kb.registry, dims)
        return round(gains[dims], 9), -ease, -order

    best = max(gains, key=worth)
    return Question(_wording(kb.registry, best, stated, declined), tuple(touched[best]))


def _residual(kb: Knowledge, provision_id: str, stated: Facts, as_of: date) -> Residual:
    """What is open about the person, or a bool where the date alone decides."""
    provision = kb[provision_id].amended(as_of)
    known = kb.registry.resolve(stated)
    rest = settle(provision.conditions, known, kb.registry)
    if isinstance(rest, bool):
        return rest
    state = provision.window.state(as_of, event_of(provision, known))
    return rest if state in ASKABLE_STATES else False


def question_dimensions(
    rest: Node, registry: Registry, declined: Declined = frozenset()
) -> list[tuple[str, ...]]:
    """The questions that can be asked about a residual, each as the open checks it answers.

    Facts asked in one breath (`group`, the parts of a share) form one question; facts that
    only the department knows, or that the person does not, are nobody's question.
    """
    open_facts = list(dict.fromkeys(check.fact for check in checks(rest)))
    asked: dict[tuple[str, ...], None] = {}
    for fact_id in open_facts:
        topics = _topics(registry)[fact_id]
        together = tuple(f for f in open_facts if topics & _topics(registry)[f])
        if any(_can_ask(registry, dim, declined) for dim in together):
            asked[together] = None
    return list(asked)


@lru_cache(maxsize=8)
def _topics(registry: Registry) -> dict[str, frozenset[str]]:
    """For each fact, the facts that one question about it covers."""
    table = {fact_id: {fact_id} for fact_id in registry.facts}
    for fact in registry.facts.values():
        for other in fact.group:
            table[fact.id].add(other)
            table[other].add(fact.id)
        if fact.ratio:
            table[fact.id].update(fact.ratio)
    return {fact_id: frozenset(topics) for fact_id, topics in table.items()}


def _can_ask(registry: Registry, dim: str, declined: Declined) -> bool:
    return all(
        registry[base].asked and base not in declined for base in registry[dim].ratio or (dim,)
    )


def rank(registry: Registry, dims: tuple[str, ...]) -> tuple[int, int]:
    """How easily people can answer (lower is easier), then the order of the registry."""
    order = list(registry.facts)
    return min(registry[dim].rank for dim in dims), min(order.index(dim) for dim in dims)


def _wording(
    registry: Registry, dims: tuple[str, ...], stated: Facts, declined: Declined
) -> tuple[str, ...]:
    """What to ask for, the fact whose wording covers most first (a share before its parts)."""
    known = registry.resolve(stated)
    shares = tuple(dim for dim in dims if registry[dim].ratio)
    bases = dict.fromkeys(base for dim in dims for base in registry[dim].ratio or (dim,))
    asked = tuple(
        base for base in bases if base not in known and _can_ask(registry, base, declined)
    )
    return shares[:1] + asked if len(asked) > 1 else asked


def can_qualify(rest: Node, registry: Registry, declined: Declined) -> bool:
    """Whether some answers of the person alone would meet the conditions.

    Where even the best answers leave the matter to the department (算不算“少裁员”), asking on
    would trouble people for nothing: the department's condition is named instead.
    """
    return _best_case(rest, registry, declined) is Truth.YES


def _best_case(node: Node, registry: Registry, declined: Declined) -> Truth:
    match node:
        case Check():
            return Truth.YES if _can_ask(registry, node.fact, declined) else Truth.UNKNOWN
        case Every():
            return all_of(_best_case(part, registry, declined) for part in node.parts)
        case Some():
            return any_of(_best_case(part, registry, declined) for part in node.parts)
        case Unless():
            return _best_case(node.part, registry, declined)


@lru_cache(maxsize=CACHE_SIZE)
def expected_questions(rest: Node, registry: Registry, declined: Declined) -> float:
    """Expected number of questions until nothing more can be learned, asking optimally."""
    if not can_qualify(rest, registry, declined):
        return 0.0
    return min(
        (
            expected_after(rest, dims, registry, declined)
            for dims in question_dimensions(rest, registry, declined)
        ),
        default=0.0,
    )


@lru_cache(maxsize=CACHE_SIZE)
def expected_after(
    rest: Node, dims: tuple[str, ...], registry: Registry, declined: Declined
) -> float:
    """Expected number of questions if these are asked now."""
    outcomes = _outcomes(rest, dims, registry)
    further = sum(
        0.0 if isinstance(outcome, bool) else expected_questions(outcome, registry, declined)
        for outcome in outcomes
    )
    return 1.0 + further / len(outcomes)


@lru_cache(maxsize=CACHE_SIZE)
def decided_share(rest: Node, dims: tuple[str, ...], registry: Registry) -> float:
    """Share of the representative answers after which nothing is open any more."""
    outcomes = _outcomes(rest, dims, registry)
    return sum(isinstance(outcome, bool) for outcome in outcomes) / len(outcomes)


def _outcomes(rest: Node, dims: tuple[str, ...], registry: Registry) -> list[Residual]:
    values = (representatives(rest, dim, registry) for dim in dims)
    return [settle(rest, dict(zip(dims, case, strict=True)), registry) for case in product(*values)]
