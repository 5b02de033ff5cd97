"""One turn of conversation: what was heard, in which state, on which day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from actions.answers import COMPATIBLE, DONT_KNOW, correction_of, hires_said, interpret
from actions.contracts import Contracts, long_contracts
from actions.firm import speaks_for_a_firm
from actions.loose import Loose
from actions.not_begun import not_begun
from actions.parts import nearest, pointed_at
from actions.retold import retold
from actions.sides import FACT as BOTH_SIDES
from actions.sides import KEPT, Side, kept_side, side_told, whole
from actions.situation import Edit
from actions.slips import split_at_slip
from actions.state import MYSELF, State
from policy_kb.errors import FactError
from policy_kb.facts import Value
from policy_kb.model import Knowledge

CORRECTION = re.compile(
    r"不对|不是|错了|搞错|更正|记错|看错|报错|说错|算错|算漏|漏算|应该是|应是|改成|改一?下|又[查看问核数]了"
    r"|重新[查看问核数算]|查了?一?下|准确[说地讲]|实际(?:上|是)|其实|说少|说多|少说|多说"
)
AGAIN = re.compile(r"不对|错了|看错|记错|说错|报错|算错|更正|又[查看问核数]了|重新[查看问核数算]")
"""What takes back the last answer, whatever is asked now."""

HOLDS_NUMBER = re.compile(r"[\d一二两三四五六七八九十百]")
COUNTED_ONCE = ("hired_veterans", "hired_unemployed")
AMONG = re.compile(r"其中|里头|里面|当中|中间|这里边|他们里")
JUST_TOLD = "told"
"""Key of `State.last` under which the facts of the message before are kept."""

HIRES = {"hired_veterans", "hired_unemployed", "hired_hard_to_employ"}
OF_THE_HIRED = {"status", "self_employed_veteran", "hard_to_employ", "has_employment_cert"}
"""What is said of a person hired is no fact about the one who hires."""

MY_TURN = re.compile(
    r"那(?:我|俺)(?:自己|本人|也)?(?:呢|能|可以|够|符合)(?!.{0,4}[给替帮])|我自己呢"
)

REFUND = "3.2"
"""The provision that refunds what a firm and its staff paid together."""

OUTSIDE = ""
"""The linked id that stands for matters outside the plan."""


@dataclass(frozen=True)
class Part:
    """One of several questions in a message."""

    text: str
    links: tuple[tuple[str, float], ...]
    aspects: tuple[str, ...]


@dataclass(frozen=True)
class Turn:
    """Everything an action needs; immutable."""

    kb: Knowledge
    as_of: date
    state: State
    text: str
    act: str
    confidence: float
    facts: Mapping[str, Value]
    loose: tuple[Loose, ...]  # the numbers and dates that are no fact yet
    links: tuple[tuple[str, float], ...]
    aspects: tuple[str, ...]
    aside: tuple[tuple[str, float], ...]
    subject: str | None
    cut: bool = False  # the message was longer than we read
    parts: tuple[Part, ...] = ()  # its questions, where there are several
    names_one: bool = False  # a provision is called by one of its names
    others: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # other persons' facts
    contracts: tuple[Contracts, ...] = ()  # of hires, where their lengths differ
    numbers: tuple[Loose, ...] = ()  # all its numbers and dates, in the order said
    edit: Edit | None = None  # a fact put right on a page, not in words
    sender: str = ""
    channel: str = ""

    def learnt(self) -> dict[str, Value]:
        """The facts this message gives, as statements or as answers to the open question."""
        registry = self.kb.registry
        put_right = self._put_right()
        known = put_right or interpret(
            self.text, self.facts, self.loose, self.state.asking, registry
        )
        known = {**self._corrected(known), **known, **self._long_contracts(known)}
        begun = not_begun(self.kb, self.text, self.as_of, self.state.asking, self.state.topic)
        known = {**begun, **known}
        known |= self._among_them(known)
        if self._about_hires(known):
            known = {k: v for k, v in known.items() if k not in OF_THE_HIRED}
            known |= hires_said(self.text, known, registry)
        return self._both_sides(known)

    @property
    def side(self) -> Side | None:
        """What only the firm, or only its staff, is told to have paid, where that is the matter."""
        about = REFUND in (*self.state.topic, *(p for p, _ in self.links[:1]))
        told = BOTH_SIDES in (*self.state.asking, *self.facts, *self.state.facts)
        kept = kept_side(self.state.last)
        return side_told(self.text, self.numbers) if about or told or kept else None

    def _both_sides(self, known: Mapping[str, Value]) -> dict[str, Value]:
        """The contributions of a firm and its staff only where both are told."""
        told = known.get(BOTH_SIDES)
        amount = whole(
            self.text, self.side, told if isinstance(told, Decimal) else None,
            kept_side(self.state.last), self.state.facts.get(BOTH_SIDES),
        )  # fmt: skip
        rest = {fact: value for fact, value in known.items() if fact != BOTH_SIDES}
        return (
            rest if amount is None else {**rest, BOTH_SIDES: self.kb.fact(BOTH_SIDES).parse(amount)}
        )

    def _long_contracts(self, known: Mapping[str, Value]) -> dict[str, Value]:
        """有5个只签半年，其余都两年: how many of the hires told of before count."""
        total = self.state.facts.get("new_hires")
        if not self.contracts or "new_hires" in known or not isinstance(total, Decimal):
            return {}
        counted = long_contracts(self.contracts, total)
        return {fact: self.kb.registry[fact].parse(value) for fact, value in counted.items()}

    def _put_right(self) -> dict[str, Value]:
        """又查了下，是四个月: no answer to the next question, but what was told just before."""
        slip = split_at_slip(self.text)
        if self.facts or not AGAIN.search(self.text) or (slip and HOLDS_NUMBER.search(slip[0])):
            return {}
        if pointed_at(self.text, [f for f in self.state.asking if f not in self.state.facts]):
            return {}
        just_told = self.state.last.get(JUST_TOLD) or ()
        return self._corrected({}, [fact for fact in just_told if fact in self.state.facts])

    def _corrected(
        self, known: Mapping[str, Value], before: Sequence[str] = ()
    ) -> dict[str, Value]:
        """不对，是9万: the one fact of the topic that a bare number can correct.

        The words beside it tell which, else it was told just `before`, else its size tells.
        """
        numbers = [item for item in self.loose if item.kind != "date"]
        if known or len(numbers) != 1 or not CORRECTION.search(self.text) or not self.state.topic:
            return {}
        item, registry = numbers[0], self.kb.registry
        fitting = {
            fact: value
            for fact, value in self.state.facts.items()
            if registry[fact].numeric and item.kind in COMPATIBLE.get(registry[fact].type, ())
        }
        meant = pointed_at(self.text, fitting) or [f for f in before if f in fitting]
        meant = meant or list(fitting)
        if len(meant) > 1 and isinstance(item.value, Decimal):
            meant = nearest(item.value, {fact: fitting[fact] for fact in meant})
        return correction_of([registry[f] for f in meant], item) if len(meant) == 1 else {}

    def _among_them(self, known: Mapping[str, Value]) -> dict[str, Value]:
        """其中一个是退役士兵: whoever was counted in the other class before is counted once."""
        told = [f for f in COUNTED_ONCE if isinstance(known.get(f), Decimal)]
        other = [f for f in COUNTED_ONCE if f not in known and f in self.state.facts]
        if len(told) != 1 or len(other) != 1 or not AMONG.search(self.text):
            return {}
        part, whole = known[told[0]], self.state.facts[other[0]]
        assert isinstance(part, Decimal) and isinstance(whole, Decimal)
        fits = 0 < part <= whole and told[0] not in self.state.facts
        return {other[0]: self.kb.fact(other[0]).parse(whole - part)} if fits else {}

    @property
    def puts_right(self) -> bool:
        """Whether the message only corrects what was told before."""
        return bool(self._put_right() or (not self.state.asking and self._corrected(self.facts)))

    def _about_hires(self, known: Mapping[str, Value]) -> bool:
        """Whether 退役士兵 or 失业 in this message are the people hired, not the speaker."""
        asked = {*self.state.asking, *known}
        talked = self.state.mode == "interview" and HIRES & self.state.facts.keys()
        return bool(asked & HIRES or talked)

    @property
    def unsure(self) -> bool:
        """The speaker says not to know something."""
        return bool(DONT_KNOW.search(self.text))

    def link_score(self, provision_id: str) -> float:
        return next((score for found, score in self.links if found == provision_id), 0.0)


def read_turn(
    kb: Knowledge, as_of: date, state: State, text: str, message: Mapping[str, Any]
) -> Turn:
    """The turn of a parsed Rasa message (`tracker.latest_message`)."""
    entities: Sequence[Mapping[str, Any]] = message.get("entities") or ()
    intent = message.get("intent") or {}

    metadata = message.get("metadata") or {}
    edit = Edit(**metadata["edit"]) if metadata.get("edit") else None

    def of(kind: str) -> list[Mapping[str, Any]]:
        return [entity for entity in entities if entity.get("entity") == kind]

    facts = _facts(kb, of("fact")) | (_edited(kb, edit) if edit else {})
    numbers = tuple(Loose.from_json(entity["value"]) for entity in of("loose"))
    untold = [item for item in numbers if not item.told]
    right, number = retold(text, state.facts, untold, {*state.asking, *facts}, kb.registry)
    return Turn(
        kb=kb,
        as_of=as_of,
        state=state,
        text=text,
        act=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        facts=right | facts,
        loose=tuple(item for item in untold if item is not number),
        numbers=numbers,
        links=tuple((e["value"], float(e.get("score") or 0)) for e in of("provision")),
        aside=tuple((e["value"], float(e.get("score") or 0)) for e in of("aside")),
        aspects=tuple(entity["value"] for entity in of("aspect")),
        subject=next((entity["value"] for entity in of("subject")), None),
        names_one=bool(of("named")),
        parts=tuple(_part(entity["value"]) for entity in of("part")),
        others={entity["value"]["subject"]: entity["value"]["facts"] for entity in of("other")},
        contracts=tuple(
            Contracts.from_json(told) for entity in of("contracts") for told in entity["value"]
        ),
        cut=bool(metadata.get("cut")),
        edit=edit,
    )


def _part(raw: Mapping[str, Any]) -> Part:
    links = tuple((str(provision), float(score)) for provision, score in raw["links"])
    return Part(raw["text"], links, tuple(raw["aspects"]))


def _facts(kb: Knowledge, entities: Sequence[Mapping[str, Any]]) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    for entity in entities:
        try:
            fact_id = entity["value"]["id"]
            facts[fact_id] = kb.registry[fact_id].parse(entity["value"]["value"])
        except FactError:
            continue  # a value out of range is no fact
    return facts


def _edited(kb: Knowledge, edit: Edit) -> dict[str, Value]:
    return {} if edit.value is None else {edit.fact: kb.fact(edit.fact).parse(edit.value)}


def absorb(turn: Turn) -> tuple[State, dict[str, Value]]:
    """The state after this message's facts, and which of them are new or changed."""
    state = turn.state
    if turn.subject and turn.subject != state.subject:
        state = state.about(turn.subject, turn.kb.registry)
        turn = replace(turn, state=state)
    learnt = turn.learnt()
    if turn.subject is None and state.subject != MYSELF and _about_myself(turn):
        state = state.about(MYSELF, turn.kb.registry)
    if turn.others:
        state = state.knowing(turn.others)
    changed = {fact: value for fact, value in learnt.items() if state.facts.get(fact) != value}
    state = state.with_facts(learnt)
    if learnt:
        state = replace(state, last={**state.last, JUST_TOLD: list(learnt)})
    if turn.side and BOTH_SIDES not in learnt:
        state = replace(state, last={**state.last, KEPT: turn.side.to_json()})
    if "entity" not in state.facts and speaks_for_a_firm(turn.text, learnt.keys()):
        state = state.with_facts({"entity": "enterprise"})
    if turn.unsure and turn.state.asking:
        unknown = [f for f in turn.state.asking if f not in state.facts]
        state = replace(state, declined=tuple(dict.fromkeys((*state.declined, *unknown))))
    return state, changed


def _about_myself(turn: Turn) -> bool:
    return bool(MY_TURN.search(turn.text))
