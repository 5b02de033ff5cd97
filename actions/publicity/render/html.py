"""A document as print-ready HTML: complete in itself, no script, nothing loaded from elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from pathlib import Path

from actions.publicity.document import Block, Card, Document, Items, Line, Para, Section, Table
from actions.publicity.render.code import qr_svg
from actions.publicity.render.fonts import family_css

WHOLE = re.compile(
    r"（第\d+条）[。；]?|\d+(?:\.\d+)?(?:万元|元/人/年|元/年|元/月|元|%|个月|年|人|岁|天)"
)
"""Never broken over two lines: citations, and numbers with their unit."""


NARROW = "@media screen and (max-width: 40rem) {\n%s}"
"""A phone's screen."""

EMPTY = ' class="empty"'


@lru_cache(maxsize=1)
def _style() -> str:
    return Path(__file__).with_name("style.css").read_text("utf-8")


@lru_cache(maxsize=1)
def stacked() -> str:
    """The rules that turn table rows into cards, for one narrow column."""
    return Path(__file__).with_name("stacked.css").read_text("utf-8")


def html(document: Document, extra_css: str = "") -> str:
    """The whole page; `extra_css` comes last (fonts to embed, the page of a long picture)."""
    style = f":root {{ --family: {family_css()}; }}\n{_style()}\n{NARROW % stacked()}\n{extra_css}"
    sections = "\n".join(_section(section) for section in document.sections)
    foot = "".join(f"<p>{escape(line)}</p>" for line in document.foot)
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(document.title)}</title>
<style>{style}</style>
</head>
<body class="{document.look} {document.form}">
<header>
<div class="head"><h1>{escape(document.title)}</h1><p class="subtitle">{escape(document.subtitle)}</p></div>
</header>
<main>
{sections}
</main>
<footer>
<div class="code">{qr_svg(document.link)}</div>
<div class="small"><p class="scan">{escape(document.scan)}</p><p class="link">{escape(document.link)}</p>{foot}</div>
</footer>
</body>
</html>
"""


def _section(section: Section) -> str:
    heading = f"<h2>{escape(section.heading)}</h2>" if section.heading else ""
    tone = f" {section.standings[-1].value}" if section.standings else ""
    blocks = "\n".join(_block(block) for block in section.blocks)
    return f'<section class="part{tone}">{heading}\n{blocks}</section>'


def _block(block: Block) -> str:
    match block:
        case Para():
            return f"<p>{_line(block.line)}</p>"
        case Items():
            rows = "".join(
                f'<li><span class="mark">{escape(mark)}</span><span class="said">{_line(line)}</span></li>'
                for mark, line in block.marked()
            )
            return f'<ul class="items">{rows}</ul>'
        case Card():
            badge = (
                f'<span class="badge {block.tone}">{escape(block.badge)}</span>'
                if block.badge
                else ""
            )
            body = "".join(f"<p>{_line(line)}</p>" for line in block.body)
            return (
                f'<div class="card {block.tone}"><h3>{_line(block.title)}{badge}</h3>{body}</div>'
            )
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    columns = "".join(f'<col style="width:{width}%">' for width in table.widths)
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in table.header)
    rows = "".join(f"<tr>{_cells(table.header, row)}</tr>" for row in table.rows)
    return f"<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(header: tuple[str, ...], row: tuple[Line, ...]) -> str:
    """Each cell with its column's name at hand, for a layout of one column."""
    return "".join(
        f'<td data-name="{escape(name)}"{EMPTY if cell.text == "—" else ""}>{_line(cell)}</td>'
        for name, cell in zip(header, row, strict=True)
    )


def _line(line: Line) -> str:
    lead = f"<b>{escape(line.lead)}</b>：" if line.lead else ""
    return lead + WHOLE.sub(r'<span class="whole">\g<0></span>', escape(line.text))
