"""A document as PDF for the printer, fonts embedded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.publicity.document import Document
from actions.publicity.render.fonts import face_css
from actions.publicity.render.html import html

if TYPE_CHECKING:
    from weasyprint import Document as Laid

PAGES = {
    "slides": "@page { size: 254mm 142.9mm; margin: 10mm 15mm; }",
    "leaflet": "@page { margin: 12mm 14mm 10mm; @bottom-right { content: none; } }",
}
"""The page where it is not the usual A4."""


def laid_out(document: Document, extra_css: str = "") -> Laid:
    """The document set on its pages."""
    from weasyprint import HTML  # heavy: only where something is printed

    page = PAGES.get(document.look, "")
    return HTML(string=html(document, f"{face_css()}\n{page}\n{extra_css}")).render()


def pdf(document: Document) -> bytes:
    """The file's bytes."""
    data = laid_out(document).write_pdf()
    assert data is not None
    return data


def page_count(document: Document) -> int:
    """Pages that it fills."""
    return len(laid_out(document).pages)
