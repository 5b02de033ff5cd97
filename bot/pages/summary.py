"""The checklist that a visitor takes home: what was said, what follows from it, where to go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from actions.card import card
from actions.situation import situation
from actions.state import MYSELF, State
from bot.conversations import Said
from bot.pages.words import word
from policy_kb.decide import decide
from policy_kb.facts import day_label
from policy_kb.model import Knowledge

TOLD = ("because", "steps", "amount", "until", "apply", "departments")
Matter = tuple[str, str]
"""A provision and the person it was about; '' for the visitor."""

MOST = 12
"""Cards on a checklist: the matters talked about last."""


def summary(kb: Knowledge, state: State, told: Iterable[Said], as_of: date) -> dict[str, Any]:
    """Facts, and each matter talked about decided anew on the facts as they are now."""
    return {
        "made": word("summary_made", day=day_label(as_of)),
        "people": situation(kb, state, as_of)["people"],
        "cards": [_decided(kb, state, matter, as_of) for matter in _talked_about(kb, told)],
    }


def _decided(kb: Knowledge, state: State, matter: Matter, as_of: date) -> dict[str, Any]:
    """The card of one matter, on the facts of whom it is about."""
    provision, subject = matter
    facts = state.about(subject or MYSELF, kb.registry).facts
    shown = card(kb, decide(kb, provision, facts, as_of), facts, subject or MYSELF)
    return {**shown, "apply": kb[provision].apply}


def _talked_about(kb: Knowledge, told: Iterable[Said]) -> list[Matter]:
    """What verdicts were given on, and about whom, in the order of the plan."""
    latest: dict[Matter, None] = {}
    for said in told:
        for reply in said.replies:
            for shown in (reply.get("custom") or {}).get("cards", ()):
                matter = (shown["provision"], shown.get("subject", ""))
                if matter[0] in kb.provisions:
                    latest.pop(matter, None)
                    latest[matter] = None
    order = list(kb.provisions)
    return sorted(list(latest)[-MOST:], key=lambda matter: order.index(matter[0]))


def whose(item: dict[str, Any]) -> str:
    """您父亲：, before what is not about the visitor."""
    return f"{item['subject']}：" if item["subject"] else ""


def as_text(content: dict[str, Any]) -> str:
    """The checklist as plain text, to be copied or saved."""
    lines = [word("summary_title"), content["made"], ""]
    for group in content["people"]:
        lines += [word("situation_of", subject=group["subject"])]
        lines += [f"  {fact['name']}：{fact['shown']}" for fact in group["facts"]]
    for number, item in enumerate(content["cards"], 1):
        lines += [
            "",
            f"{number}. □ 【{item['label']}】{whose(item)}{item['name']}（{item['citation']}）",
        ]
        lines += [f"   {word(f'card_{key}')}：{item[key]}" for key in TOLD if item[key]]
        lines += [f"   {word('card_checked')}：{'；'.join(item['checked'])}"] * bool(
            item["checked"]
        )
    return "\n".join([*lines, "", word("summary_end"), ""])
