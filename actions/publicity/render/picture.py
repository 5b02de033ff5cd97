"""A document as one long picture for sharing, 1080 pixels wide."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from actions.publicity.document import Document
from actions.publicity.render.html import stacked
from actions.publicity.render.pdf import laid_out

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 1080
"""Pixels; what phones show sharply."""

PAGE_WIDTH = 540
PAGE_HEIGHT = 9000
"""The page it is set on, in CSS pixels; what is longer goes on below."""

POINTS = 0.75
MARGIN = 28
LAYOUT = f"""
@page {{ size: {PAGE_WIDTH}px {PAGE_HEIGHT}px; margin: {MARGIN}px; @bottom-right {{ content: none; }} }}
html {{ font-size: 15px; }}
body, body.leaflet, body.slides, body.article, body.script {{ font-size: 17px; line-height: 1.6; }}
h1, .leaflet h1, .slides h1 {{ font-size: 30px; }}
.slides header {{ height: auto; padding-top: 0; break-after: auto; }}
.slides section {{ break-before: auto; }}
h2, .leaflet h2, .slides h2 {{ font-size: 21px; margin: 20px 0 8px; }}
.leaflet .subtitle, .slides .subtitle {{ font-size: 14px; }}
.leaflet .card, .card {{ margin: 8px 0; }}
.leaflet section.ended .items, .leaflet section:last-of-type .items {{ font-size: 1em; }}
table {{ font-size: 16px; }}
.code, .leaflet .code, .slides .code {{ flex-basis: 132px; }}
.code svg, .leaflet .code svg, .slides .code svg {{ width: 132px; height: 132px; }}
.small, .leaflet .small, .slides .small {{ font-size: 13px; line-height: 1.45; }}
"""


def picture(document: Document) -> bytes:
    """PNG: everything in one column, cut below the last line."""
    import pypdfium2
    from PIL import Image

    data = laid_out(document, f"{LAYOUT}\n{stacked()}").write_pdf()
    with pypdfium2.PdfDocument(data) as pages:
        scale = WIDTH / (PAGE_WIDTH * POINTS)
        parts = [_trimmed(page.render(scale=scale).to_pil().convert("RGB")) for page in pages]
    whole = Image.new("RGB", (WIDTH, sum(part.height for part in parts)), "white")
    top = 0
    for part in parts:
        whole.paste(part, (0, top))
        top += part.height
    buffer = io.BytesIO()
    whole.quantize(256).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _trimmed(page: Image) -> Image:
    """The page without the white below its last line."""
    from PIL import Image, ImageChops

    white = Image.new("RGB", page.size, "white")
    box = ImageChops.difference(page, white).getbbox()
    bottom = min(page.height, (box[3] if box else 0) + MARGIN * WIDTH // PAGE_WIDTH)
    return page.crop((0, 0, page.width, bottom))
