"""Bookings for the bureau's desk: CSV for the spreadsheet, iCalendar for the calendar."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime, time, timezone
from zoneinfo import ZoneInfo

from actions.publicity.booking import CANCELLED, Visit, half_name
from actions.publicity.topics import audiences
from actions.publicity.words import read_words

SHANGHAI = ZoneInfo("Asia/Shanghai")
HEADER = ("编号", "日期", "时段", "几点", "对象", "地点", "人数", "主题", "联系方式", "状态")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet would run as a formula."""


def to_csv(visits: Sequence[Visit]) -> bytes:
    """UTF-8 with the mark that Excel needs; no cell can be taken for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(HEADER)
    for visit in visits:
        row = (
            visit.number,
            visit.day.isoformat(),
            half_name(visit.half),
            visit.clock,
            audience_name(visit.audience),
            visit.place,
            "" if visit.people is None else visit.people,
            visit.topics,
            visit.contact,
            "已取消" if visit.state == CANCELLED else "已登记",
        )
        writer.writerow([_harmless(str(cell)) for cell in row])
    return buffer.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def to_ics(visits: Sequence[Visit]) -> bytes:
    """One event a visit; importing the file again updates instead of doubling (stable UID)."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//employment-policy-assistant//four-send//ZH")
    calendar.add("version", "2.0")
    for visit in visits:
        start, end = hours(visit)
        event = Event()
        event.add("uid", f"visit-{visit.id}@employment-policy-assistant")
        event.add("dtstamp", datetime.now(timezone.utc))
        event.add("dtstart", start)
        event.add("dtend", end)
        event.add("summary", f"政策宣讲：{visit.place}")
        event.add("location", visit.place)
        event.add("description", _description(visit))
        event.add("status", "CANCELLED" if visit.state == CANCELLED else "CONFIRMED")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def hours(visit: Visit) -> tuple[datetime, datetime]:
    """From the hour that was said, else the half-day's beginning, to the half-day's end."""
    half = read_words("booking")["halves"][visit.half]
    start = time.fromisoformat(visit.clock or half["start"])
    end = max(time.fromisoformat(half["end"]), start)
    return (
        datetime.combine(visit.day, start, SHANGHAI),
        datetime.combine(visit.day, end, SHANGHAI),
    )


def _description(visit: Visit) -> str:
    people = f"约{visit.people}人" if visit.people else ""
    parts = (
        f"编号{visit.number}",
        audience_name(visit.audience),
        people,
        visit.topics,
        visit.contact,
    )
    return "，".join(part for part in parts if part)


def audience_name(audience: str) -> str:
    return audiences()[audience].name if audience in audiences() else ""
