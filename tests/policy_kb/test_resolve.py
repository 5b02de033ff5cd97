"""What follows from what was said: implications fill gaps only; known parts make the share."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policy_kb.facts import Value
from policy_kb.model import Knowledge


@pytest.mark.parametrize(
    ("stated", "share"),
    [
        ({"layoffs": Decimal(7), "staff": Decimal(70)}, Decimal(10)),
        ({"layoffs": Decimal(7), "staff": Decimal(70), "layoff_share": Decimal(3)}, Decimal(10)),
        ({"layoffs": Decimal(7), "layoff_share": Decimal(3)}, Decimal(3)),
        ({"layoffs": Decimal(0)}, Decimal(0)),
        ({"layoffs": Decimal(7)}, None),
        ({"staff": Decimal(70)}, None),
    ],
)
def test_the_share_of_known_parts(
    kb: Knowledge, stated: dict[str, Value], share: Decimal | None
) -> None:
    assert kb.registry.resolve(stated).get("layoff_share") == share


def test_implications_follow_one_another(kb: Knowledge) -> None:
    known = kb.registry.resolve({"schooling": "enrolled"})
    assert (known["status"], known["post"]) == ("student", "none")


def test_what_was_said_is_never_changed(kb: Knowledge) -> None:
    stated: dict[str, Value] = {"schooling": "enrolled", "status": "unemployed"}
    assert kb.registry.resolve(stated).items() >= stated.items()
    assert stated == {"schooling": "enrolled", "status": "unemployed"}


def test_asked_for_are_the_parts_that_are_not_known(kb: Knowledge) -> None:
    asked = kb.registry.askable(["hire_share", "few_layoffs", "age"], {"staff": Decimal(9)})
    assert asked == ("age", "new_hires")
