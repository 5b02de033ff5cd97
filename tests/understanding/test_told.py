"""Ways people tell facts of benefits, training, work and firms, and what is no fact at all."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.extract import extract
from bot.understanding.normalise import normalise
from policy_kb.facts import Registry

AID = {"meets_benefit_conditions": False}
HARD = {"in_hardship": True}


def _said(registry: Registry, text: str, on: str = "2025-06-15") -> dict[str, object]:
    return dict(extract(normalise(text), registry, date.fromisoformat(on)).facts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # unemployment benefit: can, cannot, does, no longer does
        ("失业金窗口说我年限不够不给办", AID),
        ("我失业险没交够一年领不上失业金", AID),
        ("失业金没资格领", AID),
        ("我的失业金是按月打到卡上的", {"receiving_benefit": True}),
        ("失业金每个月都在领着没断过", {"receiving_benefit": True}),
        ("失业金五月份领到头停了", {"receiving_benefit": False}),
        ("失业金早停了", {"receiving_benefit": False}),
        # hardship
        ("家里日子过得挺紧", HARD),
        ("我欠了一屁股债", HARD),
        ("家里吃了上顿没下顿", HARD),
        ("看病把积蓄都花光了", HARD),
        ("我家日子不好过", HARD),
        ("家里还行，不困难", {"in_hardship": False}),
        # the one-time aid
        ("我前年领过一回临时生活补助了", {"temporary_aid_taken": True}),
        ("一次性临时生活补助我一回都没领过", {"temporary_aid_taken": False}),
        # training
        ("我正在上二十天的月嫂班", {"training_state": "ongoing", "training_days": 20}),
        ("去学电焊学了12天", {"training_state": "ongoing", "training_days": 12}),
        ("班已经结业了，拿了合格证", {"training_state": "passed"}),
        ("我上完培训班了", {}),
        ("正在参加培训，今年头一回", {"training_state": "ongoing", "allowance_this_year": False}),
        ("生活费补贴去年领过，今年还没领", {"allowance_this_year": False}),
        # work and insurance
        (
            "我在轴承厂在职，失业险才交了8个月",
            {"status": "employed", "post": "enterprise_staff", "insured_months": 8},
        ),
        ("失业保险断断续续一共交了三年", {"insured_months": 36}),
        ("我在酒店当服务员拿着工资", {"status": "employed"}),
        ("我在厂里干了九年，去年被裁了", {"status": "unemployed"}),
        ("厂子倒闭了就下岗了，我五十了", {"age": 50, "status": "laid_off"}),
        # certificates and the start of a deduction
        (
            "2024年8月开始凭失业登记证抵税的",
            {"has_employment_cert": True, "benefit_start": "2024-08"},
        ),
        (
            "我们两口子都有就业创业证开个体店",
            {"has_employment_cert": True, "entity": "individual"},
        ),
        # living here
        ("我在这边租房住了四年", {"resident": True}),
        ("常年在你们区住", {"resident": True}),
    ],
)
def test_of_a_person(registry: Registry, text: str, expected: dict[str, object]) -> None:
    assert _said(registry, text) == registry.parse(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "厂里停工四个月了，每月只给工人开点生活费",
            {"stopped_months": 4, "living_allowance_only": True},
        ),
        ("我们三月初停的产，到现在一直没复工", {"stopped_months": 3}),
        ("五月中旬停的工，到现在还没复工", {"stopped_months": 0}),
        ("厂子二月停的工，上个月复工了", {}),
        ("我厂连最低工资都开不出来已经三个月了", {"wage_default_months": 3}),
        ("连着五个月最低工资都发不齐", {"wage_default_months": 5}),
        (
            "工资一直足额照发",
            {"wage_default_months": 0, "unpaid_wage_months": 0, "living_allowance_only": False},
        ),
        ("公司70人，裁掉包括我在内8个", {"layoffs": 8, "staff": 70}),
        ("打算减9个，在册一百二", {"layoffs": 9, "staff": 120}),
        ("本店9个员工想辞退1个", {"layoffs": 1, "staff": 9}),
        (
            "眼下五十人在职，陆续新进来14个都够得上担保贷款条件，合同最短的签了两年",
            {"staff": 50, "new_hires": 14, "contract_months": 24},
        ),
        ("小微企业，新招的9个里有3个只签了半年", {"small_micro": True, "new_hires": 6}),
        ("新招的人合同有的签一年有的签半年", {}),
        ("我公司（小微）在职30人", {"small_micro": True, "staff": 30}),
        ("我们家五口人都没活", {"status": "unemployed"}),
        ("工人一人发了八百", {}),
        ("社保从没断过", {"lawful_contributions": True}),
        (
            "想组织工人搞在岗培训，教育经费早用完了",
            {"runs_training": True, "training_fund_short": True},
        ),
        (
            "我们物业公司2025年3月15号跟2个退役士兵签的合同",
            {"enterprise_kind": "service", "hired_veterans": 2, "hire_date": "2025-03-15"},
        ),
        (
            "我去年七月进的一家商贸公司，自主就业退役士兵",
            {
                "enterprise_kind": "commerce",
                "hired_veterans": 1,
                "hire_date": "2024-07",
                "self_employed_veteran": True,
            },
        ),
    ],
)
def test_of_a_firm(registry: Registry, text: str, expected: dict[str, object]) -> None:
    assert _said(registry, text) == registry.parse(expected)


@pytest.mark.parametrize(
    "text",
    [
        "失业金没资格领的才能领补助吗",
        "失业保险交满一年就能领吗",
        "停产三个月以上的企业怎么申请",
        "如果公司裁掉包括我在内12人要走程序吗",
        "家里困难的怎么申请临时补助",
        "今年第一次招人有补贴吗",
        "听说这政策25年底就停了",
        "我正在上夜班的话能报吗",
        "领过失业金的还能领临时补助吗",
        "新来的大姐五十一了，招她补不补单位",
    ],
)
def test_no_facts(registry: Registry, text: str) -> None:
    assert _said(registry, text) == {}
