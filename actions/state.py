"""What a conversation remembers between turns: facts by subject, topic, open question.

Facts are typed slots generated from the registry; the rest are a few control slots. Nothing of
one person ever becomes a fact of another: switching the subject stows the person's facts away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from policy_kb.dates import Span
from policy_kb.errors import FactError
from policy_kb.facts import Registry, Value

MYSELF = "您"
CALLER = "来电人"
CONTROL_SLOTS = (
    "subject",
    "others",
    "topic",
    "asking",
    "declined",
    "mode",
    "wants",
    "misses",
    "last",
    "handoff",
    "previous",
    "event",
)


@dataclass(frozen=True)
class State:
    """`mode`: '' | interview | screening | material | booking. `wants`: the act that began the interview."""

    facts: Mapping[str, Value] = field(default_factory=dict)
    subject: str = MYSELF
    others: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    topic: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    mode: str = ""
    wants: str = ""
    misses: int = 0
    last: Mapping[str, Any] = field(default_factory=dict)
    handoff: str = ""  # why a person is needed; what a desk takes up
    previous: Mapping[str, Any] = field(default_factory=dict)  # the case before the session expired
    event: str = ""  # the event (四送) whose code brought the person here

    def with_facts(self, facts: Mapping[str, Value]) -> State:
        """These facts learnt or corrected; what was declined and is now known is open no more."""
        return replace(
            self,
            facts={**self.facts, **facts},
            declined=tuple(fact for fact in self.declined if fact not in facts),
        )

    def without(self, fact_id: str) -> State:
        """One fact forgotten."""
        return replace(self, facts={k: v for k, v in self.facts.items() if k != fact_id})

    def about(self, subject: str, registry: Registry) -> State:
        """The same conversation about somebody else: each person's facts stay their own."""
        if subject == self.subject:
            return self
        mine = {k: v for k, v in self.facts.items() if registry[k].owner == "person"}
        shared = {k: v for k, v in self.facts.items() if registry[k].owner != "person"}
        stowed = {**self.others, self.subject: {k: to_slot(v) for k, v in mine.items()}}
        theirs = registry.parse(stowed.pop(subject, {}))
        return replace(
            self, subject=subject, others=stowed, facts={**shared, **theirs}, declined=()
        )

    def knowing(self, others: Mapping[str, Mapping[str, Any]]) -> State:
        """Facts told of other persons in passing, kept until it is about them."""
        kept = {
            subject: {**self.others.get(subject, {}), **facts}
            for subject, facts in others.items()
            if subject != self.subject
        }
        return replace(self, others={**self.others, **kept})

    def done(self) -> State:
        """No question is open any more; topic and facts stay for what is asked next."""
        return replace(self, asking=(), mode="", wants="")


def to_slot(value: Value) -> Any:
    """A fact's value as a slot keeps it: bool, float, option id or date text."""
    if isinstance(value, Decimal):
        return float(value)
    return str(value) if isinstance(value, Span) else value


def read_state(slots: Mapping[str, Any], registry: Registry) -> State:
    """The state held by these slots; values that no longer fit the registry are dropped."""
    facts: dict[str, Value] = {}
    for fact_id, fact in registry.facts.items():
        raw = slots.get(fact_id)
        if raw is not None:
            try:
                facts[fact_id] = fact.parse(number_text(raw))
            except FactError:
                continue  # the registry has changed since
    return State(
        facts=facts,
        subject=slots.get("subject") or MYSELF,
        others=slots.get("others") or {},
        topic=tuple(slots.get("topic") or ()),
        asking=tuple(slots.get("asking") or ()),
        declined=tuple(slots.get("declined") or ()),
        mode=slots.get("mode") or "",
        wants=slots.get("wants") or "",
        misses=int(slots.get("misses") or 0),
        last=slots.get("last") or {},
        handoff=slots.get("handoff") or "",
        previous=slots.get("previous") or {},
        event=slots.get("event") or "",
    )


def number_text(raw: Any) -> Any:
    """A float of a slot as a person would write it; anything else as it is."""
    return format(Decimal(str(raw)), "f") if type(raw) is float else raw


def kept_case(state: State) -> dict[str, Any]:
    """What is put aside when a session expires: taken up again only if the person says so."""
    if not state.topic and not state.facts:
        return {}
    return {
        "facts": {fact: to_slot(value) for fact, value in state.facts.items()},
        "topic": list(state.topic),
        "subject": state.subject,
    }


def taken_up(state: State, registry: Registry) -> State:
    """The case from before the session expired, back again."""
    case = state.previous
    facts = {k: number_text(v) for k, v in (case.get("facts") or {}).items() if k in registry.facts}
    return replace(
        state,
        facts={**registry.parse(facts), **state.facts},
        topic=tuple(case.get("topic") or ()),
        subject=case.get("subject") or MYSELF,
        previous={},
    )


def slot_changes(before: State, after: State, registry: Registry) -> dict[str, Any]:
    """The slots to set so that they hold `after`."""
    changes: dict[str, Any] = {}
    for fact_id in registry.facts:
        old, new = before.facts.get(fact_id), after.facts.get(fact_id)
        if old != new:
            changes[fact_id] = None if new is None else to_slot(new)
    for name in CONTROL_SLOTS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            changes[name] = list(new) if isinstance(new, tuple) else new
    return changes
