"""A conversation's events: what was told in them, and as few of them as it takes to go on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversation_file import Said

LONGEST_HISTORY = 30
"""Events; a longer history is cut to its last turns and the slots before them."""

KEPT_TURNS = 2
TOLD = ("text", "buttons", "custom")


def turns_of(events: Iterable[Event]) -> list[Said]:
    """The turns told in these events, oldest first."""
    turns: list[tuple[UserUttered, list[Mapping[str, Any]]]] = []
    for event in events:
        if isinstance(event, UserUttered):
            turns.append((event, []))
        elif isinstance(event, BotUttered) and turns:
            turns[-1][1].append(_reply(event))
    return [
        Said(
            time=datetime.fromtimestamp(user.timestamp, timezone.utc),
            said=user.text or "",
            replies=tuple(replies),
            channel=user.input_channel or "",
            message_id=user.message_id or "",
        )
        for user, replies in turns
    ]


def _reply(event: BotUttered) -> dict[str, Any]:
    reply = {"text": event.text, **(event.data or {})}
    return {name: reply[name] for name in TOLD if reply.get(name)}


def shortened(tracker: DialogueStateTracker, domain: Domain) -> None:
    """Cut the tracker's history where it is long; its state stays as it is.

    What is cut is told again as a session that starts with the slots of that moment: replaying
    the events that stay gives the same state.
    """
    events = list(tracker.events)
    if len(events) <= LONGEST_HISTORY:
        return
    said = [at for at, event in enumerate(events) if isinstance(event, UserUttered)]
    begun = [at for at, event in enumerate(events) if isinstance(event, SessionStarted)]
    cut = said[-KEPT_TURNS] if len(said) >= KEPT_TURNS else 0
    start = begun[-1] if begun else 0
    if cut <= start + 1:
        kept = events[max(start - 1, 0) :]  # the session itself is young: only drop those before
    else:
        kept = [*_summary(tracker.sender_id, events[:cut], domain), *events[cut:]]
    tracker.events.clear()
    tracker.events.extend(kept)


def _summary(sender: str, events: list[Event], domain: Domain) -> list[Event]:
    before = DialogueStateTracker.from_events(sender, events, domain.slots)
    initial = {slot.name: slot.initial_value for slot in domain.slots}
    at = events[-1].timestamp
    return [
        ActionExecuted(ACTION_SESSION_START_NAME, timestamp=at),
        SessionStarted(timestamp=at),
        *(
            SlotSet(name, slot.value, timestamp=at)
            for name, slot in before.slots.items()
            if slot.value != initial.get(name)
        ),
        ActionExecuted(ACTION_LISTEN_NAME, timestamp=at),
    ]
