"""The one result object that every channel, page and program reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from policy_kb.amounts import Amount
from policy_kb.dates import WindowState


class Verdict(str, Enum):
    """The answer to "am I entitled", final only when no missing fact can change it."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    NOT_STARTED = "not_started"

    @property
    def label(self) -> str:
        return VERDICT_LABELS[self]


VERDICT_LABELS = {
    Verdict.ELIGIBLE: "【符合条件】",
    Verdict.INELIGIBLE: "【不符合条件】",
    Verdict.UNKNOWN: "【还需确认】",
    Verdict.EXPIRED: "【已到期】",
    Verdict.NOT_STARTED: "【尚未开始】",
}


@dataclass(frozen=True)
class Reason:
    """One requirement and how it stands.

    `status`: met | not_met | open (a missing fact decides) | department (only the department
    can tell) | presumed (not asked, named as a condition) | outside (left to other rules).
    """

    status: str
    says: str
    facts: tuple[str, ...] = ()
    because: str = ""  # the facts behind it, in words: 裁员7人，职工64人（10.94%）

    def to_json(self) -> dict[str, object]:
        return {
            "status": self.status,
            "says": self.says,
            "facts": list(self.facts),
            "because": self.because,
        }


@dataclass(frozen=True)
class Result:
    """What was decided about one provision for one set of facts on one day."""

    provision: str
    verdict: Verdict
    amount: Amount | None
    missing: tuple[str, ...]
    reasons: tuple[Reason, ...]
    articles: tuple[int, ...]
    valid_until: date | None
    as_of: date
    kb_version: str
    window: WindowState
    presumed: tuple[str, ...] = ()  # facts taken for granted, which could still change it
    documents: tuple[str, ...] = ()  # amendments relied on, cited beside the article

    def to_json(self) -> dict[str, object]:
        """The object of the contract's `evaluate --json`."""
        return {
            "provision": self.provision,
            "verdict": self.verdict.value,
            "amount": self.amount.to_json() if self.amount else None,
            "missing": list(self.missing),
            "reasons": [reason.to_json() for reason in self.reasons],
            "articles": list(self.articles),
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
            "as_of": self.as_of.isoformat(),
            "kb_version": self.kb_version,
        }
