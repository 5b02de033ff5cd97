"""What a message takes back no longer counts, across sentences too."""

from datetime import date

import pytest

from bot.understanding.extract import extract
from policy_kb.facts import Registry, plain

TODAY = date(2025, 6, 15)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("我前年就毕业了。哦不对，那是我哥，我还在念大三", {"schooling": "enrolled"}),
        (
            "退役士兵4个，登记失业人员6个。等下，退役士兵数错了，退役士兵是3个",
            {"hired_veterans": "3", "hired_unemployed": "6"},
        ),
        ("失业金领着呢。哎不对，那是去年，现在停了", {}),
        ("虚岁二十六了，周岁二十四", {"age": "24"}),
        ("虚岁二十六了", {}),
        ("培训了二十天，不对，二十二天", {"training_days": "22"}),
        ("我想认定成就业困难人员", {}),
        ("要是失业金一个月一千九", {"monthly_benefit": "1900"}),
        ("要是我22岁呢", {}),
    ],
)
def test_only_what_stands_counts(text: str, facts: dict[str, str], registry: Registry) -> None:
    said = extract(text, registry, TODAY).facts
    shown = {k: v if isinstance(v, str) else plain(v) for k, v in said.items()}
    assert {k: v for k, v in shown.items() if k != "status"} == facts
