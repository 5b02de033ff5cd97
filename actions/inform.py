"""What the plan says about a provision, from the side that was asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from actions.reply import Reply, amount_figures, joined
from actions.texts import say
from policy_kb.dates import WindowState
from policy_kb.decide import decide
from policy_kb.explain import (
    amendment_text,
    amount_line,
    department_line,
    expired_text,
    period_text,
    steps_line,
)
from policy_kb.facts import Facts, day_label
from policy_kb.model import Gap, Knowledge, Provision
from policy_kb.result import Verdict

SIDES = {"ask_department": "department", "ask_funds": "funds", "ask_validity": "validity"}
"""Acts that ask about one side only; all others get the whole summary."""

GAPS_FOR = {
    "ask_amount": r"标准|多少|数额|额|钱|比例|费率|几成|期限|各|范围|提高|怎样",
    "ask_howto": r"材料|办理|手续|流程|时间|时限|报名|怎|步骤|申请|多久|哪",
    "contact": r"电话|地址|联系|地点",
}
MOST_GAPS = 3
MOST_OFFICES = 4


def inform(
    kb: Knowledge, ids: Sequence[str], act: str, aspects: Sequence[str], stated: Facts, as_of: date
) -> Reply:
    """An answer about these provisions without judging anybody."""
    lines = []
    figures: tuple[str, ...] = ()
    for provision_id in ids:
        provision = kb[provision_id].amended(as_of)
        result = decide(kb, provision_id, stated, as_of) if provision.decides else None
        closed = result is not None and result.window in (
            WindowState.EXPIRED,
            WindowState.NOT_STARTED,
        )
        lines += sides(provision, act, aspects, as_of, brief=len(ids) > 1)
        if act == "ask_howto" or "contact" in aspects:
            lines += office_lines(kb)
        if result and result.amount and (act == "ask_amount" or "amount" in aspects):
            lines.append(amount_line(result.amount))
            figures += amount_figures(result.amount)
        if closed and result:
            lines.append(_closed_note(provision, result.verdict))
    return Reply(joined(lines), provisions=tuple(ids), figures=figures)


def sides(
    provision: Provision, act: str, aspects: Sequence[str], as_of: date, brief: bool = False
) -> list[str]:
    """The lines about one provision: the asked side first, then what belongs to it."""
    names = {"name": provision.name, "citation": provision.citation}
    wanted = dict.fromkeys([SIDES[act]] if act in SIDES else [], True)
    wanted.update(dict.fromkeys(side for side in aspects if side in SIDES.values()))
    lines = [_side(provision, side, names) for side in wanted]
    if not (act == "ask_department" and brief):
        lines.append(say("summary", **names, summary=provision.summary))
        lines += [] if brief else [steps_line(provision)]
    lines += [amendment_text(a) for a in provision.in_force_amendments(as_of)]
    lines += gap_lines(provision, act, aspects)
    if "contact" in aspects:
        lines.append(say("gap_contact", lead=provision.lead or "12345"))
    if act == "ask_howto" and provision.apply and not brief:
        lines.append(say("apply", apply=provision.apply))
    if "department" not in wanted:
        lines.append(department_line(provision))
    return lines


def _side(provision: Provision, side: str, names: dict[str, str]) -> str:
    if side == "department":
        if not provision.lead:
            return say("department_none", **names)
        return say("department", **names, departments="、".join(provision.departments))
    if side == "funds":
        if provision.funds:
            return say("funds", **names, funds=provision.funds)
        return say("funds_none", **names, lead=provision.lead or "12345")
    text = period_text(provision)
    if provision.window.run_on_years:
        years = provision.window.run_on_years
        text += f"到期未享受满{years}年的，可继续享受至{years}年期满。"
    return say("period", **names, period=text)


def gap_lines(provision: Provision, act: str, aspects: Sequence[str]) -> list[str]:
    """What was asked for and the plan does not give, and who sets it."""
    wanted = GAPS_FOR.get(act) or next(
        (GAPS_FOR[key] for key in ("contact",) if key in aspects), None
    )
    if "amount" in aspects and not wanted:
        wanted = GAPS_FOR["ask_amount"]
    if not wanted:
        return []
    fitting = [gap for gap in provision.gaps if re.search(wanted, gap.what)]
    if not fitting and act == "ask_amount" and not _gives_money(provision):
        return [say("gap_amount")]
    return [gap_text(gap) for gap in fitting[:MOST_GAPS]]


def gap_text(gap: Gap) -> str:
    """What the plan does not give, and who sets it."""
    return say("gap", what=gap.what, set_by=gap.set_by.removesuffix("规定"))


def _gives_money(provision: Provision) -> bool:
    """Whether the plan itself gives an amount or a rate."""
    return bool(re.search(r"\d+(?:\.\d+)?(?:元|万元|%)", provision.summary))


def office_lines(kb: Knowledge) -> list[str]:
    """The district's service points, where it has entered them."""
    return [
        say(
            "office",
            name=office.name,
            details="，".join(
                part
                for part in (
                    office.address,
                    office.hours,
                    office.handles,
                    office.telephone and f"电话{office.telephone}",
                    office.complaints and f"监督投诉{office.complaints}",
                )
                if part
            ),
        )
        for office in kb.district.offices[:MOST_OFFICES]
    ]


def _closed_note(provision: Provision, verdict: Verdict) -> str:
    if verdict is Verdict.NOT_STARTED and provision.window.start:
        return say("not_started_note", start=day_label(provision.window.start))
    return say("expired_note", text=expired_text(provision))


def more_about(kb: Knowledge, provision_id: str, as_of: date) -> Reply:
    """Everything there is to say: summary, steps, how to apply, gaps, our readings."""
    provision = kb[provision_id].amended(as_of)
    names = {"name": provision.name, "citation": provision.citation}
    lines = [say("summary", **names, summary=provision.summary)]
    lines += [steps_line(provision), period_text(provision)]
    if provision.apply:
        lines.append(say("apply", apply=provision.apply))
    lines += [gap_text(gap) for gap in provision.gaps]
    lines += [say("reading", reading=reading) for reading in provision.readings]
    lines.append(department_line(provision))
    return Reply(joined(lines), provisions=(provision_id,))
