"""The engine's speed: one person against all provisions, the next question, search.

Each round takes other facts, so that no result is served from a cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import cycle
from typing import Any

import pytest

from policy_kb.facts import Value
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
