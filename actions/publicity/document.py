"""What a piece of material consists of, whatever file it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from actions.publicity.standing import Standing


@dataclass(frozen=True)
class Line:
    """A sentence or two, and what its figures rely on.

    `provisions`: their numbers may stand in it. `own`: figures computed for it (37天, 48000元).
    """

    text: str
    provisions: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    lead: str = ""  # said in bold before the text

    @property
    def whole(self) -> str:
        """As it is read: the lead, then the text."""
        return f"{self.lead}：{self.text}" if self.lead else self.text


@dataclass(frozen=True)
class Para:
    """A paragraph."""

    line: Line

    def lines(self) -> Iterator[Line]:
        yield self.line


@dataclass(frozen=True)
class Items:
    """A list; numbered where the order matters, boxed where it is to be ticked off."""

    items: tuple[Line, ...]
    mark: str = "·"  # · | 1 | □ | × | → | ＋

    def lines(self) -> Iterator[Line]:
        yield from self.items

    def marked(self) -> Iterator[tuple[str, Line]]:
        """Each item with what stands before it."""
        for number, line in enumerate(self.items, 1):
            yield (f"{number}." if self.mark == "1" else self.mark), line


@dataclass(frozen=True)
class Card:
    """One provision or one question: a heading, a badge, lines below."""

    title: Line
    body: tuple[Line, ...]
    badge: str = ""
    tone: str = "on"

    def lines(self) -> Iterator[Line]:
        yield self.title
        yield from self.body


@dataclass(frozen=True)
class Table:
    """Rows under a header; `widths` in percent."""

    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[int, ...] = ()

    def lines(self) -> Iterator[Line]:
        for row in self.rows:
            yield from row


Block = Para | Items | Card | Table


@dataclass(frozen=True)
class Section:
    """A heading and its blocks. `standing`: what its provisions must be on the day, if any."""

    heading: str
    blocks: tuple[Block, ...]
    standings: tuple[Standing, ...] = ()

    def lines(self) -> Iterator[Line]:
        for block in self.blocks:
            yield from block.lines()


@dataclass(frozen=True)
class Document:
    """One piece: its form names the file, its look the layout."""

    form: str
    title: str
    subtitle: str
    day: date
    sections: tuple[Section, ...]
    foot: tuple[str, ...] = ()
    link: str = ""
    scan: str = ""  # the words beside the code
    look: str = "sheet"  # leaflet | sheet | slides | article | script

    def lines(self) -> Iterator[Line]:
        for section in self.sections:
            yield from section.lines()

    def without_empty(self) -> Document:
        """The same without sections that hold nothing."""
        return replace(self, sections=tuple(s for s in self.sections if s.blocks))
