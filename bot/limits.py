"""How much one user, one address and all together may ask: a flood of one never slows another."""

from __future__ import annotations

import enum
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


class Admission(enum.Enum):
    """Whether a message is taken. Refused senders are told once, then met with silence."""

    TAKEN = "taken"
    TELL = "tell"
    SILENT = "silent"


@dataclass(frozen=True)
class Rate:
    """`burst` at once, refilled with `per_minute`."""

    burst: int
    per_minute: float


PER_USER = Rate(burst=20, per_minute=30)
PER_ADDRESS = Rate(burst=120, per_minute=240)
"""An office or a village shares one address."""

IN_FLIGHT = 32
"""Turns of all users being answered or waiting; beyond, the next is asked to come back."""

MOST_KEYS = 10_000


class BusyError(Exception):
    """Too many turns in flight at this moment."""


class Buckets:
    """Token buckets by key. The longest unused are forgotten first: they are full again anyway."""

    def __init__(
        self, rate: Rate, most: int = MOST_KEYS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._most, self._clock = rate, most, clock
        self._left: OrderedDict[str, tuple[float, float, bool]] = OrderedDict()

    def take(self, key: str) -> Admission:
        """Take one token of this key."""
        now = self._clock()
        left, since, told = self._left.pop(key, (float(self._rate.burst), now, False))
        left = min(self._rate.burst, left + (now - since) * self._rate.per_minute / 60)
        taken = left >= 1
        self._left[key] = (left - 1 if taken else left, now, not taken)
        while len(self._left) > self._most:
            self._left.popitem(last=False)
        if taken:
            return Admission.TAKEN
        return Admission.SILENT if told else Admission.TELL

    def __len__(self) -> int:
        return len(self._left)


class Gate:
    """What a channel asks before it takes a message, and passes while it answers."""

    def __init__(
        self,
        per_user: Rate = PER_USER,
        per_address: Rate = PER_ADDRESS,
        in_flight: int = IN_FLIGHT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._users = Buckets(per_user, clock=clock)
        self._addresses = Buckets(per_address, clock=clock)
        self._most, self._now = in_flight, 0

    def admit(self, user: str, address: str | None = None) -> Admission:
        """Whether this user's next message is taken; `address` where it tells users apart.

        What is refused to one user costs nothing to those who share the address.
        """
        admission = self._users.take(user)
        if admission is Admission.TAKEN and address is not None:
            return self._addresses.take(address)
        return admission

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Held while one turn is answered. Raises BusyError beyond `in_flight` of all."""
        if self._now >= self._most:
            raise BusyError
        self._now += 1
        try:
            yield
        finally:
            self._now -= 1
