"""Answers as one text: links that can be tapped, numbers that can be typed, the rest on 更多."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.turns import Answer
from bot.channels.wechat.pages import first_page, size
from bot.channels.wechat.texts import say

MOST_LINKED = 240
"""Bytes of a choice that is still a link: its text stands in it twice."""

UNSAFE = re.compile(r"[&\"'<>#%?=+\\\s]")
"""What could end the link or be decoded on the way."""


@dataclass(frozen=True)
class Rendered:
    """A whole reply, however long, and the choices that a number stands for."""

    text: str
    choices: tuple[str, ...] = ()


def link(text: str, number: int = 0) -> str:
    """A link that says `text` in the user's name when tapped; the bare text where it cannot be one."""
    if UNSAFE.search(text) or size(text) > MOST_LINKED:
        return plain(text)
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={text}&msgmenuid={number}">{text}</a>'


def plain(text: str) -> str:
    """Text in which nothing can be taken for markup."""
    return text.replace("<", "＜")


def render(answers: Sequence[Answer], greeting: str = "", limit: int = 0) -> Rendered:
    """All answers of a turn, the choices as links; as bare numbers where only so they fit."""
    lines = [line for answer in answers for line in plain(answer.text).splitlines()]
    choices = tuple(dict.fromkeys(title for answer in answers for title in answer.buttons))
    lines = [greeting, *lines] if greeting else lines
    linked = "\n".join(_with_choices(lines, choices, linked=True))
    bare = "\n".join(_with_choices(lines, choices, linked=False))
    return Rendered(bare if size(bare) <= limit < size(linked) else linked, choices)


def _with_choices(lines: Sequence[str], choices: Sequence[str], linked: bool) -> Sequence[str]:
    """The choices below, or in their place where the text numbers them already."""
    shown = {
        f"{number}. {plain(title)}": f"{number}. {link(title, number) if linked else plain(title)}"
        for number, title in enumerate(choices, 1)
    }
    if all(line in lines for line in shown):
        return [shown.get(line, line) for line in lines]
    return [*lines, say("pick"), *shown.values()]


def joined(parts: Sequence[Rendered]) -> Rendered:
    """Several replies as one; the last one's choices count."""
    return Rendered("\n".join(p.text for p in parts), parts[-1].choices if parts else ())


def page(text: str, limit: int) -> tuple[str, str]:
    """What is shown now, at most `limit` bytes, and the rest that comes on 更多."""
    shown, rest = first_page(text, limit)
    if not rest:
        return shown, ""
    tail = "\n" + say("more_tail", link=link(say("more")))
    shown, rest = first_page(text, limit - size(tail))
    return shown.rstrip("\n") + tail, rest


def picked(text: str, choices: Sequence[str]) -> str:
    """The choice that a number (1、① １.) stands for, or the text itself."""
    digits = unicodedata.normalize("NFKC", text).strip(" .。、()")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else 0
    return choices[number - 1] if 1 <= number <= len(choices) else text
