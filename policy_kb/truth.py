"""Three-valued truth (strong Kleene logic): unknown is not no."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(str, Enum):
    """One known false decides a conjunction; one known true decides a disjunction."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, value: bool) -> Truth:
        return cls.YES if value else cls.NO

    def negated(self) -> Truth:
        return {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(self, Truth.UNKNOWN)


def all_of(truths: Iterable[Truth]) -> Truth:
    """YES if all are, NO if one is, else UNKNOWN."""
    seen = set(truths)
    if Truth.NO in seen:
        return Truth.NO
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.YES


def any_of(truths: Iterable[Truth]) -> Truth:
    """YES if one is, NO if none can be, else UNKNOWN."""
    return all_of(truth.negated() for truth in truths).negated()
