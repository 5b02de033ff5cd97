"""Telephone numbers on their way to a booking: masked in everything kept, held here for minutes.

The channels mask numbers before a message enters the conversation, its store and the logs. What a
person gives us to be called back on is held in memory only, until the booking takes it.
"""

from __future__ import annotations

import re
import time
from threading import Lock

HELD_SECONDS = 1800
MOST = 2000
"""Conversations whose numbers are held at once; the oldest give way."""

MOBILE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)")

_held: dict[str, tuple[float, str]] = {}
_lock = Lock()


def hold(sender: str, text: str) -> None:
    """Keep the mobile number of a message as it was typed; messages without one change nothing."""
    found = MOBILE.search(text.translate(str.maketrans("０１２３４５６７８９", "0123456789")))
    if not found:
        return
    with _lock:
        _held.pop(sender, None)
        _held[sender] = (time.monotonic(), "".join(found.groups()))
        while len(_held) > MOST:
            _held.pop(next(iter(_held)))


def take(sender: str) -> str:
    """The number held for a conversation, once; '' if there is none or it is too old."""
    with _lock:
        at, number = _held.pop(sender, (0.0, ""))
    return number if number and time.monotonic() - at <= HELD_SECONDS else ""


def shown(contact: str) -> str:
    """A contact as it may be shown and logged: 王主任 138****5678."""
    return re.sub(r"(\d{3,4}-|\d{3})\d*(\d{4})(?!\d)", r"\1****\2", contact)
