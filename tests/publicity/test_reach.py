"""Reach: counted by event, channel, topic and verdict; nobody is named; a killed process loses none."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sqlalchemy import inspect

from actions.publicity import reach, reach_report
from actions.publicity.reach import Count, counts, tag_of, talked, visited
from actions.records.schema import reach as table
from actions.records.store import Records
from actions.reply import Reply
from policy_kb.decide import decide
from policy_kb.model import Knowledge

DAY = date(2026, 12, 2)


def test_counted_by_event_channel_topic_and_verdict(kb: Knowledge, records: Records) -> None:
    expired = Reply("…", provisions=("15.2",), results=(decide(kb, "15.2", {}, DAY),))
    visited(records, "talk", "web", "campus", DAY)
    visited(records, "talk", "web", "campus", DAY)
    visited(records, "talk", "wechat", "<script>", DAY)
    talked(records, "talk", "web", expired, DAY, first=True)
    talked(records, "talk", "web", expired, DAY, first=False)
    talked(records, "talk", "web", Reply("您好", "smalltalk"), DAY, first=False)
    assert set(counts(records, event="talk")) == {
        Count(DAY, "talk", "web", "visit", "campus", "", 2),
        Count(DAY, "talk", "wechat", "visit", "", "", 1),
        Count(DAY, "talk", "web", "conversation", "", "", 1),
        Count(DAY, "talk", "web", "answer", "15.2", "expired", 2),
        Count(DAY, "talk", "web", "answer", "", "", 1),
    }
    assert counts(records, first=date(2026, 12, 3)) == ()


def test_nobody_can_be_told_from_it(records: Records) -> None:
    columns = {column["name"] for column in inspect(records.engine).get_columns(table.name)}
    assert columns == {"id", *reach.KEYS, "count"}


def test_counts_raised_at_once_are_all_there(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'records.db'}"
    Records(url)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: visited(Records(url), "e", "web", "", DAY), range(30)))
    assert [one.count for one in counts(Records(url))] == [30]


KILLED = """
import os, signal, sys
from datetime import date
from actions.publicity import booking, reach
from actions.records.store import Records
records = Records(sys.argv[1])
day = date(2026, 12, 2)
booking.book(records, booking.Visit(day, "am", "村委会"), "a", "web", day)
for _ in range(7):
    reach.visited(records, "e", "web", "", day)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    from actions.publicity.booking import listed

    url = f"sqlite:///{tmp_path / 'records.db'}"
    killed = subprocess.run([sys.executable, "-c", KILLED, url], cwd=Path.cwd(), env=os.environ)
    assert killed.returncode == -signal.SIGKILL
    assert [one.count for one in counts(Records(url))] == [7]
    assert len(listed(Records(url))) == 1


@pytest.mark.parametrize(
    ("raw", "tag"),
    [("campus-20261202", "campus-20261202"), ("a b", ""), ("'; drop", ""), (None, ""), (7, "7")],
)
def test_only_tags_are_counted(raw: object, tag: str) -> None:
    assert tag_of(raw) == tag


def test_a_failing_database_costs_no_answer(records: Records) -> None:
    records.engine.dispose()
    with records.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE reach")
    reach.noted(records, "e", "web", Reply("x"), DAY, True)


def test_the_report(kb: Knowledge, records: Records) -> None:
    visited(records, "talk", "web", "loans", DAY)
    answer = Reply("…", provisions=("7.2",), results=(decide(kb, "7.2", {}, DAY),))
    talked(records, "talk", "web", answer, DAY, first=True)
    page = reach_report.to_html(kb, counts(records))
    assert "1次扫码访问、1次对话、1条答复" in page
    assert "个人创业贷款" in page
    assert "<script" not in page
    svgs = [page[i : page.index("</svg>", i) + 6] for i in _places(page, "<svg")]
    assert svgs
    for svg in svgs:
        assert ElementTree.fromstring(svg).attrib["aria-label"]
    rows = list(
        csv.reader(io.StringIO(reach_report.to_csv(kb, counts(records)).decode("utf-8-sig")))
    )
    assert ["2026-12-02", "talk", "网页", "扫码访问", "创业贷款", "", "1"] in rows
    assert ["2026-12-02", "talk", "网页", "答复", "个人创业贷款", "还需确认", "1"] in rows


def test_an_empty_report_says_so(kb: Knowledge) -> None:
    assert "还没有" in reach_report.to_html(kb, ())


def _places(text: str, part: str) -> list[int]:
    return [i for i in range(len(text)) if text.startswith(part, i)]


def test_made_up_tags_do_not_fill_the_disk(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "MOST_EVENTS", 3)
    for n in range(6):
        visited(records, f"tag{n}", "web", "", DAY)
    visited(records, "tag1", "wechat", "", DAY)
    assert {one.event for one in counts(records)} == {"tag0", "tag1", "tag2"}
    assert len(counts(records)) == 4
