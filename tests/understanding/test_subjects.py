"""Whom a message is about: whom the question is asked for, not who is named first."""

from __future__ import annotations

import pytest

from bot.understanding.subjects import subject_of, without_aside


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        # background of somebody who tells of himself
        ("俺四十八下岗了，俩孩子念高中，能给俺发点补助不", None),
        ("我没班上好几年了，老婆有哮喘常年吃药，能申请临时补助吗", None),
        ("跟着闺女搬到你们区住了三年，想在这办失业登记", None),
        ("伺候婆婆耽误了五年没上班，想学护工有补贴吗", None),
        ("我那个小饭店停了仨月媳妇天天跟我闹社保能不能缓缓", None),
        ("我下岗，孩子也没找着活，算零就业吗", None),
        ("我跟我老公合开的个体店，抵税能抵两份吗", None),
        ("我儿子让我问问，我五十了能学电工吗", None),
        # a relative's own case, with and without a pronoun
        ("我儿子说有个见习，他今年21没工作", "您儿子"),
        ("我家小子十七了没念书也没活干，送他去见习行不行", "您儿子"),
        ("我妈下岗了去学面点上了十天班，一共能领多少", "您母亲"),
        ("替我弟打听，22了没工作能去见习吗", "您弟弟"),
        ("我50了也失业，我儿子23在家待业，他能领见习补贴吗", "您儿子"),
        ("我想让我闺女回来开个花店，个人贷款最多贷多少", "您女儿"),
        ("我儿子上大三，学技能有补贴吗", "您儿子"),
        ("孩子他爸被裁了，失业登记咋办", "您爱人"),
        ("我哥让我问问他开的个体店能不能抵税", "您哥哥"),
        ("我们学校有个学员是零就业家庭的，生活费补贴能给他多少", "这位学员"),
        ("来电女工下岗了，能领什么", "来电人"),
    ],
)
def test_subject(text: str, subject: str | None) -> None:
    assert subject_of(text) == subject


def test_a_child_at_college_is_nothing_said_of_the_parent() -> None:
    text = "我下岗了，孩子在读大三，能领补助吗"
    told = without_aside(text, None)
    assert "大三" not in told and len(told) == len(text)
    assert without_aside("我儿子在读大三，能领补助吗", "您儿子").endswith("在读大三，能领补助吗")
