"""The conversations as the inbox needs them, over Rasa's agent and our store."""

from __future__ import annotations

from collections.abc import Callable

from rasa.core.agent import Agent

from actions.records import retention
from actions.records.store import records
from bot.channels.turns import Answer, OnMessage, collected, command
from bot.channels.wechat.wishes import Ask
from bot.conversations import Conversations
from bot.masking import safe_text

CHANNEL = "wechat"


class Talks:
    """`agent` is asked for at each use: it is loaded after the channel is registered."""

    def __init__(self, on_message: OnMessage, agent: Callable[[], Agent]) -> None:
        self._on_message, self._agent = on_message, agent

    async def turn(self, sender: str, ask: Ask, key: str) -> tuple[Answer, ...]:
        said, cut = safe_text(ask.text)
        metadata = {**ask.metadata, "cut": cut or ask.cut}
        return await command(self._on_message, sender, said, CHANNEL, key, metadata)

    async def past(self, sender: str, key: str) -> tuple[Answer, ...] | None:
        said = self._store.told(sender, key)
        return collected(said.replies) if said else None

    async def forget(self, sender: str) -> None:
        """After the turn that runs, so that it brings nothing back."""
        async with self._agent().lock_store.lock(sender):
            self._store.forget(sender)
            retention.forget(records(), sender)

    @property
    def _store(self) -> Conversations:
        store = self._agent().tracker_store
        assert isinstance(store, Conversations)
        return store
