"""The engine's speed: one person against all provisions, the next question, search.

Each round takes other facts. Most people tell a little; some tell half of all there is to tell,
which touches three provisions of four.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from random import Random
from typing import Any

import pytest

from policy_kb.facts import Fact, Value
from policy_kb.interview import next_screening_question
from policy_kb.model import Knowledge
from policy_kb.screening import screen
from policy_kb.search import search
from policy_kb.store import database
from policy_kb.store.atomic import read_only
from policy_kb.store.sources import load_sources
from policy_kb.words import teach, terms_of

DAY = date(2025, 6, 15)


@pytest.fixture(scope="module")
def kb() -> Knowledge:
    return load_sources()


def people(kb: Knowledge) -> Iterator[dict[str, Value]]:
    """Different people, one after another."""
    return cycle(
        kb.registry.parse(
            {
                "age": age,
                "status": status,
                "local_origin": age % 2 == 0,
                "resident": True,
                "insured_months": age,
                "disabled": age % 3 == 0,
            }
        )
        for age in range(16, 70)
        for status in ("unemployed", "laid_off", "employed")
    )


def test_screen_everything(benchmark: Any, kb: Knowledge) -> None:
    crowd = people(kb)
    results = benchmark(lambda: screen(kb, next(crowd), DAY))
    assert len(results) == len(kb.deciding)


def told_in_full(kb: Knowledge) -> Iterator[dict[str, Value]]:
    """People and firms of whom half of all facts are known, never the same twice."""
    dice = Random(2025)

    def value(fact: Fact) -> object:
        if fact.type == "bool":
            return dice.random() < 0.7
        if fact.type == "choice":
            return dice.choice(fact.options).id
        if fact.type == "date":
            return f"2025-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
        low, high = int(fact.minimum or 0), int(fact.maximum or 60)
        return dice.randint(low, max(low, min(high, 60)))

    while True:
        told = [fact for fact in kb.registry.facts.values() if dice.random() < 0.5]
        yield {fact.id: fact.parse(value(fact)) for fact in told}


def test_screen_everything_told_in_full(benchmark: Any, kb: Knowledge) -> None:
    crowd = list(islice(told_in_full(kb), 5000))
    following = cycle(crowd)
    results = benchmark.pedantic(lambda: screen(kb, next(following), DAY), rounds=5000)
    assert len(results) == len(kb.deciding)


def test_next_question_over_everything(benchmark: Any, kb: Knowledge) -> None:
    crowd, ids = people(kb), [p.id for p in kb.deciding]
    question = benchmark(lambda: next_screening_question(kb, ids, next(crowd), DAY))
    assert question is not None


def test_search(benchmark: Any, kb: Knowledge) -> None:
    database.build()
    teach(terms_of(kb))
    connection = read_only(database.BUILT)
    words = cycle(["见习补贴", "裁员要走什么程序", "招退役士兵抵税", "失业登记在哪办"])
    hits = benchmark(lambda: search(connection, next(words)))
    assert hits
