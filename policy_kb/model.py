"""What the plan consists of: articles, provisions, their figures, windows and amendments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from policy_kb.amounts import names_in
from policy_kb.conditions import Check, Every, checks
from policy_kb.dates import Window
from policy_kb.errors import UnknownProvisionError
from policy_kb.facts import Fact, Registry, plain

NO_CONDITIONS = Every(())
ALWAYS = Window()


@dataclass(frozen=True)
class Figure:
    """A number of the plan, in 元, percent or days as its unit says."""

    id: str
    name: str
    value: Decimal
    unit: str
    said: str = ""  # how people call what or whom it is for, a pattern

    @property
    def factor(self) -> Decimal:
        """The number to compute with: a percentage as a fraction."""
        return self.value / 100 if self.unit == "%" else self.value

    @property
    def shown(self) -> str:
        return f"{plain(self.value)}%" if self.unit == "%" else plain(self.value)


@dataclass(frozen=True)
class Formula:
    """One way to compute the amount."""

    text: str
    unit: str = ""
    cap: bool = False  # a ceiling, not what one gets
    label: str = ""
    said: str = ""  # how people call what it goes by, a pattern


@dataclass(frozen=True)
class Limit:
    """A number that counts only up to a figure: taxes due, a loan, years of an award."""

    fact: str
    figure: str
    each: str = ""  # 户: one limit for each, however many persons there are in it


@dataclass(frozen=True)
class Charge:
    """Formulas of a contribution whose rate was lowered; `of` says whose part it is."""

    of: str
    due: str
    due_before: str
    saved: str


@dataclass(frozen=True)
class AmountRule:
    """How much it comes to: the first formula that can be computed counts, else `text`."""

    formulas: tuple[Formula, ...] = ()
    unit: str = ""
    cap: bool = False
    years: int = 0
    text: str = ""
    label: str = ""
    note: str = ""  # said besides, whatever the numbers
    limit: Limit | None = None
    charge: Charge | None = None


@dataclass(frozen=True)
class Gap:
    """A detail that people ask for and the plan does not give, and who sets it."""

    what: str
    set_by: str


@dataclass(frozen=True)
class Amendment:
    """A later notice that extends or replaces part of a measure, from `effective` on."""

    document: str
    issued: date
    effective: date
    note: str = ""
    start: date | None = None
    end: date | None = None
    figures: Mapping[str, Decimal] | None = None


@dataclass(frozen=True)
class Example:
    """A worked example from the YAML: facts and day in, expected outcome out."""

    line: int
    day: date
    facts: Mapping[str, object]
    verdict: str
    amount: str | None = None
    missing: tuple[str, ...] | None = None
    until: date | None = None


@dataclass(frozen=True)
class Provision:
    """One provision (条款), in the district's own plain words with the plan's exact figures."""

    id: str
    kind: str  # decide | tell
    name: str
    summary: str
    article: int | None
    section: str
    title: str
    short: str = ""
    audience: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()  # names and set phrases carried over verbatim
    aliases: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    lead: str = ""
    joint: tuple[str, ...] = ()
    funds: str = ""
    conditions: Every = NO_CONDITIONS
    window: Window = ALWAYS
    figures: tuple[Figure, ...] = ()
    amount: AmountRule | None = None
    steps: tuple[str, ...] = ()
    means: Mapping[str, str] | None = None
    discretion: tuple[str, ...] = ()
    apply: str = ""
    gaps: tuple[Gap, ...] = ()
    readings: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    best_of: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()  # provisions by which a group gets into this one
    amendments: tuple[Amendment, ...] = ()
    examples: tuple[Example, ...] = ()
    line: int = 0

    @property
    def decides(self) -> bool:
        return self.kind == "decide"

    @property
    def citation(self) -> str:
        """第15条, or 工作目标 / 工作要求（二） for the parts without articles."""
        return f"第{self.article}条" if self.article else self.section

    @property
    def articles(self) -> tuple[int, ...]:
        return (self.article,) if self.article else ()

    @property
    def departments(self) -> tuple[str, ...]:
        return ((self.lead,) if self.lead else ()) + self.joint

    def checks(self) -> tuple[Check, ...]:
        """All requirements on single facts, in order."""
        return self._checks

    @cached_property
    def _checks(self) -> tuple[Check, ...]:
        return tuple(checks(self.conditions))

    @cached_property
    def named_facts(self) -> tuple[str, ...]:
        """The facts that are presumed unless said otherwise."""
        return tuple(check.fact for check in self._checks if check.named)

    @cached_property
    def facts_used(self) -> frozenset[str]:
        """Whatever can bear on it: facts of conditions, window and amount (figures as well)."""
        names = {check.fact for check in self._checks} | {self.window.event or ""}
        for formula in self.amount.formulas if self.amount else ():
            names |= names_in(formula.text)
        return frozenset(names)

    @cached_property
    def facts_by_part(self) -> tuple[tuple[str, ...], ...]:
        """The facts that each of the conditions looks at, in order."""
        return tuple(
            tuple(dict.fromkeys(check.fact for check in checks(part)))
            for part in self.conditions.parts
        )

    def amended(self, as_of: date) -> Provision:
        """This provision as its amendments in force on `as_of` leave it, in order of effect."""
        current = self
        if not self.amendments:
            return self
        for amendment in self.in_force_amendments(as_of):
            window = current.window
            if amendment.start or amendment.end:
                window = replace(
                    window,
                    start=amendment.start or window.start,
                    end=amendment.end or window.end,
                )
            changed = amendment.figures or {}
            figures = tuple(
                replace(figure, value=changed.get(figure.id, figure.value))
                for figure in current.figures
            )
            current = replace(current, window=window, figures=figures)
        return current

    def in_force_amendments(self, as_of: date) -> tuple[Amendment, ...]:
        """The notices that have taken effect by `as_of`, earliest first."""
        if not self.amendments:
            return ()
        effective = [a for a in self.amendments if a.effective <= as_of]
        return tuple(sorted(effective, key=lambda amendment: amendment.effective))


@dataclass(frozen=True)
class Office:
    """A service point of a 镇街: the five things that 工作要求（二） orders published."""

    name: str
    address: str = ""
    hours: str = ""
    handles: str = ""
    telephone: str = ""
    complaints: str = ""


@dataclass(frozen=True)
class Line:
    """A telephone line and what it is for."""

    number: str
    name: str
    purpose: str


@dataclass(frozen=True)
class Parameter:
    """A value that the plan leaves to others, as the district entered it."""

    fact: str
    value: Decimal
    valid_from: date
    source: str


@dataclass(frozen=True)
class District:
    """What differs from district to district; parameters are empty until someone enters them."""

    name: str
    offices: tuple[Office, ...] = ()
    lines: tuple[Line, ...] = ()
    parameters: tuple[Parameter, ...] = ()

    def values(self, as_of: date) -> dict[str, Decimal]:
        """The parameters valid on a day, latest start first."""
        valid = sorted(
            (p for p in self.parameters if p.valid_from <= as_of), key=lambda p: p.valid_from
        )
        return {parameter.fact: parameter.value for parameter in valid}


@dataclass(frozen=True, eq=False)  # compared by identity, so that it can key caches
class Knowledge:
    """The whole knowledge base, immutable; `version` is the hash of its sources."""

    provisions: Mapping[str, Provision]
    registry: Registry
    district: District
    version: str

    def __getitem__(self, provision_id: str) -> Provision:
        try:
            return self.provisions[provision_id]
        except KeyError:
            raise UnknownProvisionError(provision_id) from None

    def fact(self, fact_id: str) -> Fact:
        return self.registry[fact_id]

    @cached_property
    def deciding(self) -> tuple[Provision, ...]:
        """The provisions that the engine decides."""
        return tuple(p for p in self.provisions.values() if p.decides)
