"""Conditions of a provision: a tree of checks, evaluated in three-valued logic.

A tree is simplified by what is known; what is left (the residual) holds exactly what is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import product

from policy_kb.dates import Span
from policy_kb.facts import Facts, Registry, Value
from policy_kb.truth import Truth, all_of, any_of

CACHE_SIZE = 1 << 16  # residuals are few: one a state of an interview


@dataclass(frozen=True)
class Check:
    """One requirement on one fact: a set of allowed values, or bounds (open or closed)."""

    fact: str
    allowed: tuple[Value, ...] = ()
    minimum: Decimal | None = None  # 以上、达到: inclusive
    maximum: Decimal | None = None  # 以内、不超过: inclusive
    over: Decimal | None = None  # 超过: exclusive
    under: Decimal | None = None  # 不足: exclusive
    says: str = ""
    named: bool = False  # not asked: presumed unless said, and named as a condition

    def holds(self, value: Value) -> bool:
        """Whether a known value meets the requirement."""
        if self.allowed:
            return value in self.allowed
        assert isinstance(value, Decimal), f"{self.fact}: bounds need a number"
        return (
            (self.minimum is None or value >= self.minimum)
            and (self.maximum is None or value <= self.maximum)
            and (self.over is None or value > self.over)
            and (self.under is None or value < self.under)
        )

    def bounds(self) -> tuple[Decimal, ...]:
        """The numbers at which the outcome can change."""
        numbers = (self.minimum, self.maximum, self.over, self.under)
        return tuple(number for number in numbers if number is not None)


@dataclass(frozen=True)
class Every:
    """All parts must hold (且)."""

    parts: tuple[Node, ...]
    says: str = ""


@dataclass(frozen=True)
class Some:
    """One part must hold (或)."""

    parts: tuple[Node, ...]
    says: str = ""


@dataclass(frozen=True)
class Unless:
    """The part must not hold (非)."""

    part: Node
    says: str = ""


Node = Check | Every | Some | Unless
Residual = Node | bool
"""What is left of a tree once the known facts are used: a smaller tree, or the answer."""


def evaluate(node: Node, known: Facts) -> Truth:
    """Truth of the tree under Kleene logic; named checks count as met unless said otherwise."""
    match node:
        case Check():
            if node.fact not in known:
                return Truth.YES if node.named else Truth.UNKNOWN
            return Truth.of(node.holds(known[node.fact]))
        case Every():
            return all_of(evaluate(part, known) for part in node.parts)
        case Some():
            return any_of(evaluate(part, known) for part in node.parts)
        case Unless():
            return evaluate(node.part, known).negated()


def checks(node: Node) -> Iterator[Check]:
    """All leaves, left to right."""
    match node:
        case Check():
            yield node
        case Every() | Some():
            for part in node.parts:
                yield from checks(part)
        case Unless():
            yield from checks(node.part)


def simplify(node: Node, known: Facts) -> Residual:
    """The part of the tree that is still open; True or False once it is decided."""
    match node:
        case Check():
            if node.fact in known:
                return node.holds(known[node.fact])
            return True if node.named else node
        case Unless():
            rest = simplify(node.part, known)
            return not rest if isinstance(rest, bool) else replace(node, part=rest)
        case Every() | Some():
            deciding = isinstance(node, Some)
            open_parts: list[Node] = []
            for part in node.parts:
                rest = simplify(part, known)
                if rest is deciding:
                    return deciding
                if not isinstance(rest, bool):
                    open_parts.append(rest)
            if not open_parts:
                return not deciding
            return open_parts[0] if len(open_parts) == 1 else replace(node, parts=tuple(open_parts))


def settle(node: Node, known: Facts, registry: Registry) -> Residual:
    """As `simplify`, but exact: a residual is returned only if open facts can really change it.

    Kleene logic misses tautologies over a fact that occurs twice (至多100人 or over 100人).
    """
    rest = simplify(node, known)
    if isinstance(rest, bool):
        return rest
    facts = [check.fact for check in checks(rest)]
    if len(facts) == len(set(facts)):
        return rest  # read-once trees cannot be tautologies: each open check can go both ways
    return _settled(rest, registry)


@lru_cache(maxsize=CACHE_SIZE)
def _settled(rest: Node, registry: Registry) -> Residual:
    outcomes = {simplify(rest, case) for case in worlds(rest, registry)}
    return rest if len(outcomes) > 1 else bool(outcomes.pop())


def worlds(rest: Node, registry: Registry) -> Iterator[dict[str, Value]]:
    """Every combination of representative values of the open facts."""
    facts = list(dict.fromkeys(check.fact for check in checks(rest)))
    for values in product(*(representatives(rest, fact, registry) for fact in facts)):
        yield dict(zip(facts, values, strict=True))


@lru_cache(maxsize=CACHE_SIZE)
def representatives(node: Node, fact_id: str, registry: Registry) -> tuple[Value, ...]:
    """Values of a fact that stand for all: each option, or one number a region of outcomes."""
    fact = registry[fact_id]
    leaves = [check for check in checks(node) if check.fact == fact_id]
    if fact.type == "bool":
        return (True, False)
    if fact.type == "choice":
        return tuple(option.id for option in fact.options)
    if fact.type == "date":
        return tuple(v for leaf in leaves for v in leaf.allowed if isinstance(v, Span))
    step = Decimal(1) if fact.type == "integer" else Decimal("0.5")
    low = Decimal(0) if fact.minimum is None else fact.minimum
    edges = sorted({bound for leaf in leaves for bound in leaf.bounds()})
    candidates = [number for edge in edges for number in (edge - step, edge, edge + step)]
    regions: dict[tuple[bool, ...], Value] = {}
    for number in candidates:
        if number >= low:
            regions.setdefault(tuple(leaf.holds(number) for leaf in leaves), number)
    return tuple(regions.values())
