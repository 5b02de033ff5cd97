"""From a channel's message to its answer: stored before it leaves, and troubles are told."""

from __future__ import annotations

import logging
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage

from actions.texts import say

logger = logging.getLogger(__name__)


class HeldBack(OutputChannel):
    """Keeps what is to be sent until the turn is stored."""

    def __init__(self, real: OutputChannel) -> None:
        self.name = real.name  # type: ignore[method-assign]
        self._real = real
        self._held: list[tuple[str, dict[str, Any]]] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Hold one message back."""
        self._held.append((recipient_id, message))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to send."""
        return not self._held

    async def release(self) -> None:
        """Send everything, in order."""
        for recipient_id, message in self._held:
            await self._real.send_response(recipient_id, message)


async def answer(agent: Agent, message: UserMessage) -> None:
    """Answer a message through its channel.

    Where the conversation cannot be read or stored, the user is told so instead of an answer
    that would be forgotten, and the log names the cause. So it is where an action failed, which
    Rasa would pass over in silence.
    """
    real = message.output_channel
    message.output_channel = held = HeldBack(real)
    try:
        await agent.handle_message(message)
    except Exception:  # whatever it is, nobody is left without an answer
        logger.exception("The turn of %s was not stored and not answered.", message.sender_id)
    else:
        if not held.empty:
            await held.release()
            return
        logger.error("The turn of %s had no answer.", message.sender_id)
    trouble = {"text": say("trouble"), "custom": {"kind": "handoff"}}
    await real.send_response(message.sender_id, trouble)
