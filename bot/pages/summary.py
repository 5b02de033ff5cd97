"""The checklist that a visitor takes home: what was said, what follows from it, where to go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from actions.card import card
from actions.situation import situation
from actions.state import State
from bot.conversations import Said
from bot.pages.words import word
from policy_kb.decide import decide
from policy_kb.facts import day_label
from policy_kb.model import Knowledge

TOLD = ("because", "amount", "until", "apply", "departments")
MOST = 12
"""Cards on a checklist: the matters talked about last."""


def summary(kb: Knowledge, state: State, told: Iterable[Said], as_of: date) -> dict[str, Any]:
    """Facts, and each matter talked about decided anew on the facts as they are now."""
    return {
        "made": word("summary_made", day=day_label(as_of)),
        "people": situation(kb, state, as_of)["people"],
        "cards": [
            {**card(kb, decide(kb, p, state.facts, as_of), state.facts), "apply": kb[p].apply}
            for p in _talked_about(kb, told)
        ],
    }


def _talked_about(kb: Knowledge, told: Iterable[Said]) -> list[str]:
    """The provisions on which a verdict was given, in the order of the plan."""
    latest: dict[str, None] = {}
    for said in told:
        for reply in said.replies:
            for shown in (reply.get("custom") or {}).get("cards", ()):
                if shown["provision"] in kb.provisions:
                    latest.pop(shown["provision"], None)
                    latest[shown["provision"]] = None
    kept = set(list(latest)[-MOST:])
    return [provision for provision in kb.provisions if provision in kept]


def as_text(content: dict[str, Any]) -> str:
    """The checklist as plain text, to be copied or saved."""
    lines = [word("summary_title"), content["made"], ""]
    for group in content["people"]:
        lines += [word("situation_of", subject=group["subject"])]
        lines += [f"  {fact['name']}：{fact['shown']}" for fact in group["facts"]]
    for number, item in enumerate(content["cards"], 1):
        lines += ["", f"{number}. □ 【{item['label']}】{item['name']}（{item['citation']}）"]
        lines += [f"   {word(f'card_{key}')}：{item[key]}" for key in TOLD if item[key]]
        lines += [f"   {word('card_checked')}：{'；'.join(item['checked'])}"] * bool(
            item["checked"]
        )
    return "\n".join([*lines, "", word("summary_end"), ""])
