"""Enterprise: a checklist by situation, with amounts, conditions, deadlines and worked examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actions.publicity.document import Block, Document, Items, Line, Para, Section, Table
from actions.publicity.entry import Entry
from actions.publicity.material import Chapter, Material
from actions.publicity.standing import Standing
from actions.publicity.words import read_words, word

CURRENT = (Standing.ON, Standing.ENDING)
OVER = (Standing.RUNNING_ON, Standing.ENDED)
WIDTHS = (19, 25, 27, 13, 16)


def checklist(material: Material) -> Document:
    """Each situation with its table, steps and examples; then what is over and what to ask."""
    sections = [Section("", (Para(Line(word("enterprise.checklist.intro"))),))]
    for chapter in material.chapters:
        sections.append(Section(chapter.name, tuple(_situation(chapter)), CURRENT))
    if material.ended:
        sections.append(Section(word("ended_heading"), tuple(_ended(material.ended)), OVER))
    coming = material.standing(Standing.NOT_YET)
    if coming:
        lines = tuple(entry.line(entry.when().text, lead=entry.short) for entry in coming)
        sections.append(Section(word("upcoming_heading"), (Items(lines),), (Standing.NOT_YET,)))
    notices = tuple(line for entry in material.entries for line in entry.notices())
    if notices:
        sections.append(Section(word("notices_heading"), (Items(notices),)))
    gaps = tuple(line for entry in material.current if (line := entry.gaps()))
    if gaps:
        sections.append(Section(word("enterprise.checklist.gaps_heading"), (Items(gaps),)))
    sections.append(Section(word("ask.heading"), (Items(material.asking(), "→"),)))
    return material.document("checklist", word("enterprise.checklist.title"), sections, "sheet")


def _situation(chapter: Chapter) -> Iterator[Block]:
    if not chapter.current:
        return
    header = tuple(read_words("material")["enterprise"]["checklist"]["header"])
    yield Table(header, tuple(_row(entry) for entry in chapter.current), WIDTHS)
    for entry in chapter.current:
        if steps := entry.steps():
            yield Para(Line(f"{entry.short}{word('label.steps')}：", (entry.id,)))
            yield Items(steps, "1")
    yield from _worked(chapter.current)


def _row(entry: Entry) -> tuple[Line, ...]:
    """What, how much, on which conditions, until when, with whom."""
    badge = f"【{entry.badge}】" if entry.badge else ""
    name = entry.line(f"□ {entry.name}{entry.cited}{badge}", entry.badge)
    told = (entry.amount() or entry.plain(), entry.conditions(), entry.when(), entry.departments())
    return (name, *(_cell(entry, line) for line in told))


def _cell(entry: Entry, line: Line | None) -> Line:
    """A line without its label: the column has it."""
    return entry.line(line.text.rstrip("。"), *line.own) if line else entry.line("—")


def _worked(entries: Sequence[Entry]) -> Iterator[Block]:
    lines = tuple(line for entry in entries if (line := entry.worked()))
    if lines:
        yield Para(
            Line(word("enterprise.checklist.worked_note"), lead=word("enterprise.checklist.worked"))
        )
        yield Items(lines, "＋")


def _ended(entries: Sequence[Entry]) -> Iterator[Block]:
    header = tuple(read_words("material")["enterprise"]["checklist"]["ended_header"])
    rows = tuple(
        (entry.line(f"{entry.name}{entry.cited}"), entry.line(entry.ended().text))
        for entry in entries
    )
    yield Table(header, rows, (34, 66))
    yield from _worked([entry for entry in entries if entry.standing is Standing.RUNNING_ON])
