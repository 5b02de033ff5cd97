"""Campus: a handout with a plan for the time of the talk, and slides to show."""

from __future__ import annotations

from collections.abc import Iterator

from actions.publicity.document import Block, Card, Document, Items, Line, Section, Table
from actions.publicity.entry import Entry
from actions.publicity.material import Chapter, Material
from actions.publicity.standing import Standing
from actions.publicity.timing import shared_minutes
from actions.publicity.words import read_words, word
from policy_kb.facts import day_label

CURRENT = (Standing.ON, Standing.ENDING)
OVER = (Standing.RUNNING_ON, Standing.ENDED)
ON_A_SLIDE = 4
"""Lines of what is over on one slide."""


def handout(material: Material) -> Document:
    """Time plan, each topic with its provisions, what is over, questions, where to ask."""
    sections = [_plan(material)]
    for chapter in material.chapters:
        cards = tuple(_card(entry) for entry in chapter.current)
        sections.append(Section(chapter.name, cards, CURRENT))
    if material.ended:
        lines = tuple(entry.ended() for entry in material.ended)
        sections.append(Section(word("ended_heading"), (Items(lines, "×"),), OVER))
    gaps = tuple(line for entry in material.current if (line := entry.gaps()))
    if gaps:
        sections.append(Section(word("campus.handout.ask_heading"), (Items(gaps, "？"),)))
    sections.append(Section(word("ask.heading"), (Items(material.asking(), "→"),)))
    return material.document("handout", word("campus.handout.title"), sections, "sheet")


def _plan(material: Material) -> Section:
    """How the minutes are shared out: a topic with more to tell gets more of them."""
    says = [_chapter_says(chapter) for chapter in material.chapters]
    weights = [2, *(2 * len(c.current) or 1 for c in material.chapters), 3]
    minutes = shared_minutes(material.brief.minutes, weights)
    day = day_label(material.brief.day)
    names = (
        word("campus.handout.opening"),
        *(chapter.name for chapter in material.chapters),
        word("campus.handout.closing"),
    )
    says = [
        Line(word("campus.handout.opening_says", day=day)),
        *says,
        Line(word("campus.handout.closing_says")),
    ]
    rows = tuple(
        (
            Line(name),
            Line(word("campus.handout.minutes", minutes=share), own=(f"{share}分钟",)),
            told,
        )
        for name, share, told in zip(names, minutes, says, strict=True)
        if share
    )
    header = tuple(read_words("material")["campus"]["handout"]["plan_header"])
    heading = word("campus.handout.plan_heading", minutes=material.brief.minutes)
    return Section(heading, (Table(header, rows, (22, 12, 66)),))


def _chapter_says(chapter: Chapter) -> Line:
    current = chapter.current
    key = "chapter_says" if current else "chapter_ended"
    told = current or chapter.entries
    names = "、".join(f"{entry.short}{entry.cited}" for entry in told)
    return Line(word(f"campus.handout.{key}", names=names), tuple(e.id for e in told))


def _card(entry: Entry) -> Card:
    when = entry.when()
    told = (
        entry.line(entry.plain().text),
        entry.amount(),
        entry.conditions(),
        entry.line(when.text, *when.own, lead=word("label.when")),
        entry.departments(),
        entry.apply(),
    )
    body = [line for line in told if line]
    return Card(
        entry.line(f"{entry.name}{entry.cited}"), tuple(body), entry.badge, entry.standing.value
    )


def slides(material: Material) -> Document:
    """A page a topic, few words on each, the code at the end."""
    names = tuple(Line(chapter.name) for chapter in material.chapters)
    sections = [Section(word("campus.slides.summary"), (Items(names, "1"),))]
    for chapter in material.chapters:
        sections += [
            Section(chapter.name, tuple(_slide(entry)), CURRENT) for entry in chapter.current
        ]
    over = material.ended
    for start in range(0, len(over), ON_A_SLIDE):
        lines = tuple(e.line(e.when().text, lead=e.short) for e in over[start : start + ON_A_SLIDE])
        sections.append(Section(word("ended_heading"), (Items(lines, "×"),), OVER))
    sections.append(Section(word("campus.slides.closing"), (Items(material.asking(), "→"),)))
    return material.document("slides", word("campus.slides.title"), sections, "slides")


def _slide(entry: Entry) -> Iterator[Block]:
    """One provision: its sentence large, the rest as points."""
    yield Card(
        entry.line(entry.short),
        (entry.line(entry.plain().text),),
        entry.badge,
        entry.standing.value,
    )
    when = entry.dated()
    points = (
        entry.amount(),
        entry.conditions(),
        entry.line(when.text, *when.own, lead=word("label.when")) if when else None,
        entry.departments(),
        None if entry.provision.conditions.parts else entry.apply(),
    )
    yield Items(tuple(line for line in points if line))
