"""What a policy page and the list of policies show; texts only, on a given day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from actions.card import card
from bot.pages.words import word, words
from policy_kb.dates import WindowState
from policy_kb.decide import decide
from policy_kb.explain import amendment_text, period_text
from policy_kb.model import Knowledge, Provision
from policy_kb.reasons import says
from policy_kb.store.official_text import cited_text

ENDING = timedelta(days=60)
"""A measure is marked as ending this long before its last day."""

STATUSES = ("in_force", "ending", "lasting", "running_on", "expired", "not_started", "tell")


def status_of(provision: Provision, as_of: date) -> str:
    """One of STATUSES for the provision as amended on that day."""
    window = provision.amended(as_of).window
    state = window.state(as_of)
    if state is WindowState.NOT_STARTED:
        return "not_started"
    if state is WindowState.EVENT_NEEDED:
        return "running_on"
    if state is WindowState.EXPIRED:
        return "expired"
    if window.end is not None:
        return "ending" if window.end - as_of <= ENDING else "in_force"
    return "lasting" if provision.decides else "tell"


def policy_page(kb: Knowledge, provision_id: str, as_of: date) -> dict[str, Any]:
    """Everything that part three (二) orders published about one provision."""
    provision = kb[provision_id].amended(as_of)
    named = [c.says for c in provision.checks() if c.named]
    asked = [says(p) for p in provision.conditions.parts if says(p) not in named]
    decided = card(kb, decide(kb, provision_id, {}, as_of), {}) if provision.decides else {}
    return {
        **_entry(kb, provision_id, as_of),
        "title": provision.title,
        "who": _audience(provision),
        "conditions": asked,
        "presumed": [*named, *provision.discretion],
        "amount": decided.get("amount") or (provision.amount.text if provision.amount else ""),
        "period": decided.get("until") or period_text(provision).partition("：")[2],
        "apply": provision.apply,
        "steps": provision.steps,
        "departments": "、".join(provision.departments),
        "funds": provision.funds,
        "amendments": [amendment_text(a) for a in kb[provision_id].in_force_amendments(as_of)],
        "gaps": [word("policy_gap", what=g.what, set_by=g.set_by) for g in provision.gaps],
        "readings": provision.readings,
        "see": [_entry(kb, other, as_of) for other in provision.see],
        "offices": kb.district.offices,
        "lines": kb.district.lines,
        "official": cited_text(provision.citation),
        "decides": provision.decides,
    }


def policy_list(
    kb: Knowledge, as_of: date, audience: str = "", status: str = "", search: str = ""
) -> list[dict[str, Any]]:
    """All provisions in the order of the plan, or those that fit what was chosen."""
    entries = [_entry(kb, provision_id, as_of) for provision_id in kb.provisions]
    return [
        entry
        for entry in entries
        if (not audience or audience in kb[entry["id"]].audience)
        and (not status or entry["status"] == status)
        and all(word in _searchable(kb[entry["id"]]) for word in search.split())
    ]


def _entry(kb: Knowledge, provision_id: str, as_of: date) -> dict[str, Any]:
    provision = kb[provision_id]
    status = status_of(provision, as_of)
    return {
        "id": provision_id,
        "name": provision.name,
        "short": provision.short or provision.name,
        "summary": provision.summary,
        "citation": provision.citation,
        "status": status,
        "status_text": _words("statuses")[status],
        "audience": _audience(provision),
    }


def _audience(provision: Provision) -> str:
    return "、".join(_words("audiences")[who] for who in provision.audience)


def _words(group: str) -> Mapping[str, str]:
    found: Mapping[str, str] = words()[group]
    return found


def _searchable(provision: Provision) -> str:
    return " ".join(
        (provision.name, provision.short, provision.summary, provision.citation, *provision.aliases)
    )
