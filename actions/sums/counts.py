"""How many: the least number that meets a share or an amount, the most that falls short of one."""

from __future__ import annotations

import re
from decimal import Decimal

from actions.reply import Reply
from actions.sums.telling import known_facts, named, sum_reply, terms
from actions.texts import say
from actions.turn import Turn
from policy_kb.amounts import names_in
from policy_kb.explain import money
from policy_kb.facts import plain
from policy_kb.inverse import count_for_amount, least_count, most_short_of
from policy_kb.model import Provision

HOW_MANY = re.compile(
    r"(?:招|新招|再招|雇)(?:用|够|满|到|进)?(?:多少|几)(?:个|名|人|位)|(?:多少|几)(?:个|名)?人?才(?:够|能|行|算|可以)|(?:最少|至少|起码)(?:要|得|该|还?要)?新?[招雇进]|裁(?:到|多少|几个)"
)
MOST = re.compile(
    r"(?:最多|顶多|至多|充其量|撑死|大不了)[^，。？]{0,6}(?:裁|减|辞|炒|撵|优化|开|招|歇|待岗|走)[^，。？]{0,6}(?:多少|几)"
    r"|(?:裁|减|辞|优化)[^，。？]{0,4}(?:多少|几)(?:个|名|人)*(?:以内|以下|之内|不|还不|才不|也不|都不|就不|可以不)"
)
SHORT_OF = re.compile(
    r"唔使|唔驶|[不没免](?:用|必|需|到|够|达|算|触|过|超|会|走|属|构|碰|踩|须|上报|报)|以内|以下|之内|还不|省得|免得|避开|线下|线以下"
)
MORE = re.compile(
    r"(?:再|还(?:要|得|差|需|缺|少)?|差|缺|少)[^，。？]{0,4}(?:招|雇|找|进|添|加)?[^，。？]{0,4}(?:多少|几)(?:个|名|位)?人?"
)
LAY_OFF = re.compile(r"裁|炒|辞退|减员")
OFFSET = re.compile(r"抵|扣|减|省")


def counted(turn: Turn, provision: Provision) -> Reply | None:
    """The number of people asked for, searched through the provision's own conditions."""
    if MOST.search(turn.text) and SHORT_OF.search(turn.text):
        return _most(turn, provision)
    return _least(turn, provision) if HOW_MANY.search(turn.text) else None


def more(turn: Turn, provision: Provision) -> Reply | None:
    """再招几个才够: what the number told is short of, the whole being as told."""
    if not MORE.search(turn.text) or LAY_OFF.search(turn.text):
        return None
    known = known_facts(turn)
    for fact_id in _parts_of_shares(turn, provision):
        had, count = known.get(fact_id), least_count(turn.kb, provision.id, fact_id, known)
        if count is None or not isinstance(had, Decimal):
            continue
        told = [f for f in known if turn.kb.fact(f).numeric and _whole_of(turn, f, fact_id)]
        rest = max(count - had, Decimal(0))
        text = say(
            "reckoned_more" if rest else "reckoned_enough", **named(provision),
            fact=turn.kb.fact(fact_id).name, had=plain(had), count=count, rest=plain(rest),
            given="，".join(f"{turn.kb.fact(f).name}{turn.kb.fact(f).label(known[f])}" for f in told),
        )  # fmt: skip
        return sum_reply(provision, [text, terms(provision)], had, str(count), rest)
    return None


def _whole_of(turn: Turn, whole: str, part: str) -> bool:
    return any(f.ratio == (part, whole) for f in turn.kb.registry.facts.values())


def _parts_of_shares(turn: Turn, provision: Provision) -> list[str]:
    facts = turn.kb.registry.facts
    used = sorted({check.fact for check in provision.checks()} & facts.keys())
    return list(dict.fromkeys(ratio[0] for f in used if (ratio := facts[f].ratio)))


def offset(turn: Turn, provision: Provision) -> Reply | None:
    """How many to hire for an amount named, or how many lay-offs reach the line."""
    for_amount = _target(turn) is not None and OFFSET.search(turn.text)
    lay_offs = LAY_OFF.search(turn.text) and "layoffs" in _counts(turn, provision)
    return counted(turn, provision) if for_amount or lay_offs else None


def _most(turn: Turn, provision: Provision) -> Reply | None:
    """The most that stays below every line that there is: 19 of 250 is below 20 and below 10%."""
    for fact_id in _counts(turn, provision):
        wholes = _wholes(turn, fact_id)
        count = most_short_of(turn.kb, provision.id, fact_id, {**turn.state.facts, **turn.facts})
        if count is None or not wholes:
            continue
        text = say(
            "reckoned_most", **named(provision), given=_given(turn), count=count, least=count + 1,
            fact=turn.kb.fact(fact_id).name,
        )  # fmt: skip
        lines = [text, *(_share(Decimal(count), whole) for whole in wholes), terms(provision)]
        return sum_reply(provision, lines, str(count), str(count + 1), *lines[1:-1])
    return None


def _wholes(turn: Turn, fact_id: str) -> list[Decimal]:
    """What the count is a share of, as far as told."""
    known = {**turn.state.facts, **turn.facts}
    ratios = [f.ratio for f in turn.kb.registry.facts.values() if f.ratio and f.ratio[0] == fact_id]
    return [whole for ratio in ratios if isinstance(whole := known.get(ratio[1]), Decimal)]


def _share(part: Decimal, whole: Decimal) -> str:
    share = (part * 100 / whole).quantize(Decimal("0.01"))
    sign = "＝" if share * whole == part * 100 else "≈"
    return say("reckoned_share", working=f"{plain(part)}÷{plain(whole)}{sign}{plain(share)}%")


def _least(turn: Turn, provision: Provision) -> Reply | None:
    """The least count that meets the share, or that reaches the amount named."""
    target = _target(turn)
    for fact_id in _counts(turn, provision):
        if target is not None and OFFSET.search(turn.text):
            count = count_for_amount(turn.kb, provision.id, fact_id, target, turn.facts, turn.as_of)
        else:
            count = least_count(turn.kb, provision.id, fact_id, turn.facts)
        if count is None or (count <= 1 and target is None):
            continue
        goal = money(target, "元") if target is not None else ""
        text = say(
            "reckoned_offset" if goal else "reckoned",
            **named(provision),
            fact=turn.kb.fact(fact_id).name,
            count=count,
            given=_given(turn),
            goal=goal,
        )
        return sum_reply(provision, [text, terms(provision)], str(count), goal)
    return None


def _given(turn: Turn) -> str:
    """按职工总数250人算，: what the count is searched for, as far as told."""
    registry = turn.kb.registry
    known = turn.facts or turn.state.facts
    told = [
        f"{registry[f].name}{registry[f].label(v)}" for f, v in known.items() if registry[f].numeric
    ]
    return say("reckoned_given", given="，".join(told)) if told else ""


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
