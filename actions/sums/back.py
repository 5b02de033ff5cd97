"""Worked back: what a sum received is a share of, whom a total leaves room for (反推)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from actions.reply import Reply
from actions.still_told import fitting
from actions.sums.charges import AT_OLD_RATE
from actions.sums.telling import known_facts, named, quantity, sum_reply, sums_told
from actions.texts import say
from actions.turn import Turn
from policy_kb.amounts import is_limit, names_in
from policy_kb.explain import money
from policy_kb.facts import Facts, Value
from policy_kb.inverse import worked_back
from policy_kb.model import Formula, Provision

BACK = re.compile(
    r"[反倒逆回][^，。？]{0,2}(?:推|算|着算|回去)|反过来|倒过来|往回|推[算断]?出|折算(?:出|回)"
)
RECEIVED = re.compile(
    r"到账|到手|返(?:还)?[了给到]|返还|退[了回给]|拿[到了]|领[到了]|奖励|奖金|给了|发了|打来|批了|贴了?"
    r"|[少省](?:[交缴掏付出]|了|下)|[抵扣减]了|[抵扣减][^，。？]{0,4}(?:一共|合计|总共|共)|(?:一共|合计|总共|共)[^，。？]{0,4}[抵扣减]"
)
BASIS_ASKED = re.compile(
    r"(?:去年|上年|当年|原来|实际|那|说明|失业|社保|新)[^，。？]{0,14}(?:缴|交|放|贷)[^，。？]{0,8}(?:多少|几)"
    r"|(?:基数|总额|发放额|标准|本金|失业金|工资|低保线|利率)[^，。？]{0,6}(?:多少|几|啥|什么)"
    r"|(?:学|上|培训|练)了?(?:多少|几)天"
    r"|招(?:了|的是?|过|进)(?:多少|几)(?:个|名|人)"
    r"|(?:多少|几)(?:个|名|位)?[^，。？]{0,3}(?:登记|退役|退伍|失业|兵|人(?!才))[^，。？]{0,6}$"
    r"|(?:登记|退役|退伍|失业|兵)[^，。？]{0,8}(?:多少|几)(?:个|名|人|位)?(?:人)?"
)
LESS = re.compile(r"(?:省|(?<!多)少)(?:[交缴掏付出]|了|下)")
PAID = re.compile(r"[交缴掏付]")
IN_FULL = re.compile(r"顶格|封顶|最高|上限|足额|全额|满额|顶满|拉满|按(?:2|两|二)倍|到顶|最多")
OVER_YEARS = re.compile(
    r"(?:三|3)年[^，。？]{0,6}(?:一共|合计|总共|共|加起来|下来|累计|总)|(?:一共|合计|总共|共|累计)[^，。？]{0,2}(?:三|3)年"
)


PAID_SO = re.compile(r"[交缴掏付](?:了|的?是|过|掉)|(?:一共|合计|总共|共|每月|一个月|月)[交缴掏付]")
AMOUNT_ASKED = re.compile(
    r"[能该会][^，。？]{0,3}(?:返|退|抵|扣|减|领|拿|给|补|贴|奖)(?:还|给)?[^，。？]{0,3}(?:多少|几)"
)
"""隔壁厂返了8万，我们缴了10万能返多少: the amount itself is asked, not what it comes from."""

BASE_ASKED = re.compile(r"基数|缴费工资|工资总额")
"""Of a contribution, only the base can be asked back for."""

STARTING_FROM = ("contribution_base", "loan_amount", "benchmark_rate", "minimum_wage")
"""What an amount starts from: told as such, it is never what the amount came to."""


def back(turn: Turn, provision: Provision) -> Reply | None:
    """What the sum told must have come from, by the provision's own formula."""
    if not _asked_back(turn, provision):
        return None
    for formula in _formulas(turn, provision):
        for result in _results(turn, provision):
            known = {k: v for k, v in known_facts(turn).items() if v != result}
            fact = _unknown(turn, provision, formula.text, known)
            reply = _told(turn, provision, formula, fact, result, known) if fact else None
            if reply:
                return reply
    return None


def _asked_back(turn: Turn, provision: Provision) -> bool:
    if provision.amount and provision.amount.charge and not BASE_ASKED.search(turn.text):
        return False
    if AMOUNT_ASKED.search(turn.text) and not BACK.search(turn.text):
        return False
    received = RECEIVED.search(turn.text) or PAID_SO.search(turn.text)
    return bool(BACK.search(turn.text) or (received and BASIS_ASKED.search(turn.text)))


def _told(
    turn: Turn, provision: Provision, formula: Formula, fact_id: str, result: Decimal, known: Facts
) -> Reply | None:
    found = worked_back(turn.kb, provision.id, formula.text, fact_id, result, known)
    if found is None:
        return None
    fact = turn.kb.fact(fact_id)
    fits = found.whole or fact.type != "integer"
    least = found.at_least or (formula.cap and not IN_FULL.search(turn.text))
    sentence = "worked_back" if fits and not least else "worked_back_least" if fits else "odd_sum"
    number = found.number if fits else found.number.quantize(Decimal("0.01"))
    text = say(
        sentence, **named(provision), received=money(result, "元"), fact=fact.name,
        basis=quantity(fact, number), working=found.shown, share=_share(provision),
    )  # fmt: skip
    return sum_reply(provision, [text], result, number, found.shown)


def _share(provision: Provision) -> str:
    return provision.amount.text.rstrip("。") if provision.amount else ""


def _formulas(turn: Turn, provision: Provision) -> Iterator[Formula]:
    """What the sum told may be: saved or paid where there is a charge, else the amount."""
    rule = provision.amount
    if rule is None:
        return
    if rule.charge:
        if LESS.search(turn.text):
            yield Formula(rule.charge.saved)
        elif PAID.search(turn.text):
            before = AT_OLD_RATE.search(turn.text)
            yield Formula(rule.charge.due_before if before else rule.charge.due)
        return
    shares = [f for f in rule.formulas if not is_limit(f.text)]  # a limit tells nothing back
    named_so = [f for f in shares if f.said and re.search(f.said, turn.text)]
    for formula in named_so or shares:
        if rule.years and OVER_YEARS.search(turn.text):
            yield Formula(f"({formula.text}) × {rule.years}", formula.unit, formula.cap)
        else:
            yield formula


def _results(turn: Turn, provision: Provision) -> list[Decimal]:
    """The sums told that may be the result: those that are no fact, nor a figure of the plan."""
    figures = {figure.value for figure in provision.figures}
    loose = [number for number in sums_told(turn) if number not in figures]
    starts = {turn.facts.get(fact) for fact in STARTING_FROM}
    told = sums_told(turn, loose_only=False)
    return loose or [n for n in told if n not in figures and n not in starts][:1]


def _unknown(turn: Turn, provision: Provision, formula: str, known: dict[str, Value]) -> str | None:
    """The one fact of the formula to be found; of people, those not told of count as none."""
    open_facts = [n for n in names_in(formula) if n in turn.kb.registry.facts and n not in known]
    if len(open_facts) > 1:
        known.update(fitting(turn, provision, open_facts))
        open_facts = [n for n in open_facts if n not in known]
    if not open_facts and BACK.search(turn.text):
        open_facts = _told_before(turn, formula)
    if len(open_facts) == 1:
        return open_facts[0]
    said = {fact: _mentioned(turn, provision, formula, fact) for fact in open_facts}
    asked = [fact for fact in open_facts if said[fact]]
    others = [fact for fact in open_facts if not said[fact]]
    if len(asked) != 1 or any(turn.kb.fact(fact).unsaid is None for fact in others):
        return None
    known.update({fact: turn.kb.fact(fact).unsaid or Decimal(0) for fact in others})
    return asked[0]


def _told_before(turn: Turn, formula: str) -> list[str]:
    """The sums of the formula told in an earlier message: asked back for, they are open again."""
    earlier = turn.state.facts.keys() - turn.facts.keys()
    return [n for n in names_in(formula) if n in earlier and turn.kb.fact(n).type == "money"]


def _mentioned(turn: Turn, provision: Provision, formula: str, fact: str) -> bool:
    """Whether those whom a figure is for are spoken of: their figure stands beside the fact."""
    beside = re.search(rf"{fact} × (\w+)", formula)
    figure = next((f for f in provision.figures if beside and f.id == beside[1]), None)
    return bool(figure and figure.said and re.search(figure.said, turn.text))
