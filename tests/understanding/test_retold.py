"""A number put right without its noun goes to the fact that was told by the first one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from actions.loose import Loose
from actions.retold import retold
from policy_kb.model import Knowledge

TOLD = {
    "layoffs": Decimal(9),
    "staff": Decimal(130),
    "last_year_unemployment_premium": Decimal(40000),
}


def people(number: int) -> Loose:
    return Loose("people", Decimal(number))


@pytest.mark.parametrize(
    ("text", "loose", "taken", "expected"),
    [
        ("不是9，是11个", [people(11)], set(), {"layoffs": 11}),
        ("又加了俩，不是9个，应该是11个", [people(2), people(11)], {"staff"}, {"layoffs": 11}),
        ("不是九个，是十一个", [people(11)], {"staff"}, {"layoffs": 11}),
        (
            "不是4万，是5万",
            [Loose("money", Decimal(50000))],
            set(),
            {"last_year_unemployment_premium": 50000},
        ),
        ("由130改成128", [people(128)], set(), {"staff": 128}),
        # not known which
        ("不是九个，是十一个", [people(11)], set(), {}),
        ("不是7，是8", [people(8)], set(), {}),
        # nothing is put right
        ("一共11个", [people(11)], set(), {}),
        ("不是小微企业", [], set(), {}),
    ],
)
def test_retold(
    kb: Knowledge, text: str, loose: list[Loose], taken: set[str], expected: dict[str, int]
) -> None:
    found, number = retold(text, TOLD, loose, taken, kb.registry)
    assert found == {fact: Decimal(value) for fact, value in expected.items()}
    assert (number is not None) == bool(expected)
