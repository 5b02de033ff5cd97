"""How a provision stands on the day the material is used."""

from __future__ import annotations

from datetime import date
from enum import Enum

from policy_kb.dates import WindowState
from policy_kb.model import Provision

ENDING_DAYS = 60
"""Days before its end from which a measure is marked as ending."""


class Standing(str, Enum):
    """On the day of use: there to be had, ending soon, only for those who began, over, to come."""

    ON = "on"
    ENDING = "ending"
    RUNNING_ON = "running_on"
    ENDED = "ended"
    NOT_YET = "not_yet"

    @property
    def available(self) -> bool:
        """Whether somebody can still begin to benefit."""
        return self in (Standing.ON, Standing.ENDING)


STANDINGS = {
    WindowState.NOT_STARTED: Standing.NOT_YET,
    WindowState.EVENT_NEEDED: Standing.RUNNING_ON,  # over, but for those who began inside
    WindowState.EXPIRED: Standing.ENDED,
}


def standing(provision: Provision, day: date) -> Standing:
    """The standing of a provision as amended by `day`."""
    provision = provision.amended(day)
    found = STANDINGS.get(provision.window.state(day), Standing.ON)
    left = days_left(provision, day)
    ending = left is not None and 0 <= left <= ENDING_DAYS
    return Standing.ENDING if found is Standing.ON and ending else found


def days_left(provision: Provision, day: date) -> int | None:
    """Days from `day` to the end of the window, 0 on the last day; None if it has no end."""
    end = provision.amended(day).window.end
    return (end - day).days if end else None
