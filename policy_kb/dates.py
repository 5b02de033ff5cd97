"""Dates as people give them, and the windows (时间窗口) of a measure.

Nothing here reads a clock: the day a decision is made for (`as_of`) is always an argument.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum


@dataclass(frozen=True)
class Span:
    """All days that a date said with some precision may mean, both ends included."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        return self.first == self.last

    def __str__(self) -> str:
        """The shortest form that `parse_span` reads back: 2025, 2025-06 or 2025-06-15."""
        if self.exact:
            return self.first.isoformat()
        if (self.first.month, self.last.month) == (1, 12) and self.first.year == self.last.year:
            return f"{self.first.year}"
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{self.first:%Y-%m}"
        return f"{self.first}/{self.last}"


def parse_span(text: str) -> Span:
    """Read YYYY, YYYY-MM, YYYY-MM-DD or a range FIRST/LAST of these.

    Raises ValueError for anything else, impossible dates included.
    """
    head, slash, tail = str(text).strip().partition("/")
    if slash:
        return Span(parse_span(head).first, parse_span(tail).last)
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", head)
    if not match:
        raise ValueError(f"not a date: {text}")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if day and month:
        exact = date(year, month, day)
        return Span(exact, exact)
    if month:
        following = date(year + month // 12, month % 12 + 1, 1)
        return Span(date(year, month, 1), following - timedelta(days=1))
    return Span(date(year, 1, 1), date(year, 12, 31))


def full_years_end(start: date, years: int) -> date:
    """Last day of `years` full years that begin on `start`: the eve of the anniversary.

    29 February counts its anniversaries on 28 February's morrow (1 March). The calendar's last
    day stands for whatever lies beyond it.
    """
    if start.year + years > date.max.year:
        return date.max
    try:
        anniversary = start.replace(year=start.year + years)
    except ValueError:
        anniversary = date(start.year + years, 3, 1)
    return anniversary - timedelta(days=1)


class WindowState(str, Enum):
    """Where a day (and, if said, the day of the event) stands against a window."""

    NOT_STARTED = "not_started"
    IN_FORCE = "in_force"
    RUNNING_ON = "running_on"  # 享受至期满: the window is over, the three years are not
    EXPIRED = "expired"
    BEFORE_WINDOW = "before_window"  # the event lies before the window: not covered
    TO_CONFIRM = "to_confirm"  # no carry-over clause: the department must say
    EVENT_NEEDED = "event_needed"  # decided by the date of the event, which is not known


@dataclass(frozen=True)
class Window:
    """When a measure applies; either end may be open.

    `event` names the date fact that must lie inside (hired, started); without it the day
    asked about decides. `run_on_years` lets those who began inside run on to full years.
    `confirm_begun_inside`: begun inside but asked after the end is left to the department.
    """

    start: date | None = None
    end: date | None = None
    event: str | None = None
    run_on_years: int = 0
    confirm_begun_inside: bool = False
    after: str = ""

    def last_possible_day(self) -> date | None:
        """The last day on which anyone can still benefit; None if open."""
        if self.end is None or not self.run_on_years:
            return self.end
        return full_years_end(self.end, self.run_on_years)

    def state(self, as_of: date, event: Span | None = None) -> WindowState:
        """Judge `as_of`, given the event's date as far as it is known (None: not said)."""
        if self.start and as_of < self.start:
            return WindowState.NOT_STARTED
        over = self.end is not None and as_of > self.end
        if not self.event or event is None:
            if not over:
                return WindowState.IN_FORCE
            last = self.last_possible_day()
            possible = self.run_on_years and last is not None and as_of <= last
            return WindowState.EVENT_NEEDED if possible else WindowState.EXPIRED
        if self.confirm_begun_inside:
            return self._begun_inside(event, over)
        return self._run_on(event, as_of, over)

    def _begun_inside(self, event: Span, over: bool) -> WindowState:
        if self.end and event.first > self.end:
            return WindowState.EXPIRED
        began_early = self.start is not None and event.last < self.start
        return WindowState.TO_CONFIRM if over or began_early else WindowState.IN_FORCE

    def _run_on(self, event: Span, as_of: date, over: bool) -> WindowState:
        if self.end and event.first > self.end:
            return WindowState.EXPIRED
        if self.start and event.last < self.start:
            return WindowState.BEFORE_WINDOW
        straddles = (self.start and event.first < self.start) or (
            self.end and event.last > self.end
        )
        if straddles:
            return WindowState.EVENT_NEEDED
        if not self.run_on_years:
            return WindowState.EXPIRED if over else WindowState.IN_FORCE
        if as_of <= full_years_end(event.first, self.run_on_years):
            return WindowState.RUNNING_ON if over else WindowState.IN_FORCE
        if as_of > full_years_end(event.last, self.run_on_years):
            return WindowState.EXPIRED
        return WindowState.EVENT_NEEDED

    def valid_until(self, event: Span | None = None) -> date | None:
        """Last day of the benefit for this event, where it can be named to the day."""
        if not self.event or event is None or not self.run_on_years:
            return self.end
        return full_years_end(event.first, self.run_on_years) if event.exact else None
