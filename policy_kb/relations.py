"""Provisions that exclude each other, and the better choice between them."""

from __future__ import annotations

from dataclasses import dataclass

from policy_kb.model import Knowledge
from policy_kb.result import Result, Verdict


@dataclass(frozen=True)
class Choice:
    """Two results of which one can be had; `better` is None where the amounts are not known."""

    results: tuple[Result, Result]
    better: str | None


def choices(kb: Knowledge, results: list[Result]) -> list[Choice]:
    """The pairs among these results that cannot be had together (二者择一)."""
    by_id = {result.provision: result for result in results}
    pairs = {
        tuple(sorted((result.provision, other)))
        for result in results
        for other in kb[result.provision].best_of
        if other in by_id and other != result.provision
    }
    return [_choice(by_id[first], by_id[second]) for first, second in sorted(pairs)]


def _choice(first: Result, second: Result) -> Choice:
    possible = [r for r in (first, second) if r.verdict is Verdict.ELIGIBLE]
    if len(possible) == 1:
        return Choice((first, second), possible[0].provision)
    values = {r.provision: r.amount.value for r in possible if r.amount and r.amount.value}
    if len(values) < 2:
        return Choice((first, second), None)
    return Choice((first, second), max(values, key=lambda provision: values[provision] or 0))


def granted_together(kb: Knowledge, results: list[Result]) -> set[str]:
    """What a person can really have at once: of each exclusive pair, the better one only."""
    eligible = {r.provision for r in results if r.verdict is Verdict.ELIGIBLE}
    for choice in choices(kb, [r for r in results if r.provision in eligible]):
        loser = choice.better or choice.results[0].provision
        eligible -= {r.provision for r in choice.results if r.provision != loser}
    return eligible
