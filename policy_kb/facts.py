"""The registry of facts (事实登记表): what may be said of a person or firm, and how it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from policy_kb.dates import Span, parse_span
from policy_kb.errors import FactError

Value = bool | Decimal | str | Span
"""Canonical value of a fact: bool, number (money in 元, percent as percent), option id, date."""

Facts = Mapping[str, Value]
"""What is known, by fact id; what is not in it is unknown."""

NUMERIC_TYPES = {"integer", "number", "money", "percent"}
MOST_DIGITS = 20  # before or after the point: what is longer is no number of this world
YES_WORDS = {"true", "yes", "是", "有", "1"}
NO_WORDS = {"false", "no", "否", "没有", "不是", "0"}


@dataclass(frozen=True)
class Option:
    """One of the values that a choice can take."""

    id: str
    label: str


@dataclass(frozen=True)
class Fact:
    """One thing that can be known, asked in warm plain Chinese."""

    id: str
    name: str
    owner: str  # person | enterprise | district
    type: str  # bool | integer | number | money | percent | date | choice
    question: str
    why: str
    unit: str = ""
    means: str = ""
    options: tuple[Option, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    ratio: tuple[str, str] | None = None
    group: tuple[str, ...] = ()
    unsaid: Decimal | None = None
    asked: bool = True
    sensitive: bool = False
    rank: int = 9
    up_to_age: Decimal | None = None  # in a screening, older people are not asked
    set_by: str = ""

    @property
    def numeric(self) -> bool:
        return self.type in NUMERIC_TYPES

    def label(self, value: Value) -> str:
        """The value in a reader's words: 商贸企业, 24周岁, 2025年6月."""
        if isinstance(value, Span):
            return span_label(value)
        if isinstance(value, Decimal):
            if self.unit == "年" and value % 1:
                return f"{plain((value * 12).quantize(Decimal('0.1')))}个月"
            return f"{plain(value)}{'%' if self.type == 'percent' else self.unit}"
        wanted = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        return next((option.label for option in self.options if option.id == wanted), str(value))

    def parse(self, raw: object) -> Value:
        """Canonical value of a JSON, YAML or typed value; FactError says what would be right."""
        if self.type == "bool":
            return self._parse_bool(raw)
        if self.type == "choice":
            return self._parse_choice(raw)
        if self.type == "date":
            return self._parse_date(raw)
        return self._parse_number(raw)

    def _parse_bool(self, raw: object) -> bool:
        word = str(raw).strip().lower()
        if word in YES_WORDS or word == self.option_label("yes"):
            return True
        if word in NO_WORDS or word == self.option_label("no"):
            return False
        raise FactError(f"“{self.name}”（{self.id}）只能填 true 或 false，收到的是“{raw}”。")

    def _parse_choice(self, raw: object) -> str:
        for option in self.options:
            if raw in (option.id, option.label):
                return option.id
        allowed = "、".join(f"{option.id}（{option.label}）" for option in self.options)
        raise FactError(f"“{self.name}”（{self.id}）可以填：{allowed}；收到的是“{raw}”。")

    def _parse_date(self, raw: object) -> Span:
        try:
            return raw if isinstance(raw, Span) else parse_span(str(raw))
        except ValueError:
            raise FactError(
                f"“{self.name}”（{self.id}）要填日期，如 2025-06-15、2025-06 或 2025；"
                f"收到的是“{raw}”。"
            ) from None

    def _parse_number(self, raw: object) -> Decimal:
        try:
            if isinstance(raw, bool):
                raise InvalidOperation
            number = Decimal(str(raw).rstrip("%％"))
            if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
                raise InvalidOperation
        except InvalidOperation:
            raise FactError(f"“{self.name}”（{self.id}）要填数字，收到的是“{raw}”。") from None
        low = Decimal(0) if self.minimum is None else self.minimum
        if self.type == "integer" and number != number.to_integral_value():
            raise FactError(f"“{self.name}”（{self.id}）要填整数，收到的是“{raw}”。")
        if number < low or (self.maximum is not None and number > self.maximum):
            top = f"到{plain(self.maximum)}" if self.maximum is not None else "以上"
            raise FactError(
                f"“{self.name}”（{self.id}）应在{plain(low)}{top}之间，收到的是“{raw}”。"
            )
        return number

    def option_label(self, option_id: str) -> str:
        """The label of one option, '' if there is none."""
        return next((option.label for option in self.options if option.id == option_id), "")


@dataclass(frozen=True, eq=False)  # compared by identity, so that it can key caches
class Registry:
    """All facts, and what follows from what (`implies`)."""

    facts: Mapping[str, Fact]
    implications: tuple[tuple[str, Value, str, Value], ...] = ()
    _ratios: tuple[Fact, ...] = field(init=False, default=())
    _order: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_order", {fact: i for i, fact in enumerate(self.facts)})
        object.__setattr__(self, "_ratios", tuple(f for f in self.facts.values() if f.ratio))

    def __getitem__(self, fact_id: str) -> Fact:
        try:
            return self.facts[fact_id]
        except KeyError:
            raise FactError(
                f"没有叫“{fact_id}”的事实；运行 python -m policy_kb facts 可看全部。"
            ) from None

    def parse(self, raw: Mapping[str, object]) -> dict[str, Value]:
        """Canonical facts of a JSON object; None values mean unknown and are left out."""
        return {
            fact_id: self[fact_id].parse(value)
            for fact_id, value in raw.items()
            if self[fact_id] and value is not None
        }

    def resolve(self, stated: Facts) -> dict[str, Value]:
        """Add what follows from the stated facts; what was stated itself is never changed."""
        known = dict(stated)
        changed = True
        while changed:
            changed = False
            for if_fact, if_value, then_fact, then_value in self.implications:
                if known.get(if_fact) == if_value and then_fact not in known:
                    known[then_fact] = then_value
                    changed = True
        for fact in self._ratios:
            share = self._share(fact, known)
            if share is not None:
                known[fact.id] = share
        return known

    @staticmethod
    def _share(fact: Fact, known: Facts) -> Decimal | None:
        """Percentage from its two parts; a share said outright gives way to known parts."""
        assert fact.ratio
        part, whole = (known.get(name) for name in fact.ratio)
        if isinstance(part, Decimal):
            if isinstance(whole, Decimal) and whole > 0:
                return part * 100 / whole
            if part == 0:
                return part
        return None

    def out_of_place(self, known: Facts) -> frozenset[str]:
        """Facts that nobody would ask a person of this age about without a reason."""
        age = known.get("age")
        if not isinstance(age, Decimal):
            return frozenset()
        return frozenset(
            f.id for f in self.facts.values() if f.up_to_age is not None and age > f.up_to_age
        )

    def askable(self, fact_ids: Iterable[str], known: Facts) -> tuple[str, ...]:
        """The base facts behind these that a person can be asked for, in registry order."""
        wanted: set[str] = set()
        for fact_id in fact_ids:
            for part in self.facts[fact_id].ratio or (fact_id,):
                if part not in known and self.facts[part].asked:
                    wanted.add(part)
        return tuple(sorted(wanted, key=self._order.__getitem__))


def plain(number: Decimal) -> str:
    """A number without exponent, thousands separators or trailing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def span_label(span: Span) -> str:
    """2025年6月15日, 2025年6月, 2025年, or a range of days."""
    if span.exact:
        return day_label(span.first)
    parts = str(span).split("-")
    if "/" in str(span):
        return f"{day_label(span.first)}至{day_label(span.last)}"
    return f"{parts[0]}年" if len(parts) == 1 else f"{parts[0]}年{int(parts[1])}月"


def day_label(day: object) -> str:
    """A date in Chinese: 2025年12月31日."""
    year, month, dom = str(day).split("-")
    return f"{year}年{int(month)}月{int(dom)}日"
