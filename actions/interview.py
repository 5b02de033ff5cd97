"""The interview: the engine's next question until the verdict stands, then the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from actions.inform import gap_text
from actions.reply import Reply, amount_figures, joined
from actions.state import MYSELF, State
from actions.texts import say
from policy_kb.amounts import names_in
from policy_kb.decide import bearing_facts, decide, known_facts
from policy_kb.explain import amount_line, explain
from policy_kb.facts import Fact
from policy_kb.interview import Question, next_question
from policy_kb.model import Knowledge, Provision
from policy_kb.reasons import says
from policy_kb.result import Result, Verdict
from policy_kb.worth import alternatives


def step(kb: Knowledge, provision_id: str, state: State, as_of: date) -> tuple[Reply, State]:
    """The next question about this provision, or its verdict."""
    state = replace(state, topic=(provision_id,), mode="interview")
    odd = odd_share(kb, provision_id, state)
    if odd:
        return check_again(kb, odd, state)
    result = decide(kb, provision_id, state.facts, as_of)
    question = next_question(kb, provision_id, state.facts, as_of, frozenset(state.declined))
    for route in kb[provision_id].routes if result.verdict is Verdict.UNKNOWN else ():
        by_route = decide(kb, route, state.facts, as_of)
        if by_route.verdict is Verdict.ELIGIBLE:
            return verdict(kb, by_route, state), state.done()
        question = question or next_question(
            kb, route, state.facts, as_of, frozenset(state.declined)
        )
    if question is None and state.wants == "ask_amount" and result.verdict is Verdict.ELIGIBLE:
        question = amount_question(kb, kb[provision_id].amended(as_of), result, state)
    if question is not None:
        return ask(kb, kb[provision_id], question, state)
    return verdict(kb, result, state), state.done()


def odd_share(kb: Knowledge, provision_id: str, state: State) -> Fact | None:
    """The first share whose part is told to be more than its whole: 29 of 3 laid off."""
    for fact_id in sorted(kb[provision_id].facts_used & kb.registry.facts.keys()):
        share = kb.fact(fact_id)
        if share.ratio:
            part, whole = (state.facts.get(name) for name in share.ratio)
            if isinstance(part, Decimal) and isinstance(whole, Decimal) and part > whole:
                return share
    return None


def check_again(kb: Knowledge, share: Fact, state: State) -> tuple[Reply, State]:
    """Both numbers forgotten and asked for again; nothing is decided on what cannot be."""
    part, whole = share.ratio or ("", "")
    said = [
        f"{kb.fact(name).name}{kb.fact(name).label(state.facts[name])}"
        for name in share.ratio or ()
    ]
    reply, state = ask(
        kb,
        kb[state.topic[0]],
        Question((share.id, part, whole), (state.topic[0],)),
        state.without(part).without(whole),
    )
    return reply.after([say("odd_parts", part=said[0], whole=said[1])]), state


def resumed(reply: Reply) -> Reply:
    """A question put again after a side answer: reminded of, then handed back."""
    reminder = say("resume", question=reply.text.rstrip("？"))
    return replace(reply, text=joined([reminder, say("resume_ask")]))


def ask(
    kb: Knowledge, provision: Provision, question: Question, state: State
) -> tuple[Reply, State]:
    """The question as a reply: why it comes first, itself last in a line of its own."""
    intro = say("question_intro", name=provision.name, citation=provision.citation)
    lines = [] if state.asking else [intro]
    reply = Reply(
        joined([*lines, question_text(kb, question.facts, state)]),
        kind="question",
        provisions=(provision.id,),
        buttons=options_of(kb, question.facts),
        asking=tuple(f for f in question.facts if not kb.fact(f).ratio),
        verdict="unknown",
    )
    return reply, replace(state, asking=question.facts)


def question_text(kb: Knowledge, facts: Sequence[str], state: State) -> str:
    """One line that asks for all these facts, addressed to the person concerned."""
    covering = facts[:1] if kb.fact(facts[0]).ratio else facts
    asked = list(dict.fromkeys(addressed(kb.fact(fact), state) for fact in covering))
    first, rest = asked[0], [text.removeprefix("请问") for text in asked[1:]]
    return "".join([first, *rest])


def addressed(fact: Fact, state: State) -> str:
    """The question of one fact, to or about the subject."""
    firm = "您的单位" if state.subject == MYSELF else f"{state.subject}的单位"
    return fact.question.format(you=state.subject, your_firm=firm)


def options_of(kb: Knowledge, facts: Sequence[str]) -> tuple[str, ...]:
    """The quick replies of a question: the registry's options, and not knowing."""
    if len(facts) > 1:
        return ("不清楚",)
    options = tuple(option.label for option in kb.fact(facts[0]).options)
    return (*options, "不清楚")


def amount_question(
    kb: Knowledge, provision: Provision, result: Result, state: State
) -> Question | None:
    """The numbers still needed to compute the amount, where people can give them all."""
    if provision.amount is None or (result.amount and result.amount.value is not None):
        return None
    for formula in provision.amount.formulas:
        known = kb.registry.resolve(state.facts)
        needed = [n for n in names_in(formula.text) if n in kb.registry.facts and n not in known]
        if needed and all(kb.fact(n).asked and n not in state.declined for n in needed):
            return Question(tuple(sorted(needed, key=list(kb.registry.facts).index)), ())
    return None


def verdict(kb: Knowledge, result: Result, state: State) -> Reply:
    """The verdict with its reasons, for one provision."""
    lines = explain(kb, result, state.facts)
    if result.verdict is Verdict.UNKNOWN:
        lines += [gap_text(gap) for gap in kb[result.provision].gaps[:2]]
    lines += _alternatives(kb, result, state)
    if state.subject != MYSELF and _of_a_person(kb, result.provision):
        lines.insert(0, say("about", subject=state.subject))
    return Reply(
        joined([*lines, say("disclaimer")]),
        provisions=(result.provision,),
        results=(result,),
        verdict=result.verdict.value,
    )


def _of_a_person(kb: Knowledge, provision_id: str) -> bool:
    """Whether the provision looks at anything of a person, not at a firm alone."""
    return any(kb.fact(fact).owner == "person" for fact in bearing_facts(kb, provision_id))


def _alternatives(kb: Knowledge, result: Result, state: State) -> list[str]:
    """What else is open to this person today, where this is not."""
    if result.verdict not in (Verdict.EXPIRED, Verdict.INELIGIBLE, Verdict.NOT_STARTED):
        return []
    names = [
        kb[other].name
        for other in kb[result.provision].see
        if kb[other].decides
        and decide(kb, other, state.facts, result.as_of).verdict
        in (Verdict.ELIGIBLE, Verdict.UNKNOWN)
    ]
    return [say("alternatives", names="、".join(names[:3]))] if names else []


def amount_only(kb: Knowledge, result: Result, state: State, as_of: date) -> Reply | None:
    """What it would come to on the numbers given, its conditions named instead of asked."""
    provision = kb[result.provision].amended(as_of)
    if result.amount is None or result.amount.value is None:
        return None
    open_conditions = [r.says for r in result.reasons if r.status in ("open", "department")]
    amounts = alternatives(kb, provision, known_facts(kb, state.facts, as_of))
    named = {"name": provision.name, "citation": provision.citation}
    lines = [
        say("amount_only", **named, amount=amount_line(amount))
        for amount in (amounts if len(amounts) > 1 else [result.amount])
    ]
    if open_conditions:
        lines.append(say("amount_premise", conditions="；".join(open_conditions)))
    figures = tuple(figure for amount in amounts for figure in amount_figures(amount))
    return Reply(
        joined([*lines, say("disclaimer")]), "answer", (provision.id,), (result,), figures=figures
    )


def conditions_text(provision: Provision) -> str:
    """All conditions of a provision in words."""
    return "；".join(says(part) for part in provision.conditions.parts)
