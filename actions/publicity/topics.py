"""What material can be about, and for whom: topics and audiences with the words that tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from actions.publicity.words import read_words
from policy_kb.errors import PolicyError

AUDIENCES = ("village", "enterprise", "campus", "media")
EVERYTHING = (
    "都讲",
    "都要",
    "全部",
    "都可以",
    "所有",
    "都行",
    "都有",
    "全都",
    "随便",
    "你定",
    "您定",
)


@dataclass(frozen=True)
class Topic:
    """A topic: which provisions each audience hears about it, and the question behind its code."""

    id: str
    name: str
    opening: str
    words: tuple[str, ...]
    provisions: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Audience:
    """One of the four places that policy is sent to."""

    id: str
    name: str
    sent: str
    words: tuple[str, ...]
    general: str
    defaults: tuple[str, ...]


@lru_cache(maxsize=1)
def topics() -> Mapping[str, Topic]:
    """All topics by id, in the order of topics.yaml."""
    return {
        key: Topic(
            key,
            raw["name"],
            raw["opening"],
            tuple(raw["words"]),
            {a: tuple(raw[a]) for a in AUDIENCES if a in raw},
        )
        for key, raw in read_words("topics")["topics"].items()
    }


@lru_cache(maxsize=1)
def audiences() -> Mapping[str, Audience]:
    """The four audiences by id."""
    raw = read_words("topics")
    return {
        key: Audience(
            key,
            one["name"],
            one["sent"],
            tuple(one["words"]),
            one["general"],
            tuple(raw["defaults"][key]),
        )
        for key, one in raw["audiences"].items()
    }


def audience_of(text: str) -> str | None:
    """The audience that a text names by id, by name or by a word people use; None if none.

    Where several are named, the one with the longest word counts: 公众号 before 企业.
    """
    if text in AUDIENCES:
        return text
    found = [
        (len(word), -order, audience.id)
        for order, audience in enumerate(audiences().values())
        for word in (audience.name, audience.sent, *audience.words)
        if word in text
    ]
    return max(found)[2] if found else None


def topics_in(text: str, audience: str) -> tuple[str, ...]:
    """The topics of this audience that a text names, in their usual order; all for 都讲."""
    if any(word in text for word in EVERYTHING):
        return audiences()[audience].defaults
    offered = offered_to(audience)
    named = named_topics(text)
    return tuple(key for key in offered if key in named)


def named_topics(text: str) -> frozenset[str]:
    """Every topic that a text names; the longest words first, so that 培训贷 is no 培训."""
    said = {w: key for key, topic in topics().items() for w in (topic.name, *topic.words)}
    found = set()
    for one in sorted(said, key=len, reverse=True):
        if one in text:
            found.add(said[one])
            text = text.replace(one, " ")
    return frozenset(found)


def offered_to(audience: str) -> tuple[str, ...]:
    """The topics that this audience can hear about: its usual ones first."""
    rest = (key for key, topic in topics().items() if audience in topic.provisions)
    return tuple(dict.fromkeys((*audiences()[audience].defaults, *rest)))


def chosen_topics(names: tuple[str, ...], audience: str) -> tuple[str, ...]:
    """Topic ids for names or ids as typed; PolicyError names what this audience can choose from."""
    chosen: list[str] = []
    for name in names:
        offered = offered_to(audience)
        found = (name,) if name in offered else topics_in(name, audience)
        if not found:
            choices = "、".join(f"{key}（{topics()[key].name}）" for key in offered)
            raise PolicyError(
                f"没有给{audiences()[audience].name}的主题“{name}”。可以选：{choices}。"
            )
        chosen += found
    return tuple(dict.fromkeys(chosen)) or audiences()[audience].defaults


def opening(topic: str) -> str:
    """The first question for whoever comes by a code's `?topic=`; '' if the topic is unknown."""
    if topic in topics():
        return topics()[topic].opening
    return audiences()[topic].general if topic in audiences() else ""
