"""The one server process: Rasa's agent behind our channels, without Rasa's HTTP API."""

from __future__ import annotations

import os
from asyncio import AbstractEventLoop
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import urljoin

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.run import close_resources, load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic

from bot.answering import answer
from bot.conversations import Conversations
from bot.inprocess import InProcessActions
from bot.locks import InOrder
from policy_kb.store.sources import DATA

ROOT = DATA.parent
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
"""What the service keeps: conversations, records, its secret. Never deleted by the Makefile."""

CONVERSATIONS = VAR / "conversations.db"
BODY_LIMIT = 64 * 1024
"""Bytes; a message of 1,000 characters takes 4 KB."""


@lru_cache(maxsize=1)
def conversations() -> Conversations:
    """The one store of this process, for the agent and for whoever reads transcripts."""
    return Conversations(CONVERSATIONS)


def endpoints() -> AvailableEndpoints:
    """Actions in this process; conversations in a file that survives a restart."""
    return AvailableEndpoints(
        action=InProcessActions(), tracker_store=conversations(), lock_store=InOrder()
    )


async def load(model: str, app: Sanic, loop: AbstractEventLoop) -> None:
    """Load the agent; errors of our store reach the user."""
    agent = await load_agent_on_start(model, endpoints(), None, app, loop)
    conversations().serve(agent)


def register(channels: Sequence[InputChannel], app: Sanic) -> None:
    """The channels' routes below /webhooks/, each message answered by the loaded agent."""

    async def handler(message: UserMessage) -> None:
        await answer(app.ctx.agent, message)

    for channel in channels:
        prefix = urljoin("/webhooks/", channel.url_prefix())
        app.blueprint(channel.blueprint(handler), url_prefix=prefix)
    app.ctx.input_channels = list(channels)


def build_app(model: str, channels: Sequence[InputChannel]) -> Sanic:
    """The Sanic app: the channels' routes, the agent loaded before the first request.

    Rasa's own start would register `/` and, with its API on, open conversations to anyone.
    """
    app = Sanic("employment_policy_assistant", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = BODY_LIMIT
    app.config.RESPONSE_TIMEOUT = 60
    register(channels, app)
    app.register_listener(partial(load, model), "before_server_start")
    app.register_listener(close_resources, "after_server_stop")
    return app
