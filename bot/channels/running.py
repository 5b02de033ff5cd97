"""Turns under way: each runs once, to its end, whatever becomes of the browser that asked."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.limits import Gate

Key = tuple[str, str]
"""Visitor and message id."""


class Running:
    """The turns that are being answered, by the message that they answer."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._tasks: dict[Key, asyncio.Task[None]] = {}

    async def take(self, key: Key, turn: Coroutine[Any, Any, Any]) -> None:
        """Run this turn, or wait for the one under way; BusyError where there are too many."""
        if key in self._tasks:
            turn.close()
        else:
            self._tasks[key] = asyncio.create_task(self._run(key, turn))
        await asyncio.shield(self._tasks[key])

    async def finished(self, visitor: str) -> None:
        """Until nothing of this visitor is under way."""
        tasks = [task for (sender, _), task in self._tasks.items() if sender == visitor]
        if tasks:
            await asyncio.wait(tasks)

    async def _run(self, key: Key, turn: Coroutine[Any, Any, Any]) -> None:
        try:
            with self._gate.turn():
                await turn
        finally:
            turn.close()
            del self._tasks[key]
