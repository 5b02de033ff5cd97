"""The inverse questions: how many for 25%, how many to offset 50,000 元, half of what; and a year.

All are searched through the same rules that decide, so no figure stands here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from policy_kb.amounts import Operand
from policy_kb.conditions import checks, evaluate
from policy_kb.facts import Facts
from policy_kb.model import Knowledge
from policy_kb.solve import Solution, solve
from policy_kb.truth import Truth
from policy_kb.worth import amount_of, operands_of

SEARCH_LIMIT = 1 << 24  # more people than any firm has


def least_count(kb: Knowledge, provision_id: str, fact: str, stated: Facts) -> int | None:
    """Smallest whole value of `fact` that meets every check it takes part in.

    None where no value does, or where other facts are missing for the checks to be decided.
    """
    provision = kb[provision_id]
    shares = {f.id for f in kb.registry.facts.values() if f.ratio and fact in f.ratio}
    parts = [
        part
        for part in provision.conditions.parts
        if {check.fact for check in checks(part)} & (shares | {fact})
    ]
    base = {k: v for k, v in stated.items() if k not in shares and k != fact}

    def enough(count: int) -> bool:
        known = kb.registry.resolve({**base, fact: Decimal(count)})
        return all(evaluate(part, known) is Truth.YES for part in parts)

    return _least(enough) if parts else None


def count_for_amount(
    kb: Knowledge, provision_id: str, fact: str, target: Decimal, stated: Facts, as_of: date
) -> int | None:
    """Smallest whole value of `fact` for which the amount reaches `target` (in its unit)."""
    provision = kb[provision_id].amended(as_of)

    def enough(count: int) -> bool:
        known = kb.registry.resolve({**stated, fact: Decimal(count)})
        amount = amount_of(kb, provision, known)
        return bool(amount and amount.value is not None and amount.value >= target)

    return _least(enough)


def most_short_of(kb: Knowledge, provision_id: str, fact: str, stated: Facts) -> int | None:
    """Largest whole value of `fact` that does not yet meet its checks; None as `least_count`."""
    least = least_count(kb, provision_id, fact, stated)
    return None if least is None else least - 1


def worked_back(
    kb: Knowledge, provision_id: str, formula: str, fact: str, result: Decimal, stated: Facts
) -> Solution | None:
    """What `fact` must be for a formula of the provision to come to `result`; percent as percent.

    None where something else is unknown as well, or where no value fits.
    """
    known = {k: v for k, v in stated.items() if k != fact}
    operands = operands_of(kb, kb[provision_id], formula, known)
    operands[fact] = Operand(None, kb.fact(fact).name)
    found = solve(formula, operands, result)
    if found and kb.fact(fact).type == "percent":
        return replace(found, value=found.value * 100)
    return found


def _least(enough: object) -> int | None:
    assert callable(enough)
    high = 1
    while not enough(high):
        high *= 2
        if high > SEARCH_LIMIT:
            return None
    low = high // 2
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def months_before_and_after(
    kb: Knowledge, provision_id: str, first: date, last: date
) -> tuple[int, int]:
    """Months of [first, last] before and from the start of the provision's window.

    Both days count whole months; used for a year's contributions across a change of rate.
    """
    start = kb[provision_id].window.start
    months = _month_number(last) - _month_number(first) + 1
    if start is None:
        return 0, months
    before = min(max(_month_number(start) - _month_number(first), 0), months)
    return before, months - before


def contributions(kb: Knowledge, base: Decimal, first: date, last: date) -> dict[str, Decimal]:
    """Employer pension contributions (元) on a monthly base over whole months, 第1条.

    Keys: before, after (the two parts), total, and the rates' working months.
    """
    figures = {figure.id: figure.factor for figure in kb["1.1"].figures}
    months_before, months_after = months_before_and_after(kb, "1.1", first, last)
    before = base * figures["old_rate"] * months_before
    after = base * figures["new_rate"] * months_after
    return {
        "months_before": Decimal(months_before),
        "months_after": Decimal(months_after),
        "before": before,
        "after": after,
        "total": before + after,
    }


def _month_number(day: date) -> int:
    return day.year * 12 + day.month
