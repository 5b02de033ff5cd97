"""What is heard wrong is put right; what is right stays."""

from __future__ import annotations

import pytest

from bot.understanding.homophones import Corrector
from bot.understanding.normalise import normalise

CORRECTED = {
    "见席补帖一个月多少": "见习补贴一个月多少",
    "小微企业铁西贷款": "小微企业贴息贷款",
    "我失叶了": "我失业了",
    "领失业斤": "领失业金",
    "残级人": "残疾人",
    "技能正书有了": "技能证书有了",
    "才员18人": "裁员18人",
    "只工总数210": "职工总数210",
    "登计失业人员": "登记失业人员",
    "家里是底保户": "家里是低保户",
    "想离刚创业": "想离岗创业",
    "浮化园奖补": "孵化园奖补",
}

LEFT_ALONE = [
    "我才来这个公司",
    "他刚才问过了",
    "工作没有了",
    "想贷二十万",
    "有困难能缓过来",
    "我住院了不合适",
    "公积金怎么交",
    "一个人没有才华",
    "试用期三个月",
    "师傅说这事业单位好",
]


@pytest.mark.parametrize(("heard", "meant"), CORRECTED.items())
def test_corrected(corrector: Corrector, heard: str, meant: str) -> None:
    assert corrector.correct(normalise(heard)) == meant


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(corrector: Corrector, text: str) -> None:
    assert corrector.correct(normalise(text)) == text
