"""The inverse questions and sums: how many to hire, how many to offset a tax, a year's payments."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from actions.reply import Reply, joined
from actions.sums import summed
from actions.texts import say
from actions.turn import Turn
from policy_kb.amounts import names_in
from policy_kb.explain import department_line, money
from policy_kb.facts import plain
from policy_kb.inverse import contributions, count_for_amount, least_count
from policy_kb.model import Provision
from policy_kb.reasons import says

HOW_MANY = re.compile(
    r"(?:招|新招|再招|雇)(?:用|够|满|到)?(?:了)?(?:多少|几)(?:个|名|人|位)|(?:多少|几)(?:个|名)?人?才(?:够|能|行|算|可以)|最少(?:要|得)?招|至少(?:要|得)?招|裁(?:到|多少|几个)"
)
WHOLE_YEAR = re.compile(r"全年|一年|整年|年度|从头到尾|1月到12月|12个月")
OFFSET = re.compile(r"抵|扣|减|省")


def reckon(turn: Turn, provision: Provision) -> Reply | None:
    """The answer to an inverse or period question about this provision, if it is one."""
    if HOW_MANY.search(turn.text):
        return _how_many(turn, provision)
    if provision.id == "1.1" and WHOLE_YEAR.search(turn.text):
        return _year(turn, provision)
    return summed(turn, provision)


def _how_many(turn: Turn, provision: Provision) -> Reply | None:
    """The least count that meets the share, or that reaches the amount named."""
    target = _target(turn)
    registry = turn.kb.registry
    for fact_id in _counts(turn, provision):
        if target is not None and OFFSET.search(turn.text):
            count = count_for_amount(turn.kb, provision.id, fact_id, target, turn.facts, turn.as_of)
        else:
            count = least_count(turn.kb, provision.id, fact_id, turn.facts)
        if count is None:
            continue
        goal = money(target, "元") if target is not None else ""
        given = [
            f"{registry[f].name}{registry[f].label(v)}"
            for f, v in turn.facts.items()
            if registry[f].numeric
        ]
        lines = [
            say(
                "reckoned_offset" if goal else "reckoned",
                name=provision.name,
                citation=provision.citation,
                fact=registry[fact_id].name,
                count=plain(Decimal(count)),
                given="，".join(given),
                goal=goal,
            ),
            say(
                "reckoned_terms", terms="；".join(says(part) for part in provision.conditions.parts)
            ),
            department_line(provision),
            say("disclaimer"),
        ]
        return Reply(
            joined(lines),
            provisions=(provision.id,),
            figures=(plain(Decimal(count)), *re.findall(r"\d+(?:\.\d+)?", goal)),
        )
    return None


def _target(turn: Turn) -> Decimal | None:
    amounts = [item.value for item in turn.loose if item.kind == "money"]
    return next((value for value in amounts if isinstance(value, Decimal)), None)


def _counts(turn: Turn, provision: Provision) -> list[str]:
    """The head counts that a person can vary: hires named in the text first."""
    facts = turn.kb.registry.facts
    used = {check.fact for check in provision.checks()}
    shares = [facts[f].ratio[0] for f in used if f in facts and facts[f].ratio]  # type: ignore[index]
    counted = [
        n for f in (provision.amount.formulas if provision.amount else ()) for n in names_in(f.text)
    ]
    people = [n for n in counted if n in facts and facts[n].unit == "人"]
    if "失业" in turn.text:
        people.sort(key=lambda name: name != "hired_unemployed")
    return [name for name in dict.fromkeys((*shares, *people)) if name not in turn.facts]


def _year(turn: Turn, provision: Provision) -> Reply | None:
    """A calendar year's employer contributions across the change of rate."""
    base = turn.facts.get("contribution_base")
    if not isinstance(base, Decimal):
        return None
    year = turn.as_of.year
    parts = contributions(turn.kb, base, date(year, 1, 1), date(year, 12, 31))
    rates = {figure.id: figure.shown for figure in provision.figures}
    text = say(
        "reckoned_year",
        name=provision.name,
        citation=provision.citation,
        year=year,
        base=plain(base),
        old=rates["old_rate"],
        new=rates["new_rate"],
        before=plain(parts["months_before"]),
        after=plain(parts["months_after"]),
        first=plain(parts["before"]),
        second=plain(parts["after"]),
        total=money(parts["total"], "元"),
    )
    figures = (*map(plain, parts.values()), plain(parts["total"] / 10000), str(year))
    return Reply(
        joined([text, department_line(provision), say("disclaimer")]),
        provisions=("1.1",),
        figures=figures,
    )
