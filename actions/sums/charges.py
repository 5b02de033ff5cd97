"""Contributions at a rate that was lowered: due in a month or in several, saved, over a year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from actions.reply import Reply
from actions.sums.telling import MONTHS, known_facts, named, sum_reply, sums_told
from actions.texts import say
from actions.turn import Turn
from policy_kb.amounts import names_in
from policy_kb.dates import Span
from policy_kb.explain import money
from policy_kb.facts import Value, plain
from policy_kb.inverse import contributions
from policy_kb.model import Charge, Knowledge, Provision
from policy_kb.worth import computed

SAVED = re.compile(
    r"(?:省|(?<!多)少)(?:了|下|交|缴|掏|付|出|拿)*(?:来)?[^，。？]{0,6}(?:多少|几)|[差便](?:宜)?[了出]?(?:多少|几)|(?:多少|几)[^，。？]{0,3}(?:差|省)"
)
AT_OLD_RATE = re.compile(
    r"以前|原来|原先|过去|之前|从前|老(?:的|比例|费率|标准)|(?<!\d)(?:3|18)(?:%|个?点)"
)
ASKED = re.compile(r"多少|几(?:块|元|个?钱|万|千)|[应该得]|怎么算|咋算|算(?:一下|下|算)")
DUE_TOO = re.compile(r"(?<![少省多])[交缴掏付](?:纳)?[^，。？少省多]{0,4}(?:多少|几)")
"""What is due is asked besides what is saved: 要缴多少，比原来少缴多少."""

OLD_DUE = re.compile(
    r"(?:以前|原来|原先|过去|之前|从前|老比例|老费率|降之?前)[^，。？少省比]{0,8}[交缴掏付][^，。？少省]{0,4}(?:多少|几)"
)
GOING_ON = re.compile(r"^.{1,12}呢[？]?$")
"""那4月呢, 基数换成90万呢: the same for another month or base."""

WHOLE_YEAR = re.compile(r"全年|一年|整年|年度|从头到尾|1月到12月|12个月")
FROM_TO = re.compile(r"月份?底?(?:一直)?(?:到|至|-|—|–|~|～)")
MONTH_DAYS = 31
INSURANCES = ("养老", "失业", "医疗", "医保", "工伤", "生育")
"""Where one is named, the sum is of no other."""

BASE = re.compile(r"基数|缴费工资|工资总额")
PAID = re.compile(r"(?:[交缴掏扣]了|[交缴掏扣]的是|[交缴]过)[^，。？基\d]{0,6}\d")
BASE_TOLD = re.compile(
    r"(?:基数|缴费工资|工资总额)[^，。？\d]{0,8}\d|\d[^，。？]{0,6}(?:的)?(?:缴费)?基数"
)
"""What was paid is no base, though 基数没变 is said with it."""

OF_ONE_SIDE = re.compile(
    r"(?:单位|公司|企业)[^，。？]{0,6}(?:多少|几)[^？]{0,6}(?:个人|职工|员工)[^，。？]{0,6}(?:多少|几)"
    r"|(?:各|分别)(?:自)?(?:交|出|缴|掏|承担)[^，。？]{0,3}(?:多少|几)"
)
"""How a contribution is divided, which the plan does not say."""

ONE_SELF = re.compile(r"(?:我|俺)?(?:个人|自己)(?:部分|那头|这头)?[^，。？加]{0,6}(?:多少|几)")
BOTH_SIDES = re.compile(r"单位|公司|企业|厂|合计|一共|总共|两边|加")
IN_ALL = re.compile(r"一共|合计|总共|加起来|加一块|累计|拢共|总数|共[可能少省]")


def charged(turn: Turn, provision: Provision) -> Reply | None:
    """The answer about a contribution on a base told (第1条), if that is asked."""
    charge = provision.amount.charge if provision.amount else None
    asked = ASKED.search(turn.text) or (
        provision.id in turn.state.topic and GOING_ON.search(turn.text)
    )
    if charge is None or not asked or _of_one_side(turn, provision):
        return None
    named_kinds = [kind for kind in INSURANCES if kind in turn.text]
    if named_kinds and not any(kind in provision.name for kind in named_kinds):
        return None
    if SAVED.search(turn.text):
        return _due_and_saved(turn, provision, charge) or _saved(turn, provision, charge)
    if provision.window.start and (WHOLE_YEAR.search(turn.text) or _range(turn)):
        return _period(turn, provision, charge)
    return _due(turn, provision, charge)


def charged_on(turn: Turn, provision: Provision) -> Reply | None:
    """The same, only where a message itself speaks of a base."""
    return charged(turn, provision) if BASE.search(turn.text) else None


def _of_one_side(turn: Turn, provision: Provision) -> bool:
    """Whether only a part is asked for of which the plan gives no rate."""
    divided = not provision.window.start and OF_ONE_SIDE.search(turn.text)
    alone = ONE_SELF.search(turn.text) and not BOTH_SIDES.search(turn.text)
    return bool(divided or alone)


def _due(turn: Turn, provision: Provision, charge: Charge) -> Reply | None:
    """What is due in the months asked about, each at the rate of its month."""
    pairs = _months_and_bases(turn, charge)
    lines: list[str] = []
    numbers: list[Decimal | str] = []
    paid = _paid_in_a_month(turn, provision, charge)
    if paid:
        line, base, rest = paid
        lines, numbers, pairs = [line], [base, line], [(month, base) for month in rest]
    for month, base in pairs:
        before = _before(turn, provision, month)
        formula = charge.due_before if before else charge.due
        due, working = _on(turn.kb, provision, formula, {_base(turn.kb, charge): base})
        rate = working.partition("×")[2]
        when = f"{month.month}月" if month and len(pairs) > 1 else "当月"
        line = say(
            "due", **named(provision), of=charge.of, when=when, base=plain(base), rate=rate,
            due=money(due, "元"), working=working,
        )  # fmt: skip
        lines.append(line)
        numbers += [base, due, str(month.month) if month else "", working]
    if paid:
        return sum_reply(provision, lines, *numbers)
    total = sum((n for n in numbers[1::4] if isinstance(n, Decimal)), Decimal(0))
    if len(pairs) > 1 and IN_ALL.search(turn.text):
        lines.append(say("due_total", total=money(total, "元")))
    return sum_reply(provision, lines, *numbers, total) if lines else None


def _months_and_bases(turn: Turn, charge: Charge) -> list[tuple[date | None, Decimal]]:
    """Each base told with its month, in the order said; one base counts for all months named."""
    spans = [item.value for item in turn.numbers if isinstance(item.value, Span)]
    months = list(dict.fromkeys(s.first for s in spans if (s.last - s.first).days <= MONTH_DAYS))
    stated = sums_told(turn, loose_only=False)
    spoken_of = _base(turn.kb, charge) in turn.facts or BASE.search(turn.text)
    bases = stated if len(stated) > 1 and spoken_of else [_base_told(turn, charge)]
    found = [base for base in bases if base is not None]
    if len(found) == 1:
        return [(month, found[0]) for month in months or [None]]
    return list(zip(months, found, strict=False)) if len(months) >= len(found) else []


def _paid_in_a_month(
    turn: Turn, provision: Provision, charge: Charge
) -> tuple[str, Decimal, list[date]] | None:
    """4月缴了5.4万，5月该缴多少: the base that was paid on, and the months still asked about."""
    spans = [i.value for i in turn.numbers if isinstance(i.value, Span)]
    months = list(dict.fromkeys(s.first for s in spans if (s.last - s.first).days <= MONTH_DAYS))
    sums = sums_told(turn, loose_only=False)
    if not _tells_paid(turn) or len(sums) != 1 or len(months) != 2:
        return None
    formula = charge.due_before if _before(turn, provision, months[0]) else charge.due
    one, _ = _on(turn.kb, provision, formula, {_base(turn.kb, charge): Decimal(1)})
    base = sums[0] / one
    rate = f"{plain(one * 100)}%"
    line = say(
        "base_of_paid", **named(provision), when=f"{months[0].month}月", paid=money(sums[0], "元"),
        rate=rate, base=money(base, "元"), working=f"{plain(sums[0])}÷{rate}",
    )  # fmt: skip
    return line, base, months[1:]


def _tells_paid(turn: Turn) -> bool:
    return bool(PAID.search(turn.text)) and not BASE_TOLD.search(turn.text)


def _before(turn: Turn, provision: Provision, month: date | None) -> bool:
    """Whether the old rate still counts: in a month before the change, or where it is asked for."""
    start = provision.window.start
    if start is None:
        return bool(AT_OLD_RATE.search(turn.text))
    return (month or turn.as_of) < start


def _due_and_saved(turn: Turn, provision: Provision, charge: Charge) -> Reply | None:
    """Both what is due at the rate of today and what is saved, where both are asked for."""
    base = _base_told(turn, charge)
    if base is None or not DUE_TOO.search(turn.text):
        return None
    told = {_base(turn.kb, charge): base}
    lines, numbers = [], []
    formulas = [("当月", charge.due), ("原来", charge.due_before)]
    for when, formula in formulas if OLD_DUE.search(turn.text) else formulas[:1]:
        due, working = _on(turn.kb, provision, formula, told)
        rate = working.partition("×")[2]
        line = say(
            "due", **named(provision), of=charge.of, when=when, base=plain(base), rate=rate,
            due=money(due, "元"), working=working,
        )  # fmt: skip
        lines.append(line)
        numbers += [due, working]
    less, working = _on(turn.kb, provision, charge.saved, told)
    lines.append(_saved_line(provision, charge, less, working))
    return sum_reply(provision, lines, base, less, working, *numbers)


def _saved_line(provision: Provision, charge: Charge, less: Decimal, working: str) -> str:
    rates = [f.shown for f in provision.figures if f.unit == "%"]
    old, new = sorted(rates, key=lambda rate: -float(rate.rstrip("%")))[:2]
    return say(
        "saved", **named(provision), of=charge.of, old=old, new=new,
        less=money(less, "元"), working=working,
    )  # fmt: skip


def _saved(turn: Turn, provision: Provision, charge: Charge) -> Reply | None:
    """What the lower rate saves, on a monthly base or on what was paid at the old rate."""
    fact = _base(turn.kb, charge)
    base, paid, left = _base_told(turn, charge), sums_told(turn), ""
    if base is not None:
        if (
            fact in known_facts(turn)
            and not WHOLE_YEAR.search(turn.text)
            and not _months_asked(turn, provision)
            and provision.amount
            and charge.saved in (f.text for f in provision.amount.formulas)
        ):
            return None  # the amount itself
        less, working = _on(turn.kb, provision, charge.saved, {fact: base})
    elif len(paid) == 1 and AT_OLD_RATE.search(turn.text):
        one = {fact: Decimal(1)}
        before, _ = _on(turn.kb, provision, charge.due_before, one)
        saved, _ = _on(turn.kb, provision, charge.saved, one)
        less = paid[0] * saved / before
        before_rate, saved_rate = f"{plain(before * 100)}%", f"{plain(saved * 100)}%"
        working = f"{plain(paid[0])}÷{before_rate}×{saved_rate}"
        left = say("saved_left", now=money(paid[0] - less, "元"))
    else:
        return None
    text = _saved_line(provision, charge, less, working)
    now = paid[0] - less if left else Decimal(0)
    months = _months_asked(turn, provision) if base is not None else None
    if months:
        left = say("saved_months", months=months, total=money(less * months, "元"))
    elif base is not None and WHOLE_YEAR.search(turn.text):
        left = say("saved_year", total=money(less * MONTHS, "元"))
    totals = (less * MONTHS, str(MONTHS), less * (months or 0), str(months or 0))
    return sum_reply(provision, [text, left], less, now, *totals, working)


def _months_asked(turn: Turn, provision: Provision) -> int | None:
    """How many months at the new rate a sum over several months is asked for (6月到12月)."""
    start, named_months = provision.window.start, _range(turn)
    if named_months:
        first, last = named_months
        first = max(first, start) if start else first
        return max((last.year - first.year) * MONTHS + last.month - first.month + 1, 0)
    spans = [i.value for i in turn.loose if i.kind == "months" and isinstance(i.value, Decimal)]
    whole = len(spans) == 1 and spans[0] > 1 and spans[0] == int(spans[0])
    return int(spans[0]) if whole and IN_ALL.search(turn.text) else None


def _period(turn: Turn, provision: Provision, charge: Charge) -> Reply | None:
    """A calendar year's contributions across the change of rate, or those of a range of months."""
    base = _base_told(turn, charge)
    if base is None:
        return None
    first, last = _range(turn) or _year(turn)
    parts = contributions(turn.kb, base, first, last)
    told = {_base(turn.kb, charge): base}
    spans = []
    for when, formula in (("before", charge.due_before), ("after", charge.due)):
        rate = _on(turn.kb, provision, formula, told)[1].partition("×")[2]
        if parts[when]:
            months, paid = plain(parts[f"months_{when}"]), plain(parts[when])
            spans.append(say("reckoned_span", months=months, rate=rate, paid=paid))
    text = say(
        "reckoned_period", **named(provision), base=plain(base), of=charge.of, year=first.year,
        months=f"{first.month}月至{last.month}月", spans="，".join(spans),
        total=money(parts["total"], "元"),
    )  # fmt: skip
    months = (str(first.year), str(first.month), str(last.month))
    return sum_reply(provision, [text], base, *parts.values(), *months)


def _year(turn: Turn) -> tuple[date, date]:
    """The calendar year named, or else this one."""
    spans = [item.value for item in turn.numbers if isinstance(item.value, Span)]
    years = {span.first.year for span in spans if (span.last - span.first).days > MONTH_DAYS}
    year = years.pop() if len(years) == 1 else turn.as_of.year
    return date(year, 1, 1), date(year, 12, 31)


def _range(turn: Turn) -> tuple[date, date] | None:
    """一月到六月: the first and the last day, where two months are named so."""
    spans = [i.value for i in turn.numbers if isinstance(i.value, Span)]
    months = [span for span in spans if (span.last - span.first).days <= MONTH_DAYS]
    if len(months) != 2 or not FROM_TO.search(turn.text):
        return None
    first, last = months[0].first, months[1].last
    if last < first <= last.replace(year=first.year):  # 6月到12月: the same year, still to come
        last = last.replace(year=first.year)
    return (first, last) if first <= last else None


def _base_told(turn: Turn, charge: Charge) -> Decimal | None:
    """The base as a fact, or the only sum of a message that speaks of a base."""
    known = known_facts(turn).get(_base(turn.kb, charge))
    if isinstance(known, Decimal):
        return known
    told = sums_told(turn)
    speaks_of_it = BASE.search(turn.text) and not _tells_paid(turn)
    return told[0] if len(told) == 1 and speaks_of_it else None


def _base(kb: Knowledge, charge: Charge) -> str:
    """The fact that the contribution is a share of."""
    return next(name for name in names_in(charge.due) if name in kb.registry.facts)


def _on(
    kb: Knowledge, provision: Provision, formula: str, known: Mapping[str, Value]
) -> tuple[Decimal, str]:
    """What a formula comes to, with its working."""
    interval = computed(kb, provision, formula, known)
    assert interval.exact
    return interval.low, interval.shown
