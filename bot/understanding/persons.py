"""Who in a message each of its facts is about, where it tells of two persons.

我爸55下岗了，我妈有残疾: each clause is about whom it names at its beginning, or whom the one
before it was about. Where that is not plain (我和我媳妇都失业) nothing is told apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.understanding.mentions import in_passing
from bot.understanding.names import CALLER, MYSELF, Named, may_be, relatives

CUT = re.compile(
    r"(?<=[，。；！？])|(?<=[了呢岁业作的班])(?=(?:我|俺)(?![们国区市家的]))"
    r"|(?<=[了呢岁业岗班病])(?=(?:我|俺)?家?(?:老公|老婆|媳妇|老伴|对象|儿子|闺女|女儿|孩子)(?!的))"
)
SELF = re.compile(r"(?:我|俺|本人)(?![们国区市家的])")
ASKS = re.compile(r"(?:想|请|就|要)问|问[一问下您你]|咨询|打听|了解|帮(?:我|俺)|告诉(?:我|俺)|查")
"""What somebody says of themselves only as the one who asks."""

PRONOUN = re.compile(r"(?<!其)[他她](?!们|爸|妈|家|爹|娘|奶)")

TOGETHER = re.compile(r"(?:和|跟|与|同|、|还有)(?:我|俺)?$|^(?:和|跟|与|、|都|俩)")


def persons(text: str, subject: str | None = None) -> Mapping[str, str]:
    """What is said of each person, under what they are called; {} where it is of one alone.

    What is told before anybody is named is of the `subject`, or of the first named.
    """
    if not relatives(text):
        return {}
    told: dict[str, str] = {}
    owner, so_far = "", [subject or ""]
    for clause in CUT.split(text):
        found = [one for one in relatives(clause) if not in_passing(clause, one.start, one.end)]
        if len({one.called for one in found}) > 1 or any(_together(clause, one) for one in found):
            return {}
        if found:
            owner = found[0].called
            so_far.append(owner)
        elif (pronoun := PRONOUN.search(clause)) and owner and not may_be(owner, pronoun.group()):
            owner = next((one for one in reversed(so_far) if may_be(one, pronoun.group())), owner)
        elif SELF.search(clause) and not ASKS.search(clause):
            owner = MYSELF
        elif subject is None and MYSELF in told and not clause.startswith(("他", "她")):
            owner = MYSELF  # 我下岗，媳妇没工作，失业金领不了: the story goes on about me
        told[owner] = told.get(owner, "") + clause
    owned = {called: said for called, said in told.items() if called}
    if "" in told and owned:
        about = subject or MYSELF
        first = about if about in owned else next(iter(owned))
        owned[first] = told[""] + owned[first]
    return owned if len(owned) > 1 and CALLER not in owned else {}


def _together(clause: str, one: Named) -> bool:
    """Whether the person is named along with another."""
    before, after = clause[: one.start], clause[one.end :]
    return bool(TOGETHER.search(before) or TOGETHER.search(after))
