"""Targets of the plan together: two of them added up, or how far a number done is from one."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from actions.reply import Reply
from actions.sums.between import APART, difference
from actions.sums.telling import named, sum_reply
from actions.texts import say
from actions.turn import Turn
from policy_kb.facts import plain
from policy_kb.model import Figure, Provision

TOGETHER = re.compile(
    r"加(?:起来|一块|一起|总|到一起|在一起|和|上)|合(?:起来|计|在一起|到一块|共)|总(?:共|和|计|数)|一共|拢共|共计|两(?:个|项)[^，。？]{0,8}(?:多少|几)"
)
SHORT = re.compile(
    r"(?:还|差|缺|剩|欠)[^，。？]{0,8}(?:多少|几)|(?:多少|几)[^，。？]{0,8}(?:没完成|才完成|才够)"
)
MENTIONED = 0.2
"""Score from which a target counts as one of those asked about."""


def of_goals(turn: Turn, provision: Provision) -> Reply | None:
    """The answer about the plan's own targets, if it is one over several or on a number done."""
    if provision.article is not None or not provision.figures:
        return None
    meant = [
        (other, other.figures[0])
        for found, score in turn.links
        if score >= MENTIONED and (other := turn.kb.provisions.get(found))
        if other.section == provision.section and other.figures
    ]
    if len(meant) == 2 and APART.search(turn.text):
        high, low = sorted((figure for _, figure in meant), key=lambda f: -f.value)
        reply = difference(provision, high, low, Decimal(1), 1)
        return replace(reply, provisions=tuple(p.id for p, _ in meant))
    if len(meant) > 1 and TOGETHER.search(turn.text):
        return _together(provision, meant)
    done = [i.value for i in turn.numbers if i.kind in ("people", "plain", "count")]
    done = [
        n for n in done if isinstance(n, Decimal) and n not in (2, *(f.value for _, f in meant))
    ]
    if meant and len(done) == 1 and SHORT.search(turn.text):
        told = {item.value for item in turn.numbers}
        return _short_of(*next((m for m in meant if m[1].value in told), meant[0]), done[0])
    return None


def _together(provision: Provision, meant: list[tuple[Provision, Figure]]) -> Reply:
    figures = [figure for _, figure in meant]
    total = sum((figure.value for figure in figures), Decimal(0))
    listed = "，".join(f"{figure.name}{plain(figure.value)}{figure.unit}" for figure in figures)
    working = "＋".join(plain(figure.value) for figure in figures)
    text = say(
        "goals_together", citation=provision.citation, listed=listed,
        total=f"{plain(total)}{figures[0].unit}", working=working,
    )  # fmt: skip
    reply = sum_reply(provision, [text], total, working)
    return Reply(reply.text, provisions=tuple(p.id for p, _ in meant), figures=reply.figures)


def _short_of(provision: Provision, goal: Figure, done: Decimal) -> Reply:
    rest = max(goal.value - done, Decimal(0))
    text = say(
        "left", **named(provision), cap=f"{goal.name}{plain(goal.value)}{goal.unit}",
        had=f"{plain(done)}{goal.unit}", rest=f"{plain(rest)}{goal.unit}",
        working=f"{plain(goal.value)}－{plain(done)}",
    )  # fmt: skip
    return sum_reply(provision, [text], done, rest)
