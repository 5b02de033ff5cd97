"""The QR code that opens the assistant on the right topic, with the event's tag."""

from __future__ import annotations

import io

import segno

QUIET = 4
"""Modules of white around the code; scanners need them."""


def qr(link: str) -> segno.QRCode:
    """The code, error correction M: it survives a crease or a stain."""
    return segno.make(link, error="m", micro=False)


def qr_svg(link: str) -> str:
    """As inline SVG for HTML and PDF."""
    return str(qr(link).svg_inline(border=QUIET, scale=4, omitsize=True, title=link))


def qr_png(link: str, scale: int = 8) -> bytes:
    """As PNG for DOCX; `scale`: pixels a module."""
    buffer = io.BytesIO()
    qr(link).save(buffer, kind="png", border=QUIET, scale=scale)
    return buffer.getvalue()
