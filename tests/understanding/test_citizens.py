"""What citizens tell of themselves and their families, in other words than the options'."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.ages import birth
from bot.understanding.extract import extract
from bot.understanding.normalise import normalise
from bot.understanding.persons import persons
from bot.understanding.subjects import subject_of
from policy_kb.facts import Registry

ONGOING, NOT_YET = {"training_state": "ongoing"}, {"training_state": "none"}
RECEIVING = {"receiving_benefit": True}
STOPPED = {"receiving_benefit": False}
REFUSED = {"meets_benefit_conditions": False}
WORK_AT_HOME = {"zero_employment_family": False}
NO_SOLDIER = {"self_employed_veteran": False}


def _said(registry: Registry, text: str, on: str = "2025-06-15") -> dict[str, object]:
    return dict(extract(normalise(text), registry, date.fromisoformat(on)).facts)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("我儿子二零零二年九月出生", 22),
        ("两千零一年八月九号生的", 23),
        ("生于2003年4月", 22),
        ("出生日期1999-07-20", 25),
        ("俺六八年生人", 57),
        ("我2000年6月16号出生", 24),
        ("我2000年6月15号出生", 25),
        ("闺女2000年的，待业", None),  # 24 or 25: the plan's line lies between
        ("零零年六月十六生人", None),  # perhaps a day of the old calendar
        ("公司2010年成立的", None),
        ("2001年生产的机器", None),
    ],
)
def test_the_age_of_a_birth(text: str, age: int | None) -> None:
    assert birth(normalise(text), date(2025, 6, 15))[1] == age


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我这阵子在学叉车", ONGOING),
        ("在区里办的收纳班上课呢", ONGOING),
        ("正跟着街道的班学烘焙", ONGOING),
        ("育婴班念到一半了", ONGOING),
        ("报了烹饪班下周一才开课", NOT_YET),
        ("名报了，还没开班", NOT_YET),
        ("等着培训，报了名等通知", NOT_YET),
        ("班上完了，考核也通过了", {"training_state": "passed"}),
        ("班结束了考试没及格", {"training_state": "failed"}),
        ("老婆在超市上班", {"status": "employed"}),
        ("孩子在补习班上课", {}),
        ("社保一直上着呢", {}),
        ("我想报个班学手艺", {}),
        ("要是上着培训班能领吗", {}),
    ],
)
def test_training(registry: Registry, text: str, expected: dict[str, object]) -> None:
    said = _said(registry, text)
    assert {k: v for k, v in said.items() if k in ("training_state", "status")} == {
        k: v for k, v in expected.items() if k in ("training_state", "status")
    } or (said.get("training_state") is None and not expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("失业金从三月起每个月都在领", RECEIVING),
        ("每个月打失业金到我卡里", RECEIVING),
        ("失业金还没领完呢", RECEIVING),
        ("失业金领到五月份就领完了", STOPPED),
        ("失业金压根没领过", STOPPED),
        ("失业金期满了", STOPPED),
        ("以前领过失业金，现在停了", STOPPED),
        ("缴费年限不够，人家不给发", REFUSED),
        ("我自己辞职的，领不了失业金", REFUSED),
        ("失业金能领几个月", {}),
        ("领失业金的人医保谁交", {}),
        ("我失业，老婆在食堂打工", WORK_AT_HOME),
        ("家里就我没工作", WORK_AT_HOME),
        ("家里没一个上班的", {}),
        ("我从来没参过军", NO_SOLDIER),
        ("非退役军人", NO_SOLDIER),
    ],
)
def test_benefit_family_and_service(
    registry: Registry, text: str, expected: dict[str, object]
) -> None:
    wanted = RECEIVING | REFUSED | WORK_AT_HOME | NO_SOLDIER
    said = {fact: value for fact, value in _said(registry, text).items() if fact in wanted}
    assert said == expected


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("失业保险从2023年2月交到现在没断", 27),
        ("失业险从去年九月开始交的", 8),
        ("去年十月入职，失业保险从那会儿开始交，到现在9个月", 9),
        ("失业险从去年六月开始交的", None),  # 11 or 12 months: the line lies between
        ("失业保险去年一月交的，中间断过", None),
        ("失业险交了一年还差俩月", None),
        ("失业保险从前年三月交到今年，一个月没断", 22),
        ("失业险2024年2月到2025年1月都交着", 12),
    ],
)
def test_months_insured(registry: Registry, text: str, months: int | None) -> None:
    assert _said(registry, text).get("insured_months") == months


@pytest.mark.parametrize(
    ("text", "schooling"),
    [
        ("大三，在校，明年才毕业", "enrolled"),
        ("念大二呢", "enrolled"),
        ("中专，在校", None),
        ("我去年大专毕业", "graduated"),
        ("本科快毕业了", None),
    ],
)
def test_schooling(registry: Registry, text: str, schooling: str | None) -> None:
    said = _said(registry, text).get("schooling")
    assert said == schooling or (schooling is None and said == "other")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("今年七月支起来的馄饨摊，税上能抵吗", "2026-07"),
        ("我前年七月开的面馆，税能抵吗", None),  # whether it was ever enjoyed is open
        ("打算今年年底支个小店，能抵税吗", None),
    ],
)
def test_a_shop_of_this_year(registry: Registry, text: str, start: str | None) -> None:
    said = _said(registry, text, "2026-11-24").get("benefit_start")
    assert (said and str(said)) == start


def test_a_business_closed_is_nobodys_any_more(registry: Registry) -> None:
    assert _said(registry, "上个月饭店关门，我没了活") == {"status": "unemployed"}


def test_a_number_alone_is_an_age_in_a_story(registry: Registry) -> None:
    assert _said(registry, "刚毕业，22，在家吃闲饭，想去公司见习").get("age") == 22
    assert "age" not in _said(registry, "我们厂待岗，23，职工一共100人")


def test_she_is_the_daughter_and_not_her_husband() -> None:
    text = "问问我闺女的事，女婿开货车的。她在服装厂上班，考了证，能领补贴吗"
    assert subject_of(text) == "您女儿"
    assert "服装厂" in persons(text, "您女儿").get("您女儿", text)
