"""Screening (我能享受什么): a few questions, then what applies, what may, what has ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from actions.interview import options_of, question_text
from actions.reply import Reply, joined
from actions.state import State
from actions.texts import say, texts
from policy_kb.amounts import Amount
from policy_kb.decide import decide
from policy_kb.explain import money
from policy_kb.interview import next_screening_question
from policy_kb.model import Knowledge
from policy_kb.result import Result, Verdict
from policy_kb.screening import own_measures

MOST_QUESTIONS = 5
"""A caller's patience; what is still open then is named as open."""

MOST_SHOWN = {Verdict.ELIGIBLE: 4, Verdict.UNKNOWN: 2}
ROLE = "role"
OVERVIEW = "overview"
"""Kept of a screening that is done: for whom it was, so that it can be drawn up anew."""


def step(kb: Knowledge, state: State, as_of: date) -> tuple[Reply, State]:
    """The next screening question, or the overview of everything for these facts."""
    asked = int(state.last.get("screened", 0)) if state.mode == "screening" else 0
    state = replace(state, mode="screening", topic=())
    audience = audience_of(kb, state)
    if audience is None:
        roles = tuple(texts()["roles"].values())
        reply = Reply(say("screening_role"), kind="question", buttons=roles, verdict="unknown")
        return reply, replace(state, asking=(), last={**state.last, "screened": 0})
    ids = [p.id for p in own_measures(kb, audience)]
    question = next_screening_question(kb, ids, state.facts, as_of, frozenset(state.declined))
    if question is not None and asked < MOST_QUESTIONS:
        reply = Reply(
            question_text(kb, question.facts, state),
            kind="question",
            buttons=options_of(kb, question.facts),
            asking=tuple(f for f in question.facts if not kb.fact(f).ratio),
            verdict="unknown",
        )
        last = {**state.last, "screened": asked + 1}
        return reply, replace(state, asking=question.facts, last=last)
    done = replace(state.done(), last={OVERVIEW: audience})
    return overview(kb, state, as_of, audience), done


def audience_of(kb: Knowledge, state: State) -> str | None:
    """person or enterprise, as said or as the facts tell; None if nothing tells."""
    said = state.last.get(ROLE)
    if said:
        return str(said)
    owners = [kb.fact(fact).owner for fact in state.facts]
    if "person" in owners:
        return "person"
    return "enterprise" if "enterprise" in owners else None


def role_said(text: str) -> str | None:
    """Whether a message tells for whom one asks."""
    if any(word in text for word in ("企业", "单位", "公司", "厂")):
        return "enterprise"
    return "person" if any(word in text for word in ("个人", "自己", "我", "孩子")) else None


def overview(kb: Knowledge, state: State, as_of: date, audience: str) -> Reply:
    """What applies, what may apply, and what has ended, each with its own labelled line."""
    results = [decide(kb, p.id, state.facts, as_of) for p in own_measures(kb, audience)]
    shown: list[Result] = []
    lines: list[str] = []
    for verdict, title in (
        (Verdict.ELIGIBLE, "screening_eligible"),
        (Verdict.UNKNOWN, "screening_possible"),
    ):
        some = _relevant(kb, results, verdict, state)[: MOST_SHOWN[verdict]]
        if some:
            lines.append(say(title))
            lines += [_line(kb, result) for result in some]
            shown += some
    ended = [
        kb[r.provision].short or kb[r.provision].name
        for r in results
        if r.verdict is Verdict.EXPIRED
    ]
    if ended:
        lines.append(say("screening_closed", names="、".join(ended)))
    if not shown:
        lines.insert(0, say("screening_none"))
    lines += [say("screening_more"), say("disclaimer")]
    return Reply(
        joined(lines),
        provisions=tuple(r.provision for r in shown),
        results=tuple(shown),
        buttons=tuple(kb[r.provision].name for r in shown),
        verdict=shown[0].verdict.value if len(shown) == 1 else None,
    )


def _relevant(kb: Knowledge, results: list[Result], verdict: Verdict, state: State) -> list[Result]:
    """Results with this verdict, those that the stated facts bear on first."""

    def bears(result: Result) -> int:
        used = {check.fact for check in kb[result.provision].checks()}
        return -len(used & state.facts.keys())

    return sorted((r for r in results if r.verdict is verdict), key=bears)


def _line(kb: Knowledge, result: Result) -> str:
    provision = kb[result.provision]
    note = ""
    if result.verdict is Verdict.ELIGIBLE and result.amount:
        note = f"：{_amount(result.amount)}"
    if result.verdict is Verdict.UNKNOWN and result.missing:
        note = f"：还要看{'、'.join(kb.fact(f).name for f in result.missing[:3])}"
    return say(
        "screening_item",
        label=result.verdict.label,
        name=provision.name,
        citation=provision.citation,
        note=note,
    )


def _amount(amount: Amount) -> str:
    if amount.value is None:
        return amount.text
    return f"{'最高' if amount.is_cap else ''}{money(amount.value, amount.unit)}"
