"""How a provision stands on the day the material is used."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from actions.publicity.entry import Entry, shown
from actions.publicity.standing import Standing, days_left, standing
from policy_kb.model import Knowledge

END = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("provision", "day", "expected"),
    [
        ("15.2", date(2024, 12, 31), Standing.NOT_YET),
        ("15.2", date(2025, 1, 1), Standing.ON),
        ("15.2", END - timedelta(days=61), Standing.ON),
        ("15.2", END - timedelta(days=60), Standing.ENDING),
        ("15.2", END, Standing.ENDING),
        ("15.2", END + timedelta(days=1), Standing.ENDED),
        ("2.2", END + timedelta(days=1), Standing.RUNNING_ON),
        ("2.2", date(2028, 12, 30), Standing.RUNNING_ON),
        ("2.2", date(2029, 1, 1), Standing.ENDED),
        ("9.1", date(2020, 1, 1), Standing.ON),
        ("7.2", date(2026, 11, 24), Standing.ON),
        ("1.1", date(2025, 4, 30), Standing.NOT_YET),
    ],
)
def test_standing(kb: Knowledge, provision: str, day: date, expected: Standing) -> None:
    assert standing(kb[provision], day) is expected


def test_an_amendment_keeps_it_available(kb: Knowledge) -> None:
    from dataclasses import replace

    from policy_kb.model import Amendment

    notice = Amendment("通知", date(2026, 2, 1), date(2026, 1, 1), end=date(2026, 12, 31))
    extended = replace(kb["15.2"], amendments=(notice,))
    assert standing(extended, date(2026, 6, 1)) is Standing.ON
    assert standing(extended, date(2026, 11, 24)) is Standing.ENDING
    assert days_left(extended, date(2026, 11, 24)) == 37


def test_when_tells_the_day_and_what_is_left(kb: Knowledge) -> None:
    entry = Entry(kb, kb["15.2"], date(2025, 12, 15))
    assert "2025年12月31日截止" in entry.when().text
    assert "还有16天" in entry.when().text
    assert "第15条" in entry.when().text
    assert entry.badge == "还有16天到期"


def test_what_ended_says_who_may_go_on_or_who_is_asked(kb: Knowledge) -> None:
    day = date(2026, 11, 24)
    assert "满3年" in Entry(kb, kb["2.2"], day).ended().text
    assert "区人力资源社会保障局" in Entry(kb, kb["15.2"], day).ended().text


def test_worked_examples_are_decided_for_the_day(kb: Knowledge) -> None:
    now = Entry(kb, kb["2.2"], date(2026, 11, 24)).worked()
    then = Entry(kb, kb["2.2"], date(2025, 6, 15)).worked()
    assert now is not None
    assert "31200元" in now.text
    assert "2025年10月" in now.text
    assert then is not None
    assert "66000元" in then.text
    assert Entry(kb, kb["3.2"], date(2026, 11, 24)).worked() is None


def test_a_share_is_only_shown_where_it_decides(kb: Knowledge) -> None:
    line = Entry(kb, kb["4.2"], date(2026, 11, 24)).worked()
    assert line is not None
    assert "19÷190＝10%" in line.text


def test_figures_as_people_say_them(kb: Knowledge) -> None:
    told = {f.id: shown(f) for p in ("7.2", "7.3", "2.2", "13.5", "3.1") for f in kb[p].figures}
    assert told["ceiling"] == "15万元"
    assert told["loan_ceiling"] == "300万元"
    assert told["veteran_rate"] == "9000元/人/年"
    assert told["benefit_multiple"] == "2倍"
    assert told["refund_rate"] == "50%"
