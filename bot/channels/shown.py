"""What was said and told, as the page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timezone
from typing import Any

from actions.records import talk
from bot.conversations import Said
from bot.pages.words import word


def turn(said: Said) -> dict[str, Any]:
    """A turn as the page shows it; what a page sent of its own making is told in words."""
    return {
        "id": said.message_id,
        "time": said.time.isoformat(timespec="seconds"),
        "said": word("edited") if said.said.startswith("/") else said.said,
        "replies": [reply(told) for told in said.replies],
    }


def message(said: talk.Message) -> dict[str, Any]:
    """A message of or to a person, as the page shows it."""
    return {
        "id": said.id,
        "time": said.at.replace(tzinfo=timezone.utc).isoformat(timespec="seconds"),
        "by": said.speaker,
        "name": said.name,
        "text": said.text,
        "message": said.message_id if said.speaker == talk.CITIZEN else "",
    }


def reply(told: Any) -> dict[str, Any]:
    custom = told.get("custom") or {}
    buttons: Sequence[Any] = told.get("buttons") or ()
    return {
        "text": told.get("text", ""),
        "buttons": [button["title"] for button in buttons],
        "kind": custom.get("kind", ""),
        "cards": custom.get("cards", []),
    }
