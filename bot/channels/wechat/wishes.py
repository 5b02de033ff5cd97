"""What a message or an event asks of us."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from actions.knowledge import knowledge
from bot.channels.wechat.menu import sentence_of
from bot.channels.wechat.messages import Incoming
from bot.channels.wechat.texts import say, texts
from bot.masking import safe_text
from policy_kb.errors import UnknownProvisionError

TOPIC = re.compile(r"topic-([A-Za-z0-9.]{1,10})")
"""A scene of a QR code or a menu key that opens a provision: topic-15.2."""

FROM_QR = "qrscene_"
LONGEST_TAG = 64
"""Characters of a scene, as the platform allows."""

SEEN = {"image": "image", "voice": "voice", "location": "location"}
TAPPED = ("click", "subscribe", "scan")


@dataclass(frozen=True)
class Ask:
    """A turn of conversation, with a greeting before its answer where one is due."""

    text: str
    cut: bool = False
    greeting: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Tell:
    """A fixed sentence; nothing where it is empty."""

    text: str = ""


@dataclass(frozen=True)
class More:
    """The rest of a long answer, or, where nothing is left, the words as they stand."""

    otherwise: Ask


@dataclass(frozen=True)
class Fetch:
    """The answer that took too long."""


@dataclass(frozen=True)
class Leave:
    """Unsubscribed: everything of this user goes."""


Wish = Ask | Tell | More | Fetch | Leave


def wish_of(message: Incoming) -> Wish:
    """What this message wants. A number is turned into a choice later, where choices are known."""
    if message.kind == "event":
        return _event(message)
    said = message.fields.get("Content" if message.kind == "text" else "Recognition", "")
    if message.kind == "text" and said != texts()["unsupported"]:
        return _text(said)
    if message.kind == "voice" and said:
        return _text(said)
    return Tell(say(SEEN.get(message.kind, "other")))


def is_tap(message: Incoming) -> bool:
    """Whether the platform counts this as a tap: menu, QR, follow, or a link in a text."""
    return message.event in TAPPED or "bizmsgmenuid" in message.fields


def _text(said: str) -> Wish:
    clean, cut = safe_text(said)
    ask = Ask(clean, cut)
    if clean.strip("。！!“”") in texts()["says_result"]:
        return Fetch()
    if clean.strip("。！!“”") in texts()["says_more"]:
        return More(ask)
    return ask


def _event(message: Incoming) -> Wish:
    key = message.fields.get("EventKey", "")
    if message.event == "unsubscribe":
        return Leave()
    if message.event == "subscribe":
        scene = key.removeprefix(FROM_QR) if key.startswith(FROM_QR) else ""
        return _opened("subscribe", scene, say("welcome"))
    if message.event == "scan":
        return _opened("scan", key)
    if message.event == "click":
        return _tagged("click", key, sentence_of(key) or _topic(key) or say("hello"))
    return Tell()


def _opened(way: str, scene: str, greeting: str = "") -> Ask:
    """Came by a QR code: its topic, or a greeting. A scene that is no topic names an event."""
    ask = _tagged(way, scene, _topic(scene) or say("hello"), greeting)
    scene = ask.metadata.get("scene", "")
    if not scene or TOPIC.fullmatch(scene):
        return ask
    return replace(ask, metadata={**ask.metadata, "event": scene})


def _tagged(way: str, scene: str, text: str, greeting: str = "") -> Ask:
    tag = safe_text(scene)[0][:LONGEST_TAG] if scene else ""
    metadata = {"way": way, "scene": tag} if tag else {"way": way}
    return Ask(text, greeting=greeting, metadata=metadata)


def _topic(scene: str) -> str:
    """A question, which opens its provision in the middle of an interview as well."""
    match = TOPIC.fullmatch(scene)
    if not match:
        return ""
    try:
        return say("topic", name=knowledge()[match[1]].name)
    except UnknownProvisionError:
        return ""
