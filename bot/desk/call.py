"""A caller's words and entries understood: topics, whose facts they are, trouble that goes first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from actions.elsewhere import problem_of, take_up
from actions.focus import LIKELY, NAMED
from actions.handoff import URGENT
from actions.state import MYSELF
from actions.turn import OUTSIDE
from actions.urgent import urgent_kind
from bot.masking import safe_text
from bot.understanding.document import Heard
from bot.understanding.shared import reader
from policy_kb.clock import today
from policy_kb.decide import bearing_facts, decide
from policy_kb.facts import Value
from policy_kb.model import Knowledge
from policy_kb.result import Result, Verdict

MOST_SHOWN = 6
CLAUSE = re.compile(r"[，。；？！、\s]+")
SHORTEST_CLAUSE = 3
SHARE = 0.6
"""A provision stands beside the best one from this share of its score."""

ORDER = {Verdict.ELIGIBLE: 0, Verdict.UNKNOWN: 1}


@dataclass(frozen=True)
class Call:
    """What the operator's page holds of a caller.

    `facts` were entered; `dropped` were heard and taken out; `unsure` the caller does not know;
    `shown` stay on the screen, whatever is typed.
    """

    text: str
    facts: Mapping[str, object]
    as_of: date
    dropped: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    shown: tuple[str, ...] = ()
    first: str = ""  # the provision whose question is put first
    person: str = ""  # of those the words tell of, whose case it is; '' the first


@dataclass(frozen=True)
class Understood:
    """The facts of the call, which of them were heard in its words, and what it is about."""

    facts: dict[str, Value]
    heard: frozenset[str]
    provisions: tuple[str, ...]
    outside: bool
    trouble: dict[str, str] = field(default_factory=dict)
    people: tuple[str, ...] = (MYSELF,)  # whom the words tell of, the one at hand first
    urgent: str = ""  # distress | wage | fraud | unrest, which go before all else


def understood(kb: Knowledge, call: Call) -> Understood:
    """The call's words read, and what was entered put over what was heard."""
    text = found_text(call)
    heard = _heard(text, call.as_of) if text else Heard()
    told = {heard.subject or MYSELF: dict(heard.said.facts), **heard.others}
    person = call.person if call.person in told else next(iter(told))
    said = {f: v for f, v in told[person].items() if f not in call.dropped}
    entered, trouble = _entered(kb, call.facts)
    facts = {**said, **entered}
    kept = [p for p in call.shown if p in kb.provisions]
    linked = _linked(text, heard, call.as_of)
    urgent = urgent_of(kb, text, linked)
    if urgent and urgent != "distress":
        linked = list(dict.fromkeys([*take_up(urgent).provisions, *linked]))
    outside = bool(text) and not linked and not facts and not urgent
    opened = _opened(kb, facts, call.as_of)
    offered = [] if outside else [r.provision for r in opened if _stands_out(r, bool(linked))]
    certain = {r.provision for r in opened if r.verdict is Verdict.ELIGIBLE}
    if not urgent:
        linked.sort(key=lambda p: p not in certain)  # otherwise in the order of nearness
    provisions = tuple(dict.fromkeys([*kept, *linked, *offered]))[: MOST_SHOWN + len(kept)]
    heard_of = frozenset(said) - entered.keys()
    people = (person, *(other for other in told if other != person))
    return Understood(facts, heard_of, provisions, outside, trouble, people, urgent)


def urgent_of(kb: Knowledge, text: str, linked: Sequence[str]) -> str:
    """distress | wage | fraud | unrest, where the words tell of it; else ''.

    Words of trouble beside a measure that is asked for (厂里发不出工资，能缓缴吗) tell of none.
    """
    if not text:
        return ""
    if urgent_kind(text) == "distress":
        return "distress"
    found = problem_of(text)
    asked = linked[0] if linked else ""
    for_a_measure = asked and kb[asked].decides and asked not in take_up(found).provisions
    return found if found in URGENT and not for_a_measure else ""


def found_text(call: Call) -> str:
    """The words as they may be read: personal numbers masked, nothing invisible."""
    return reader().clean(safe_text(call.text)[0]) if call.text.strip() else ""


def _heard(text: str, as_of: date) -> Heard:
    document = reader().read(text)
    if as_of != today():  # 去年10月 counts from the day that is asked about
        document._.heard = Heard()
        reader().listen(document, as_of)
    heard: Heard = document._.heard
    return heard


def _entered(kb: Knowledge, raw: Mapping[str, object]) -> tuple[dict[str, Value], dict[str, str]]:
    """The values that can be, and for the others what would be right."""
    facts: dict[str, Value] = {}
    trouble: dict[str, str] = {}
    for fact_id, value in raw.items():
        try:
            facts[fact_id] = kb.fact(fact_id).parse(value)
        except ValueError as wrong:
            trouble[fact_id] = str(wrong)
    return facts, trouble


def _linked(text: str, heard: Heard, as_of: date) -> list[str]:
    """Every topic of the call: the best of the whole, and what each clause names."""
    links = [(link.provision, link.score) for link in heard.links]
    best = links[0] if links else ("", 0.0)
    beyond = dict(links).get(OUTSIDE, 0.0)
    found = [] if best[0] == OUTSIDE and beyond >= NAMED else _likely(links)
    clauses = [c for c in CLAUSE.split(text) if len(c) >= SHORTEST_CLAUSE]
    for clause in clauses if len(clauses) > 1 else ():
        own = [(link.provision, link.score) for link in _heard(clause, as_of).links]
        if own and own[0][0] != OUTSIDE and own[0][1] >= NAMED:
            found.append(own[0][0])
    return list(dict.fromkeys(found))


def _likely(links: Sequence[tuple[str, float]]) -> list[str]:
    inside = [(p, s) for p, s in links if p != OUTSIDE]
    if not inside or inside[0][1] < LIKELY:
        return []
    return [p for p, s in inside if s >= max(LIKELY, SHARE * inside[0][1])]


def _opened(kb: Knowledge, facts: Mapping[str, Value], as_of: date) -> list[Result]:
    """What the facts alone open: the certain ones first, then by how many facts bear on them."""
    weight = {p.id: len(bearing_facts(kb, p.id) & facts.keys()) for p in kb.deciding}
    results = [decide(kb, p, facts, as_of) for p, bearing in weight.items() if bearing]
    open_ones = [r for r in results if r.verdict in ORDER]
    return sorted(open_ones, key=lambda r: (ORDER[r.verdict], -weight[r.provision]))


def _stands_out(result: Result, beside: bool) -> bool:
    """Beside topics that were named, only what the facts already settle."""
    return not beside or result.verdict is Verdict.ELIGIBLE
