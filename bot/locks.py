"""One turn of a conversation at a time, in the order in which the messages came."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from rasa.core.lock_store import LOCK_LIFETIME, LockError, LockStore


class InOrder(LockStore):
    """Wakes the next message at once; Rasa's own stores look again once a second.

    For one process and one event loop.
    """

    def __init__(self) -> None:
        self._queues: dict[str, deque[asyncio.Future[None]]] = {}

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = 1,  # noqa: ARG002 the signature is Rasa's; nothing is polled
    ) -> AsyncGenerator[None, None]:
        """Hold the conversation; LockError after waiting `lock_lifetime` seconds."""
        queue = self._queues.setdefault(conversation_id, deque())
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(mine)
        try:
            if queue[0] is not mine:
                await asyncio.wait_for(mine, lock_lifetime)
            yield
        except asyncio.TimeoutError:
            if not mine.cancelled():
                raise  # the turn's own
            raise LockError(f"Waited {lock_lifetime} s for {conversation_id}.") from None
        finally:
            queue.remove(mine)
            if not queue:
                del self._queues[conversation_id]
            elif not queue[0].done():
                queue[0].set_result(None)
