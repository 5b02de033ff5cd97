"""Limits: what lies beyond one, what is left of one, and that there is one for each household."""

from __future__ import annotations

import re
from decimal import Decimal

from actions.reply import Reply
from actions.sums.telling import (
    MONTHS,
    figures_of,
    known_facts,
    named,
    quantity,
    sum_reply,
    sums_told,
    terms,
    worth,
)
from actions.texts import say
from actions.turn import Turn
from policy_kb.explain import money
from policy_kb.facts import Fact, plain
from policy_kb.model import Figure, Provision

HOW_MUCH = r"(?:多少|几|多久|多长)"
BEYOND = re.compile(
    rf"(?:超|多|高)(?:出|过|了)[^，。？]{{0,8}}{HOW_MUCH}"
    rf"|(?:还|剩|自己|自个|另外|实际|最后|抵完|扣完|减完)[^，。？]{{0,10}}[交缴掏补付出凑][^，。？]{{0,6}}{HOW_MUCH}"
    rf"|{HOW_MUCH}[^，。？]{{0,6}}(?:自己|自个|超出|超了|不能[抵扣])|(?:差|缺口)[^，。？]{{0,3}}{HOW_MUCH}"
)
USED_UP = re.compile(
    r"[抵扣减用免](?:满|足|完|到顶|光|掉|尽)|[抵扣减]了?[^，。？]{0,4}(?:之后|以后|后|过后)|顶格|封顶|到顶|拉满"
)
PAID_BESIDES = re.compile(
    r"(?:还|又|另外|再|自己|自个|剩下)[^，。？]{0,5}[交缴掏补付出](?:了|过|的|纳)"
)
WHOLE_ASKED = re.compile(
    rf"(?:本来|原来|原先|原本|一共|总共|合计|应该|应当|该|应缴|应交|应纳|全部|要缴|要交)[^，。？]{{0,10}}{HOW_MUCH}"
)
"""抵满以后还交了4600，本来一共是多少: what there was before the deduction."""

LEFT = re.compile(
    rf"(?:还|再|剩|余)[^，。？]{{0,14}}{HOW_MUCH}|{HOW_MUCH}[^，。？]{{0,6}}(?:没用完|没享受|没拿)|(?:还|再)能[^，。？]{{0,6}}(?:到头|到期|满)"
)
HAD = re.compile(
    r"(?:已经|已|都|前面|以前|先前)?(?:拿|领|享受|抵|扣|减|用|补|给)(?:满|够|了|过|掉|去|到|的?是)|(?:拿|领|享受|抵|扣|减|补)[^，。？]{0,3}(?:满|了)"
)
ANOTHER = re.compile(r"补贴|贷款|返还|社保|补助")
"""Another measure, with which this one may be had or not."""

A_TIME = r"[\d一二两三四五六七八九十半]+(?:个半|个)?(?:年|月|天)"
HAD_TIME = re.compile(
    rf"(?:享受|抵|扣|减|拿|领|用|补|见习|上|学|训)(?:了|满|过|到|税)*(?:差不多|快|整整?|有|刚)?{A_TIME}|已经?(?:享受|抵|有)?{A_TIME}|{A_TIME}(?:了|多了)"
)
"""Years or months that somebody has had already."""

SHARED = re.compile(
    r"[两二三俩双](?:份|倍|个?限额|个?名额|个?(?:证|本)[^，。？]{0,6}[抵扣减算])|翻(?:倍|番)|叠加|加倍|各(?:自)?(?:抵|扣|减|算|按|一份)"
    r"|一人一份|每人(?:都)?(?:能|可以)?[抵扣减]|乘(?:以)?[2两二]|加起来[抵扣减]|合起来[抵扣减]"
    r"|(?:两口子|夫妻|我们俩|[两俩二三四几]个?人|两兄弟|合伙|合开)[^？]{0,20}(?:证|退役|退伍|当兵|当过兵)[^？]{0,20}[抵扣减免]"
)


def limited(turn: Turn, provision: Provision) -> Reply | None:
    """The answer about a limit of this provision, if one is asked about."""
    rule = provision.amount
    limit = rule.limit if rule else None
    shared = one_for_each(turn, provision)
    if shared:
        return shared
    if limit:
        fact, figure = turn.kb.fact(limit.fact), figures_of(provision)[limit.figure]
        if fact.unit in ("年", "天", "个月"):
            return _left_of_time(turn, provision, fact, figure)
        if BEYOND.search(turn.text):
            return _beyond(turn, provision, fact, figure)
        if limit.each and LEFT.search(turn.text) and HAD.search(turn.text):
            left = None if fact.id in turn.facts else _left_of_money(turn, provision, figure)
            if left:
                return left
    if rule and rule.years and LEFT.search(turn.text) and HAD_TIME.search(turn.text):
        return _left_of_years(turn, provision, rule.years)
    return None


def before_limit(turn: Turn, provision: Provision) -> Reply | None:
    """What was due before a limit used up was deducted and the rest paid: both together."""
    limit = provision.amount.limit if provision.amount else None
    if limit is None or not limit.each or not USED_UP.search(turn.text):
        return None
    cap = figures_of(provision)[limit.figure]
    paid = [number for number in sums_told(turn, loose_only=False) if number != cap.value]
    asked = PAID_BESIDES.search(turn.text) and WHOLE_ASKED.search(turn.text)
    if len(paid) != 1 or not asked:
        return None
    whole = cap.value + paid[0]
    text = say(
        "before_limit", **named(provision), fact=turn.kb.fact(limit.fact).name,
        cap=f"{cap.name}{worth(cap)}", paid=money(paid[0], "元"), whole=money(whole, "元"),
        working=f"{plain(cap.value)}＋{plain(paid[0])}",
    )  # fmt: skip
    return sum_reply(provision, [text, terms(provision)], paid[0], cap.value, whole)


def _several_share(turn: Turn, cap: Figure) -> bool:
    """Whether a limit is asked for several times over, in words or as a multiple of it."""
    told = sums_told(turn, loose_only=False)
    multiple = any(n > cap.value and n % cap.value == 0 for n in told) and len(told) == 1
    years = multiple and any(item.kind == "months" and item.value > MONTHS for item in turn.numbers)
    shared = SHARED.search(turn.text) and not ANOTHER.search(turn.text)
    return bool(shared) or (multiple and not years)


def one_for_each(turn: Turn, provision: Provision) -> Reply | None:
    """One limit a household, however many have a right to it."""
    limit = provision.amount.limit if provision.amount else None
    if limit is None or not limit.each:
        return None
    figure = figures_of(provision)[limit.figure]
    if not _several_share(turn, figure):
        return None
    text = say("one_for_each", **named(provision), each=limit.each, cap=worth(figure))
    return sum_reply(provision, [text, terms(provision)], figure.value)


def _beyond(turn: Turn, provision: Provision, fact: Fact, cap: Figure) -> Reply | None:
    """What of the number told lies above the limit, to be paid or found by oneself."""
    told = sums_told(turn)
    number = known_facts(turn).get(fact.id, told[0] if len(told) == 1 else None)
    if not isinstance(number, Decimal):
        return None
    rest = max(number - cap.value, Decimal(0))
    working = f"{plain(number)}－{plain(cap.value)}"
    text = say(
        "beyond" if rest else "within",
        **named(provision),
        fact=fact.name,
        number=money(number, "元"),
        cap=f"{cap.name}{worth(cap)}",
        rest=money(rest, "元"),
        working=working,
    )
    return sum_reply(provision, [text, terms(provision)], number, cap.value, rest)


def _left_of_money(turn: Turn, provision: Provision, cap: Figure) -> Reply | None:
    """What is left of a yearly limit after what was deducted already."""
    used = sums_told(turn, loose_only=False)
    used = [number for number in used if number != cap.value]
    if len(used) != 1 or used[0] > cap.value:
        return None
    rest = cap.value - used[0]
    return _left(
        provision, f"{cap.name}{worth(cap)}", money(used[0], "元"), money(rest, "元"),
        f"{plain(cap.value)}－{plain(used[0])}", used[0], cap.value, rest,
    )  # fmt: skip


def _left_of_time(turn: Turn, provision: Provision, fact: Fact, cap: Figure) -> Reply | None:
    """最长3年, 20 months had: what is left, in months where months were told."""
    had = known_facts(turn).get(fact.id)
    if not LEFT.search(turn.text):
        return None
    if fact.unit == "年" and (isinstance(had, Decimal) or HAD_TIME.search(turn.text)):
        months = had * MONTHS if isinstance(had, Decimal) else None
        return _left_of_years(turn, provision, int(cap.value), months, cap.name)
    if not isinstance(had, Decimal):
        had = _had(turn, fact, cap)
    if had is None:
        return None
    rest = max(cap.value - had, Decimal(0))
    return _left(
        provision, f"{cap.name}{worth(cap)}", quantity(fact, had), quantity(fact, rest),
        f"{plain(cap.value)}－{plain(had)}", had, rest,
    )  # fmt: skip


def _had(turn: Turn, fact: Fact, cap: Figure) -> Decimal | None:
    """The one duration told that somebody has had, in the unit of the fact."""
    spans = {item.in_unit(fact.unit) for item in turn.loose if item.kind in ("months", "days")}
    spans -= {cap.value}
    return spans.pop() if len(spans) == 1 and HAD_TIME.search(turn.text) else None


def _left_of_years(
    turn: Turn, provision: Provision, years: int, had: Decimal | None = None, name: str = ""
) -> Reply | None:
    """What is left of so many years after `had` months, else after the one duration told."""
    durations = {item.in_unit("个月") for item in turn.numbers if item.kind in ("months", "days")}
    if had is None and len(durations - {Decimal(years * MONTHS)}) == 1:
        had = (durations - {Decimal(years * MONTHS)}).pop()
    if had is None:
        return None
    used, whole = had.quantize(Decimal("0.1")), Decimal(years * MONTHS)
    rest = max(whole - used, Decimal(0))
    if used % MONTHS:
        shown = (f"{plain(used)}个月", f"{plain(rest)}个月", f"{years}×{MONTHS}－{plain(used)}")
    else:
        shown = (
            f"{plain(used / MONTHS)}年", f"{plain(rest / MONTHS)}年", f"{years}－{plain(used / MONTHS)}"
        )  # fmt: skip
    return _left(
        provision, f"{name or '享受期限'}{years}年", shown[0], shown[1], shown[2],
        used, rest, used / MONTHS, rest / MONTHS, str(MONTHS),
    )  # fmt: skip


def _left(
    provision: Provision, cap: str, had: str, rest: str, working: str, *numbers: Decimal | str
) -> Reply:
    text = say("left", **named(provision), cap=cap, had=had, rest=rest, working=working)
    return sum_reply(provision, [text, terms(provision)], *numbers)
