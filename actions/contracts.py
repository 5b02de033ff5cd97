"""Hires with contracts of different length: only those of a year or more count (第7条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

YEAR = 12
"""Months from which a contract counts."""


@dataclass(frozen=True)
class Contracts:
    """So many people (None: all the others) hired for so many months."""

    people: Decimal | None
    months: Decimal

    def to_json(self) -> list[str | None]:
        return [None if self.people is None else str(self.people), str(self.months)]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> Contracts:
        return cls(None if raw[0] is None else Decimal(raw[0]), Decimal(raw[1]))


def long_contracts(groups: Sequence[Contracts], total: Decimal | None) -> dict[str, Decimal]:
    """How many hires count and for how long at least, as facts.

    Where those with long contracts are told only as all the others and `total` is not known, or
    more are told than were hired, how many count stays open ({}).
    """
    long = [group for group in groups if group.months >= YEAR]
    told = sum((group.people for group in groups if group.people is not None), Decimal(0))
    if total is not None and told > total:
        return {}
    if not long:
        hired = {} if total is None else {"new_hires": total}
        return {**hired, "contract_months": max(group.months for group in groups)}
    if any(group.people is None for group in long):
        if total is None:
            return {}
        count = total - sum(
            (group.people or Decimal(0) for group in groups if group.months < YEAR), Decimal(0)
        )
    else:
        count = sum((group.people or Decimal(0) for group in long), Decimal(0))
    return {"new_hires": count, "contract_months": min(group.months for group in long)}
