"""Nothing invented in material: every figure has its source and its article, nothing over is offered.

The same rule as for the assistant's replies (actions/guard.py), stricter: a line may hold only the
numbers of the provisions it relies on, of the district's settings, and those computed for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from actions.guard import IN_WORDS
from actions.publicity.document import Document, Line, Section
from actions.publicity.standing import standing
from actions.reply import cited_articles
from actions.sources import NUMBER, told_by
from policy_kb.errors import PolicyError
from policy_kb.facts import day_label
from policy_kb.figures import figures_in
from policy_kb.model import Knowledge


class MaterialError(PolicyError):
    """Material that must not leave: a figure without a source, or something over offered."""


def checked(kb: Knowledge, document: Document, settings: Iterable[str]) -> Document:
    """The document itself; MaterialError where the guard finds anything.

    `settings`: what the brief and the district say (day, district, minutes, telephone lines).
    """
    problems = [*stray(kb, document, settings), *out_of_date(kb, document)]
    if problems:
        raise MaterialError(f"材料没有通过核对，没有生成：{'；'.join(problems[:3])}")
    return document


def stray(kb: Knowledge, document: Document, settings: Iterable[str]) -> Iterator[str]:
    """Figures that come from nowhere, or stand without their article."""
    known = tuple(settings)
    for line in (*document.lines(), *(Line(text) for text in _around(document))):
        sources = [*known, *line.own]
        for provision_id in line.provisions:
            provision = kb[provision_id].amended(document.day)
            sources += told_by(provision)
            sources += [day_label(d) for d in (provision.window.start, provision.window.end) if d]
        numbers = {n for text in sources for n in NUMBER.findall(text)}
        figures = {f for text in sources for f in figures_in(text)}
        words = "".join(sources)
        found = [n for n in NUMBER.findall(line.whole) if n not in numbers]
        found += [f for f in figures_in(line.whole) if f not in figures]
        found += [w for w in IN_WORDS.findall(line.whole) if w not in words]
        yield from (f"“{line.whole[:20]}…”里的{one}没有出处" for one in found)
        if line.provisions and any(figures_in(line.whole)) and not _cites(kb, line):
            yield f"“{line.whole[:20]}…”没有写依据第几条"


def _cites(kb: Knowledge, line: Line) -> bool:
    """Whether the line names an article, or part of the plan, of those it relies on."""
    relied_on = {a for p in line.provisions for a in kb[p].articles}
    cited = set(cited_articles(line.whole))
    return bool(cited & relied_on) or any(
        kb[p].citation in line.whole for p in line.provisions if not kb[p].article
    )


def out_of_date(kb: Knowledge, document: Document) -> Iterator[str]:
    """Provisions in a section whose standing on the day is another than the section tells."""
    for section in document.sections:
        yield from _misplaced(kb, document, section)


def _misplaced(kb: Knowledge, document: Document, section: Section) -> Iterator[str]:
    if not section.standings:
        return
    day = document.day
    for provision_id in {p for line in section.lines() for p in line.provisions}:
        if standing(kb[provision_id], day) not in section.standings:
            yield f"“{section.heading}”里的{kb[provision_id].name}在这一天不是这个状态"


def _around(document: Document) -> tuple[str, ...]:
    headings = tuple(section.heading for section in document.sections)
    return (document.title, document.subtitle, *headings, *document.foot)
