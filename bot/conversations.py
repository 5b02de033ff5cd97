"""Rasa's tracker store on our file: the cost of a turn does not grow with the conversation.

A tracker is taken out of memory when a turn begins and put back when it is stored, so that a
turn that fails leaves nothing half done: the next one reads what was stored last.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversation_file import ConversationFile, Counts, Said, Standing, Told
from bot.history import shortened, turns_of

__all__ = ["Conversations", "Counts", "Said", "Told"]

KEPT_ALIVE = 200
"""Conversations held in memory, the latest ones; some 100 KB each."""


class Conversations(TrackerStore):
    """Trackers, transcripts and their deletion. Errors of the file are raised (sqlite3.Error)."""

    def __init__(self, path: Path, domain: Domain | None = None) -> None:
        super().__init__(domain)
        self._file = ConversationFile(path)
        self._alive: OrderedDict[str, DialogueStateTracker] = OrderedDict()

    def serve(self, agent: Agent) -> None:
        """Stand where Rasa put a wrapper that answers errors with a fresh conversation."""
        agent.tracker_store = self
        if agent.processor is not None:
            agent.processor.tracker_store = self

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as stored, None where there is none yet."""
        if self._file.changed_by_others():
            self._alive.clear()  # a restore: what is in memory is of another time
        alive = self._alive.pop(sender_id, None)
        if alive is not None:
            return alive
        standing = self._file.read(sender_id)
        if standing is None:
            return None
        events = list(standing.events)
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the conversation with the turns told since, in one transaction."""
        if not tracker.events:
            return  # a stranger's first message; it is stored with its answer
        told = turns_of(tracker.events)
        shortened(tracker, self.domain)
        events = [event.as_dict() for event in tracker.events]
        self._file.write(tracker.sender_id, Standing(set_slots(tracker), events), told)
        self._alive[tracker.sender_id] = tracker
        if len(self._alive) > KEPT_ALIVE:
            self._alive.popitem(last=False)

    async def keys(self) -> Iterable[str]:
        """The senders of all conversations."""
        return self.senders()

    def transcript(self, sender: str, limit: int | None = None) -> list[Said]:
        """What was said, oldest first; only the last `limit` turns where it is given."""
        return self._file.transcript(sender, limit)

    def told_since(self, moment: datetime) -> list[Told]:
        """The turns of all conversations from this aware time on, oldest first."""
        return self._file.told_since(moment)

    def told(self, sender: str, message_id: str) -> Said | None:
        """The turn that this message was answered in; None where there was none."""
        return self._file.told(sender, message_id)

    def slots(self, sender: str) -> dict[str, Any]:
        """The slots that hold something after the last stored turn; none for a stranger."""
        standing = self._file.read(sender)
        return dict(standing.slots) if standing else {}

    def senders(self) -> list[str]:
        """All conversations, the most recently active first."""
        return self._file.senders()

    def counts(self) -> Counts:
        """How many conversations and turns are stored."""
        return self._file.counts()

    def forget(self, sender: str) -> None:
        """Delete a conversation, its transcript included, so that nothing of it can be read."""
        self._alive.pop(sender, None)
        self._file.forget(sender)

    def purge(self, older_than: datetime) -> int:
        """Delete what is older than this aware time; how many conversations went altogether."""
        gone = self._file.purge(older_than)
        for sender in gone:
            self._alive.pop(sender, None)
        return len(gone)

    def probe(self) -> None:
        """sqlite3.Error where the file cannot be written."""
        self._file.probe()

    @property
    def path(self) -> Path:
        """The file itself."""
        return self._file.path

    def close(self) -> None:
        """Nothing is lost without it; the log is folded into the file."""
        self._file.close()


def set_slots(tracker: DialogueStateTracker) -> dict[str, Any]:
    """The slots that hold something."""
    return {name: slot.value for name, slot in tracker.slots.items() if slot.value is not None}
