"""A number or date of a message, mostly one that is not said to be any fact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from policy_kb.dates import Span, parse_span

MONTH_DAYS = 30


@dataclass(frozen=True)
class Loose:
    """`kind`: people | count | plain | money (元) | percent | age (岁) | months | days | date."""

    kind: str
    value: Decimal | Span
    told: bool = False  # a fact of the message already

    def in_unit(self, unit: str) -> Decimal:
        """The number in the unit of a fact: durations become 个月, 年 or 天."""
        assert isinstance(self.value, Decimal)
        if self.kind == "months" and unit in ("年", "天"):
            return self.value / 12 if unit == "年" else self.value * MONTH_DAYS
        if self.kind == "days" and unit in ("个月", "年"):
            return self.value / MONTH_DAYS / (12 if unit == "年" else 1)
        return self.value

    def to_json(self) -> dict[str, str]:
        told = {"told": "yes"} if self.told else {}
        return {"kind": self.kind, "value": str(self.value), **told}

    @classmethod
    def from_json(cls, raw: dict[str, str]) -> Loose:
        value = parse_span(raw["value"]) if raw["kind"] == "date" else Decimal(raw["value"])
        return cls(raw["kind"], value, bool(raw.get("told")))
