"""An edit of data/ taken up while the server runs, without dropping a conversation.

The knowledge base and the reader are built anew beside those in use, then exchanged between two
turns. What is wrong in the data is told, and the old ones go on answering.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from actions.knowledge import knowledge, read
from bot import generate
from bot.understanding.shared import exchange, reader_of
from policy_kb.errors import PolicyError

logger = logging.getLogger(__name__)

RETRAIN = "要重新训练才全部生效：运行 python -m bot.generate，再 make run（训练约半分钟）。"


@dataclass(frozen=True)
class Reloaded:
    """How it went: `version` is that of the knowledge base now in use."""

    version: str
    changed: bool
    told: str  # a sentence for the operator


async def reload() -> Reloaded:
    """Take up the data as they are now; turns go on meanwhile."""
    before = knowledge().version
    try:
        kb = await asyncio.to_thread(read)
        if kb.version == before:
            return _told(Reloaded(before, False, f"方案数据没有改动。{_training()}"))
        new = await asyncio.to_thread(reader_of, kb)
    except (PolicyError, OSError, ValueError) as error:
        return _told(Reloaded(before, False, f"没有重新载入，仍按原来的数据回答：{error}"))
    exchange(kb, new)  # in the event loop: never in the middle of a turn
    return _told(Reloaded(kb.version, True, f"已按新的方案数据回答（{kb.version}）。{_training()}"))


def _training() -> str:
    """What the running model does not know yet: new facts, names or rules."""
    written = {
        generate.DOMAIN: generate.domain,
        generate.RULES: generate.rules,
        generate.TOPICS: generate.topics,
        generate.CUES: generate.cues,
    }
    stale = [
        path.name
        for path, content in written.items()
        if not path.exists() or path.read_text("utf-8") != generate.rendered(content())
    ]
    if not stale:
        return ""
    return f"{'、'.join(stale)}已经过时，{RETRAIN}"


def _told(reloaded: Reloaded) -> Reloaded:
    logger.warning("%s", reloaded.told)
    return reloaded
