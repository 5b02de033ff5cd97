"""Bookings: numbered, never over capacity, refused with other times, exported whole."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from actions.publicity import booking, contacts
from actions.publicity.booking import BookingError, Visit, book, cancel, capacity, listed
from actions.publicity.booking_files import HEADER, SHANGHAI, hours, to_csv, to_ics
from actions.records import retention
from actions.records.store import Records

TODAY = date(2026, 11, 24)
WEDNESDAY = date(2026, 12, 2)
VISIT = Visit(WEDNESDAY, "am", "某某村委会", 40, "创业贷款", "王主任 13812345678", "village")


def test_stored_numbered_and_listed(records: Records) -> None:
    made = book(records, VISIT, "a", "web", TODAY)
    assert made.number == f"20261202-{made.id}"
    assert listed(Records(records.url)) == (made,)
    assert made.when == "2026年12月2日上午"


def test_a_full_half_day_is_refused_with_other_times(records: Records) -> None:
    for _ in range(capacity()):
        book(records, VISIT, "a", "web", TODAY)
    with pytest.raises(BookingError, match="约满") as refused:
        book(records, VISIT, "b", "web", TODAY)
    first = refused.value.alternatives[0]
    assert first == (WEDNESDAY, "pm")
    assert len(refused.value.alternatives) == booking.OFFERED
    for day, half in refused.value.alternatives:
        other = Visit(day, half, "某某村委会")
        assert book(records, other, "b", "web", TODAY).id


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), date(2025, 12, 2)])
def test_past_days_are_refused(records: Records, day: date) -> None:
    with pytest.raises(BookingError, match="已经过去") as refused:
        book(records, Visit(day, "am", "村委会"), "a", "web", TODAY)
    assert all(other > TODAY for other, _ in refused.value.alternatives)
    assert listed(records) == ()


def test_today_can_be_booked_and_half_a_year_is_the_furthest(records: Records) -> None:
    assert book(records, Visit(TODAY, "pm", "村委会"), "a", "web", TODAY).id
    far = TODAY + timedelta(days=181)
    with pytest.raises(BookingError, match="180天"):
        book(records, Visit(far, "am", "村委会"), "a", "web", TODAY)


def test_no_weekend_is_offered(records: Records) -> None:
    friday = date(2026, 12, 4)
    others = booking.alternatives(records, friday + timedelta(days=1), TODAY)
    assert all(day.weekday() < 5 for day, _ in others)


def test_two_at_once_cannot_both_have_the_last_place(tmp_path: Path) -> None:
    """Ten threads, each with its own connections, on the same half-day."""
    url = f"sqlite:///{tmp_path / 'records.db'}"
    Records(url)

    def wish(n: int) -> bool:
        try:
            book(Records(url), VISIT, f"s{n}", "web", TODAY)
        except BookingError:
            return False
        return True

    with ThreadPoolExecutor(10) as pool:
        taken = list(pool.map(wish, range(10)))
    assert sum(taken) == capacity() == len(listed(Records(url)))


def test_cancelled_gives_the_place_free(records: Records) -> None:
    made = [book(records, VISIT, "a", "web", TODAY) for _ in range(capacity())]
    assert cancel(records, made[0].id, "somebody else") is None
    assert cancel(records, made[0].id, "a")
    assert cancel(records, made[0].id, "a") is None
    assert book(records, VISIT, "b", "web", TODAY).id not in {v.id for v in made}
    assert len(listed(records, all_states=True)) == capacity() + 1


def test_the_contact_is_only_added_by_who_booked(records: Records) -> None:
    made = book(records, Visit(WEDNESDAY, "am", "村委会"), "a", "web", TODAY)
    assert booking.add_contact(records, made.id, "b", "李四 12345678") is None
    changed = booking.add_contact(records, made.id, "a", "王主任 13812345678")
    assert changed is not None
    assert listed(records)[0].contact == "王主任 13812345678"
    assert booking.amend(records, made.id, "a", people=80).people == 80  # type: ignore[union-attr]


def test_nothing_of_a_person_stays_when_asked(records: Records) -> None:
    book(records, VISIT, "a", "web", TODAY)
    book(records, VISIT, "b", "web", TODAY)
    retention.forget(records, "a")
    assert len(listed(records)) == 1
    retention.purge(records, datetime(2027, 6, 1))
    assert listed(records, all_states=True) == ()


def test_csv_for_the_spreadsheet(records: Records) -> None:
    book(records, VISIT, "a", "web", TODAY)
    book(records, Visit(WEDNESDAY, "pm", '=HYPERLINK("x"),"'), "a", "web", TODAY)
    data = to_csv(listed(records))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert tuple(rows[0]) == HEADER
    told = [
        "2026-12-02",
        "上午",
        "",
        "村居",
        "某某村委会",
        "40",
        "创业贷款",
        "王主任 13812345678",
        "已登记",
    ]
    assert rows[1][1:] == told
    assert rows[2][5].startswith("'=")


def test_calendar_for_the_bureau(records: Records) -> None:
    made = book(records, Visit(WEDNESDAY, "pm", "二中报告厅", clock="15:00"), "a", "web", TODAY)
    (event,) = Calendar.from_ical(to_ics([made])).walk("VEVENT")
    assert event["summary"] == "政策宣讲：二中报告厅"
    assert event.decoded("dtstart") == datetime(2026, 12, 2, 15, tzinfo=SHANGHAI)
    assert event.decoded("dtend") == datetime(2026, 12, 2, 17, tzinfo=SHANGHAI)
    assert str(event["uid"]) == str(Calendar.from_ical(to_ics([made])).walk("VEVENT")[0]["uid"])


def test_an_hour_after_the_half_day_ends_at_itself() -> None:
    start, end = hours(Visit(WEDNESDAY, "am", "村", clock="12:30"))
    assert start == end


def test_contacts_are_masked_and_held_for_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert contacts.shown("王主任 13812345678") == "王主任 138****5678"
    assert contacts.shown("0631-5220000") == "0631-****0000"
    contacts.hold("s", "打我电话１３８ 1234 5678")
    assert contacts.take("s") == "13812345678"
    assert contacts.take("s") == ""
    contacts.hold("s", "13812345678")
    later = contacts.time.monotonic() + contacts.HELD_SECONDS + 1
    monkeypatch.setattr(contacts.time, "monotonic", lambda: later)
    assert contacts.take("s") == ""


def test_no_more_contacts_are_held_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contacts, "MOST", 3)
    for n in range(5):
        contacts.hold(f"m{n}", f"1381234567{n}")
    assert contacts.take("m0") == ""
    assert contacts.take("m4") == "13812345674"
