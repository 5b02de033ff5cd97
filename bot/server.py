"""The one server process: Rasa's agent behind our channels and pages, without Rasa's HTTP API."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from asyncio import AbstractEventLoop
from collections.abc import Sequence
from functools import partial
from urllib.parse import urljoin

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.run import close_resources, load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic

from actions.records.contacts import Contacts
from actions.records.store import records
from bot import health, reloading
from bot.answering import answer
from bot.channels.rest import LoopbackRest
from bot.channels.visitor import Visitors
from bot.channels.web import WebChannel
from bot.channels.wechat.channel import WeChat
from bot.channels.wechat.settings import WeChatSettings
from bot.conversations import Conversations
from bot.desk.routes import desk
from bot.inprocess import InProcessActions
from bot.limits import Gate
from bot.locks import InOrder
from bot.pages.guarding import guard
from bot.pages.material import material
from bot.pages.routes import pages
from bot.places import CONVERSATIONS, PROCESS, VAR
from bot.relay import relay
from bot.retention import daily
from bot.secret import service_secret
from bot.settings import Settings

BODY_LIMIT = 64 * 1024
"""Bytes; a message of 1,000 characters takes 4 KB."""


def build_app(model: str, settings: Settings, account: WeChatSettings | None = None) -> Sanic:
    """The Sanic app: pages and channels, the agent loaded before the first request.

    The official account is served where it is given.

    Rasa's own start would register `/` and, with its API on, open conversations to anyone.
    """
    app = Sanic("employment_policy_assistant", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = BODY_LIMIT
    app.config.RESPONSE_TIMEOUT = 60
    conversations = Conversations(CONVERSATIONS)
    secret = service_secret(settings.secret, VAR)
    visitors = Visitors(secret, settings.retention_days, settings.secure)
    wechat = [WeChat(account, secret, VAR)] if account else []
    register([*channels(settings, visitors, conversations, secret), *wechat], app)
    app.blueprint(pages(settings, visitors, conversations))
    app.blueprint(desk(settings, records(), conversations, secret))
    app.blueprint(material())
    app.blueprint(health.blueprint(conversations))
    guard(app, settings.secure)
    app.register_listener(partial(load, model, conversations), "before_server_start")
    app.register_listener(heed_reload, "after_server_start")
    app.add_task(daily(conversations.purge, records(), settings.retention_days))
    app.register_listener(close_resources, "after_server_stop")
    app.register_listener(partial(leave, conversations), "after_server_stop")
    return app


def channels(
    settings: Settings, visitors: Visitors, conversations: Conversations, secret: bytes
) -> list[InputChannel]:
    """The ways in that these settings open: stock REST never in public."""
    contacts = Contacts(records(), secret)
    web = WebChannel(settings, visitors, conversations, records(), Gate(), contacts)
    return [web] if settings.public else [web, LoopbackRest()]


def register(channels: Sequence[InputChannel], app: Sanic) -> None:
    """The channels' routes below /webhooks/, each message answered by the loaded agent, or a person."""

    async def handler(message: UserMessage) -> None:
        if not await relay(records(), message):
            await answer(app.ctx.agent, message)

    for channel in channels:
        prefix = urljoin("/webhooks/", channel.url_prefix())
        app.blueprint(channel.blueprint(handler), url_prefix=prefix)
    app.ctx.input_channels = list(channels)


def endpoints(conversations: Conversations) -> AvailableEndpoints:
    """Actions in this process; conversations in a file that survives a restart."""
    return AvailableEndpoints(
        action=InProcessActions(), tracker_store=conversations, lock_store=InOrder()
    )


async def load(
    model: str, conversations: Conversations, app: Sanic, loop: AbstractEventLoop
) -> None:
    """Load the agent; errors of our store reach the user."""
    agent = await load_agent_on_start(model, endpoints(conversations), None, app, loop)
    conversations.serve(agent)
    gc.freeze()  # what is loaded stays: looking through it again would stop a turn for 20 ms


async def heed_reload(app: Sanic, loop: AbstractEventLoop) -> None:
    """SIGHUP takes up an edit of data/ (`python -m bot.operations reload` sends it)."""

    def begin() -> None:
        app.ctx.reloading = asyncio.ensure_future(reloading.reload())

    loop.add_signal_handler(signal.SIGHUP, begin)
    PROCESS.write_text(str(os.getpid()), "utf-8")


async def leave(conversations: Conversations, _: Sanic, __: AbstractEventLoop) -> None:
    """The conversations' log is folded into their file."""
    PROCESS.unlink(missing_ok=True)
    conversations.close()
