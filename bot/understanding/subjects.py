"""Whom a message is about: the speaker, a member of the family, or a caller on the line."""

from __future__ import annotations

import re

from bot.understanding.mentions import (
    at_college,
    at_school,
    at_work,
    has_a_case,
    in_passing,
    out_of_work,
    tells_of_self,
)
from bot.understanding.names import CALLER, MYSELF, may_be, named

BLANK = "　"
SELF_ASKED = re.compile(
    r"(?<![跟和与给帮替让叫])(?:我|俺|咱)(?!们)(?:自己|本人|这样的?|这种(?:情况|人)?|这个?情况|也|还|到底|一共|总共|今年|现在|这回|又|就|一个月|每个?月)*"
    r"(?:能|可以|够|有没有|是不是|符合|行不|算不|有份|领|申请(?!过))(?!.{0,6}(?:给|替|帮|让|为|送))"
    r"|(?:给不给|给|轮到|补|发)(?:我|俺|咱)(?:也|能|一共)*(?:来|发|补|报|办|吗|不|一份|点|多少|算(?!算))|(?:我|俺)的份|(?:我们?|俺们?|咱们?)俩"
)
"""The question is the speaker's own: 我能领吗, 给俺也来一份."""

THEIRS_ASKED = re.compile(
    r"(?<!其)(?:他|她)(?!们|爸|妈|家|爹|娘|奶)(?:自己|这样的?|这种(?:情况)?|也|还|到底|一共|今年|现在|的情况|这次|这)*"
    r"(?:能|可以|够|有没有|是不是|符合|行|算|领|申请|可不可以)|(?:给不给|给|替|帮|发|补)(?:他|她)(?!们)"
)
"""The question is asked for the one named before: 她能领多少, 给不给她."""

SHORT = re.compile(r"[^，。！？；能吗可问他她]{1,8}(?=[，。！？；]|$)")
"""来电人48岁下岗，老婆残疾，…: a clause about a relative and no question."""

ASKS = re.compile(
    r"[吗么？]|怎么|咋|什么|啥|哪|多少|([一-龥])(?:不|没)\1|有没有|能不能|能|可以|补贴|政策"
)
THEIRS_TOLD = re.compile(
    r"(?<!其)(?:他|她)(?!们|爸|妈|家|爹|娘|奶)(?:自己|本人|也|还|今年|现在|都|是|就|刚)*(?:\d|[二三四五]?十|没|失业|下岗|开|在|想|有|被|大学|大专|毕业|待业)"
)
"""The one named before is told of by a pronoun."""


def subject_of(text: str) -> str | None:
    """What to call the person spoken of (您女儿, 来电人, 您); None where nobody else is.

    It is whom the question is asked for; where that is not said, whose case is told. The first
    such wins: 我妈问我弟的事 is about nobody but 我妈 until the next message.
    """
    everybody = named(text)
    if not everybody or everybody[0].called in (MYSELF, CALLER):
        return everybody[0].called if everybody else None
    mine, theirs = _last(SELF_ASKED, text), _last(THEIRS_ASKED, text)
    meant = [one for one in everybody if not in_passing(text, one.start, one.end)]
    if theirs > mine:
        before = [one.called for one in meant or everybody if one.start < theirs]
        pronoun = _last_match(THEIRS_ASKED, text)
        fitting = [called for called in before if may_be(called, pronoun)]
        known = fitting or before
        return known[-1] if known else None
    if mine >= 0 and not any(one.start > mine for one in meant):
        return None
    myself = tells_of_self(text)
    if myself:
        own = out_of_work(text, myself.end())
        meant = [
            one
            for one in meant
            if has_a_case(text, one.end)
            and not at_college(text, one.end)
            and not (own and (out_of_work(text, one.end, alone=True) or at_work(text, one.end)))
            and (one.start < myself.start() or not text.startswith("也", one.end))
        ]
    elif not meant and (told := THEIRS_TOLD.search(text)):
        meant = [one for one in everybody if one.start < told.start()][-1:]
    elif not ASKS.search(text):
        meant = [one for one in meant if not at_college(text, one.end)]
    return meant[0].called if meant else None


def without_aside(text: str, subject: str | None) -> str:
    """The text with 孩子上大学 blanked where it is about somebody else; as long as before."""
    for start, end, called in named(text):
        if called in (subject, MYSELF):
            continue
        school = at_school(text, end)
        until = end + school.end() if school else end
        if subject == CALLER and has_a_case(text, 0, start) and (short := SHORT.match(text, end)):
            until = max(until, short.end())
        if until > end:
            text = text[:start] + BLANK * (until - start) + text[until:]
    return text


def _last_match(pattern: re.Pattern[str], text: str) -> str:
    """What the pattern finds last; "" if nothing."""
    return next((match.group() for match in reversed([*pattern.finditer(text)])), "")


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the pattern is last found; -1 if nowhere."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)
