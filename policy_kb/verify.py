"""Check our data against the official text: every figure, date, department and name.

Also lists what the text has and our data lacks, and sentences copied instead of retold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from policy_kb.conditions import Check
from policy_kb.facts import plain
from policy_kb.figures import figures_in
from policy_kb.model import Knowledge, Provision
from policy_kb.official import split_text

COPIED_RUN = 16
"""No run of this many characters equals the source, names and set phrases apart."""

TRIVIAL = {Decimal(0), Decimal(1)}  # “at least one” is no figure of the plan
QUOTED = re.compile(r"[《“]([^》”]{2,20})[》”]")
COMPUTED_UNITS = {"个月", "人", "岁", "年", "天", "元", "%"}


@dataclass
class Report:
    """`wrong`: in our data but not in the article cited; `missing`: in the text, not in ours."""

    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def verify(kb: Knowledge, official: str) -> Report:
    """Compare the whole knowledge base with the official text."""
    parts = {part.cited: part.text for part in split_text(official)}
    report = Report()
    ours: dict[str, set[str]] = {}
    for provision in kb.provisions.values():
        text = parts.get(provision.citation, "")
        if not text:
            report.wrong.append(f"{provision.id}：原文没有{provision.citation}")
            continue
        claimed = set(claims(kb, provision))
        ours.setdefault(provision.citation, set()).update(claimed)
        relied_on = [text, *(parts[name] for name in parts if name in provision.summary)]
        official_figures = {figure for part in relied_on for figure in figures_in(part)}
        report.wrong += _not_in_text(provision, claimed, official_figures)
        report.wrong += _names_not_in_text(provision, text)
        report.wrong += _copied(kb, provision, text)
    for cited, text in parts.items():
        for figure in dict.fromkeys(figures_in(text)):
            if figure not in ours.get(cited, set()):
                report.missing.append(f"{cited}的“{figure}”我们的数据里没有")
    return report


def claims(kb: Knowledge, provision: Provision) -> Iterator[str]:
    """Every figure that our data states about a provision, in canonical form."""
    for text in _prose(provision):
        yield from figures_in(text)
    for figure in provision.figures:
        if "（" not in figure.name:  # a bracket names a convention of ours, not of the plan
            yield from figures_in(f"{plain(figure.value)}{figure.unit}")
    for day in (provision.window.start, provision.window.end):
        if day:
            yield day.isoformat()
    if provision.window.run_on_years:
        yield from figures_in(f"{provision.window.run_on_years}年")
    for check in provision.checks():
        yield from _bounds(kb, check)


def _bounds(kb: Knowledge, check: Check) -> Iterator[str]:
    unit = kb.registry[check.fact].unit
    for bound in check.bounds():
        if bound not in TRIVIAL and unit.replace("周", "") in COMPUTED_UNITS:
            yield from figures_in(f"{plain(bound)}{unit}")


def _prose(provision: Provision) -> Iterator[str]:
    """Our own sentences that state what the plan says."""
    yield provision.summary
    yield from provision.steps
    yield from (check.says for check in provision.checks())
    yield from (provision.means or {}).values()
    if provision.amount:
        yield provision.amount.text


def _not_in_text(provision: Provision, claimed: Iterable[str], official: set[str]) -> Iterator[str]:
    years = {figure[:4] for figure in official if re.match(r"20\d\d", figure)}
    whole_years = {figure[:4] for figure in official if figure.endswith("年份")}
    edges = {f"{year}-{day}" for year in whole_years for day in ("01-01", "12-31")}
    for figure in sorted(set(claimed) - official - edges):
        if figure.endswith("年份") and figure[:4] in years:
            continue
        yield f"{provision.id}：“{figure}”不在原文{provision.citation}里"


def _names_not_in_text(provision: Provision, text: str) -> Iterator[str]:
    for name in provision.departments:
        if name not in text and name.removeprefix("区") not in text:
            yield f"{provision.id}：部门“{name}”不在原文{provision.citation}里"
    for name in provision.funds.split("、") if provision.funds else ():
        if name not in text:
            yield f"{provision.id}：资金“{name}”不在原文{provision.citation}里"
    for name in (*QUOTED.findall(provision.summary), *provision.terms):
        if name not in text:
            yield f"{provision.id}：名称“{name}”不在原文{provision.citation}里"


def _copied(kb: Knowledge, provision: Provision, text: str) -> Iterator[str]:
    plain_text = _letters(text)
    for sentence in _prose(provision):
        letters = _letters(_without_names(kb, provision, sentence))
        for start in range(len(letters) - COPIED_RUN + 1):
            run = letters[start : start + COPIED_RUN]
            if run in plain_text:
                yield f"{provision.id}：“{run}”与原文连续相同，请换成自己的话"
                break


def _without_names(kb: Knowledge, provision: Provision, sentence: str) -> str:
    """The sentence with dates, names and set phrases cut out (each leaves a mark)."""
    names = [provision.name, provision.title, *provision.terms, *provision.departments]
    names += [option.label for fact in kb.registry.facts.values() for option in fact.options]
    for name in sorted(names, key=len, reverse=True):
        sentence = sentence.replace(name, "|")
    sentence = re.sub(r"[《“][^》”]*[》”]", "|", sentence)
    return re.sub(r"20\d\d年\d+月\d+日(?:至20\d\d年\d+月\d+日)?", "|", sentence)


def _letters(text: str) -> str:
    return re.sub(r"\s", "", text)
