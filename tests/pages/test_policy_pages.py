"""Policy pages: one a provision, everything that 工作要求（二） orders published, as of the day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.pages.policy import STATUSES, policy_list, policy_page, status_of
from bot.pages.routes import page
from policy_kb.model import Amendment, Knowledge, Office
from policy_kb.store.sources import load_sources

KB = load_sources()
SUMMER, TODAY = date(2025, 6, 15), date(2026, 11, 24)


@pytest.mark.parametrize(
    ("provision_id", "day", "status"),
    [
        ("15.2", date(2024, 12, 31), "not_started"),
        ("15.2", date(2025, 1, 1), "in_force"),
        ("15.2", date(2025, 10, 31), "in_force"),
        ("15.2", date(2025, 11, 1), "ending"),
        ("15.2", date(2025, 12, 31), "ending"),
        ("15.2", date(2026, 1, 1), "expired"),
        ("2.2", date(2026, 1, 1), "running_on"),
        ("4.2", TODAY, "lasting"),
        ("18.3", TODAY, "tell"),
    ],
)
def test_status_at_the_edges(provision_id: str, day: date, status: str) -> None:
    assert status_of(KB[provision_id], day) == status


def test_an_amendment_changes_the_status_and_is_cited() -> None:
    notice = Amendment(
        "关于延续就业见习补贴的通知",
        date(2026, 2, 1),
        date(2026, 1, 1),
        "延续一年",
        end=date(2026, 12, 31),
    )
    kb = with_provision(KB, "15.2", amendments=(notice,))
    assert status_of(kb["15.2"], TODAY) == "ending"
    shown = policy_page(kb, "15.2", TODAY)
    assert "2026年12月31日" in shown["period"]
    assert any("关于延续就业见习补贴的通知" in line for line in shown["amendments"])


def with_provision(kb: Knowledge, provision_id: str, **changes: object) -> Knowledge:
    changed = replace(kb[provision_id], **changes)  # type: ignore[arg-type]
    return replace(kb, provisions={**kb.provisions, provision_id: changed})


@pytest.mark.parametrize("day", [SUMMER, TODAY])
@pytest.mark.parametrize("provision_id", list(KB.provisions))
def test_every_provision_has_its_page(provision_id: str, day: date) -> None:
    shown = policy_page(KB, provision_id, day)
    body = page("policy.html", policy=shown).body.decode()
    text = re.sub(r"<[^>]+>", " ", body)
    provision = KB[provision_id]
    for words in (provision.name, provision.summary[:20], provision.citation, "12345"):
        assert words in text or words in body
    assert all(department in text for department in provision.departments)
    assert shown["status"] in STATUSES and "None" not in text and "{" not in text


def test_offices_are_shown_with_the_five_things_ordered() -> None:
    office = Office(
        "某街道便民服务中心", "某路1号", "工作日9:00-17:00", "失业登记", "0631-1", "0631-2"
    )
    kb = replace(KB, district=replace(KB.district, offices=(office,)))
    body = page("policy.html", policy=policy_page(kb, "13.1", TODAY)).body.decode()
    for words in ("某路1号", "工作日9:00-17:00", "失业登记", "0631-1", "0631-2"):
        assert words in body


def test_the_list_filters_by_audience_status_and_words() -> None:
    everything = policy_list(KB, SUMMER)
    assert [entry["id"] for entry in everything] == list(KB.provisions)
    persons = policy_list(KB, SUMMER, audience="person", status="in_force")
    assert persons and all("person" in KB[e["id"]].audience for e in persons)
    assert all(e["status"] == "in_force" for e in persons)
    assert [e["id"] for e in policy_list(KB, SUMMER, search="见习 青年")][:1] == ["15.2"]
    assert policy_list(KB, SUMMER, search="没有这样的词") == []
    assert policy_list(KB, SUMMER, audience="<b>") == []
