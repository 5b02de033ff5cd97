"""Village and community: a large-print leaflet of one page, and a script for the loudspeakers."""

from __future__ import annotations

from collections.abc import Iterator

from actions.publicity.document import Block, Card, Document, Items, Line, Para, Section
from actions.publicity.entry import Entry
from actions.publicity.material import Material
from actions.publicity.speaking import SPEED, spoken_length
from actions.publicity.standing import Standing
from actions.publicity.words import word
from policy_kb.facts import day_label

CURRENT = (Standing.ON, Standing.ENDING)
OVER = (Standing.RUNNING_ON, Standing.ENDED)
LEAFLET_ENTRIES = 9
"""Provisions told in full on the page; the renderer takes fewer where they do not fit."""


def leaflet(material: Material, most: int = LEAFLET_ENTRIES) -> Document:
    """One page: what can be had, what is over, where to ask. `most`: provisions told in full."""
    told = material.ranked()[:most]
    rest = [entry for entry in material.current if entry not in told]
    blocks: list[Block] = [_card(entry) for entry in material.current if entry in told]
    if rest:
        names = "、".join(_marked(entry) for entry in rest)
        days = tuple(entry.badge for entry in rest)
        blocks.append(
            Para(Line(word("village.leaflet.more", names=names), tuple(e.id for e in rest), days))
        )
    if not told:
        blocks.append(Para(Line(word("nothing"))))
    sections = [Section(word("village.leaflet.current"), tuple(blocks), CURRENT)]
    if material.ended:
        lines = tuple(entry.line(entry.when().text, lead=entry.short) for entry in material.ended)
        sections.append(Section(word("ended_heading"), (Items(lines, "×"),), OVER))
    return material.document(
        "leaflet",
        word("village.leaflet.title"),
        (*sections, Section(word("ask.heading"), (Items(material.asking(), "→"),))),
        "leaflet",
    )


def _marked(entry: Entry) -> str:
    """A name only, with its mark and article where it is about to end."""
    return (
        f"{entry.short}（{entry.badge}，{entry.provision.citation}）"
        if entry.badge
        else entry.short
    )


def _card(entry: Entry) -> Card:
    body = (entry.line(entry.plain().text), *((entry.when(),) if entry.badge else ()))
    return Card(entry.line(entry.short), body, entry.badge, entry.standing.value)


def broadcast(material: Material) -> Document:
    """The script, as near to the length asked for as what there is to tell allows."""
    target = material.brief.minutes * SPEED
    said = [*_fixed(material), *_chosen(material, target)]
    lines = [line for _, line in sorted(said, key=lambda one: one[0])]
    count = sum(spoken_length(line.text) for line in lines)
    minutes = max(1, round(count / SPEED))
    key = "meta" if count >= 0.9 * target else "short"
    meta = word(f"village.broadcast.{key}", count=count, speed=SPEED, minutes=minutes)
    return Document(
        form="broadcast",
        title=word("village.broadcast.title"),
        subtitle=material.subtitle,
        day=material.brief.day,
        sections=(
            Section("", (Para(Line(meta, own=(f"{count}", f"{SPEED}", f"{minutes}分钟"))),)),
            Section("", tuple(Para(line) for line in lines)),
        ),
        foot=material.foot(),
        link=material.brief.link,
        scan=word("scan"),
        look="script",
    )


Spoken = tuple[tuple[int, int, int], Line]
"""A sentence and its place: part (hello, told, over, again, bye), provision, detail."""


def _fixed(material: Material) -> Iterator[Spoken]:
    day = day_label(material.brief.day)
    yield (0, 0, 0), Line(word("village.broadcast.hello", day=day))
    if not material.current:
        yield (0, 1, 0), Line(word("nothing"))
    yield (4, 0, 0), Line(word("village.broadcast.asked"))
    yield (4, 1, 0), Line(word("village.broadcast.bye"))


def _chosen(material: Material, target: int) -> list[Spoken]:
    """Sentences in order of weight for as long as they fit: each policy, then its details."""
    chosen: list[Spoken] = []
    room = target - sum(spoken_length(line.text) for _, line in _fixed(material))
    for group in _by_weight(material):
        need = sum(spoken_length(line.text) for _, line in group)
        if need <= room:
            chosen += group
            room -= need
    return chosen


def _by_weight(material: Material) -> Iterator[list[Spoken]]:
    """What goes together, weightiest first: one policy a topic, what is over, the rest, details."""
    told = list(enumerate(material.ranked()))
    first = sum(1 for chapter in material.chapters if chapter.current)
    yield from (_policy(i, entry) for i, entry in told[:first])
    for i, entry in enumerate(material.ended):
        lead = word("village.broadcast.ended") if i == 0 else ""
        yield [((2, i, 0), _over(entry, lead))]
    yield from (_policy(i, entry) for i, entry in told[first:])
    yield from ([((1, i, 2), apply)] for i, entry in told if (apply := entry.apply()))
    yield from ([((1, i, 3), gaps)] for i, entry in told if (gaps := entry.unsaid()))
    for i, entry in told:
        yield [((3, i, 0), _spoken(entry, word("village.broadcast.again") if i == 0 else ""))]


def _policy(place: int, entry: Entry) -> list[Spoken]:
    ending = [((1, place, 1), entry.when())] if entry.standing is Standing.ENDING else []
    return [((1, place, 0), _spoken(entry)), *ending]


def _spoken(entry: Entry, lead: str = "") -> Line:
    """For the ear: the name, the sentence, the article in words."""
    cited = word("village.broadcast.cited", citation=entry.provision.citation)
    text = entry.plain().text.replace(entry.cited, f"，{cited}")
    return entry.line(f"{lead}{entry.short}。{text}")


def _over(entry: Entry, lead: str) -> Line:
    cited = word("village.broadcast.cited", citation=entry.provision.citation)
    told = entry.when().text.replace(entry.cited, f"，{cited}")
    return entry.line(f"{lead}{entry.short}，{told}")
