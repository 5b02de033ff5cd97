"""Every figure of the data, off by one: verify must notice each, or it checks nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from policy_kb.conditions import Check, Node, Unless
from policy_kb.model import Knowledge, Provision
from policy_kb.official import split_text
from policy_kb.store.sources import load_sources
from policy_kb.verify import TRIVIAL, verify

IDS = list(load_sources().provisions)
NUMBER = re.compile(r"(?<![第\d.÷])\d+(?:\.\d+)?(?![\d.]*[条）])")
"""Not 第7条, not the item number （1）, not ÷30: days of a month are a convention of ours."""
Mutant = tuple[str, Provision]


def caught(kb: Knowledge, official: str, mutant: Provision) -> bool:
    report = verify(replace(kb, provisions={mutant.id: mutant}), official)
    return any(line.startswith(f"{mutant.id}：") for line in report.wrong)


def off_by_one(text: str) -> Iterator[str]:
    """The text with one of its numbers one too high."""
    for found in NUMBER.finditer(text):
        yield f"{text[: found.start()]}{Decimal(found.group()) + 1}{text[found.end() :]}"


def prose(provision: Provision) -> Iterator[Mutant]:
    for text in off_by_one(provision.summary):
        yield text, replace(provision, summary=text)
    for i, step in enumerate(provision.steps):
        for text in off_by_one(step):
            yield (
                text,
                replace(provision, steps=(*provision.steps[:i], text, *provision.steps[i + 1 :])),
            )
    if provision.amount:
        for text in off_by_one(provision.amount.text):
            yield text, replace(provision, amount=replace(provision.amount, text=text))
    for verdict, sentence in (provision.means or {}).items():
        for text in off_by_one(sentence):
            yield text, replace(provision, means={**(provision.means or {}), verdict: text})


def figures(provision: Provision) -> Iterator[Mutant]:
    for i, figure in enumerate(provision.figures):
        if "（" not in figure.name:  # a bracket names a convention of ours, not of the plan
            wrong = replace(figure, value=figure.value + 1)
            changed = (*provision.figures[:i], wrong, *provision.figures[i + 1 :])
            yield f"figure {figure.id}", replace(provision, figures=changed)


def windows(provision: Provision) -> Iterator[Mutant]:
    window = provision.window
    for edge in ("start", "end"):
        day = getattr(window, edge)
        for step in (-1, 1):
            if day:
                moved = replace(window, **{edge: day + timedelta(days=step)})
                yield f"{edge} {step:+}", replace(provision, window=moved)
    if window.run_on_years:
        longer = replace(window, run_on_years=window.run_on_years + 1)
        yield "run_on_years", replace(provision, window=longer)


def conditions(provision: Provision) -> Iterator[Mutant]:
    for text, node in _wrong_nodes(provision.conditions):
        yield text, replace(provision, conditions=node)


def _wrong_nodes(node: Any) -> Iterator[tuple[str, Node]]:
    if isinstance(node, Check):
        for bound in ("minimum", "maximum", "over", "under"):
            value = getattr(node, bound)
            if value is not None and value not in TRIVIAL:
                yield f"{node.fact} {bound}", replace(node, **{bound: value + 1})
        for text in off_by_one(node.says):
            yield text, replace(node, says=text)
    elif isinstance(node, Unless):
        for text, part in _wrong_nodes(node.part):
            yield text, replace(node, part=part)
    else:
        for i, below in enumerate(node.parts):
            for text, part in _wrong_nodes(below):
                yield text, replace(node, parts=(*node.parts[:i], part, *node.parts[i + 1 :]))


@pytest.mark.parametrize("kind", [prose, figures, windows, conditions])
def test_every_mutant_is_caught(kb: Knowledge, official: str, kind: Any) -> None:
    mutants = [mutant for provision in kb.provisions.values() for mutant in kind(provision)]
    survivors = [f"{m.id}: {what}" for what, m in mutants if not caught(kb, official, m)]
    assert mutants
    assert survivors == []


@pytest.mark.parametrize("provision_id", IDS)
def test_every_department_and_fund_is_checked(
    kb: Knowledge, official: str, provision_id: str
) -> None:
    provision = kb[provision_id]
    assert not caught(kb, official, provision)
    assert caught(kb, official, replace(provision, lead="区气象局"))
    assert caught(kb, official, replace(provision, joint=(*provision.joint, "区气象局")))
    assert caught(kb, official, replace(provision, funds="彩票公益金"))
    assert caught(kb, official, replace(provision, terms=("青年腾飞计划",)))


@pytest.mark.parametrize("provision_id", IDS)
def test_a_sentence_of_the_plan_is_caught_in_any_provision(
    kb: Knowledge, official: str, provision_id: str
) -> None:
    """Twenty characters on end from the article that the provision cites."""
    text = next(p.text for p in split_text(official) if p.cited == kb[provision_id].citation)
    runs = (run.group() for run in re.finditer(r"[\u4e00-\u9fff，]{20,}", text))
    summaries = [replace(kb[provision_id], summary=f"区里说：{run[:20]}。") for run in runs]
    assert summaries
    assert any(caught(kb, official, mutant) for mutant in summaries)
