"""Entry by department: what one of them leads."""

from __future__ import annotations

import re

from actions.reply import Reply, joined
from actions.texts import say
from actions.turn import Turn

LEADS_WHAT = re.compile(
    r"(?:管|负责|牵头|办)(?:着|的)?(?:了)?(?:哪些|什么|啥|哪几)|有(?:哪些|什么|啥)(?:政策|职责|业务)|职责"
)
MOST_CITED = 5


def led_by(turn: Turn) -> Reply | None:
    """The provisions that a department named in the message leads, if that is asked."""
    if not LEADS_WHAT.search(turn.text):
        return None
    named = _named(turn)
    if named is None:
        return None
    led = [p for p in turn.kb.provisions.values() if p.lead == named]
    shared = [p for p in turn.kb.provisions.values() if named in p.joint]
    shown = (led or shared)[:MOST_CITED]
    names = "、".join(f"{p.name}（{p.citation}）" for p in shown)
    rest = [p.name for p in (led or shared)[MOST_CITED:]]
    lines = [say("led" if led else "led_jointly", department=named, names=names)]
    if rest:
        lines.append(say("led_rest", names="、".join(rest)))
    return Reply(joined(lines), provisions=tuple(p.id for p in shown))


def _named(turn: Turn) -> str | None:
    """The department named, in full (区财政局) or without its 区 (财政局)."""
    departments = {d for p in turn.kb.provisions.values() for d in p.departments}
    for name in sorted(departments, key=len, reverse=True):
        if name in turn.text or (len(name) > 3 and name.removeprefix("区") in turn.text):
            return name
    return next(
        (full for short, full in SHORT_NAMES.items() if short in turn.text and full in departments),
        None,
    )


SHORT_NAMES = {
    "人社局": "区人力资源社会保障局",
    "人社": "区人力资源社会保障局",
    "住建局": "区住房城乡建设局",
    "发改局": "区发展改革局",
    "教体局": "区教育和体育局",
    "团委": "团区委",
    "总工会": "区总工会",
    "公安": "区公安分局",
}
"""What people call the departments."""
