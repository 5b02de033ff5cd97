"""Amounts side by side: of two measures of which one can be had, and of each one asked about."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.reply import Reply, amount_figures, joined
from actions.sums.telling import known_facts
from actions.texts import say
from actions.turn import OUTSIDE, Turn
from policy_kb.decide import decide
from policy_kb.explain import amount_line, department_line
from policy_kb.model import Provision
from policy_kb.result import Result, Verdict

WHICH = re.compile(
    r"两(?:种|个|档|项|样|头|边|条)|哪(?:个|种|一?档|样|一?项|边|头|条)|各(?:能|可以|自|是|多少|返|退|抵|给)|分别"
    r"|划算|合算|比一比|对比|挑(?:一|哪)"
)
EACH = re.compile(
    r"(?:两|俩|二者|这几)[^？]{0,24}(?:各|分别|都)[^，。？]{0,6}(?:多少|几|告诉|说|算|讲)"
    r"|(?:各|分别)[^，。？]{0,6}(?:多少|几)[^？]{0,12}(?:两|俩|二者)"
)
"""Both are asked about: 我们俩都有，各是多少; 两个都告诉我."""

RESEMBLED = 0.14
"""Score from which a provision that the first refers to counts as asked about as well."""


def rivals(turn: Turn, provision: Provision) -> Reply | None:
    """Each amount of measures that exclude each other, where all their numbers were told."""
    if not provision.best_of or not WHICH.search(turn.text):
        return None
    known = known_facts(turn)
    results = [decide(turn.kb, other, known, turn.as_of) for other in provision.best_of]
    open_ = [r for r in results if r.verdict in (Verdict.UNKNOWN, Verdict.ELIGIBLE)]
    worths = {r.provision: r.amount.value for r in open_ if r.amount and r.amount.value is not None}
    if len(worths) < 2 or len(worths) < len(results):
        return None
    best = max(worths, key=lambda p: worths[p] or 0)
    lines = [line for result in results for line in _lines(turn, result)]
    lines += [say("rivals", name=turn.kb[best].name), department_line(provision), say("disclaimer")]
    figures = tuple(f for result in results for f in amount_figures(result.amount))
    return Reply(joined(lines), provisions=tuple(worths), figures=figures)


def each_amount(turn: Turn, provision: Provision) -> Reply | None:
    """The amount of each of several provisions asked about in one breath: 各是多少."""
    if turn.act != "ask_amount" or not EACH.search(turn.text) or provision.best_of:
        return None
    near = {p for p, score in turn.links if p != OUTSIDE and score >= RESEMBLED}
    others = [turn.kb[p] for p in provision.see if p in near and turn.kb[p].amount]
    if not others or not provision.amount:
        return None
    both = [provision, *others[:1]]
    results = [decide(turn.kb, p.id, known_facts(turn), turn.as_of) for p in both]
    if any(r.verdict in (Verdict.EXPIRED, Verdict.NOT_STARTED) for r in results):
        return None
    lines = [line for result in results for line in _lines(turn, result)]
    figures = tuple(f for result in results for f in amount_figures(result.amount))
    departments = [department_line(p) for p in both]
    text = joined([*lines, *dict.fromkeys(departments), say("disclaimer")])
    return Reply(text, provisions=tuple(p.id for p in both), figures=figures)


def _lines(turn: Turn, result: Result) -> list[str]:
    provision = turn.kb[result.provision].amended(turn.as_of)
    assert result.amount
    amount = replace(result.amount, note="")
    line = say(
        "amount_only", name=provision.name, citation=provision.citation, amount=amount_line(amount)
    )
    terms = "；".join(
        r.says for r in result.reasons if r.status in ("open", "department", "presumed")
        if not r.says.startswith("window:")
    )  # fmt: skip
    return [line, say("amount_premise", conditions=terms)] if terms else [line]
