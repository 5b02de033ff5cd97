"""A verdict as a card: the same result as in the text, in parts that a page can lay out."""

from __future__ import annotations

from typing import Any

from policy_kb.explain import amendment_lines, amount_line, expired_text, window_line
from policy_kb.facts import day_label
from policy_kb.model import Knowledge
from policy_kb.result import Result, Verdict

PROMISING = (Verdict.ELIGIBLE, Verdict.UNKNOWN)


def card(kb: Knowledge, result: Result) -> dict[str, Any]:
    """Texts only, ready to be shown; empty ones are left out by whoever shows them.

    `open`: requirements that a missing fact decides. `checked`: those that only the department
    can tell, and those that the plan leaves to others.
    """
    provision = kb[result.provision].amended(result.as_of)
    promising = result.verdict in PROMISING
    asked = [r.says for r in result.reasons if r.status == "open" and not _of_window(r.says)]
    failed = [r for r in result.reasons if r.status == "not_met" and not _of_window(r.says)]
    return {
        "provision": provision.id,
        "name": provision.name,
        "verdict": result.verdict.value,
        "label": result.verdict.label.strip("【】"),
        "means": (provision.means or {}).get(result.verdict.value, ""),
        "amount": amount_line(result.amount) if promising and result.amount else "",
        "until": _until(kb, result),
        "citation": provision.citation,
        "departments": "、".join(provision.departments),
        "open": asked if result.verdict is Verdict.UNKNOWN else [],
        "failed": [f"{r.says}（{r.because}）" if r.because else r.says for r in failed],
        "checked": [
            r.says.rstrip("。")
            for r in result.reasons
            if promising
            and r.status in ("department", "presumed", "outside")
            and not _of_window(r.says)
        ],
        "documents": amendment_lines(provision, result),
        "as_of": day_label(result.as_of),
    }


def _of_window(says: str) -> bool:
    return says.startswith("window:")


def _until(kb: Knowledge, result: Result) -> str:
    provision = kb[result.provision].amended(result.as_of)
    if result.verdict is Verdict.EXPIRED:
        return expired_text(provision)
    return window_line(provision, result)
