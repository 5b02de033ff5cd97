"""Where a reply's figures may come from: the assistant's sentences, the district, the provisions.

Read once for a knowledge base, for the guard looks at every reply.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from actions.texts import texts
from policy_kb.facts import plain
from policy_kb.figures import figures_in
from policy_kb.model import Knowledge, Provision

NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Source:
    """Texts, the numbers in them and the figures with their unit."""

    texts: str
    numbers: frozenset[str]
    figures: frozenset[str]


def sources(kb: Knowledge, provision_ids: Iterable[str]) -> list[Source]:
    """What every reply may draw on, and what these provisions say."""
    return [_general(kb), *(_provision(kb, each) for each in dict.fromkeys(provision_ids))]


@lru_cache(maxsize=4)
def _general(kb: Knowledge) -> Source:
    return _source(_everywhere(kb))


@lru_cache(maxsize=1024)
def _provision(kb: Knowledge, provision_id: str) -> Source:
    return _source(told_by(kb[provision_id]))


def _source(lines: Iterator[str]) -> Source:
    kept = list(lines)
    return Source(
        "".join(kept),
        frozenset(number for line in kept for number in NUMBER.findall(line)),
        frozenset(figure for line in kept for figure in figures_in(line)),
    )


def _everywhere(kb: Knowledge) -> Iterator[str]:
    yield from _strings(texts())
    yield from (line.number for line in kb.district.lines)
    yield from (" ".join(vars(office).values()) for office in kb.district.offices)
    yield from (f"{p.value} {p.source}" for p in kb.district.parameters)
    for fact in kb.registry.facts.values():
        yield from (fact.question, fact.why, fact.means)


def told_by(provision: Provision) -> Iterator[str]:
    """Every text of a provision that may bring figures into what is said about it."""
    yield from (provision.summary, provision.name, provision.citation, provision.apply)
    yield from (*provision.steps, *provision.readings, *provision.discretion)
    yield from (provision.window.after, provision.funds)
    yield from (gap.what + gap.set_by for gap in provision.gaps)
    yield from (check.says for check in provision.checks())
    yield from (provision.means or {}).values()
    yield from (plain(figure.value) for figure in provision.figures)
    if provision.amount:
        yield provision.amount.text
    for day in (provision.window.start, provision.window.end):
        yield " ".join(day_numbers(day.isoformat())) if day else ""
    yield str(provision.window.run_on_years)
    for amendment in provision.amendments:
        yield f"{amendment.document} {amendment.note}"
        for day in (amendment.issued, amendment.start, amendment.end):
            yield " ".join(day_numbers(day.isoformat())) if day else ""
        yield from (plain(value) for value in (amendment.figures or {}).values())


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)


def day_numbers(text: str) -> list[str]:
    """2025-06-01 as the numbers of 2025年6月1日."""
    return [str(int(part)) for part in re.findall(r"\d+", text)] if "-" in text else []
