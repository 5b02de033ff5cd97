"""Whom a message is about: the speaker, a member of the family, or a caller on the line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from bot.understanding.mentions import at_college, at_school, has_a_case, in_passing, tells_of_self
from policy_kb.store.sources import DATA

MYSELF = "您"
CALLER = "来电人"
SELF_ASKED = re.compile(
    r"(?<![跟和与给帮替让叫])(?:我|俺|咱)(?!们)(?:自己|本人|这样的?|这种(?:情况|人)?|这个?情况|也|还|到底|一共|总共|今年|现在|这回|又|就|一个月|每个?月)*"
    r"(?:能|可以|够|有没有|是不是|符合|行不|算不|有份|领|申请(?!过))(?!.{0,6}(?:给|替|帮|让|为|送))"
    r"|(?:给不给|给|轮到|补|发)(?:我|俺|咱)(?:也|能|一共)*(?:来|发|补|报|办|吗|不|一份|点|多少|算(?!算))|(?:我|俺)的份"
)
"""The question is the speaker's own: 我能领吗, 给俺也来一份."""

THEIRS_ASKED = re.compile(
    r"(?<!其)(?:他|她)(?!们|爸|妈|家|爹|娘|奶)(?:自己|这样的?|这种(?:情况)?|也|还|到底|一共|今年|现在|的情况|这次|这)*"
    r"(?:能|可以|够|有没有|是不是|符合|行|算|领|申请|可不可以)|(?:给不给|给|替|帮|发|补)(?:他|她)(?!们)"
)
"""The question is asked for the one named before: 她能领多少, 给不给她."""

THEIRS_TOLD = re.compile(
    r"(?<!其)(?:他|她)(?!们|爸|妈|家|爹|娘|奶)(?:自己|本人|也|还|今年|现在|都|是|就|刚)*(?:\d|[二三四五]?十|没|失业|下岗|开|在|想|有|被|大学|大专|毕业|待业)"
)
"""The one named before is told of by a pronoun."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw: Mapping[str, Any] = yaml.safe_load((DATA / "phrases" / "subjects.yaml").read_text("utf-8"))
    others = (item for group in ("family", "caller", "trainee") for item in raw[group].items())
    groups = [*others, (MYSELF, raw["myself"])]
    return tuple((called, _any(words)) for called, words in groups)


@lru_cache(maxsize=1)
def family() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Members of the family: what to call them, and the words for them."""
    raw: Mapping[str, Any] = yaml.safe_load((DATA / "phrases" / "subjects.yaml").read_text("utf-8"))
    return tuple((called, _any(words)) for called, words in raw["family"].items())


def _any(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def subject_of(text: str) -> str | None:
    """What to call the person spoken of (您女儿, 来电人, 您); None where nobody else is.

    It is whom the question is asked for; where that is not said, whose case is told. The first
    such wins: 我妈问我弟的事 is about nobody but 我妈 until the next message.
    """
    named = _named(text)
    if not named or any(called in (MYSELF, CALLER) for _, _, called in named[:1]):
        return named[0][2] if named else None
    mine, theirs = _last(SELF_ASKED, text), _last(THEIRS_ASKED, text)
    if theirs > mine:
        before = [called for start, _, called in named if start < theirs]
        return before[-1] if before else None
    meant = [(s, e, called) for s, e, called in named if not in_passing(text, s, e)]
    if mine >= 0 and not any(start > mine for start, _, _ in meant):
        return None
    myself = tells_of_self(text)
    if myself:
        meant = [(s, e, c) for s, e, c in meant if has_a_case(text, e) and not at_college(text, e)]
        meant = [
            (s, e, c) for s, e, c in meant if s < myself.start() or not text.startswith("也", e)
        ]
    elif not meant and (told := THEIRS_TOLD.search(text)):
        meant = [(s, e, c) for s, e, c in named if s < told.start()][-1:]
    return meant[0][2] if meant else None


def _named(text: str) -> list[tuple[int, int, str]]:
    """The persons named, in order: where, and what to call them; 孩子他爸 is no 孩子."""
    found = sorted(
        (match.start(), -match.end(), called)
        for called, pattern in _patterns()
        for match in pattern.finditer(text)
        if not _no_person(text, match)
    )
    named: list[tuple[int, int, str]] = []
    for start, end, called in found:
        if not named or start >= named[-1][1]:
            named.append((start, -end, called))
    return named


def without_aside(text: str, subject: str | None) -> str:
    """The text with 孩子上大学 blanked where it is about somebody else; as long as before."""
    for start, end, called in _named(text):
        school = at_school(text, end) if called not in (subject, MYSELF) else None
        if school:
            stretch = end + school.end() - start
            text = text[:start] + "　" * stretch + text[start + stretch :]
    return text


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the pattern is last found; -1 if nowhere."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _no_person(text: str, match: re.Match[str]) -> bool:
    """对象 as in 补贴对象, 来电显示 are not persons spoken of."""
    before, after = (
        text[max(0, match.start() - 2) : match.start()],
        text[match.end() : match.end() + 2],
    )
    if match.group() == "对象":
        return bool(re.search(r"补贴$|扶持$|招用$|适用$|.的$", before)) or after.startswith(
            ("是", "有", "范围", "扩")
        )
    return match.group() == "来电" and after.startswith(("显示", "提醒"))
