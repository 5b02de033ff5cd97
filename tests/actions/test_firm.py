"""Who speaks for a firm is not asked whether it is one."""

from __future__ import annotations

import pytest

from actions.firm import speaks_for_a_firm


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("我们厂养老保险单位部分现在按多少交", set()),
        ("咱公司基数一百万，能少交多少", set()),
        ("俺那个小五金厂停了仨月", set()),
        ("公司一共90人，要裁9个", {"staff", "layoffs"}),
    ],
)
def test_a_firm_speaks(text: str, told: set[str]) -> None:
    assert speaks_for_a_firm(text, told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("我在一家公司上班，养老保险降了吗", set()),
        ("我是个体户，店里3个人", {"staff"}),
        ("我们是事业单位，有60人", {"staff"}),
        ("公司拖欠我工资", set()),
        ("我23岁没工作", {"age"}),
        ("企业养老保险降了吗", set()),
    ],
)
def test_somebody_else_speaks(text: str, told: set[str]) -> None:
    assert not speaks_for_a_firm(text, told)
