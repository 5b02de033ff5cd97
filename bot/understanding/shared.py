"""The one reader of this process (75 MB of dictionary): Rasa, channels and pages share it."""

from __future__ import annotations

from functools import lru_cache

from actions.knowledge import knowledge
from bot.understanding.document import Reader, outside_names, outside_texts, synonyms
from bot.understanding.linker import Linker


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The reader over the built knowledge base."""
    return Reader(knowledge(), Linker(knowledge(), outside_texts(), outside_names(), synonyms()))
