"""What goes back: text that stands on its own, choices, and the contract's custom object."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from policy_kb.amounts import Amount
from policy_kb.facts import plain
from policy_kb.model import Knowledge
from policy_kb.result import Result


@dataclass(frozen=True)
class Reply:
    """One answer. `kind` as in the contract; `results` are the verdicts it states."""

    text: str
    kind: str = "answer"
    provisions: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()
    buttons: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    verdict: str | None = None
    figures: tuple[str, ...] = ()  # computed for this reply, beside those of its results
    files: tuple[tuple[str, str], ...] = ()  # material to fetch: what it is, and its address

    def after(self, lines: Iterable[str]) -> Reply:
        """The same with these lines before its text."""
        return replace(self, text=joined([*lines, self.text]))

    def following(self, aside: Reply) -> Reply:
        """This reply with a side answer before it, relying on the provisions of both."""
        relied_on = tuple(dict.fromkeys((*self.provisions, *aside.provisions)))
        figures = (*self.figures, *aside.figures)
        own = self.text.split("\n")
        text = joined([*(line for line in aside.text.split("\n") if line not in own), *own])
        return replace(self, text=text, provisions=relied_on, figures=figures)

    def custom(self, kb: Knowledge, as_of: date) -> dict[str, Any]:
        """The contract's object: items besides where several provisions are decided."""
        articles = cited_articles(self.text)
        body: dict[str, Any] = {
            "kind": self.kind,
            "provisions": list(self.provisions),
            "articles": articles,
            "verdict": self.verdict,
            "amount": None,
            "valid_until": None,
            "asking": list(self.asking),
            "as_of": as_of.isoformat(),
            "kb_version": kb.version,
        }
        if self.files:
            body["files"] = [{"title": title, "url": url} for title, url in self.files]
        if len(self.results) == 1:
            result = self.results[0]
            body["amount"] = result.amount.to_json() if result.amount else None
            body["valid_until"] = result.valid_until.isoformat() if result.valid_until else None
        if len(self.results) > 1:
            body["items"] = [_item(result) for result in self.results]
        return body


def _item(result: Result) -> dict[str, Any]:
    return {
        "provision": result.provision,
        "verdict": result.verdict.value,
        "amount": result.amount.to_json() if result.amount else None,
        "articles": list(result.articles),
    }


def amount_figures(amount: Amount | None) -> tuple[str, ...]:
    """The numbers that telling an amount may bring into a text."""
    if amount is None:
        return ()
    found = [number for line in amount.working for number in re.findall(r"\d+(?:\.\d+)?", line)]
    for value in (amount.value, amount.total):
        if value is not None:
            rounded = value.quantize(Decimal("0.01"))
            found += [plain(rounded), plain(rounded / 10000)]
    return (*found, str(amount.years))


def cited_articles(text: str) -> list[int]:
    """The articles cited as 第N条, in order of first mention."""
    return list(dict.fromkeys(int(number) for number in re.findall(r"第(\d+)条", text)))


def joined(lines: Sequence[str]) -> str:
    """Lines without empty ones; Rasa's REST channel would split a text at a blank line."""
    return "\n".join(line for line in lines if line)
