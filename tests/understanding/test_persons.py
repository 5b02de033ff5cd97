"""Two persons in one message: whose fact is whose."""

from __future__ import annotations

import pytest

from bot.understanding.persons import persons


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "我爸58下岗了，我妈腿有残疾，她没工作",
            {"您父亲": "我爸58下岗了，", "您母亲": "我妈腿有残疾，她没工作"},
        ),
        ("我妹20没上班我在公司上班", {"您妹妹": "我妹20没上班", "您": "我在公司上班"}),
        ("我今年50，下岗，我儿子23", {"您": "我今年50，下岗，", "您儿子": "我儿子23"}),
        ("我想问问，我儿子23没工作", {}),
        ("我和我媳妇都失业了", {}),
        ("我爸跟我妈都下岗了", {}),
        ("我今年50，孩子还上学，没工作", {}),
        ("我儿子23，我想问一下，没工作能见习吗", {}),
        ("来电人35岁失业", {}),
    ],
)
def test_told_apart(text: str, told: dict[str, str]) -> None:
    assert persons(text) == told
