"""The real assistant for the tests: Rasa's agent with the trained model and the actions in process."""

from __future__ import annotations

import asyncio
import logging
import os
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")

import pytest
from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.log_utils import configure_structlog
from sqlalchemy import delete

from actions.knowledge import knowledge
from actions.publicity import contacts
from actions.records.schema import bookings
from actions.records.store import records
from bot import patches
from bot.conversations import Conversations
from bot.inprocess import InProcessActions
from bot.locks import InOrder
from bot.masking import safe_text
from bot.train import MODEL
from policy_kb.model import Knowledge


@dataclass(frozen=True)
class Answer:
    """What came back for one message: the text and the contract's custom object."""

    text: str
    kind: str
    verdict: str | None
    provisions: list[str]
    articles: list[int]
    asking: list[str]
    items: list[dict[str, Any]]
    buttons: list[str]
    amount: dict[str, Any] | None
    payloads: list[str] = field(default_factory=list)
    messages: int = 1

    @property
    def question(self) -> str:
        """The last line, where a question stands."""
        return self.text.splitlines()[-1] if self.text else ""


class Conversation:
    """One citizen talking on one day; a fresh sender, so nothing is inherited."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.sender = uuid.uuid4().hex

    def say(self, text: str) -> Answer:
        """Type one message, as the channels pass it on, and read the answer."""
        return self._assistant.answer(self.sender, text)

    def slots(self) -> dict[str, Any]:
        """The slots that are set after the last message."""
        tracker = self._assistant.tracker(self.sender)
        slots = tracker.current_slot_values()
        return {name: value for name, value in slots.items() if value is not None}

    def wait(self, minutes: float) -> None:
        """Let time pass: everything said so far happened that much earlier."""
        self._assistant.age(self.sender, minutes * 60)


class Assistant:
    """The agent in an event loop of its own."""

    def __init__(self, var: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self.conversations = Conversations(var / "conversations.db")
        endpoints = AvailableEndpoints(
            action=InProcessActions(), tracker_store=self.conversations, lock_store=InOrder()
        )
        self.agent: Agent = self._loop.run_until_complete(
            load_agent(str(MODEL), endpoints=endpoints)
        )
        self.conversations.serve(self.agent)

    def close(self) -> None:
        self._loop.close()
        self.conversations.close()

    def answer(self, sender: str, text: str) -> Answer:
        """The reply to one message; long messages are marked as the channel marks them."""
        return _answer(self.raw(sender, text))

    def raw(self, sender: str, text: str) -> list[dict[str, Any]]:
        """The messages that a channel is given in answer to one message."""
        contacts.hold(sender, text)
        clean, cut = safe_text(text)
        return self._handle(sender, clean, {"cut": cut})

    def command(self, sender: str, payload: str, metadata: dict[str, Any]) -> Answer:
        """The reply to what a page sends of its own making."""
        return _answer(self._handle(sender, payload, metadata))

    def _handle(self, sender: str, text: str, metadata: dict[str, Any]) -> list[dict[str, Any]]:
        channel = CollectingOutputChannel()
        message = UserMessage(text, channel, sender, metadata=metadata)
        self._loop.run_until_complete(self.agent.handle_message(message))
        return list(channel.messages)

    def heard(self, text: str, sender: str, metadata: dict[str, Any]) -> None:
        """One message of the web page, with what the page tells besides."""
        message = UserMessage(
            text, CollectingOutputChannel(), sender, input_channel="web", metadata=metadata
        )
        self._loop.run_until_complete(self.agent.handle_message(message))

    def parse(self, text: str) -> dict[str, Any]:
        """What is understood of a text alone: intent and entities."""
        return dict(self._loop.run_until_complete(self.agent.parse_message(text)))

    def tracker(self, sender: str) -> DialogueStateTracker:
        """The conversation as Rasa keeps it."""
        store = self.agent.tracker_store
        return self._loop.run_until_complete(store.get_or_create_tracker(sender))

    def age(self, sender: str, seconds: float) -> None:
        """Shift all events of a conversation into the past."""
        tracker = self.tracker(sender)
        for event in tracker.events:
            event.timestamp -= seconds
        self._loop.run_until_complete(self.agent.tracker_store.save(tracker))


def _answer(messages: list[dict[str, Any]]) -> Answer:
    custom: dict[str, Any] = {}
    for message in messages:
        custom.update(message.get("custom") or {})
    buttons = [button for message in messages for button in message.get("buttons") or ()]
    texts = [message["text"] for message in messages if message.get("text")]
    return Answer(
        text="\n".join(texts),
        kind=custom.get("kind", ""),
        verdict=custom.get("verdict"),
        provisions=custom.get("provisions", []),
        articles=custom.get("articles", []),
        asking=custom.get("asking", []),
        items=custom.get("items", []),
        buttons=[button["title"] for button in buttons],
        amount=custom.get("amount"),
        payloads=[button["payload"] for button in buttons],
        messages=len(texts),
    )


@pytest.fixture(scope="session")
def kb() -> Knowledge:
    """The knowledge base that the actions answer from."""
    return knowledge()


@pytest.fixture(autouse=True)
def nothing_booked() -> None:
    """Each test has all half-days to itself."""
    with records().begin() as connection:
        connection.execute(delete(bookings))


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Rasa's agent, loaded once; its own chatter switched off."""
    if not MODEL.exists():
        pytest.skip(f"no trained model at {MODEL}: run python -m bot.train")
    logging.disable(logging.WARNING)
    configure_structlog(logging.ERROR)
    patches.apply()
    loaded = Assistant(tmp_path_factory.mktemp("var"))
    yield loaded
    loaded.close()
    logging.disable(logging.NOTSET)


@pytest.fixture
def begin(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Conversation]:
    """A new conversation on a given day."""

    def start(day: str) -> Conversation:
        monkeypatch.setenv("POLICY_DATE", day)
        return Conversation(assistant)

    return start


@pytest.fixture
def talk(begin: Callable[[str], Conversation]) -> Callable[..., list[Answer]]:
    """A whole conversation of a fresh sender: the answers to these messages."""

    def run(day: str, *messages: str) -> list[Answer]:
        conversation = begin(day)
        return [conversation.say(message) for message in messages]

    return run
