"""One provision as the material tells it on the day of use; every line carries its article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from actions.publicity.document import Line
from actions.publicity.standing import Standing, days_left, standing
from actions.publicity.words import read_words, word
from policy_kb.decide import decide, known_facts
from policy_kb.explain import amendment_text, amount_line
from policy_kb.facts import Facts, day_label, plain
from policy_kb.figures import figures_in
from policy_kb.model import Figure, Knowledge, Provision
from policy_kb.reasons import describe, says
from policy_kb.result import Result, Verdict

TO_A_PERSON = re.compile(r"[，、；]?(?:也可以|或者)?要求转人工")
GAPS = 2
"""Open details told of one provision."""


@dataclass(frozen=True)
class Entry:
    """A provision, amended, and the day it is told for."""

    kb: Knowledge
    provision: Provision
    day: date

    @cached_property
    def standing(self) -> Standing:
        return standing(self.provision, self.day)

    @property
    def id(self) -> str:
        return self.provision.id

    @property
    def name(self) -> str:
        return self.provision.name

    @property
    def short(self) -> str:
        return self.provision.short or self.provision.name

    @property
    def cited(self) -> str:
        """（第15条）, or the part of the plan where it has no article."""
        return f"（{self.provision.citation}）"

    @property
    def badge(self) -> str:
        """The mark beside its name: 还有37天到期, 已到期; '' where it simply goes on."""
        if self.standing is Standing.ENDING:
            return word("badge.ending", days=days_left(self.provision, self.day))
        if self.standing is Standing.ON:
            return ""
        return word(f"badge.{self.standing.value}")

    def line(self, text: str, *own: str, lead: str = "") -> Line:
        """A line that relies on this provision."""
        return Line(text, (self.id,), own, lead)

    def plain(self) -> Line:
        """The provision in one plain sentence, with its article."""
        said = read_words("lines").get(self.id)
        text = str(said).format(**_figures(self.provision)) if said else self.provision.summary
        return self.line(_cited(text.replace(" ", ""), self.cited), lead=self.short)

    def when(self) -> Line:
        """Until when, and what that means today."""
        window = self.provision.window
        values = {
            "start": window.start and day_label(window.start),
            "end": window.end and day_label(window.end),
            "years": window.run_on_years,
            "cited": self.cited,
        }
        if self.standing is Standing.ON:
            key = "on_until" if window.end else "on_from" if window.start else "on"
            return self.line(word(f"when.{key}", **values))
        if self.standing is Standing.ENDING:
            left = days_left(self.provision, self.day)
            text = word("when.last_day" if left == 0 else "when.ending", days=left, **values)
            return self.line(text, f"{left}天")
        return self.line(word(f"when.{self.standing.value}", **values))

    def dated(self) -> Line | None:
        """`when`, where there is a date to tell."""
        window = self.provision.window
        return self.when() if window.start or window.end else None

    def ended(self) -> Line:
        """When it ended, what goes on for whom, and who is to be asked."""
        window = self.provision.window
        told = self.when().text
        if window.after and self.standing is Standing.ENDED:
            return self.line(told + window.after, lead=self.short)
        return self.line(told + word("when.ask", lead=self.provision.lead), lead=self.short)

    def amount(self) -> Line | None:
        """What one gets; where the plan gives no number, that it does not."""
        rule = self.provision.amount
        if rule is None or not rule.text:
            return None
        return self.line(self._figures_cited(rule.text), lead=word("label.amount"))

    def conditions(self) -> Line | None:
        """What has to be met, and what the departments look at besides."""
        parts = [says(part) for part in self.provision.conditions.parts]
        parts += [outside.rstrip("。") for outside in self.provision.discretion]
        text = "；".join(part for part in parts if part)
        return self.line(self._figures_cited(text), lead=word("label.conditions")) if text else None

    def steps(self) -> tuple[Line, ...]:
        return tuple(self.line(_cited(step, self.cited)) for step in self.provision.steps)

    def departments(self) -> Line | None:
        """Who leads."""
        names = "、".join(self.provision.departments)
        return self.line(names, lead=word("label.departments")) if names else None

    def apply(self) -> Line | None:
        """How to go about it; what only the conversation offers (转人工) is left out of print."""
        text = TO_A_PERSON.sub("", self.provision.apply)
        return self.line(text.rstrip("。") + "。", lead=word("label.apply")) if text else None

    def gaps(self) -> Line | None:
        """What people ask and the plan does not say, each with who sets it."""
        told = "；".join(f"{gap.what}（{gap.set_by}）" for gap in self.provision.gaps[:GAPS])
        return self.line(self._figures_cited(told), lead=self.short) if told else None

    def unsaid(self) -> Line | None:
        """The same for the ear."""
        gaps = "、".join(gap.what for gap in self.provision.gaps[:GAPS])
        return self.line(self._figures_cited(word("unsaid", gaps=gaps))) if gaps else None

    def notices(self) -> tuple[Line, ...]:
        """The later documents that it is told from."""
        return tuple(
            self.line(_cited(amendment_text(a).rstrip("。"), self.cited))
            for a in self.provision.in_force_amendments(self.day)
        )

    def _figures_cited(self, text: str) -> str:
        """The text, with its article where it holds a figure."""
        return _cited(text, self.cited) if any(figures_in(text)) else f"{text.rstrip('。')}。"

    def worked(self) -> Line | None:
        """A worked example, decided anew for the day of use; None where none holds on it."""
        for example in self.provision.examples:
            facts = self.kb.registry.parse(example.facts)
            result = decide(self.kb, self.id, facts, self.day)
            outcome = self._outcome(result, facts)
            if result.verdict is Verdict.ELIGIBLE and outcome:
                text = word("worked", case=self._case(facts), outcome=outcome.rstrip("。"))
                return self.line(_cited(text, self.cited), text, lead=self.short)
        return None

    def _outcome(self, result: Result, facts: Facts) -> str:
        """The amount that comes out, or what a share worked out from the facts means."""
        if not any(self.kb.fact(f).numeric for f in facts):
            return ""
        if result.amount and result.amount.value is not None:
            return amount_line(result.amount)
        shares = [self.kb.fact(share).ratio or () for share in self._shares(facts)]
        without = {f: v for f, v in facts.items() if not any(f == whole for _, whole in shares)}
        decisive = decide(self.kb, self.id, without, self.day).verdict is not Verdict.ELIGIBLE
        means = (self.provision.means or {}).get("eligible") or word("meets")
        return means if shares and decisive else ""

    def _case(self, facts: Facts) -> str:
        """The facts of an example in words; a share with its working instead of its parts."""
        known = known_facts(self.kb, facts, self.day)
        shares = self._shares(facts)
        parts = {part for share in shares for part in self.kb.fact(share).ratio or ()}
        told = [f for f in facts if f not in parts and not self._is_yes_or_no(f)]
        return "，".join(describe(self.kb, fact, known) for fact in (*told, *shares))

    def _is_yes_or_no(self, fact: str) -> bool:
        return self.kb.fact(fact).type == "bool"

    def _shares(self, facts: Facts) -> list[str]:
        """The shares looked at that these facts work out."""
        used = sorted(self.provision.facts_used & self.kb.registry.facts.keys())
        return [f for f in used if (ratio := self.kb.fact(f).ratio) and set(ratio) <= set(facts)]


def _cited(text: str, cited: str) -> str:
    """The text with its article before the full stop, unless it names it already."""
    if cited.strip("（）") in text:
        return text
    return f"{text.rstrip('。')}{cited}。"


def _figures(provision: Provision) -> dict[str, str]:
    return {figure.id: shown(figure) for figure in provision.figures}


def shown(figure: Figure) -> str:
    """A figure as people say it: 15万元, 9000元/人/年, 50%, 2倍."""
    head, slash, period = figure.unit.partition("/")
    whole = figure.value >= 10000 and figure.value % 1000 == 0
    if head == "元" and whole:
        return f"{plain(figure.value / Decimal(10000))}万元{slash}{period}"
    return f"{plain(figure.value)}{figure.unit}"
