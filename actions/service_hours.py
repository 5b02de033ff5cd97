"""When somebody sits at the desk: DESK_HOURS, such as `1-5 9:00-12:00 13:30-17:00; 6 9:00-12:00`.

Days are numbered from Monday. Unset, nothing is said about hours: whoever asks for a person is
told the lines in any case.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
DAYS = "一二三四五六日"
STRETCH = re.compile(r"([1-7])(?:-([1-7]))?((?:\s+\d{1,2}:\d\d-\d{1,2}:\d\d)+)")


@dataclass(frozen=True)
class Hours:
    """One line: the same times on all days from `first` to `last` (1 is Monday)."""

    first: int
    last: int
    times: tuple[tuple[time, time], ...]

    @property
    def text(self) -> str:
        """周一至周五9:00-12:00、13:30-17:00."""
        days = f"周{DAYS[self.first - 1]}"
        if self.last != self.first:
            days += f"至周{DAYS[self.last - 1]}"
        clock = "、".join(f"{_clock(begin)}-{_clock(end)}" for begin, end in self.times)
        return f"{days}{clock}"


def read_hours(text: str) -> tuple[Hours, ...]:
    """The hours that a setting gives. Raises ValueError for one that cannot be read."""
    lines = [_line(part.strip()) for part in text.split(";") if part.strip()]
    return tuple(lines)


@lru_cache(maxsize=4)
def _read(text: str) -> tuple[Hours, ...]:
    return read_hours(text)


def hours() -> tuple[Hours, ...]:
    """The desk's hours as set; none where nothing is set."""
    return _read(os.environ.get("DESK_HOURS", ""))


def hours_text(lines: tuple[Hours, ...]) -> str:
    """All hours in words."""
    return "，".join(line.text for line in lines)


def staffed(lines: tuple[Hours, ...], moment: datetime) -> bool:
    """Whether somebody is there at this aware moment; where no hours are set, always."""
    here = moment.astimezone(ZONE)
    return not lines or any(
        line.first <= here.isoweekday() <= line.last and begin <= here.time() < end
        for line in lines
        for begin, end in line.times
    )


def _line(text: str) -> Hours:
    match = STRETCH.fullmatch(text)
    if not match:
        raise ValueError(text)
    first, last = int(match[1]), int(match[2] or match[1])
    stretches = [stretch.split("-") for stretch in match[3].split()]
    times = tuple((_time(begin), _time(end)) for begin, end in stretches)
    if last < first or any(begin >= end for begin, end in times):
        raise ValueError(text)
    return Hours(first, last, times)


def _time(text: str) -> time:
    hour, minute = text.split(":")
    return time(int(hour), int(minute))


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"
