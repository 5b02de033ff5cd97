"""The one reader of this process (75 MB of dictionary): Rasa, channels and pages share it."""

from __future__ import annotations

from actions.knowledge import hold, knowledge
from bot.understanding.document import Reader, outside_names, outside_texts, synonyms
from bot.understanding.linker import Linker
from bot.understanding.pointers import load_pointers
from policy_kb.model import Knowledge

_held: list[Reader] = []


def reader() -> Reader:
    """The reader over the built knowledge base."""
    if not _held:
        _held.append(reader_of(knowledge()))
    return _held[0]


def reader_of(kb: Knowledge) -> Reader:
    """A reader that knows the words of this knowledge base; 0.5 s."""
    return Reader(
        kb, Linker(kb, outside_texts(), outside_names(), synonyms(), load_pointers(kb.provisions))
    )


def exchange(kb: Knowledge, new: Reader) -> None:
    """Read and answer by another knowledge base from the next turn on."""
    hold(kb)
    _held[:] = [new]
