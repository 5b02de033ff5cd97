"""Nothing invented: each figure of a reply must come from somewhere before it leaves.

Sources are the provisions the reply relies on, the district's parameters, amendments, the
assistant's own sentences, what the user said, and what is computed from these (the working).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from decimal import Decimal

from actions.reply import Reply, amount_figures
from actions.texts import say, texts
from actions.turn import Turn
from policy_kb.facts import plain
from policy_kb.figures import figures_in
from policy_kb.model import Knowledge, Provision

logger = logging.getLogger(__name__)

NUMBER = re.compile(r"\d+(?:\.\d+)?")
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
    sources = list(_sources(turn.kb, reply))
    stray = set(NUMBER.findall(reply.text)) - allowed(turn, reply)
    everything = "".join(sources)
    stray |= {words for words in IN_WORDS.findall(reply.text) if words not in everything}
    known = {figure for text in sources for figure in figures_in(text)}
    known |= {figure for text in _own(turn, reply) for figure in figures_in(text)}
    money = {figure for figure in figures_in(reply.text) if figure.endswith(("元", "%"))}
    return stray | (money - known)


def _own(turn: Turn, reply: Reply) -> Iterable[str]:
    """What this turn itself brings: facts as echoed, amounts as computed."""
    for fact, value in {**turn.state.facts, **turn.facts, **turn.learnt()}.items():
        yield turn.kb.fact(fact).label(value)
        if isinstance(value, Decimal):
            yield f"{plain(value.quantize(Decimal('0.01')))}%"
    for result in reply.results:
        yield from (reason.because for reason in result.reasons)
    for number in (*reply.figures, *(n for r in reply.results for n in amount_figures(r.amount))):
        yield from (f"{number}元", f"{number}万元", f"{number}%")


def allowed(turn: Turn, reply: Reply) -> set[str]:
    """Every number that this reply may hold."""
    numbers: set[str] = set()
    for text in _sources(turn.kb, reply):
        numbers.update(NUMBER.findall(text))
    for result in reply.results:
        numbers.update(amount_figures(result.amount))
        for reason in result.reasons:
            numbers.update(NUMBER.findall(reason.because))
        if result.valid_until:
            numbers.update(_day_numbers(result.valid_until.isoformat()))
    for value in (*turn.facts.values(), *turn.state.facts.values(), *turn.learnt().values()):
        text = str(value)
        numbers.update(NUMBER.findall(text))
        numbers.update(_day_numbers(text))
    numbers.update(reply.figures)
    numbers.update(str(i) for i in range(1, 10))
    return numbers


def _sources(kb: Knowledge, reply: Reply) -> Iterable[str]:
    yield from _strings(texts())
    yield from (line.number for line in kb.district.lines)
    yield from (" ".join(vars(office).values()) for office in kb.district.offices)
    yield from (f"{p.value} {p.source}" for p in kb.district.parameters)
    for provision_id in (*reply.provisions, *(r.provision for r in reply.results)):
        yield from provision_sources(kb[provision_id])
    for fact in kb.registry.facts.values():
        yield from (fact.question, fact.why, fact.means)


def provision_sources(provision: Provision) -> Iterable[str]:
    """Every text of one provision that may bring figures into what is said about it."""
    yield from (provision.summary, provision.name, provision.citation, provision.apply)
    yield from (*provision.steps, *provision.readings, *provision.discretion)
    yield from (provision.window.after, provision.funds)
    yield from (gap.what + gap.set_by for gap in provision.gaps)
    yield from (check.says for check in provision.checks())
    yield from (provision.means or {}).values()
    yield from (plain(figure.value) for figure in provision.figures)
    if provision.amount:
        yield provision.amount.text
    for day in (provision.window.start, provision.window.end):
        yield " ".join(_day_numbers(day.isoformat())) if day else ""
    yield str(provision.window.run_on_years)
    for amendment in provision.amendments:
        yield f"{amendment.document} {amendment.note}"
        for day in (amendment.issued, amendment.start, amendment.end):
            yield " ".join(_day_numbers(day.isoformat())) if day else ""
        yield from (plain(value) for value in (amendment.figures or {}).values())


def _strings(node: object) -> Iterable[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)


def _day_numbers(text: str) -> list[str]:
    """2025-06-01 as the numbers of 2025年6月1日."""
    return [str(int(part)) for part in re.findall(r"\d+", text)] if "-" in text else []
