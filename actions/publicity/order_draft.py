"""What is known of material that is being ordered: heard in messages, kept in the conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.publicity.brief import MINUTES
from actions.publicity.heard import day_of, host_of, minutes_of
from actions.publicity.topics import audience_of, audiences, topics_in
from actions.publicity.words import read_words
from actions.turn import Turn

THING = re.compile(
    r"(?:讲稿|讲义|课件|[Pp]{2}[Tt]|幻灯片|明白纸|广播稿|广播词|传单|宣传单|折页|宣传册|宣传材料|宣讲材料|宣传资料|宣讲资料|"
    r"政策清单|推文|公众号文章|新闻稿|通稿|问答稿|宣传稿|长图"
    r")(?![上里中说写])"
)
PAPER = re.compile(r"材料|资料|稿子|文章")
OCCASION = re.compile(
    r"宣讲|宣传|讲座|讲课|发给|张贴|四送|进企业|进村|入村|进校园|到校园|上媒体|分钟|公众号|大喇叭|广播|培训会"
)
WISH = re.compile(
    r"给(?:我|我们|俺|咱|俺们|咱们)|(?:做|写|出|来|要|弄|整|准备|生成|制作|拟|编|发)[^，。]{0,4}(?:一|个|几|\d)?(?:份|张|篇|套|个|些|段|页)|"
    r"(?:做|写|出|准备|生成|制作|拟|编|弄|整)(?:个|一下|点)?|想要|需要一|我要|求一|帮"
)
POINTS = re.compile(r"要点|几条")
ASKING = re.compile(
    r"什么材料|哪些材料|啥材料|什么资料|材料(?:吗|不)|带.{0,4}材料|要交|提交|申请材料|证明材料"
)
CHOSEN_FOR_ME = re.compile(
    r"都行|都可以|随便|你定|您定|你看着|您看着|默认|常用|不知道|不清楚|无所谓"
)
FORMAT_WORDS = {
    "pdf": re.compile(r"(?i)pdf"),
    "docx": re.compile(r"(?i)word|docx"),
    "png": re.compile(r"(?i)长图|图片|png"),
    "txt": re.compile(r"(?i)纯?文本|txt"),
    "html": re.compile(r"(?i)网页|html"),
}


def wants_material(text: str) -> bool:
    """Whether a message orders material, rather than points or papers for an application."""
    if POINTS.search(text) or ASKING.search(text) or not WISH.search(text):
        return False
    return bool(THING.search(text) or (PAPER.search(text) and OCCASION.search(text)))


def with_heard(turn: Turn, draft: Mapping[str, Any]) -> dict[str, Any]:
    """The draft with what this message adds; what it leaves to us is filled in."""
    new = dict(draft)
    text = turn.text
    if not new.get("audience"):
        new["audience"] = audience_of(text) or ""
    day = day_of(text, turn.loose, turn.as_of)
    if day:
        new["day"] = day.isoformat()
    minutes = minutes_of(text)
    if minutes in MINUTES:
        new["minutes"] = minutes
    if new["audience"]:
        spoken = topics_in(THING.sub("", text), new["audience"])
        new["topics"] = list(spoken or new.get("topics") or ())
    new["formats"] = new.get("formats") or formats_named(text)
    new["forms"] = new.get("forms") or forms_named(text)
    new["host"] = new.get("host") or host_of(text)
    if draft and CHOSEN_FOR_ME.search(text):
        new["day"] = new.get("day") or turn.as_of.isoformat()
        if new["audience"]:
            new["topics"] = new.get("topics") or list(audiences()[new["audience"]].defaults)
    if turn.text in ("今天用", "今天") or re.search(r"今天(?:就)?(?:用|讲|播|发)", turn.text):
        new["day"] = turn.as_of.isoformat()
    return new


def forms_named(text: str) -> list[str]:
    """The forms asked for by name."""
    forms = read_words("talk")["forms"]
    return [form for form, names in forms.items() if any(name in text for name in names)]


def formats_named(text: str) -> list[str]:
    """The formats asked for by name."""
    return [one for one, words in FORMAT_WORDS.items() if words.search(text)]
