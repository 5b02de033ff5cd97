"""Media: an article for the account, a short post, questions and answers."""

from __future__ import annotations

from actions.publicity.document import Card, Document, Items, Line, Para, Section
from actions.publicity.entry import Entry
from actions.publicity.material import Material
from actions.publicity.standing import Standing
from actions.publicity.words import word
from policy_kb.facts import day_label

CURRENT = (Standing.ON, Standing.ENDING)
OVER = (Standing.RUNNING_ON, Standing.ENDED)
IN_A_POST = 4


def article(material: Material) -> Document:
    """What can still be had, told in full sentences; what is over, so that nobody goes in vain."""
    count = len(material.current)
    day = day_label(material.brief.day)
    key = "lead" if count else "lead_none"
    lead = Line(word(f"media.article.{key}", day=day, count=count), own=(f"{count}项",))
    sections = [Section("", (Para(lead),))]
    for chapter in material.chapters:
        blocks = tuple(_told(entry) for entry in chapter.current)
        sections.append(Section(chapter.name, blocks, CURRENT))
    if material.ended:
        lines = tuple(entry.ended() for entry in material.ended)
        sections.append(Section(word("media.article.ended_heading"), (Items(lines, "×"),), OVER))
    sections.append(Section(word("ask.heading"), (Items(material.asking(), "→"),)))
    title = word("media.article.title", district=material.district)
    return material.document("article", title, sections, "article")


def _told(entry: Entry) -> Card:
    told = (entry.line(entry.plain().text), entry.dated(), entry.departments())
    title = entry.line(f"{entry.name}{entry.cited}")
    return Card(title, tuple(line for line in told if line), entry.badge, entry.standing.value)


def post(material: Material) -> Document:
    """A few lines with the link: for a group or a micro-blog."""
    told = material.ranked()[:IN_A_POST]
    lead = word("media.post.lead", day=day_label(material.brief.day)) if told else word("nothing")
    sections = [
        Section("", (Para(Line(lead)),)),
        Section("", (Items(tuple(_short(entry) for entry in told)),) if told else (), CURRENT),
    ]
    if material.ended:
        names = "、".join(f"{entry.short}{entry.cited}" for entry in material.ended)
        line = Line(word("media.post.ended", names=names), tuple(e.id for e in material.ended))
        sections.append(Section("", (Para(line),), OVER))
    tail = Line(word("media.post.tail") + material.brief.link, own=(material.brief.link,))
    sections.append(Section("", (Para(tail), Para(Line(word("media.post.ask"))))))
    return material.document("post", word("media.post.title"), sections, "article")


def _short(entry: Entry) -> Line:
    """The sentence; with its last day where that is near."""
    plain, when = entry.plain(), entry.when()
    text = f"{plain.text}{when.text}" if entry.badge else plain.text
    return entry.line(text, *when.own, lead=plain.lead)


def questions(material: Material) -> Document:
    """One question a provision, answered for the day, with article and department."""
    sections = []
    for chapter in material.chapters:
        cards = tuple(_answered(entry) for entry in chapter.entries)
        sections.append(Section(chapter.name, cards))
    sections.append(Section(word("ask.heading"), (Items(material.asking(), "→"),)))
    return material.document("qa", word("media.qa.title"), sections, "article")


def _answered(entry: Entry) -> Card:
    duty = entry.provision.amount is None
    key = "duty" if duty and entry.standing is Standing.ON else entry.standing.value
    asked = word("media.qa.duty_question" if duty else "media.qa.question", name=entry.name)
    when = entry.when() if entry.standing.available else entry.ended()
    plain, departments, gaps = entry.plain(), entry.departments(), entry.gaps()
    body = (
        entry.line(f"{word(f'media.qa.{key}')}{when.text}", *when.own),
        *((entry.line(plain.text),) if entry.standing is not Standing.ENDED else ()),
        *((departments,) if departments else ()),
        *(
            (entry.line(gaps.text, lead=word("label.gaps")),)
            if gaps and entry.standing.available
            else ()
        ),
    )
    return Card(entry.line(asked), body, entry.badge, entry.standing.value)
