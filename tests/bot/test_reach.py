"""Whom an event reached, counted in conversation."""

from __future__ import annotations

from typing import Any

from actions.publicity.reach import counts
from actions.records.store import records


def test_a_tag_stays_with_the_conversation_until_another_comes(begin: Any, assistant: Any) -> None:
    """On WeChat only the scan carries it; the questions that follow belong to the event as well."""
    talk = begin("2025-06-15")
    assistant.command(talk.sender, "您好", {"event": "幸福街道-0615"})
    talk.say("见习补贴多少钱")
    talk.say("清空重来")
    talk.say("归哪个部门管")
    assistant.command(talk.sender, "您好", {"event": "二中-0616"})
    found = {
        (count.event, count.kind): count.count
        for event in ("幸福街道-0615", "二中-0616")
        for count in counts(records(), event=event)
        if not count.topic
    }
    assert found[("幸福街道-0615", "conversation")] == 1
    assert found[("二中-0616", "conversation")] == 1
    told = sum(c.count for c in counts(records(), event="幸福街道-0615") if c.kind == "answer")
    assert told == 4
