"""From a conversation to the files: what the links hold, and what is counted for the event."""

from __future__ import annotations

import re
from collections.abc import Callable

from actions.publicity import shelf
from actions.publicity.booking import listed
from actions.records.store import records
from tests.bot.conftest import Conversation

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
