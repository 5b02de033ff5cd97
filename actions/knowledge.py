"""The one knowledge base of this process, loaded from the built file."""

from __future__ import annotations

from policy_kb.model import Knowledge
from policy_kb.store import database

_held: list[Knowledge] = []


def knowledge() -> Knowledge:
    """The built knowledge base; built first where its sources changed."""
    if not _held:
        hold(read())
    return _held[0]


def read() -> Knowledge:
    """The knowledge base as its sources are now; SourceError where they are wrong."""
    database.build()
    return database.load()


def hold(kb: Knowledge) -> None:
    """Answer from this one from now on; a turn under way ends with the one it began with."""
    _held[:] = [kb]
