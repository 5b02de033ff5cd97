"""All provisions at once for one set of facts: what applies, what may, what does not, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy_kb.decide import bearing_facts, decide_known, known_facts
from policy_kb.facts import Facts
from policy_kb.model import Knowledge, Provision
from policy_kb.result import Result


def screen(kb: Knowledge, stated: Facts, as_of: date, audience: str | None = None) -> list[Result]:
    """A result for every deciding provision (of one audience), in the order of the text."""
    known = known_facts(kb, stated, as_of)
    return [decide_known(kb, p, known, as_of) for p in for_audience(kb.deciding, audience)]


def own_measures(kb: Knowledge, audience: str) -> list[Provision]:
    """Deciding provisions that look at something of this audience's own.

    A firm's lay-offs (第4条) concern its workers too, but nobody asks a job seeker about them.
    """
    meant = for_audience(kb.deciding, audience)
    if audience != "person":
        return meant
    return [p for p in meant if any(kb.fact(f).owner == audience for f in bearing_facts(kb, p.id))]


def for_audience(provisions: Iterable[Provision], audience: str | None) -> list[Provision]:
    """Those meant for this audience (person | enterprise | institution); all if None."""
    return [p for p in provisions if audience is None or audience in p.audience]
