"""A caller's words and facts in, everything an operator needs on the screen out. Keeps nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions.card import card
from actions.elsewhere import where_to_turn
from actions.focus import LIKELY, NAMED
from actions.inform import gap_text
from actions.interview import amount_question, question_text
from actions.situation import field_of, held
from actions.state import State
from actions.turn import OUTSIDE
from bot.desk.speaking import note_of, sentence, transfer
from bot.masking import safe_text
from bot.understanding.document import Heard
from bot.understanding.shared import reader
from policy_kb.clock import today
from policy_kb.decide import bearing_facts, decide
from policy_kb.facts import Value, day_label
from policy_kb.interview import Question, next_question
from policy_kb.model import Knowledge
from policy_kb.relations import choices
from policy_kb.result import Result, Verdict
from policy_kb.store.official_text import STORED

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


@dataclass(frozen=True)
class Understood:
    """The facts of the call, which of them were heard in its words, and what it is about."""

    facts: dict[str, Value]
    heard: frozenset[str]
    provisions: tuple[str, ...]
    outside: bool
    trouble: dict[str, str] = field(default_factory=dict)


def consult(kb: Knowledge, call: Call) -> dict[str, Any]:
    """Provisions with verdicts, the next question, the facts to fill in, a note to copy."""
    found = understood(kb, call)
    state = State(facts=found.facts, declined=tuple(call.unsure))
    results = {p: decide(kb, p, found.facts, call.as_of) for p in found.provisions if kb[p].decides}
    shown = [_shown(kb, p, results.get(p), found.facts) for p in found.provisions]
    asked = _next(kb, _first(found.provisions, call.first), results, state, call.as_of)
    return {
        "provisions": shown,
        "question": asked,
        "facts": _form(kb, found, call),
        "choices": [_choice(kb, choice.better, choice.results) for choice in _pairs(kb, results)],
        "outside": where_to_turn(found_text(call)) if found.outside else "",
        "trouble": found.trouble,
        "as_of": day_label(call.as_of),
        "note": note_of(kb, shown, found.facts, call.as_of),
    }


def understood(kb: Knowledge, call: Call) -> Understood:
    """The call's words read, and what was entered put over what was heard."""
    text = found_text(call)
    heard = _heard(text, call.as_of) if text else Heard()
    said = {f: v for f, v in heard.said.facts.items() if f not in call.dropped}
    entered, trouble = _entered(kb, call.facts)
    facts = {**said, **entered}
    kept = [p for p in call.shown if p in kb.provisions]
    linked = _linked(text, heard, call.as_of)
    outside = bool(text) and not linked and not facts
    opened = _opened(kb, facts, call.as_of)
    offered = [] if outside else [r.provision for r in opened if _stands_out(r, bool(linked))]
    certain = {r.provision for r in opened if r.verdict is Verdict.ELIGIBLE}
    linked.sort(key=lambda p: p not in certain)  # otherwise in the order of nearness
    provisions = tuple(dict.fromkeys([*kept, *linked, *offered]))[: MOST_SHOWN + len(kept)]
    return Understood(facts, frozenset(said) - entered.keys(), provisions, outside, trouble)


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


def _shown(
    kb: Knowledge, provision_id: str, result: Result | None, facts: Mapping[str, Value]
) -> dict[str, Any]:
    """A provision as the screen lays it out: its verdict, or what it says where none is decided."""
    provision = kb[provision_id]
    plain = {
        "provision": provision.id,
        "name": provision.name,
        "citation": provision.citation,
        "departments": "、".join(provision.departments),
        "verdict": "tell",
        "because": provision.summary,
    }
    told = card(kb, result, facts) if result else plain
    return {
        **told,
        "summary": provision.summary,
        "funds": provision.funds,
        "apply": provision.apply,
        "transfer": transfer(kb, provision),
        "gaps": [gap_text(gap).rstrip("。") for gap in provision.gaps],
        "say": sentence(result, told, transfer(kb, provision)),
        "official": STORED.exists(),
    }


def _first(provisions: Sequence[str], first: str) -> list[str]:
    return [first, *(p for p in provisions if p != first)] if first in provisions else [*provisions]


def _next(
    kb: Knowledge,
    provisions: Sequence[str],
    results: Mapping[str, Result],
    state: State,
    as_of: date,
) -> dict[str, Any] | None:
    """The question that decides most of the first provision that is still open."""
    for provision_id in provisions:
        result = results.get(provision_id)
        if result is None:
            continue
        question = next_question(kb, provision_id, state.facts, as_of, frozenset(state.declined))
        if question is None and result.verdict is Verdict.ELIGIBLE:
            question = amount_question(kb, kb[provision_id].amended(as_of), result, state)
        if question is not None:
            return _question(kb, question, provision_id, state)
    return None


def _question(kb: Knowledge, question: Question, about: str, state: State) -> dict[str, Any]:
    fields = [f for f in question.facts if not kb.fact(f).ratio and f not in state.facts]
    return {
        "text": question_text(kb, question.facts, state),
        "about": kb[about].name,
        "provision": about,
        "why": kb.fact(question.facts[0]).why,
        "means": kb.fact(question.facts[0]).means,
        "fields": [field_of(kb.fact(f)) for f in fields],
    }


def _form(kb: Knowledge, found: Understood, call: Call) -> list[dict[str, Any]]:
    """The facts known and those that bear on what is shown, in the order of the registry."""
    bearing = {f for p in found.provisions for f in bearing_facts(kb, p)}
    wanted = [f for f in kb.registry.facts.values() if f.id in found.facts or f.id in bearing]
    return [
        {
            **(held(f, found.facts[f.id]) if f.id in found.facts else field_of(f)),
            "heard": f.id in found.heard,
            "unsure": f.id in call.unsure,
        }
        for f in wanted
        if f.id in found.facts or (f.asked and not f.ratio)
    ]


def _pairs(kb: Knowledge, results: Mapping[str, Result]) -> list[Any]:
    return choices(kb, list(results.values()))


def _choice(kb: Knowledge, better: str | None, pair: Sequence[Result]) -> dict[str, str]:
    first, second = (kb[result.provision].name for result in pair)
    return {"first": first, "second": second, "better": kb[better].name if better else ""}
