"""Sums beside the amount itself: due in a month, saved by a lower rate, beyond a cap, worked back.

All are computed from the provision's own figures and formula and the numbers in the message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from actions.loose import Loose
from actions.reply import Reply, joined
from actions.texts import say
from actions.turn import Turn
from policy_kb.amounts import names_in
from policy_kb.dates import Span
from policy_kb.explain import department_line, money
from policy_kb.facts import Value, plain
from policy_kb.model import Knowledge, Provision
from policy_kb.reasons import says
from policy_kb.worth import amount_of

SAVED = re.compile(r"[省少](?:了|下|交|缴|掏|付|出)?(?:来)?[^，。？]{0,6}(?:多少|几)|差(?:多少|几)")
AT_OLD_RATE = re.compile(r"(?:以前|原来|原先|过去|之前|老)|(?<!\d)3%")
OWING = re.compile(r"[交缴掏出付][^，。？]{0,6}(?:多少|几)|(?:多少|几)[^，。？]{0,2}钱|[应该得]")
BEYOND = re.compile(
    r"(?:超|多|高)(?:出|过|了)[^，。？]{0,8}(?:多少|几)"
    r"|(?:还|剩|自己|自个|另外)[^，。？]{0,8}[交缴掏补付出凑][^，。？]{0,6}(?:多少|几)"
)
RECEIVED = re.compile(
    r"到账|到手|返(?:还)?[了给到]|返还|退[了回]|拿[到了]|领[到了]|奖励|奖金|给了|少[交缴]"
)
BASIS_ASKED = re.compile(
    r"(?:去年|上年|当年|原来|实际|那|说明|失业|社保|新)[^，。？]{0,14}(?:缴|交|放|贷)[^，。？]{0,8}(?:多少|几)"
    r"|(?:基数|总额|发放额)[^，。？]{0,4}(?:多少|几)"
)
CAPS = {
    "7.2": ("loan_amount", "ceiling"),
    "7.3": ("loan_amount", "loan_ceiling"),
    "9.1": ("annual_tax_due", "yearly_cap"),
}
"""The number that a provision caps, and the figure that caps it."""


def summed(turn: Turn, provision: Provision) -> Reply | None:
    """The answer to such a question about this provision, if it is one."""
    known = {**turn.state.facts, **turn.facts}
    base = known.get("contribution_base")
    if provision.id == "1.1" and isinstance(base, Decimal) and not SAVED.search(turn.text):
        return _due(turn, provision, base) if OWING.search(turn.text) else None
    if provision.id == "1.2" and SAVED.search(turn.text):
        return _saved(turn, provision, base if isinstance(base, Decimal) else None)
    if provision.id in CAPS and BEYOND.search(turn.text):
        return _beyond(turn, provision, known)
    if RECEIVED.search(turn.text) and BASIS_ASKED.search(turn.text):
        return _worked_back(turn, provision)
    return None


def _due(turn: Turn, provision: Provision, base: Decimal) -> Reply:
    """The employer's pension contribution of one month, at the rate of that month (第1条)."""
    figures = {figure.id: figure for figure in provision.figures}
    rate = figures["old_rate" if _before_start(turn, provision) else "new_rate"]
    due = base * rate.factor
    text = say("due", **_named(provision), base=plain(base), rate=rate.shown, due=money(due, "元"))
    return _reply(provision, text, base, due)


def _before_start(turn: Turn, provision: Provision) -> bool:
    """Whether the month asked about, this one where none is named, lies before the new rate."""
    named = [item.value for item in turn.loose if isinstance(item.value, Span)]
    day: date = named[0].first if named else turn.as_of
    return provision.window.start is not None and day < provision.window.start


def _saved(turn: Turn, provision: Provision, base: Decimal | None) -> Reply | None:
    """What the lower rate saves, on a monthly base or on what was paid at the old rate (第1条)."""
    figures = {figure.id: figure for figure in provision.figures}
    old, new = figures["old_total_rate"], figures["total_rate"]
    paid = _only_money(turn.loose)
    if base is not None:
        before = base * old.factor
    elif paid is not None and AT_OLD_RATE.search(turn.text):
        before = paid
    else:
        return None
    now = before / old.factor * new.factor
    text = say(
        "saved",
        **_named(provision),
        old=old.shown,
        new=new.shown,
        before=money(before, "元"),
        now=money(now, "元"),
        less=money(before - now, "元"),
    )
    return _reply(provision, text, before, now, before - now)


def _beyond(turn: Turn, provision: Provision, known: Mapping[str, Value]) -> Reply | None:
    """What of the number told lies above the cap."""
    fact, cap_id = CAPS[provision.id]
    number = known.get(fact)
    cap = next(figure for figure in provision.figures if figure.id == cap_id)
    if not isinstance(number, Decimal):
        return None
    rest = max(number - cap.value, Decimal(0))
    text = say(
        "beyond" if rest else "within",
        **_named(provision),
        fact=turn.kb.fact(fact).name,
        number=money(number, "元"),
        cap=f"{cap.name}{money(cap.value, cap.unit)}",
        rest=money(rest, "元"),
    )
    terms = say("reckoned_terms", terms="；".join(says(p) for p in provision.conditions.parts))
    return _reply(provision, joined([text, terms]), number, cap.value, rest)


def _worked_back(turn: Turn, provision: Provision) -> Reply | None:
    """What a share received was a share of: 到账4.5万 is half of 9万."""
    received = _only_money(turn.loose)
    fact = _basis(turn.kb, provision)
    if received is None or fact is None:
        return None
    one = amount_of(turn.kb, provision, {fact: Decimal(1000000)})
    if one is None or not one.value:
        return None
    basis = received * 1000000 / one.value
    checked = amount_of(turn.kb, provision, {fact: basis})
    if checked is None or checked.value != received:
        return None
    text = say(
        "worked_back",
        **_named(provision),
        received=money(received, "元"),
        fact=turn.kb.fact(fact).name,
        basis=money(basis, "元"),
        share=provision.amount.text if provision.amount else "",
    )
    return _reply(provision, text, received, basis)


def _basis(kb: Knowledge, provision: Provision) -> str | None:
    """The one money fact that the amount is a share of."""
    formulas = provision.amount.formulas if provision.amount else ()
    used = {name for formula in formulas for name in names_in(formula.text)}
    money_facts = [f for f in used & kb.registry.facts.keys() if kb.fact(f).type == "money"]
    return money_facts[0] if len(formulas) == 1 and len(money_facts) == 1 else None


def _only_money(loose: tuple[Loose, ...]) -> Decimal | None:
    amounts = [item.value for item in loose if item.kind == "money"]
    return amounts[0] if len(amounts) == 1 and isinstance(amounts[0], Decimal) else None


def _named(provision: Provision) -> dict[str, str]:
    return {"name": provision.name, "citation": provision.citation}


def _reply(provision: Provision, text: str, *numbers: Decimal) -> Reply:
    lines = [text, department_line(provision), say("disclaimer")]
    figures = tuple(plain(n) for number in numbers for n in (number, number / 10000))
    return Reply(joined(lines), provisions=(provision.id,), figures=figures)
