"""What was understood, said back briefly, so that a wrong one is seen and corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.not_begun import tells_not_begun
from actions.sides import FACT as BOTH_SIDES
from actions.state import State
from actions.texts import say
from actions.turn import Turn
from policy_kb.explain import money
from policy_kb.facts import Value, plain


def echo(turn: Turn, state: State, changed: Mapping[str, Value]) -> list[str]:
    """One line with the facts new or corrected in this message; none, no line."""
    noted = [
        say("noted_other", subject=subject, facts=_of_other(turn, facts))
        for subject, facts in turn.others.items()
    ]
    return [*_taken(turn, state, changed), *_one_side(turn, changed), *noted]


def _one_side(turn: Turn, changed: Mapping[str, Value]) -> list[str]:
    """The side whose contributions were told, and that the other one is still to come."""
    side = turn.side
    if side is None or BOTH_SIDES in changed:
        return []
    whose, other = ("企业", "职工个人") if side.whose == "firm" else ("职工个人", "企业")
    return [say("one_side", whose=whose, other=other, paid=money(side.paid, "元"))]


def _of_other(turn: Turn, facts: Mapping[str, Any]) -> str:
    known = turn.kb.registry.parse(facts)
    return "；".join(spoken(turn, fact, value) for fact, value in known.items())


def _taken(turn: Turn, state: State, changed: Mapping[str, Value]) -> list[str]:
    shown = [fact for fact in changed if state.facts.get(fact) == changed[fact]]
    if not shown:
        return []
    same = turn.state.subject == state.subject
    corrected = same and any(fact in turn.state.facts for fact in shown)
    facts = "；".join(spoken(turn, fact, changed[fact]) for fact in shown)
    return [say("corrected" if corrected else "taken", facts=facts)]


def spoken(turn: Turn, fact_id: str, value: Value) -> str:
    """A fact as one would say it: 年龄23周岁, 商贸企业, 裁员人数5人."""
    fact = turn.kb.fact(fact_id)
    if fact.type == "choice":
        return fact.label(value)
    if isinstance(value, bool):
        yes, no = fact.option_label("yes"), fact.option_label("no")
        vague = (yes if value else no) in (
            "是",
            "否",
            "不是",
            "没有",
            "属于",
            "不属于",
            "符合",
            "不符合",
        )
        name = fact.name.removeprefix("是否")
        return f"{name}：{'是' if value else '否'}" if vague else (yes if value else no)
    if tells_not_begun(turn.kb, fact_id, value, turn.as_of):
        return say("not_begun")
    if fact.ratio:
        return f"{fact.name}{plain(value.quantize(type(value)('0.01')))}%"  # type: ignore[union-attr]
    return f"{fact.name}{fact.label(value)}"
