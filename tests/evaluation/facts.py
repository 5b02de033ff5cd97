"""How well facts are read: precision and recall on the labelled lines, overall and per fact.

python -m tests.evaluation.facts [FILE]
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from actions.answers import interpret
from bot.understanding.extract import extract
from bot.understanding.homophones import Corrector
from bot.understanding.normalise import normalise
from policy_kb.facts import Registry, Value
from policy_kb.model import Knowledge
from policy_kb.store.sources import DATA, load_sources
from policy_kb.words import teach, terms_of

LINES = Path(__file__).parents[1] / "data" / "fact_lines.jsonl"
PREMIUMS = {"half_year_social_insurance", "last_year_unemployment_premium"}
"""Whoever says what it paid is insured; the lines do not label this."""


@dataclass
class Scores:
    """Right, wrong and missed facts by fact id, and what went wrong where."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def precision(self, facts: Iterable[str] | None = None) -> float:
        """Share of the facts read that are right."""
        return _share(_sum(self.right, facts), _sum(self.wrong, facts))

    def recall(self, facts: Iterable[str] | None = None) -> float:
        """Share of the facts told that were read."""
        return _share(_sum(self.right, facts), _sum(self.missed, facts))

    def worst(self, limit: int = 10) -> list[str]:
        """The facts with the most errors, worst first, one line each."""
        total = self.wrong + self.missed
        return [
            f"{fact}: 多认 {self.wrong[fact]}，漏认 {self.missed[fact]}，认对 {self.right[fact]}"
            for fact, _ in total.most_common(limit)
        ]


def _sum(counter: Counter[str], facts: Iterable[str] | None) -> int:
    return sum(counter.values()) if facts is None else sum(counter[fact] for fact in facts)


def _share(right: int, other: int) -> float:
    return right / (right + other) if right + other else 1.0


def read(row: Mapping[str, Any], registry: Registry, corrector: Corrector) -> dict[str, Value]:
    """The facts of one labelled line, as the assistant reads it."""
    text = corrector.correct(normalise(row["text"]))
    said = extract(text, registry, date.fromisoformat(row["as_of"]))
    if not row.get("asking"):
        return said.facts
    return interpret(text, said.facts, said.loose, row["asking"], registry)


def measure(kb: Knowledge, file: Path = LINES) -> Scores:
    """Scores over all lines of a file."""
    teach(terms_of(kb))
    spoken = yaml.safe_load((DATA / "phrases" / "spoken.yaml").read_text("utf-8"))
    corrector = Corrector(kb, spoken["words"], spoken["real"])
    scores = Scores()
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        _score(row, read(row, kb.registry, corrector), kb.registry, scores)
    return scores


def _score(
    row: Mapping[str, Any], got: Mapping[str, Value], registry: Registry, scores: Scores
) -> None:
    wanted = registry.parse(row["facts"])
    follows = registry.resolve(wanted)
    if wanted.keys() & PREMIUMS:
        follows.setdefault("insured", True)
    for fact, value in got.items():
        if fact in wanted and wanted[fact] == value:
            scores.right[fact] += 1
        elif fact in wanted or follows.get(fact) != value:
            scores.wrong[fact] += 1
            scores.errors.append(f"多认 {fact}={value}：{row['text']}")
    for fact, value in wanted.items():
        if got.get(fact) != value:
            scores.missed[fact] += 1
            scores.errors.append(f"漏认 {fact}={value}：{row['text']}")


def report(file: Path = LINES) -> Scores:
    """Print precision and recall overall and per fact, and every error; return the scores."""
    scores = measure(load_sources(), file)
    print(f"共 准确率 {scores.precision():.3f}  召回率 {scores.recall():.3f}")
    for fact in sorted({*scores.right, *scores.wrong, *scores.missed}):
        print(
            f"{fact:34} 准确率 {scores.precision([fact]):.3f}  召回率 {scores.recall([fact]):.3f}"
        )
    print(*scores.errors, sep="\n")
    return scores


if __name__ == "__main__":
    report(Path(sys.argv[1]) if len(sys.argv) > 1 else LINES)
