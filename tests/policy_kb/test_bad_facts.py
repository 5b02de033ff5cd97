"""Whatever anyone hands in as a fact or a day: a value, or one Chinese line; never a traceback."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy_kb.clock import parse_day
from policy_kb.errors import FactError, PolicyError
from policy_kb.explain import explain
from policy_kb.screening import screen
from policy_kb.store.sources import load_sources

KB = load_sources()
DAY = date(2025, 6, 15)

numbers = st.one_of(st.integers(), st.floats(), st.decimals().map(str), st.from_regex(r"\d+e\d+"))
json_values = st.one_of(
    st.none(), st.booleans(), numbers, st.text(max_size=12), st.lists(st.integers(), max_size=2)
)
dates = st.one_of(st.dates().map(str), st.from_regex(r"\d{4}(-\d\d?){0,2}", fullmatch=True))
quietly = settings(deadline=None, suppress_health_check=list(HealthCheck))


@settings(quietly, max_examples=400)
@given(st.sampled_from(sorted(KB.registry.facts)), st.one_of(json_values, dates))
def test_a_fact_is_taken_or_refused_in_chinese(fact_id: str, raw: object) -> None:
    try:
        facts = KB.registry.parse({fact_id: raw})
    except FactError as error:
        assert KB.fact(fact_id).name in str(error)
        assert "\n" not in str(error) or "\n" in str(raw)
        return
    for result in screen(KB, facts, DAY):  # what is taken can be decided and explained
        assert "".join(explain(KB, result, facts))


@pytest.mark.parametrize(
    ("fact_id", "raw", "told"),
    [
        ("age", -1, "应在0到120之间"),
        ("age", 24.5, "要填整数"),
        ("age", True, "要填数字"),
        ("age", "NaN", "要填数字"),
        ("staff", 0, "应在1到"),
        ("last_year_unemployment_premium", 1e30, "要填数字"),
        ("monthly_benefit", "9e999999", "要填数字"),
        ("schooling", "博士", "可以填"),
        ("insured", "也许", "只能填 true 或 false"),
        ("hire_date", "去年", "要填日期"),
        ("hire_date", "2025-02-30", "要填日期"),
        ("nothing", 1, "没有叫“nothing”的事实"),
    ],
)
def test_what_is_wrong_is_said(fact_id: str, raw: object, told: str) -> None:
    with pytest.raises(FactError, match=told):
        KB.registry.parse({fact_id: raw})


@pytest.mark.parametrize(
    ("fact_id", "raw", "value"),
    [
        ("layoff_share", "15%", Decimal(15)),
        ("layoff_share", "27.5％", Decimal("27.5")),
        ("age", "24", Decimal(24)),
        ("insured", "有", True),
        ("insured", "没有参保", False),
        ("schooling", "在校大学生", "enrolled"),
    ],
)
def test_what_people_write_is_understood(fact_id: str, raw: object, value: object) -> None:
    assert KB.registry.parse({fact_id: raw}) == {fact_id: value}


def test_null_means_unknown() -> None:
    assert KB.registry.parse({"age": None, "insured": False}) == {"insured": False}


@given(st.text(max_size=12))
def test_a_day_or_one_chinese_line(text: str) -> None:
    try:
        day = parse_day(text)
    except PolicyError as error:
        assert "请写成 2025-06-15 的样子" in str(error)
    else:
        assert day.isoformat() == text


def test_the_end_of_the_calendar() -> None:
    facts = KB.registry.parse({"hire_date": "9999-12-31", "benefit_start": "9998-01-01"})
    verdicts = {r.provision: r.verdict.value for r in screen(KB, facts, date.max)}
    assert verdicts["2.2"] == verdicts["9.1"] == "expired"
