"""我的情况: every fact the assistant holds, in words, and how far the questions have come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from actions.interview import addressed
from actions.screening import MOST_QUESTIONS
from actions.state import MYSELF, State, number_text, to_slot
from actions.texts import texts
from policy_kb.decide import bearing_facts, decide
from policy_kb.facts import Fact, Value, plain
from policy_kb.model import Knowledge

CENT = Decimal("0.01")
"""What a field to fill in shows of a number at the finest."""


@dataclass(frozen=True)
class Edit:
    """One fact put right (`value` as a slot keeps it) or taken out (None), of one subject."""

    fact: str
    value: Any = None
    subject: str = MYSELF


def edited(kb: Knowledge, state: State, edit: Edit) -> State:
    """The state with one fact changed. Raises FactError for a value that the fact cannot take."""
    value = None if edit.value is None else kb.fact(edit.fact).parse(edit.value)
    if edit.subject == state.subject or kb.fact(edit.fact).owner != "person":
        changed = state.without(edit.fact)
        return changed if value is None else changed.with_facts({edit.fact: value})
    theirs = {k: v for k, v in state.others.get(edit.subject, {}).items() if k != edit.fact}
    if value is not None:
        theirs[edit.fact] = to_slot(value)
    return replace(state, others={**state.others, edit.subject: theirs})


def situation(kb: Knowledge, state: State, as_of: date) -> dict[str, Any]:
    """What a page shows beside the conversation: facts by subject, and the interview's progress."""
    groups = [_group(kb, state.subject, _of(kb, state.facts, "person"))]
    groups += [
        _group(kb, subject, kb.registry.parse({f: number_text(v) for f, v in facts.items()}))
        for subject, facts in state.others.items()
    ]
    groups += [
        _group(kb, name, _of(kb, state.facts, owner)) for owner, name in texts()["owners"].items()
    ]
    return {
        "people": [group for group in groups if group["facts"]],
        "progress": progress(kb, state, as_of),
        "asking": [_form(kb.fact(f), state) for f in state.asking if f in kb.registry.facts],
        "previous": bool(state.previous),
        "handoff": bool(state.handoff),
    }


def progress(kb: Knowledge, state: State, as_of: date) -> dict[str, Any] | None:
    """How many answers are in and how many questions there are still at most; None outside."""
    if state.mode == "screening":
        asked = int(state.last.get("screened", 0))
        return {"about": "", "done": max(asked - 1, 0), "left": MOST_QUESTIONS - max(asked - 1, 0)}
    if state.mode != "interview" or not state.topic or not state.asking:
        return None
    topic = state.topic[0]
    missing = [f for f in decide(kb, topic, state.facts, as_of).missing if f not in state.declined]
    alone = {f for f in missing if not set(kb.fact(f).group) & set(missing)}
    grouped = {frozenset((f, *kb.fact(f).group)) for f in missing if f not in alone}
    done = len(bearing_facts(kb, topic) & state.facts.keys())
    return {"about": kb[topic].name, "done": done, "left": len(alone) + len(grouped)}


def _of(kb: Knowledge, facts: Mapping[str, Value], owner: str) -> dict[str, Value]:
    return {fact: value for fact, value in facts.items() if kb.fact(fact).owner == owner}


def _group(kb: Knowledge, subject: str, facts: Mapping[str, Value]) -> dict[str, Any]:
    return {
        "subject": subject,
        "facts": [held(kb.fact(fact), value) for fact, value in facts.items()],
    }


def held(fact: Fact, value: Value) -> dict[str, Any]:
    """A fact as held, with what is needed to correct it in place."""
    return {**field_of(fact), "value": _raw(value), "shown": fact.label(value)}


def _form(fact: Fact, state: State) -> dict[str, Any]:
    return {**field_of(fact), "question": addressed(fact, state), "why": fact.why}


def field_of(fact: Fact) -> dict[str, Any]:
    """What a page needs to ask for a fact: its name, type, unit and options."""
    options = [(option.id, option.label) for option in fact.options]
    if fact.type == "bool":
        options = [("true", fact.option_label("yes")), ("false", fact.option_label("no"))]
    return {
        "fact": fact.id,
        "name": fact.name,
        "type": fact.type,
        "unit": "%" if fact.type == "percent" else fact.unit,
        "options": options,
    }


def _raw(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal) and value % CENT:
        value = value.quantize(CENT)  # 20个月 of a fact in 年
    return plain(value) if isinstance(value, Decimal) else str(value)
