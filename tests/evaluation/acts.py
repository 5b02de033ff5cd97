"""Acts and provisions on the utterance set that was written apart from the training data."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent, load_agent
from rasa.model_training import train_nlu

from policy_kb.store.sources import DATA

UTTERANCES = Path(__file__).parents[1] / "data" / "utterances.jsonl"
CONFIGS = {
    "词＋字＋提问词（现用）": None,
    "只用词": [
        {"name": "bot.components.reading.PolicyReader"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "LogisticRegressionClassifier", "max_iter": 200},
    ],
}
"""Classifier configurations compared; None is the one in bot/config.yml."""


@dataclass
class Scores:
    """Counts of right and all, by group, and what was taken for what."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    linked: Counter[str] = field(default_factory=Counter)

    def share(self, group: str) -> float:
        return self.right[group] / self.all[group] if self.all[group] else 0.0


def utterances() -> list[dict[str, Any]]:
    """The measuring lines: text, act, also, provisions, style."""
    return [json.loads(line) for line in UTTERANCES.read_text("utf-8").splitlines() if line.strip()]


def measure(agent: Agent) -> Scores:
    """Parse every utterance and count."""
    scores = Scores()
    for line in utterances():
        parsed = asyncio.run(agent.parse_message(line["text"]))
        act = parsed["intent"]["name"]
        right = act == line["act"] or act in line.get("also", ())
        for group in ("全部", f"act {line['act']}", f"style {line['style']}"):
            scores.all[group] += 1
            scores.right[group] += right
        if not right:
            scores.confused[line["act"], str(act)] += 1
        _count_links(scores, line, parsed)
    return scores


def _count_links(scores: Scores, line: dict[str, Any], parsed: dict[str, Any]) -> None:
    found = [e["value"] for e in parsed["entities"] if e["entity"] == "provision"]
    if line["provisions"]:
        scores.linked["lines"] += 1
        scores.linked["top 1"] += found[:1] != [] and found[0] in line["provisions"]
        scores.linked["top 3"] += set(line["provisions"]) <= set(found[:3])


def report() -> str:
    """The table for every configuration, the one in use in full."""
    lines = []
    for name, pipeline in CONFIGS.items():
        scores = measure(_agent(pipeline))
        lines.append(f"【{name}】意图准确率 {scores.share('全部'):.1%}（{scores.all['全部']}句）")
        lines.append(
            "  条款链接：首位 {top1:.1%}，前三 {top3:.1%}".format(
                top1=scores.linked["top 1"] / max(1, scores.linked["lines"]),
                top3=scores.linked["top 3"] / max(1, scores.linked["lines"]),
            )
        )
        if pipeline is None:
            lines += _details(scores)
    return "\n".join(lines)


def _details(scores: Scores) -> list[str]:
    groups: dict[str, list[str]] = defaultdict(list)
    for group in sorted(scores.all):
        kind, _, name = group.partition(" ")
        groups[kind].append(f"{name} {scores.right[group]}/{scores.all[group]}")
    confused = [f"{a}→{b} {n}" for (a, b), n in scores.confused.most_common(15)]
    return [
        f"  按意图：{'  '.join(groups['act'])}",
        f"  按文体：{'  '.join(groups['style'])}",
        f"  最常混淆：{'  '.join(confused)}",
    ]


def _agent(pipeline: list[dict[str, Any]] | None) -> Agent:
    if pipeline is None:
        return asyncio.run(load_agent(str(DATA.parent / "models" / "assistant.tar.gz")))
    folder = tempfile.mkdtemp()
    config = Path(folder) / "config.yml"
    config.write_text(json.dumps({"recipe": "default.v1", "language": "zh", "pipeline": pipeline}))
    model = train_nlu(str(config), str(DATA / "nlu"), folder)
    return asyncio.run(load_agent(str(model)))
