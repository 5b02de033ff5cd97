"""The conversations as the inbox needs them, over Rasa's agent and its store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.events import BotUttered, UserUttered

from actions.records import retention
from actions.records.store import records
from bot.channels.turns import Answer, OnMessage, collected, take_turn
from bot.channels.wechat.wishes import Ask

CHANNEL = "wechat"


class Conversations:
    """`agent` is asked for at each use: it is loaded after the channel is registered."""

    def __init__(self, on_message: OnMessage, agent: Callable[[], Agent]) -> None:
        self._on_message, self._agent = on_message, agent

    async def turn(self, sender: str, ask: Ask, key: str) -> tuple[Answer, ...]:
        metadata: dict[str, Any] = dict(ask.metadata)
        return await take_turn(self._on_message, sender, ask.text, CHANNEL, key, metadata)

    async def past(self, sender: str, key: str) -> tuple[Answer, ...] | None:
        tracker = await self._agent().tracker_store.retrieve(sender)
        if tracker is None:
            return None
        messages: list[dict[str, Any]] | None = None
        for event in tracker.events:
            if isinstance(event, UserUttered):
                if messages is not None:
                    break
                messages = [] if event.message_id == key else None
            elif isinstance(event, BotUttered) and messages is not None:
                messages.append({"text": event.text, **event.data})
        return None if messages is None else collected(messages)

    async def forget(self, sender: str) -> None:
        retention.forget(records(), sender)
