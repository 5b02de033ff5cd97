"""A verdict as a card: the same result as in the text, in parts that a page can lay out."""

from __future__ import annotations

from typing import Any

from actions.state import MYSELF
from policy_kb.explain import amendment_lines, amount_line, because, steps_line, window_line
from policy_kb.facts import Facts, day_label
from policy_kb.model import Knowledge
from policy_kb.result import Result, Verdict

PROMISING = (Verdict.ELIGIBLE, Verdict.UNKNOWN)
LEFT_OPEN = ("department", "presumed", "outside")
LABELLED = ("金额", "时间", "步骤")


def card(kb: Knowledge, result: Result, stated: Facts, subject: str = MYSELF) -> dict[str, Any]:
    """Texts only, ready to be shown; empty ones are left out by whoever shows them.

    `open`: requirements that a missing fact decides. `checked`: those that only the department
    can tell, and those that the plan leaves to others.
    """
    provision = kb[result.provision].amended(result.as_of)
    promising = result.verdict in PROMISING
    reasons = [r for r in result.reasons if not r.says.startswith("window:")]
    return {
        "provision": provision.id,
        "subject": "" if subject == MYSELF else subject,
        "name": provision.name,
        "verdict": result.verdict.value,
        "label": result.verdict.label.strip("【】"),
        "means": (provision.means or {}).get(result.verdict.value, ""),
        "because": because(kb, provision, result, stated),
        "open": [r.says for r in reasons if r.status == "open"]
        if result.verdict is Verdict.UNKNOWN
        else [],
        "checked": [r.says.rstrip("。") for r in reasons if promising and r.status in LEFT_OPEN],
        "amount": _bare(amount_line(result.amount)) if promising and result.amount else "",
        "steps": _bare(steps_line(provision)) if result.verdict is Verdict.ELIGIBLE else "",
        "until": _bare(window_line(provision, result)) if promising else "",
        "documents": amendment_lines(provision, result),
        "departments": "、".join(provision.departments),
        "citation": provision.citation,
        "as_of": day_label(result.as_of),
    }


def _bare(line: str) -> str:
    """金额：1200元 without the word that a card has as its own label."""
    head, _, rest = line.partition("：")
    return rest if head in LABELLED else line
