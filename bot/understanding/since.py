"""Durations told by their beginning: 自9月停产至今 is at least so many whole months today."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.understanding.days import Day
from policy_kb.dates import Span

SINCE = re.compile(
    r"(?:自|从|打)⟦D(?P<day>\d+)⟧份?(?:起|开始|以来|就|，|到现在|至今)*(?P<rest>[^。！？；]*)"
)
STILL = re.compile(
    r"⟦D(?P<day>\d+)⟧(?:那会儿|那时候|份|上旬|中旬|下旬|底|初)*(?:就|才|开始|起|便|，)*"
    r"(?P<rest>(?:停(?!过|了(?!机|工|产|业|下))|歇业)[^。！？；]{0,24}?(?:到(?:现在|今天|目前|这会儿|如今|⟦D\d+⟧)|至今|(?:还|一直)(?:没|停|未)|一直停|没(?:再)?(?:复|开)工)?[^。！？；]*)"
)
"""九月初就停产了，一直停到现在: what began and was not taken up again."""

RESUMED = re.compile(
    r"(?<!没)(?<!未)(?<!没有)(?<!还没)(?:复工|复产|恢复生产|又开工|重新开工|开工了|停过|停了⟦T)"
)

LINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "stopped_months",
        re.compile(
            r"停产|停工|停业|停摆|停机|停的(?:产|工|业)|停到|停下来|停了(?:机|工|产|业|下)|歇业|没开工|无法正常生产|没法生产"
        ),
    ),
    (
        "wage_default_months",
        re.compile(r"(?:发不出|开不出|付不起|发不起|付不出|无力支付)[^，。⟦]{0,6}最低工资"),
    ),
    (
        "unpaid_wage_months",
        re.compile(
            r"(?:没|不能|未能|没能)(?:正常|按时)?(?:发|开)[^，。⟦低]{0,6}工资|工资[^，。⟦低]{0,4}(?:没发|发不出|开不出)"
        ),
    ),
)
LINE = 3
"""Months that the plan asks for: where the day within the month decides, nothing is taken."""

INSURED_LINE = 12
PREMIUM = re.compile(r"失业保险|失业险|社保|五险|参保|(?<!养老)(?<!医疗)保险")
PAYS = re.compile(r"缴|交|参保|上着?|买|入|参加")
BROKEN = re.compile(
    r"(?<!没)(?<!没有)(?<!未)(?<!从没)断过|断了|断缴|(?<!没)(?<!没有)停过|停了|停缴|欠|补缴|断断续续|(?<![一从])没(?:怎么)?[缴交上](?!过)|中间.{0,4}(?:断|停|没)"
)
PAID_FROM = re.compile(
    r"(?:(?P<since>自|从|打|由)⟦D(?P<a>\d+)⟧|⟦D(?P<b>\d+)⟧份?(?:才|就|刚)*(?:开始|起|入职|进)?)(?P<rest>[^。！？；]*)"
)
UNTIL = re.compile(r"^[^⟦]{0,14}?(?:到|至)⟦D(?P<last>\d+)⟧")
"""从去年四月缴到这个月: the other end of what was paid."""

GOES_ON = re.compile(
    r"(?:到|至)(?:现在|目前|今天|今|眼下|这会儿|如今)|至今|没断|没停|一直|(?:开始|起)(?:就|才|一直|给我|给她|给他|每月|，|都)*(?:缴|交|上|参保|买)|以来|(?:缴|交|上)(?:着|的)"
)


def since(marked: str, text: str, dates: Sequence[Day], as_of: date) -> dict[str, Decimal]:
    """Months since a beginning told, where whichever day of it is meant makes no difference."""
    found: dict[str, Decimal] = {}
    began = [*SINCE.finditer(marked), *STILL.finditer(marked)]
    for match in began:
        span = _part(dates[int(match["day"])], text)
        if span.first > as_of or RESUMED.search(match["rest"]):
            continue
        least, most = _months(min(span.last, as_of), as_of), _months(span.first, as_of)
        for fact, pattern in LINES:
            if pattern.search(match["rest"]) and (least >= LINE or most < LINE):
                found.setdefault(fact, Decimal(least))
    months = _insured(marked, text, dates, as_of)
    return found | ({"insured_months": Decimal(months)} if months is not None else {})


TAKEN_THEN = re.compile(
    r"⟦D(?P<then>\d+)⟧[^。！？⟦没未不]{0,14}(?:领|拿|享受)过?(?:了|过)?[^。！？⟦没未不]{0,14}(?:生活费|补贴|补助)?[^。！？⟦没未不]{0,10}⟦D(?P<now>\d+)⟧(?:我|俺|她|他)?(?:又|再|接着|重新|还想?)"
)


def taken_in_another_year(marked: str, dates: Sequence[Day], as_of: date) -> bool:
    """去年领过一次生活费补贴，今年又报了班: taken in another year, and not in this."""
    match = TAKEN_THEN.search(marked)
    if not match or "生活费" not in marked:
        return False
    then, now = dates[int(match["then"])].span, dates[int(match["now"])].span
    return then.last.year < as_of.year <= now.last.year


def _insured(marked: str, text: str, dates: Sequence[Day], as_of: date) -> int | None:
    """Months insured from a beginning told, up to today or to the end told."""
    if not PREMIUM.search(marked) or BROKEN.search(marked):
        return None
    for match in PAID_FROM.finditer(marked):
        rest = match["rest"]
        before = re.split("[。！？；]", marked[: match.start()])[-1]
        premium = PREMIUM.search(rest) or PREMIUM.search(before)
        if not premium or not PAYS.search(before[-8:] + rest):
            continue
        until = UNTIL.search(rest)
        if not until and not GOES_ON.search(match.group()):
            continue
        began = _part(dates[int(match["a"] or match["b"])], text)
        ended = dates[int(until["last"])].span if until else Span(as_of, as_of)
        if began.first > as_of or ended.first > as_of or ended.last < began.first:
            continue
        last = min(ended.last, as_of)
        most = _months(began.first, last) + 1
        least = _months(began.last, last)
        if until:
            whole = _one_month(began) and _one_month(ended)
            least = most if whole else max(0, _months(began.last, min(ended.first, as_of))) + 1
        if least >= INSURED_LINE or most < INSURED_LINE:
            return max(least, 0)
    return None


def _one_month(span: Span) -> bool:
    return (span.first.year, span.first.month) == (span.last.year, span.last.month)


def _part(day: Day, text: str) -> Span:
    """The span of a date; of 九月初, 四月中旬, 三月底 a third of the month."""
    first, last = day.span.first, day.span.last
    said = text[day.start : day.end + 2]
    if (first.year, first.month) != (last.year, last.month) or first.day != 1:
        return day.span
    if re.search(r"月份?(?:初|上旬)", said):
        return Span(first, first.replace(day=10))
    if re.search(r"月份?中旬", said):
        return Span(first.replace(day=11), first.replace(day=20))
    if re.search(r"月份?(?:底|末|下旬)", said):
        return Span(first.replace(day=21), last)
    return day.span


def _months(first: date, last: date) -> int:
    """Whole months from one day to another; the end of a month counts as its last day."""
    months = (last.year - first.year) * 12 + last.month - first.month
    ends = last.day >= first.day or last.day >= 28
    return months - (0 if ends else 1)
