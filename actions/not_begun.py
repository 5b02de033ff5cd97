"""What was never enjoyed and cannot begin any more: 从来没享受过, once the window is closed."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from policy_kb.dates import Span
from policy_kb.facts import Value
from policy_kb.model import Knowledge

NEVER = re.compile(
    r"(?:从来?|一直|压根|根本|一天|一次|一回|一分|还|税上|也)(?:也|都|就|钱|税|从来?)*(?:没有?|未)(?:真正|正式|给)?(?:享受|享着|抵|扣|减|办|申请|沾|用)(?:过|到|着|上|呢|，|。|$)"
    r"|(?:没有?|未)(?:享受|抵扣?|扣减|减免)过|^(?:还)?没(?:有)?(?:开始|享受)"
)
DEDUCTION = re.compile(r"抵税|抵扣|扣减|减税|税|14400|一万四千四")


def not_begun(
    kb: Knowledge, text: str, as_of: date, asked: Collection[str], topic: Collection[str]
) -> dict[str, Value]:
    """The beginning of what was never enjoyed: not before today, where its window is over.

    While the window is open it says nothing, since it may still begin in time.
    """
    if not NEVER.search(text):
        return {}
    begun: dict[str, Value] = {}
    for fact, provision_id in _starts(kb, as_of):
        if fact in asked or provision_id in topic or DEDUCTION.search(text):
            begun[fact] = Span(as_of, as_of)
    return begun


def tells_not_begun(kb: Knowledge, fact: str, value: Value, as_of: date) -> bool:
    """Whether a beginning stands for what has not begun."""
    return value == Span(as_of, as_of) and any(fact == start for start, _ in _starts(kb, as_of))


def _starts(kb: Knowledge, as_of: date) -> list[tuple[str, str]]:
    """The facts of a person's beginning, with their provisions, whose window is over."""
    return [
        (window.event, provision.id)
        for provision in kb.deciding
        if (window := provision.window).run_on_years
        and window.event
        and window.end
        and as_of > window.end
        and kb.fact(window.event).owner == "person"
    ]
