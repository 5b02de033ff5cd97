"""Material for the tests: each audience on three days, rendered once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from actions.knowledge import knowledge
from actions.publicity.brief import Brief
from actions.publicity.document import Document
from actions.publicity.material import Material
from actions.publicity.pack import WRITERS, laid_documents
from actions.publicity.render.fonts import has_chinese_font
from actions.records.store import Records
from policy_kb.clock import today
from policy_kb.model import Knowledge

DAYS = (date(2025, 6, 15), date(2025, 12, 15), today())
"""In the middle of the windows, just before their end, and now."""


def can_print() -> bool:
    """Whether PDF and pictures can be made here."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return has_chinese_font()


needs_font = pytest.mark.skipif(
    not can_print(),
    reason="做不了 PDF：缺 pango，或者没有中文字体（fonts-noto-cjk 或随附的 Noto Sans SC）",
)


@pytest.fixture(scope="session")
def kb() -> Knowledge:
    return knowledge()


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(f"sqlite:///{tmp_path / 'records.db'}")


@lru_cache(maxsize=64)
def material(audience: str, day: date, minutes: int = 0) -> Material:
    """The usual material of an audience for a day."""
    return Material(knowledge(), Brief(audience, day, minutes=minutes, event="test-event_1"))


@lru_cache(maxsize=64)
def laid(audience: str, day: date) -> tuple[Document, ...]:
    """Its documents as they are printed."""
    return laid_documents(material(audience, day))


@lru_cache(maxsize=256)
def rendered(document: Document, form: str) -> bytes:
    """One file of it."""
    return WRITERS[form](document)


Rendered = Callable[[Document, str], bytes]
