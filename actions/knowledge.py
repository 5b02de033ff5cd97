"""The one knowledge base of this process, loaded from the built file."""

from __future__ import annotations

from functools import lru_cache

from policy_kb.model import Knowledge
from policy_kb.store import database


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The built knowledge base; built first where its sources changed."""
    database.build()
    return database.load()
