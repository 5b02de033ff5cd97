"""A document as DOCX, to be edited: real headings, lists and tables, the code as a picture."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from actions.publicity.document import Block, Card, Document, Items, Line, Para, Section, Table
from actions.publicity.render.code import qr_png

if TYPE_CHECKING:
    from docx.document import Document as Doc
    from docx.text.paragraph import Paragraph

FONT = "Microsoft YaHei"
"""On every office machine; others take their own Chinese face."""

SIZES = {"leaflet": 14, "script": 16, "slides": 18, "article": 12, "sheet": 11}
"""Points of the running text, by look."""

CODE_MM = 30


def docx(document: Document) -> bytes:
    """The file's bytes."""
    import docx as library
    from docx.shared import Mm

    size = SIZES[document.look]
    doc = library.Document()
    _page(doc, document.look)
    _styles(doc, size, tight=document.look == "leaflet")
    doc.core_properties.title = document.title
    doc.core_properties.author = ""
    doc.add_heading(document.title, 0)
    doc.add_paragraph(document.subtitle)
    for section in document.sections:
        _section(doc, section, document.look)
    code = doc.add_paragraph()
    code.paragraph_format.keep_with_next = True
    code.add_run().add_picture(io.BytesIO(qr_png(document.link)), width=Mm(CODE_MM))
    for line in (f"{document.scan}：{document.link}", *document.foot):
        doc.add_paragraph(line, style="Caption")
    buffer = io.BytesIO()
    doc.save(buffer)
    return buffer.getvalue()


def _page(doc: Doc, look: str) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    page = doc.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    if look == "slides":
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = Mm(297), Mm(210)
    margin = Mm(12) if look == "leaflet" else Mm(18)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = margin


def _styles(doc: Doc, size: int, *, tight: bool) -> None:
    """One face for both scripts, our sizes and colours on the built-in styles."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    larger = {"Title": size * 1.9, "Heading 1": size * 1.25, "Heading 2": size * 1.08}
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption"):
        style = doc.styles[name]
        style.font.name = FONT
        style.font.size = Pt(round(larger.get(name, size * 0.75 if name == "Caption" else size)))
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for slot in ("w:eastAsia", "w:hAnsi", "w:cs"):
            fonts.set(qn(slot), FONT)
        for theme in ("w:asciiTheme", "w:eastAsiaTheme", "w:hAnsiTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        style.paragraph_format.space_after = Pt(2 if tight else 4)
        style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.line_spacing = 1.1 if tight else 1.35
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x0B, 0x3D, 0x6B)
            style.font.bold = name != "Caption"
    for name in ("Heading 1", "Heading 2"):
        doc.styles[name].paragraph_format.space_before = Pt(4 if tight else 10)
        doc.styles[name].paragraph_format.keep_with_next = True


def _section(doc: Doc, section: Section, look: str) -> None:
    if look == "slides":
        doc.add_page_break()
    if section.heading:
        doc.add_heading(section.heading, 1)
    for block in section.blocks:
        _block(doc, block, compact=look == "leaflet")


def _block(doc: Doc, block: Block, *, compact: bool) -> None:
    match block:
        case Para():
            _write(doc.add_paragraph(), block.line)
        case Items():
            for mark, line in block.marked():
                _write(doc.add_paragraph(f"{mark} "), line)
        case Card() if compact:
            paragraph = doc.add_paragraph()
            paragraph.add_run(_title(block) + "　").bold = True
            for line in block.body:
                _write(paragraph, line)
        case Card():
            doc.add_heading(_title(block), 2)
            for line in block.body[:-1]:
                paragraph = doc.add_paragraph()
                paragraph.paragraph_format.keep_with_next = True
                _write(paragraph, line)
            if block.body:
                _write(doc.add_paragraph(), block.body[-1])
        case Table():
            _table(doc, block)


def _title(card: Card) -> str:
    return card.title.whole + (f"【{card.badge}】" if card.badge else "")


def _write(paragraph: Paragraph, line: Line) -> None:
    if line.lead:
        paragraph.add_run(f"{line.lead}：").bold = True
    paragraph.add_run(line.text)


def _table(doc: Doc, table: Table) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    grid = doc.add_table(rows=1, cols=len(table.header), style="Table Grid")
    grid.autofit = False
    page = doc.sections[0]
    width = page.page_width - page.left_margin - page.right_margin
    for cell, name in zip(grid.rows[0].cells, table.header, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    repeated = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        cells = grid.add_row().cells
        for cell, line in zip(cells, row, strict=True):
            _write(cell.paragraphs[0], line)
    shares = table.widths or (100 // len(table.header),) * len(table.header)
    for column, share in zip(grid.columns, shares, strict=True):
        column.width = int(width * share / 100)
    for row in grid.rows:
        whole = OxmlElement("w:cantSplit")
        whole.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(whole)
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = int(width * share / 100)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_before = Pt(2)
                paragraph.paragraph_format.space_after = Pt(2)
                paragraph.paragraph_format.line_spacing = 1.15
                for run in paragraph.runs:
                    run.font.size = Pt(9.5)
    doc.add_paragraph()
