"""Numbers that are there to be computed on, and questions about them, which state nothing."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.extract import extract
from bot.understanding.normalise import normalise
from policy_kb.facts import Registry

DAY = date(2025, 6, 15)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("咱这儿最低工资按1980块算", "minimum_wage", "1980"),
        ("就按2150的最低工资算吧", "minimum_wage", "2150"),
        ("要是最低工资2000，我能拿多少", "minimum_wage", "2000"),
        ("低保线按一个月八百五十块钱算", "subsistence_line", "850"),
        ("按月失业金1540元算，封顶多少", "monthly_benefit", "1540"),
        ("失业金一个月1700的话补助最高多少", "monthly_benefit", "1700"),
        ("放款那天基准利率是3.6%", "benchmark_rate", "3.6"),
        ("基准利率就按4.1算", "benchmark_rate", "4.1"),
        ("拿六千六当缴费基数", "contribution_base", "6600"),
        ("三月份单位养老基数110万该交多少", "contribution_base", "1100000"),
        ("批了60万创业担保贷款", "loan_amount", "600000"),
        ("增值税、附加和个税拢共大概一万七", "annual_tax_due", "17000"),
        ("上年度那6个月企业加职工的社保费一共70万", "half_year_social_insurance", "700000"),
        ("正在上二十天的月嫂班", "training_days", "20"),
        ("去年失业保险缴了12万能返一半吗", "last_year_unemployment_premium", "120000"),
    ],
)
def test_numbers_to_compute_on(registry: Registry, text: str, fact: str, value: str) -> None:
    found = extract(normalise(text), registry, DAY).facts
    assert str(found.get(fact)) == value


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("最低工资是2000吗", "minimum_wage"),
        ("我爸失业金领了1500块", "monthly_benefit"),
        ("低保一个月多少钱", "subsistence_line"),
        ("缴费基数上限是24000吗", "contribution_base"),
        ("孵化载体奖补一年到底给多少钱", "incubator_award_years"),
        ("3天后有培训班吗", "training_days"),
        ("商贸公司一年扣减了50000，剩下登记失业的几个人", "hired_unemployed"),
    ],
)
def test_what_states_nothing(registry: Registry, text: str, fact: str) -> None:
    assert fact not in extract(normalise(text), registry, DAY).facts


def test_a_sum_does_not_run_into_the_month_after_it(registry: Registry) -> None:
    said = extract("三月基数一百二十万五月基数九十万", registry, DAY)
    assert [str(item.value) for item in said.numbers if item.kind == "money"] == [
        "1200000",
        "900000",
    ]


def test_a_month_right_before_a_sum(registry: Registry) -> None:
    said = extract("基数四月40万五月45万", registry, DAY)
    assert [item.kind for item in said.numbers] == ["date", "money", "date", "money"]
