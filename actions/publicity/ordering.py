"""Material in conversation: what is asked for, what is still missing, the links to the files."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from actions.about import Response
from actions.publicity import shelf
from actions.publicity.brief import MINUTES, Brief
from actions.publicity.heard import day_of, host_of, minutes_of
from actions.publicity.material import Material
from actions.publicity.pack import File, listing
from actions.publicity.topics import audience_of, audiences, offered_to, topics, topics_in
from actions.publicity.words import numbers_in, read_words, sentence, word
from actions.reply import Reply, joined
from actions.state import State
from actions.turn import Turn
from policy_kb.facts import day_label

MODE = "material"
DRAFT = "draft"

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


def order_material(turn: Turn) -> Response:
    """A new order, with whatever the message says already."""
    return _go_on(turn, {})


def continue_order(turn: Turn) -> Response:
    """The answer to what was missing."""
    return _go_on(turn, dict(turn.state.last.get(DRAFT) or {}))


def _go_on(turn: Turn, draft: Mapping[str, Any]) -> Response:
    draft = _with_heard(turn, draft)
    state = replace(
        turn.state, mode=MODE, asking=(), last={**turn.state.last, DRAFT: dict(draft)}, misses=0
    )
    missing = [key for key in ("audience", "day", "topics") if not draft.get(key)]
    day = date.fromisoformat(draft["day"]) if draft.get("day") else None
    if day and day < turn.as_of:
        past = said("past", day=day_label(day))
        return _asks({**draft, "day": ""}, ["day"], state, past)
    if missing:
        return _asks(draft, missing, state)
    assert day is not None
    return _made(turn, draft, day, state)


def _with_heard(turn: Turn, draft: Mapping[str, Any]) -> dict[str, Any]:
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
    new["formats"] = new.get("formats") or [f for f, w in FORMAT_WORDS.items() if w.search(text)]
    new["forms"] = new.get("forms") or _forms_named(text)
    new["host"] = new.get("host") or host_of(text)
    if draft and CHOSEN_FOR_ME.search(text):
        new["day"] = new.get("day") or turn.as_of.isoformat()
        if new["audience"]:
            new["topics"] = new.get("topics") or list(audiences()[new["audience"]].defaults)
    if turn.text in ("今天用", "今天") or re.search(r"今天(?:就)?(?:用|讲|播|发)", turn.text):
        new["day"] = turn.as_of.isoformat()
    return new


def _asks(draft: Mapping[str, Any], missing: list[str], state: State, before: str = "") -> Response:
    """What is missing, all of it at once; the first of it as the question."""
    audience = draft.get("audience") or ""
    names = [topics()[key].name for key in offered_to(audience)] if audience else []
    wanted = [
        said(f"ask_{key}", choices="、".join(names)) for key in missing if key != "topics" or names
    ]
    known = said("known", known=_known(draft)) if _known(draft) else ""
    buttons = {
        "audience": tuple(a.name for a in audiences().values()),
        "day": (said("today"),),
        "topics": (said("all_topics"), *names),
    }[missing[0]]
    text = joined(
        [
            before,
            said("missing", known=known, missing="；".join(wanted)),
            said("ask", first=said(f"first.{missing[0]}")),
        ]
    )
    reply = Reply(
        text, "question", ("18.3",), verdict="unknown", buttons=buttons, figures=numbers_in(text)
    )
    return reply, replace(state, last={**state.last, DRAFT: dict(draft)})


def _known(draft: Mapping[str, Any]) -> str:
    """What is understood so far, for the person to put right."""
    parts = [
        audiences()[draft["audience"]].name if draft.get("audience") else "",
        day_label(draft["day"]) if draft.get("day") else "",
        f"{draft['minutes']}分钟" if draft.get("minutes") else "",
        "、".join(topics()[key].name for key in draft.get("topics") or ()),
    ]
    return "，".join(part for part in parts if part)


def _made(turn: Turn, draft: Mapping[str, Any], day: date, state: State) -> Response:
    event = f"{draft['audience']}-{day:%Y%m%d}-{secrets.token_hex(2)}"
    minutes = int(draft.get("minutes") or 0)
    topics_chosen = tuple(draft["topics"])
    brief = Brief(
        draft["audience"], day, topics_chosen, minutes, host=draft.get("host") or "", event=event
    )
    material = Material(turn.kb, brief)
    order_id = shelf.order(brief)
    files = [
        (
            said(
                "label",
                name=word(f"{brief.audience}.{f.form}.name"),
                format=said(f"format_names.{f.format}"),
            ),
            shelf.url(order_id, f.name),
        )
        for f in _wanted(brief.audience, draft)
    ]
    text = joined(
        [
            said(
                "made", summary=_known({**draft, "minutes": brief.minutes if brief.spoken else 0})
            ),
            said(
                "counted",
                day=day_label(day),
                current=len(material.current),
                ended=len(material.ended),
            ),
            *(said("file", label=label, url=address) for label, address in files),
            said("more"),
        ]
    )
    last = {k: v for k, v in state.last.items() if k != DRAFT}
    reply = Reply(text, "publicity", ("18.3",), figures=numbers_in(text), files=tuple(files))
    return reply, replace(state.done(), last=last)


def _forms_named(text: str) -> list[str]:
    """The forms asked for by name."""
    forms = read_words("talk")["forms"]
    return [form for form, names in forms.items() if any(name in text for name in names)]


def _wanted(audience: str, draft: Mapping[str, Any]) -> Iterator[File]:
    """The files to tell: of the forms named, else of all; in the formats named, else the usual."""
    files = listing(audience)
    named = {f.form for f in files} & set(draft.get("forms") or ())
    for file in files:
        usual = draft.get("formats") or read_words("talk")["formats"][file.form]
        if file.format in usual and (not named or file.form in named):
            yield file


def said(key: str, /, **values: object) -> str:
    """A sentence of talk.yaml by its dotted key."""
    return sentence("talk", key, **values)
