"""Contributions told one side at a time: 单位交了31万, and later 个人那边12.4万.

The plan refunds what the firm and its staff paid together, so one side alone is no amount yet:
it is kept until the other one, or the total, is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from actions.loose import Loose

FACT = "half_year_social_insurance"
KEPT = "one_side"
"""Key of `State.last` under which the side told so far is kept."""

LEAST = 100
NUMBER = r"[\d一二两三四五六七八九十]"
PAID = (
    r"(?:部分|这边|那边|那头|这头|自己|本身|那块|头上|这块|的|就|是|共|总共)*"
    r"(?:缴|交|出|掏|承担|扣|负担)?(?:了|的|是|过|纳|有)*"
)
FIRM = re.compile(rf"(?:企业|单位|公司){PAID}{NUMBER}")
STAFF = re.compile(
    rf"(?:职工|个人|员工|工人)(?:个人|职工|自己)?(?:还|还有|另外|又)*{PAID}(?:还|还有)*{NUMBER}"
)
IN_ALL = re.compile(r"一共|合计|总共|加起来|合起来|都算|全部|连同|两边|两头|加上|含|包括|在内")
LEFT_OUT = re.compile(r"还有|另外|没算|没加|漏|再加|忘|没包括|没含|不含|不包括|没计")
OTHER_MATTERS = re.compile(r"失业险|失业保险|基数|贷|工资|养老|医|税")


@dataclass(frozen=True)
class Side:
    """What one side (firm | staff) paid, in 元."""

    whose: str
    paid: Decimal

    def to_json(self) -> list[str]:
        return [self.whose, str(self.paid)]


def kept_side(last: Mapping[str, object]) -> Side | None:
    """The side told before, as `State.last` keeps it."""
    raw = last.get(KEPT)
    return Side(str(raw[0]), Decimal(str(raw[1]))) if isinstance(raw, list) else None


def side_told(text: str, numbers: Sequence[Loose]) -> Side | None:
    """The one side whose sum a message tells; None where it tells both, a total or other sums."""
    sums = [
        i.value for i in numbers if i.kind in ("money", "plain") and isinstance(i.value, Decimal)
    ]
    sums = [value for value in sums if value >= LEAST]
    firm, staff = FIRM.search(text), STAFF.search(text)
    if len(sums) != 1 or bool(firm) == bool(staff) or OTHER_MATTERS.search(text):
        return None
    if IN_ALL.search(text) and not LEFT_OUT.search(text):
        return None
    return Side("firm" if firm else "staff", sums[0])


def whole(
    text: str, side: Side | None, told: Decimal | None, kept: Side | None, known: object
) -> Decimal | None:
    """What both sides paid together, as far as now told; None leaves it open."""
    if side and isinstance(known, Decimal) and LEFT_OUT.search(text):
        return known + side.paid
    if side and kept and side.whose != kept.whose:
        return side.paid + kept.paid
    if side:
        return None
    if told is not None and kept and told < kept.paid:
        return told + kept.paid  # less than one side cannot be the total
    return told
