"""Nothing invented: each figure of a reply must come from somewhere before it leaves.

Sources are the provisions the reply relies on, the district's parameters, amendments, the
assistant's own sentences, what the user said, and what is computed from these (the working).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from actions.reply import Reply, amount_figures
from actions.sources import NUMBER, day_numbers, sources
from actions.texts import say
from actions.turn import Turn
from policy_kb.explain import money as told_money
from policy_kb.facts import Value, plain
from policy_kb.figures import figures_in

logger = logging.getLogger(__name__)

IN_WORDS = re.compile(
    r"百分之[一二三四五六七八九十百点]+"
    r"|(?<![\d一-十])[一二两三四五六七八九十百千][一二两三四五六七八九十百千万亿]*(?:万元|元|成|倍|个百分点|个月|天)"
)
"""Figures written in Chinese numerals."""


def guarded(turn: Turn, reply: Reply) -> Reply:
    """The reply itself, or a safe one where it holds a figure without a source."""
    stray = stray_figures(turn, reply)
    if not stray:
        return reply
    logger.error("figures without a source: %s in %r", sorted(stray), reply.provisions)
    return Reply(say("safe"), kind="handoff")


def stray_figures(turn: Turn, reply: Reply) -> set[str]:
    """Numbers, figures with their unit and figures in words that come from nowhere."""
    relied_on = (*reply.provisions, *(result.provision for result in reply.results))
    drawn_on, learnt = sources(turn.kb, relied_on), turn.learnt()
    stray = set(NUMBER.findall(reply.text)) - _numbers(turn, reply, learnt)
    stray = {number for number in stray if not any(number in s.numbers for s in drawn_on)}
    stray |= {
        words
        for words in IN_WORDS.findall(reply.text)
        if not any(words in source.texts for source in drawn_on)
    }
    money = {figure for figure in figures_in(reply.text) if figure.endswith(("元", "%"))}
    money = {figure for figure in money if not any(figure in s.figures for s in drawn_on)}
    if money:
        money -= {f for text in _own(turn, reply, learnt) for f in figures_in(text)}
    return stray | money


def _own(turn: Turn, reply: Reply, learnt: Mapping[str, Value]) -> Iterable[str]:
    """What this turn itself brings: facts as echoed, amounts as computed."""
    for fact, value in {**turn.state.facts, **turn.facts, **learnt}.items():
        yield turn.kb.fact(fact).label(value)
        if isinstance(value, Decimal):
            yield f"{plain(value.quantize(Decimal('0.01')))}%"
    for item in turn.numbers:
        if item.kind == "money" and isinstance(item.value, Decimal):
            yield told_money(item.value, "元")
    for result in reply.results:
        yield from (reason.because for reason in result.reasons)
    for number in (*reply.figures, *(n for r in reply.results for n in amount_figures(r.amount))):
        yield from (f"{number}元", f"{number}万元", f"{number}%")


def _numbers(turn: Turn, reply: Reply, learnt: Mapping[str, Value]) -> set[str]:
    """The numbers that this turn brings, and those up to nine."""
    numbers: set[str] = set()
    for result in reply.results:
        numbers.update(amount_figures(result.amount))
        for reason in result.reasons:
            numbers.update(NUMBER.findall(reason.because))
        if result.valid_until:
            numbers.update(day_numbers(result.valid_until.isoformat()))
    for fact, value in {**turn.state.facts, **turn.facts, **learnt}.items():
        numbers.update(NUMBER.findall(turn.kb.fact(fact).label(value)))
    others = [value for facts in turn.others.values() for value in facts.values()]
    for value in (*turn.facts.values(), *turn.state.facts.values(), *learnt.values(), *others):
        text = str(value)
        numbers.update(NUMBER.findall(text))
        numbers.update(day_numbers(text))
    for item in turn.numbers:
        numbers.update(NUMBER.findall(str(item.value)))
        if isinstance(item.value, Decimal):
            numbers.update(NUMBER.findall(f"{plain(item.value)} {told_money(item.value, '元')}"))
    numbers.update(reply.figures)
    numbers.update(str(i) for i in range(1, 10))
    return numbers
