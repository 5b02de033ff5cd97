"""When a small business began, for the day from which its owner can have enjoyed a deduction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.understanding.days import Day
from policy_kb.dates import Span

SHOP = r"(?:摊子?|店|铺子?|馆子?|小卖部|小超市|修理部|档口|车行|作坊|工作室|厅|执照|个体户?)"
SET_UP = r"(?:支|摆|盘|开|弄|办|搭|领|注册|登记|整|干)"
OPENED = re.compile(
    rf"⟦D(?P<a>\d+)⟧[^，。！？；不没未招雇⟦]{{0,8}}?{SET_UP}(?:起来|下来|起|下|了|张|业|过来|的)*[^，。不没未招雇⟦]{{0,8}}?{SHOP}(?!员)"
    rf"|{SHOP}(?:是|就是|也是|，|我|俺)*⟦D(?P<b>\d+)⟧份?(?:刚|才|新|就)*{SET_UP}(?:起来|下来|起|下|张|业)*(?:的|了|(?=，|$|。))"
    r"|⟦D(?P<c>\d+)⟧份?(?:刚|才|就)*(?:开张|开业)(?:的|了|(?=，|$))"
)
NOT_DONE = re.compile(r"(?:想|打算|准备|要|计划|等)[^，。！？；了]{0,6}$")
DEDUCTION = re.compile(r"抵税|抵扣|扣减|减税|税|14400|一万四千四")


def earliest_start(text: str, marked: str, dates: Sequence[Day], as_of: date) -> Span | None:
    """The day a business of this year was set up: its deduction cannot have begun before.

    A business of an earlier year tells nothing: its deduction may have begun then or never.
    """
    if not DEDUCTION.search(text):
        return None
    for match in OPENED.finditer(marked):
        place = next(group for group in match.groups() if group is not None)
        began = dates[int(place)].span
        if NOT_DONE.search(marked[: match.start()]) or began.first > as_of:
            continue
        if began.first.year == as_of.year:
            return began
    return None
