"""What a sentence says about a talk."""

from __future__ import annotations

from datetime import date

import pytest

from actions.loose import Loose
from actions.publicity import heard
from policy_kb.dates import parse_span

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "found", "day"),
    [
        ("下周三宣讲", "2026-12-02", date(2026, 12, 2)),
        ("12月5号来", "2025-12-05", date(2026, 12, 5)),
        ("1月8号来", "2026-01-08", date(2027, 1, 8)),
        ("2025年12月5日来", "2025-12-05", date(2025, 12, 5)),
        ("昨天", "2026-11-23", date(2026, 11, 23)),
        ("11月20号", "2026-11-20", date(2026, 11, 20)),
        ("周五行不行", None, date(2026, 11, 27)),
        ("星期二", None, date(2026, 12, 1)),
        ("每周五天班", None, None),
        ("下个月", "2026-12", None),
    ],
)
def test_days(text: str, found: str | None, day: date | None) -> None:
    loose = [Loose("date", parse_span(found))] if found else []
    assert heard.day_of(text, loose, TODAY) == day


@pytest.mark.parametrize(
    ("text", "half", "clock"),
    [
        ("下周三上午", "am", ""),
        ("下午3点", "pm", "15:00"),
        ("上午9点半", "am", "09:30"),
        ("晚上七点", "evening", "19:00"),
        ("14:30开始", "pm", "14:30"),
        ("三点", "pm", "15:00"),
        ("19点", "evening", "19:00"),
        ("中午12点", "pm", "12:00"),
        ("都行", "", ""),
    ],
)
def test_half_days_and_hours(text: str, half: str, clock: str) -> None:
    assert heard.half_of(text) == half
    assert heard.clock_of(text) == clock


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("20分钟", 20),
        ("二十分钟的", 20),
        ("三分钟", 3),
        ("十五分钟", 15),
        ("半小时", 30),
        ("半个小时", 30),
        ("一个小时", 60),
        ("一个半小时", 90),
        ("一节课", 45),
        ("材料", 0),
    ],
)
def test_minutes(text: str, minutes: int) -> None:
    assert heard.minutes_of(text) == minutes


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("下周三上午，村委会，大概40个人", "村委会"),
        ("在学院报告厅", "学院报告厅"),
        ("地点：镇政府二楼", "镇政府二楼"),
        ("下周三下午3点，厂里食堂，200人", "厂里食堂"),
        ("下周三上午在李家村", "李家村"),
        ("想请你们来我们村讲讲", ""),
        ("随便", ""),
    ],
)
def test_places(text: str, place: str) -> None:
    assert heard.place_of(text) == place


@pytest.mark.parametrize(
    ("text", "held", "contact"),
    [
        ("王主任，〔手机号〕", "13812345678", "王主任 13812345678"),
        ("联系人李厂长 0631-5220000", "", "李厂长 0631-5220000"),
        ("我姓刘，〔手机号〕", "13900001111", "刘 13900001111"),
        ("〔手机号〕", "", ""),
        ("好的", "13900001111", ""),
    ],
)
def test_contacts(text: str, held: str, contact: str) -> None:
    assert heard.contact_of(text, held) == contact


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("想听创业贷款", "创业贷款"),
        ("讲稳岗返还", "稳岗返还"),
        ("约一场宣讲", ""),
        ("讲座在哪", ""),
    ],
)
def test_topics_wished(text: str, topic: str) -> None:
    assert heard.topic_said(text) == topic


def test_hosts() -> None:
    assert heard.host_of("我是二中就业办的，下周三宣讲") == "二中就业办"
    assert heard.host_of("我是失业人员，想去见习") == ""
