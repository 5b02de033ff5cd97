"""Replies that come after the request is over: one interface, whatever service sends them."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Protocol

MESSAGE, TAP = (5, 48 * 3600), (3, 60)
"""Messages that may follow (how many, seconds): after a message of the user, after a tap."""

RESERVE = 1
"""Of the messages of one quota, kept back for the staff."""

MOST_USERS = 10_000


class LateSender(Protocol):
    """Sends texts to a user outside the request that asked for them."""

    def heard(self, user: str, tapped: bool) -> None:
        """The user wrote or tapped, which opens a quota."""

    def left(self, user: str) -> int:
        """How many texts may be sent to this user now; 0 where the service is not usable."""

    async def send(self, user: str, texts: Sequence[str], staff: bool = False) -> int:
        """Send in order until one is not taken; how many were. `staff` may use the reserve."""


class Quota:
    """What the platform allows to send to each user, counted here so as not to be refused."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._granted: OrderedDict[str, list[tuple[int, float]]] = OrderedDict()

    def open(self, user: str, tapped: bool) -> None:
        """A message opens the long quota anew; a tap opens the short one beside it."""
        count, seconds = TAP if tapped else MESSAGE
        kept = self._open_grants(user) if tapped else []
        self._granted.pop(user, None)
        self._granted[user] = [*kept, (count, self._clock() + seconds)]
        while len(self._granted) > MOST_USERS:
            self._granted.popitem(last=False)

    def left(self, user: str, reserve: int = RESERVE) -> int:
        """Texts that may be sent, without the reserve."""
        return max(0, max((count for count, _ in self._open_grants(user)), default=0) - reserve)

    def take(self, user: str) -> None:
        """One text was sent: of the grant that ends first, as it would be lost."""
        grants = self._open_grants(user)
        usable = [grant for grant in grants if grant[0] > 0]
        if usable:
            first = min(usable, key=lambda grant: grant[1])
            grants[grants.index(first)] = (first[0] - 1, first[1])
        self._granted[user] = grants

    def close(self, user: str) -> None:
        """The platform takes no more for this user."""
        self._granted.pop(user, None)

    def _open_grants(self, user: str) -> list[tuple[int, float]]:
        now = self._clock()
        return [grant for grant in self._granted.get(user, ()) if grant[1] > now]
