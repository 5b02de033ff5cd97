"""The interview: useful questions only, and as few as an exact search over all orders finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product
from typing import Any

import pytest

from policy_kb.decide import decide
from policy_kb.interview import next_question, next_screening_question
from policy_kb.result import Result, Verdict
from policy_kb.store.sources import load_sources

KB = load_sources()
DAY = date(2025, 6, 15)
Known = frozenset[tuple[str, Any]]

# One value on each side of what the rule asks, all options of a choice; facts asked in one breath
# form one question.
TOPICS: dict[str, list[dict[str, list[object]]]] = {
    "3.1": [{"lawful_contributions": [True, False]}, {"layoffs": [0, 1]}],
    "12.3": [
        {"hard_to_employ": [True, False], "zero_employment_family": [True, False]},
        {"training_state": ["none", "ongoing", "passed", "failed"]},
        {"receiving_benefit": [True, False]},
        {"allowance_this_year": [True, False]},
    ],
    "15.2": [
        {"age": [20, 30]},
        {"status": [option.id for option in KB.fact("status").options]},
        {"schooling": ["enrolled", "graduated", "other"]},
        {"local_origin": [True, False]},
        {"placement_period": [True, False]},
    ],
}


@cache
def judged(provision_id: str, known: Known) -> Result:
    return decide(KB, provision_id, KB.registry.parse(dict(known)), DAY)


def answers(topic: dict[str, list[object]], known: Known) -> list[Known]:
    """Every answer to a question, as what is then known."""
    names = [name for name in topic if name not in dict(known)]
    return [
        known | frozenset(zip(names, values, strict=True))
        for values in product(*(topic[name] for name in names))
    ]


def open_topics(provision_id: str, known: Known) -> list[dict[str, list[object]]]:
    """The questions about what is missing."""
    missing = judged(provision_id, known).missing
    topics = [{n: v for n, v in t.items() if n in missing} for t in TOPICS[provision_id]]
    return [topic for topic in topics if topic]


@cache
def winnable(provision_id: str, known: Known) -> bool:
    """Whether some answers lead to eligible; if not, the department has the word."""
    if judged(provision_id, known).verdict is not Verdict.UNKNOWN:
        return judged(provision_id, known).verdict is Verdict.ELIGIBLE
    topics = open_topics(provision_id, known)
    return any(winnable(provision_id, then) for topic in topics for then in answers(topic, known))


def over(provision_id: str, known: Known) -> bool:
    return judged(provision_id, known).verdict is not Verdict.UNKNOWN or not winnable(
        provision_id, known
    )


@cache
def optimum(provision_id: str, known: Known) -> float:
    """Fewest expected questions, over every order of asking."""
    if over(provision_id, known):
        return 0.0
    return min(
        1 + sum(optimum(provision_id, then) for then in cases) / len(cases)
        for topic in open_topics(provision_id, known)
        for cases in [answers(topic, known)]
    )


def expected(provision_id: str, known: Known) -> float:
    """Expected questions of the interview as it really goes."""
    question = next_question(KB, provision_id, KB.registry.parse(dict(known)), DAY)
    if question is None:
        return 0.0
    topics = open_topics(provision_id, known)
    topic = next(topic for topic in topics if set(topic) & set(question.facts))
    cases = answers(topic, known)
    return 1 + sum(expected(provision_id, then) for then in cases) / len(cases)


@pytest.mark.parametrize("provision_id", TOPICS)
def test_as_few_questions_as_possible(provision_id: str) -> None:
    nothing: Known = frozenset()
    assert expected(provision_id, nothing) == pytest.approx(optimum(provision_id, nothing))


def states(provision_id: str, known: Known) -> Iterator[Known]:
    """Everything that can be known while an interview runs."""
    yield known
    question = next_question(KB, provision_id, KB.registry.parse(dict(known)), DAY)
    for topic in open_topics(provision_id, known) if question else []:
        if question and set(topic) & set(question.facts):
            for then in answers(topic, known):
                yield from states(provision_id, then)


@pytest.mark.parametrize("provision_id", TOPICS)
def test_every_question_can_decide_or_end_the_interview(provision_id: str) -> None:
    for known in states(provision_id, frozenset()):
        if over(provision_id, known):
            assert next_question(KB, provision_id, KB.registry.parse(dict(known)), DAY) is None
            continue
        question = next_question(KB, provision_id, KB.registry.parse(dict(known)), DAY)
        assert question, known
        topic = next(t for t in open_topics(provision_id, known) if set(t) & set(question.facts))
        after = {
            (judged(provision_id, then).verdict, over(provision_id, then))
            for then in answers(topic, known)
        }
        assert len(after) > 1, (known, question)


def test_what_only_the_department_knows_is_not_asked() -> None:
    facts = KB.registry.parse({"lawful_contributions": True, "layoffs": 3})
    assert decide(KB, "3.1", facts, DAY).verdict is Verdict.UNKNOWN
    assert next_question(KB, "3.1", facts, DAY) is None


def test_a_declined_question_is_not_put_again() -> None:
    first = next_question(KB, "12.3", {}, DAY)
    assert first
    second = next_question(KB, "12.3", {}, DAY, frozenset(first.facts))
    assert second is None or not set(first.facts) & set(second.facts)


def test_facts_of_one_breath_are_one_question() -> None:
    question = next_question(KB, "4.2", {}, DAY)
    assert question and set(question.facts) == {"layoff_share", "layoffs", "staff"}


def test_a_screening_asks_nobody_of_52_whether_they_are_at_university() -> None:
    """A single provision still asks: there the person has named it."""
    laid_off = KB.registry.parse({"age": 52, "status": "unemployed"})
    asked: set[str] = set()
    ids = [p.id for p in KB.deciding if "person" in p.audience]
    while question := next_screening_question(KB, ids, laid_off, DAY, frozenset(asked)):
        asked.update(question.facts)
    assert asked and not asked & {"schooling", "local_origin", "placement_period"}
    alone = next_question(KB, "15.1", laid_off, DAY)
    assert alone and alone.facts == ("schooling",)
