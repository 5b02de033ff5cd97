"""All provisions at once for one set of facts: what applies, what may, what does not, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy_kb.decide import decide_known, known_facts
from policy_kb.facts import Facts
from policy_kb.model import Knowledge, Provision
from policy_kb.result import Result


def screen(kb: Knowledge, stated: Facts, as_of: date, audience: str | None = None) -> list[Result]:
    """A result for every deciding provision (of one audience), in the order of the text."""
    known = known_facts(kb, stated, as_of)
    return [decide_known(kb, p, known, as_of) for p in for_audience(kb.deciding, audience)]


def for_audience(provisions: Iterable[Provision], audience: str | None) -> list[Provision]:
    """Those meant for this audience (person | enterprise | institution); all if None."""
    return [p for p in provisions if audience is None or audience in p.audience]
