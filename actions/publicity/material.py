"""The material of a brief: which provisions, and how each stands on the day of use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from actions.publicity.brief import Brief
from actions.publicity.document import Document, Line, Section
from actions.publicity.entry import Entry
from actions.publicity.standing import Standing
from actions.publicity.topics import audiences, topics
from actions.publicity.words import word
from policy_kb.facts import day_label
from policy_kb.model import Knowledge


@dataclass(frozen=True)
class Chapter:
    """A topic and the provisions told under it, each provision once in the whole material."""

    id: str
    name: str
    entries: tuple[Entry, ...]

    def standing(self, *standings: Standing) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.standing in standings)

    @property
    def current(self) -> tuple[Entry, ...]:
        """What somebody can still begin to have."""
        return tuple(entry for entry in self.entries if entry.standing.available)


@dataclass(frozen=True)
class Material:
    """Everything that a brief's documents are made of, from the knowledge base only."""

    kb: Knowledge
    brief: Brief

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The topics in order; a provision belongs to the first that tells it."""
        seen: set[str] = set()
        chapters = []
        for key in self.brief.topics:
            topic = topics()[key]
            ids = [p for p in topic.provisions.get(self.brief.audience, ()) if p not in seen]
            seen.update(ids)
            entries = tuple(
                Entry(self.kb, self.kb[p].amended(self.brief.day), self.brief.day)
                for p in ids
                if p in self.kb.provisions
            )
            chapters.append(Chapter(key, topic.name, entries))
        return tuple(chapters)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for chapter in self.chapters for entry in chapter.entries)

    @property
    def current(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.standing.available)

    def ranked(self) -> tuple[Entry, ...]:
        """What can be had, the first of each topic before the second of any."""
        rows = [chapter.current for chapter in self.chapters]
        depth = max((len(row) for row in rows), default=0)
        return tuple(row[i] for i in range(depth) for row in rows if i < len(row))

    def standing(self, *standings: Standing) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.standing in standings)

    @property
    def ended(self) -> tuple[Entry, ...]:
        """What nobody can begin any more, running on for some or not."""
        return self.standing(Standing.RUNNING_ON, Standing.ENDED)

    @property
    def district(self) -> str:
        return self.brief.district or self.kb.district.name

    @property
    def subtitle(self) -> str:
        """Where it is sent, for whom, and the day it is right for."""
        sent = audiences()[self.brief.audience].sent
        day = day_label(self.brief.day)
        host = f" · {self.brief.host}" if self.brief.host else ""
        return word("subtitle", sent=sent, district=self.district, day=day, host=host)

    def asking(self) -> tuple[Line, ...]:
        """Where to ask: the lines and the service points that the district has entered."""
        wanted = read_lines(self.brief.audience)
        lines = [
            Line(word("ask.line", number=one.number, purpose=one.purpose))
            for one in self.kb.district.lines
            if one.number in wanted
        ]
        for office in self.kb.district.offices:
            details = "，".join(d for d in (office.address, office.hours, office.telephone) if d)
            lines.append(Line(word("ask.office", name=office.name, details=details)))
        if not self.kb.district.offices:
            lines.append(Line(word("ask.no_office")))
        return tuple(lines)

    def foot(self) -> tuple[str, ...]:
        """The small print: the source, the day, who has the last word."""
        day = day_label(self.brief.day)
        return (word("foot.source", day=day), word("foot.final"))

    def document(self, form: str, title: str, sections: Sequence[Section], look: str) -> Document:
        """These sections as one of the brief's documents, without those that hold nothing."""
        return Document(
            form=form,
            title=title,
            subtitle=self.subtitle,
            day=self.brief.day,
            sections=tuple(sections),
            foot=self.foot(),
            link=self.brief.link,
            scan=word("scan"),
            look=look,
        ).without_empty()


def read_lines(audience: str) -> tuple[str, ...]:
    """The numbers of the telephone lines told to an audience."""
    return tuple(word(f"ask.{audience}").split())
