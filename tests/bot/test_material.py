"""From a conversation to the files: what the links hold, and what is counted for the event."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from actions.publicity import shelf
from actions.publicity.booking import listed
from actions.publicity.reach import counts
from actions.records.store import records
from tests.bot.conftest import Assistant, Conversation

Begin = Callable[[str], Conversation]
LINK = re.compile(r"/material/(\w+)/([\w.]+)")


def test_the_links_hold_what_was_ordered(begin: Begin) -> None:
    conversation = begin("2026-11-24")
    conversation.say("我是二中就业办的，下周三宣讲，给我一份20分钟的材料")
    answer = conversation.say("实习和创业贷款")
    links = LINK.findall(answer.text)
    assert {name for _, name in links} >= {"handout.docx", "handout.pdf", "slides.pdf"}
    path = shelf.find(links[0][0], "handout.txt")
    assert path is not None
    told = path.read_text("utf-8")
    for words in (
        "二中就业办",
        "2026年12月2日",
        "这20分钟怎么讲",
        "最高15万元",
        "已到期（第15条）",
    ):
        assert words in told
    assert re.search(r"event=campus-20261202-\w{4}", told)


def test_a_booking_keeps_the_number_and_the_conversation_does_not(begin: Begin) -> None:
    conversation = begin("2026-11-24")
    conversation.say("预约宣讲")
    conversation.say("12月16号上午，李家村村委会，45人，讲创业")
    conversation.say("找张书记，13711112222")
    (visit,) = [v for v in listed(records()) if v.contact.endswith("13711112222")]
    assert (visit.place, visit.people, visit.topics) == ("李家村村委会", 45, "创业")
    assert visit.contact.startswith("张书记")
    assert "13711112222" not in str(conversation.slots())


def test_a_number_said_early_is_kept_for_the_booking_only(begin: Begin) -> None:
    conversation = begin("2026-11-24")
    conversation.say("预约宣讲，我姓赵，13633334444")
    assert "13633334444" not in str(conversation.slots())
    answer = conversation.say("12月17号上午，李家村村委会，45人，讲创业")
    assert "136****4444" in answer.text
    (visit,) = [v for v in listed(records()) if v.contact.endswith("13633334444")]
    assert visit.contact.startswith("赵")


def test_what_comes_from_an_event_is_counted_for_it(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The channel passes the tag on; conversation, topic and verdict are counted, nothing else."""
    monkeypatch.setenv("POLICY_DATE", "2026-11-24")
    for text in ("就业见习补贴现在还能申请吗", "归哪个部门管"):
        assistant.heard(text, "reach-test", {"event": "fair_1"})
    assistant.heard("就业见习补贴现在还能申请吗", "reach-other", {"event": "not a tag"})
    found = {(c.kind, c.channel, c.topic, c.verdict): c.count for c in counts(records()) if c.event}
    assert found == {
        ("conversation", "web", "", ""): 1,
        ("answer", "web", "15.2", "expired"): 1,
        ("answer", "web", "15.2", ""): 1,
    }
