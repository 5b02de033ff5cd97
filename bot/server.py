"""The one server process: Rasa's agent behind our channels, without Rasa's HTTP API."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rasa.core.channels.channel import InputChannel, register
from rasa.core.run import close_resources, load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic

from bot.inprocess import InProcessActions
from policy_kb.store.sources import DATA

ROOT = DATA.parent
VAR = ROOT / "var"
"""What the service keeps: conversations, records, its secret. Never deleted by the Makefile."""

CONVERSATIONS = VAR / "conversations.db"
BODY_LIMIT = 64 * 1024
"""Bytes; a message of 1,000 characters takes 4 KB."""


def endpoints() -> AvailableEndpoints:
    """Actions in this process; conversations in a file that survives a restart."""
    VAR.mkdir(exist_ok=True)
    return AvailableEndpoints(
        action=InProcessActions(),
        tracker_store=EndpointConfig(type="SQL", dialect="sqlite", db=str(CONVERSATIONS)),
    )


def build_app(model: str, channels: Sequence[InputChannel]) -> Sanic:
    """The Sanic app: the channels' routes, the agent loaded before the first request.

    Rasa's own start would register `/` and, with its API on, open conversations to anyone.
    """
    app = Sanic("employment_policy_assistant", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = BODY_LIMIT
    app.config.RESPONSE_TIMEOUT = 60
    register(list(channels), app, route="/webhooks/")
    app.register_listener(
        partial(load_agent_on_start, model, endpoints(), None), "before_server_start"
    )
    app.register_listener(close_resources, "after_server_stop")
    return app
