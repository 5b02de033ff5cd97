"""A caller's words and facts in, everything an operator needs on the screen out. Keeps nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from actions.card import card
from actions.elsewhere import where_to_turn
from actions.inform import gap_text
from actions.interview import amount_question, question_text
from actions.situation import field_of, held
from actions.state import MYSELF, State
from bot.desk.call import Call, Understood, found_text, understood
from bot.desk.speaking import note_of, sentence, transfer
from bot.desk.words import word, words
from policy_kb.decide import bearing_facts, decide
from policy_kb.facts import Value, day_label
from policy_kb.interview import Question, next_question
from policy_kb.model import Knowledge
from policy_kb.relations import choices
from policy_kb.result import Result, Verdict
from policy_kb.store.official_text import STORED


def consult(kb: Knowledge, call: Call) -> dict[str, Any]:
    """Provisions with verdicts, the next question, the facts to fill in, a note to copy."""
    found = understood(kb, call)
    person = found.people[0]
    state = State(facts=found.facts, declined=tuple(call.unsure), subject=person)
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
        "people": [{"called": p, "name": _name(p)} for p in found.people],
        "urgent": words()["alerts"].get(found.urgent, ""),
        "as_of": day_label(call.as_of),
        "note": note_of(kb, shown, found.facts, call.as_of, _name(person)),
    }


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


def _name(person: str) -> str:
    """What the operator calls the person: the caller, 儿子."""
    return word("caller") if person == MYSELF else person.removeprefix("您")
