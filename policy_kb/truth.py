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
        return NEGATED[self]


NEGATED = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}


def all_of(truths: Iterable[Truth]) -> Truth:
    """YES if all are, NO if one is, else UNKNOWN."""
    found = Truth.YES
    for truth in truths:
        if truth is Truth.NO:
            return truth
        if truth is Truth.UNKNOWN:
            found = truth
    return found


def any_of(truths: Iterable[Truth]) -> Truth:
    """YES if one is, NO if none can be, else UNKNOWN."""
    found = Truth.NO
    for truth in truths:
        if truth is Truth.YES:
            return truth
        if truth is Truth.UNKNOWN:
            found = truth
    return found
