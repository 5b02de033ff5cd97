"""What a message means as the answer to the question just asked (短答)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import yaml

from actions.loose import Loose
from actions.parts import parts_apart
from actions.slips import split_at_slip
from policy_kb.errors import FactError
from policy_kb.facts import Fact, Registry, Value
from policy_kb.store.sources import DATA

ANSWERS = DATA / "phrases" / "answers.yaml"
DONT_KNOW = re.compile(
    r"不清楚|不知道|不晓得|记不(?:得|清|住)|不记得|没数|不确定|说不(?:好|准|上)|不了解|没看过|不懂|忘了|不方便说|不想说|不好说|难说|没想好|不一定|没准|等一下|等会儿|我看看|得问"
)
QUESTION = re.compile(
    r"[？]|[吗么]$|什么人|是指|指的是|意思|(?:什么|怎么|哪|几|多少|谁|要是|如果|万一).*呢$|什么是|干啥|哪些算|啥样|几岁算|要是|如果"
)
UNABLE = re.compile(r"(?:没|不|未)(?:能|法)?(?:正常|按时|照常|照|发得)|发不|付不|停了|停产")
"""没能按时发 is no 按时发."""

NONE = re.compile(r"^(?:一个)?(?:都|也)?(?:没|无(?!法)|从没|不(?!是|对|到|止|少))")
NOT_ONE = re.compile(
    r"一(?:个|名|年|月|天|次|回|人|分|分钱)?(?:都|也)(?:没|不)|没有?[^，]{0,3}一(?:个|天|年|月|次|回|人)"
)
"""An answer that says none at all although it holds a number: 一年都没拿过."""
NOT_YET = re.compile(r"(?:过完?年|过了年|明年|下个?月|马上|快要).{0,3}(?:就|要|满)")
"""过完年就25了: a number that is still to come."""

BARE_YES = re.compile(r"(?:是|对|嗯|有|是的|对的|有的|没错|嗯嗯|对对)[呀啊的，。]*")
YES_FIRST = re.compile(r"(?:是|对|嗯|有)(?:的|呀|啊)?(?:，|。|$)|(?:没|不|无)")
BARE_NONE = re.compile(
    r"(?:一个|一次|都|也|还|从来?|我们?|现在)*(?:没有?|无|零)(?:裁|招|停|欠|领|享受|拿|待岗|办)?(?:过|了|人|呢|啊|的|哦|吧|一个|，|。)*$"
)
"""没有, 没招过: none, with nothing else named that it could be about (没怎么亏)."""

DENIED = re.compile(r"(?:都|也|还|从来?|早就|我|俺|咱|们)*(?:没有?|不是?|未|否|无)(?=[^，。不])")
PARTICLES = re.compile(
    r"[了过呢的啊哦吧呀嘛哩着嘞都也还是有们我俺咱他她，。！ ]|一个|哪里|那个|这个|人家"
)
"""Words that name nothing."""

LONG_ANSWER = 14
"""Characters from which a bare 是 or 没有 at the beginning no longer answers by itself."""

OF_ONE = re.compile(r"^(?:没|不|未|无)(?!.*(?:都|两|俩|也没|也不))[^，。]{4,}")
"""没办过那些证: a denial that names one thing answers no other question with it."""

OF_PEOPLE = re.compile(r"招|新进|新来|添|裁|待岗|人|员|工(?!资)")
"""What makes a count one of people."""

COMPATIBLE = {
    "integer": ("people", "count", "plain", "age", "days"),
    "number": ("months", "days", "plain", "count"),
    "money": ("money", "plain"),
    "percent": ("percent", "plain"),
}


def interpret(
    text: str,
    stated: Mapping[str, Value],
    loose: Sequence[Loose],
    asked: Sequence[str],
    registry: Registry,
) -> dict[str, Value]:
    """The facts a message gives, read as an answer to a question about the `asked` facts.

    `stated` is what it states outright; `loose` its numbers and dates (kind, value in the
    units of `understanding`) that have no role yet, in order.
    """
    known = dict(stated)
    if slip := split_at_slip(text):
        text = slip[1]
    open_facts = [registry[f] for f in asked if not registry[f].ratio and f not in known]
    if not open_facts or DONT_KNOW.search(text) or QUESTION.search(text):
        return known
    numbers = [] if NOT_YET.search(text) else list(loose)
    both = parts_apart(text, numbers, [fact.id for fact in open_facts], registry)
    if both:
        known |= both
        open_facts = [fact for fact in open_facts if not fact.numeric]
    several = sum(fact.type == "bool" for fact in open_facts) > 1
    silent = not stated and not (
        several and OF_ONE.search(text)
    )  # the message states nothing else that a bare 没有 could be about
    if any(item.kind in ("people", "count") for item in loose) and not YES_FIRST.match(text):
        silent = False  # 符合条件的有8个 is no yes
    for fact in open_facts:
        value = _value(fact, text, numbers, silent)
        if value is not None:
            known[fact.id] = value
        if value is True and len(open_facts) > 1 and BARE_YES.fullmatch(text):
            break  # one 是 to two questions answers the first
    return known


def _value(fact: Fact, text: str, loose: list[Loose], silent: bool) -> Value | None:
    if fact.numeric:
        return _number(fact, text, loose)
    if fact.type == "date":
        spans = [item for item in loose if item.kind == "date"]
        return fact.parse(spans[0].value) if spans else None
    return _spoken(fact, text, silent)


def _number(fact: Fact, text: str, loose: list[Loose]) -> Value | None:
    if fact.minimum == 0 and NOT_ONE.search(text) and len(text) <= LONG_ANSWER:
        return fact.parse(0)
    if any(item.kind == "months" for item in loose) and fact.unit == "个月":
        loose[:] = [
            item for item in loose if item.kind != "count"
        ]  # 16个签两年: people, not months
    for item in list(loose):
        if item.kind == "count" and fact.unit == "个月" and OF_PEOPLE.search(text):
            continue  # 新招了13个 is no length of a contract
        if item.kind in COMPATIBLE[fact.type]:
            loose.remove(item)
            try:
                return fact.parse(item.in_unit(fact.unit))
            except FactError:
                return None
    for value, pattern in answer_patterns().get(fact.id, {}).items():
        if pattern.search(text) and not UNABLE.search(text):
            return fact.parse(value)
    none = fact.minimum == 0 and NONE.search(text) and _about(fact, text)
    return fact.parse(0) if none else None


def _about(fact: Fact, text: str) -> bool:
    """Whether a bare 没有 can be meant of this fact: it names nothing, or something of it."""
    name = fact.name
    return bool(BARE_NONE.match(text)) or any(name[i : i + 2] in text for i in range(len(name) - 1))


def _spoken(fact: Fact, text: str, silent: bool) -> Value | None:
    table = answer_patterns()
    matches = [
        (match.start(), -len(match.group()), value)
        for value, pattern in table.get(fact.id, {}).items()
        if (match := pattern.search(text))
    ]
    labels = {option.label: option.id for option in fact.options}
    said = [label for label in labels if label in text]
    meant = [label for label in labels if text in label and len(text) > 1]
    if said or meant:
        return fact.parse(labels[max(said, key=len) if said else min(meant, key=len)])
    if matches:
        return fact.parse(min(matches, key=lambda m: (m[1], m[0]))[2])
    if fact.type == "bool" and silent and len(text) <= LONG_ANSWER and _to_this(fact, text):
        for value in ("no", "yes"):
            if table["any"][value].search(text):
                return fact.parse(value)
    return None


def _to_this(fact: Fact, text: str) -> bool:
    """Whether a denial that names something names what was asked: 没领 says nothing of 常住."""
    denied = DENIED.match(text)
    rest = PARTICLES.sub("", text[denied.end() :]) if denied else ""
    asked = f"{fact.question}{fact.name}{''.join(option.label for option in fact.options)}"
    return not rest or any(char in asked for char in rest)


@lru_cache(maxsize=1)
def answer_patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    """Short answers by fact and value, compiled once."""
    raw = yaml.safe_load(ANSWERS.read_text("utf-8"))
    names = {True: "yes", False: "no"}
    return {
        fact: {
            names.get(value, str(value)) if isinstance(value, bool) else str(value): re.compile(
                "|".join(said)
            )
            for value, said in values.items()
        }
        for fact, values in raw.items()
    }


NOT_A_VETERAN = re.compile(r"没(?:有)?当过兵|不是(?:自主就业)?(?:的)?(?:退役|退伍)|没服过役")
A_VETERAN = re.compile(r"(?:是|就|才)(?:个|一个)?(?:自主就业)(?:的)?(?:退役|退伍)?")
UNEMPLOYED = re.compile(
    r"(?:是|办过|办了|属于|^)[^，。没不]{0,4}(?:登记失业|失业登记|登记的?失业|失业人员)"
)
NOT_UNEMPLOYED = re.compile(r"(?:没|没有|未)(?:办|做)?(?:过)?(?:登记)?失业登记|不是(?:登记)?失业")


def hires_said(text: str, known: Mapping[str, Value], registry: Registry) -> dict[str, Value]:
    """Who was hired, where it is said of one person (他没当过兵，是登记失业人员)."""
    said: dict[str, Value] = {}
    for fact, denied, claimed in (
        ("hired_veterans", NOT_A_VETERAN, A_VETERAN),
        ("hired_unemployed", NOT_UNEMPLOYED, UNEMPLOYED),
    ):
        if fact in known or DONT_KNOW.search(text):
            continue
        if denied.search(text):
            said[fact] = registry[fact].parse(0)
        elif claimed.search(text):
            said[fact] = registry[fact].parse(1)
    return said


def correction_of(facts: Sequence[Fact], item: Loose) -> dict[str, Value]:
    """The one fact that a corrected number is of, in its unit; {} where it cannot be."""
    try:
        return {facts[0].id: facts[0].parse(item.in_unit(facts[0].unit))}
    except FactError:
        return {}
