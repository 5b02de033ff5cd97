"""A document as PDF for the printer, fonts embedded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.publicity.document import Document
from actions.publicity.render.fonts import face_css, has_chinese_font, undrawable
from actions.publicity.render.html import html
from actions.publicity.render.text import text
from policy_kb.errors import PolicyError

if TYPE_CHECKING:
    from weasyprint import Document as Laid

PAGES = {
    "slides": "@page { size: 254mm 142.9mm; margin: 10mm 15mm; }",
    "leaflet": "@page { margin: 12mm 14mm 10mm; @bottom-right { content: none; } }",
}
"""The page where it is not the usual A4."""


class NoPrinterError(PolicyError):
    """Nothing can be printed on this machine; DOCX, HTML and text still can be made."""


def _needs_a_printer() -> None:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        raise NoPrinterError(
            "这台机器缺少排版库 pango，做不了 PDF 和长图：请装 libpango-1.0-0、libpangoft2-1.0-0；"
            "Word、网页和纯文本不受影响。"
        ) from None
    if not has_chinese_font():
        raise NoPrinterError(
            "这台机器没有中文字体，做不了 PDF 和长图：请装 fonts-noto-cjk，"
            "或者把字体文件的路径设在 MATERIAL_FONT；Word、网页和纯文本不受影响。"
        )


def laid_out(document: Document, extra_css: str = "") -> Laid:
    """The document set on its pages."""
    _needs_a_printer()
    from weasyprint import HTML  # heavy: only where something is printed

    boxes = undrawable(text(document))
    if boxes:
        raise NoPrinterError(
            f"字体里没有这些字：{boxes[:20]}。请装 fonts-noto-cjk，或者在 MATERIAL_FONT 里换一个字体。"
        )
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
