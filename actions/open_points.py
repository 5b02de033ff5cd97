"""Questions that a provision's readings or gaps answer outright: carrying over, and who is paid."""

from __future__ import annotations

import re
from collections.abc import Iterable

from actions.texts import say
from actions.turn import Turn
from policy_kb.model import Provision

NEXT_YEAR = r"(?:明年|来年|下年|下一年|第二年|后年|转过年|过完?年|以后(?:几|两)?年|往后)"
UNUSED = r"(?:没|未|不)(?:有)?(?:用|抵|扣|减|享受)(?:完|满|够|光|上)|用不(?:完|了|满)|抵不(?:完|满|了)|(?:剩|余)下?(?!(?:的|这|那)*[^，。？]{0,5}(?:个多?月|年|天|时间|日子))|多出来|富余|结余|没使完|使不完|空着"
TO_CARRY = r"挪|转|留|结转|攒|顺延|滚|存|累计|累积|补(?:上|回|到)|并到|放到|带到|延到|接着(?:抵|用|扣|减)|再(?:抵|用|扣|减)|算到|作废|过期"
CARRY_OVER = re.compile(
    rf"(?:{UNUSED})[^？]{{0,30}}(?:{TO_CARRY})[^？]{{0,8}}{NEXT_YEAR}"
    rf"|(?:{UNUSED})[^？]{{0,30}}{NEXT_YEAR}[^？]{{0,8}}(?:{TO_CARRY}|用|抵)"
    rf"|结转|(?:{UNUSED})[^？]{{0,16}}(?:作废|白瞎|浪费|攒着|累计|留着)"
)
"""没用完的能挪到明年吗."""

TO_WHOM = re.compile(
    r"(?:打|发|给|补|拨|进|到|算|落)(?:到|给|在|进)?(?:我|俺|本人|个人|自己|谁|学员|见习生)(?:的|个人)?(?:卡|账|手|头|名下|本人|自己)?(?:里|上)?(?:，|、)?(?:还是|或者?)[^，。？]{0,6}(?:单位|公司|企业|机构|学校|厂)"
    r"|(?:单位|公司|企业|机构|学校|厂)(?:的|账)?(?:上|里)?，?(?:还是|或者?)[^，。？]{0,8}(?:我|俺|本人|个人|自己|学员|见习生)"
    r"|(?:发|打|补|拨)(?:给|到)谁|谁(?:来)?(?:领|拿)这"
)
"""打我卡上还是打给单位."""

OLDER = re.compile(
    r"大龄[^，。？]{0,10}(?:多大|几岁|多少岁|什么岁数|岁数|年龄|怎么算|咋算|线)|(?:多大|几岁|多少岁|什么年龄)[^，。？]{0,6}(?:算|是|才)[^，。？]{0,3}大龄"
)
POINTS = (
    (CARRY_OVER, re.compile("结转")),
    (TO_WHOM, re.compile("发给|补给")),
    (OLDER, re.compile("大龄")),
)
"""What is asked, and the words of the reading or gap that answers it."""


def open_points(turn: Turn, provision: Provision) -> list[str]:
    """What this provision says, or leaves open, on what is asked beside its conditions."""
    lines: list[str] = []
    for asked, answer in POINTS:
        if asked.search(turn.text):
            lines += _saying(provision, answer)
    return list(dict.fromkeys(lines))


def asks_to_carry(turn: Turn) -> bool:
    """Whether what is left of a limit is to be had later: that is told, nobody judged."""
    return bool(CARRY_OVER.search(turn.text))


def _saying(provision: Provision, answer: re.Pattern[str]) -> Iterable[str]:
    yield from (say("reading", reading=r) for r in provision.readings if answer.search(r))
    for gap in provision.gaps:
        if answer.search(gap.what):
            yield say("gap", what=gap.what, set_by=gap.set_by.removesuffix("规定"))
