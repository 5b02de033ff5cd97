"""Which of a part and its whole a number is: 加上一共170人 is the staff, 裁16个 the lay-offs.

Where both are asked for at once (职工总数多少人，裁员多少人), or a number is put right that may be
either, the words beside it tell; of two bare numbers the larger one is the whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from actions.loose import Loose
from policy_kb.facts import Registry, Value

PEOPLE = ("people", "count", "plain")
NEAR = 2
"""A number put right is seldom wrong by more than this factor."""

WHOLE = re.compile(
    r"一共|总共|总数|总人数|总计|共[有计是]|共$|全厂|全公司|全单位|全员|全部|花名册|在册|在岗|在职|现有|职工|员工|加上|算上|连上|都算|车间|分厂|上下"
)
OF_PART = {
    "layoffs": re.compile(r"裁|辞|减员|走人?|下岗|优化|劝退|撵|砍|精简|清退"),
    "new_hires": re.compile(r"招|新进|新来|新增|符合|够条件|够格|达标|条件"),
    "idle_staff": re.compile(r"待岗|歇|轮休|闲"),
}


def parts_apart(
    text: str, loose: Sequence[Loose], asked: Collection[str], registry: Registry
) -> dict[str, Value]:
    """The numbers that answer a question after a part and its whole at once."""
    numbers = [i.value for i in loose if i.kind in PEOPLE and isinstance(i.value, Decimal)]
    for fact in registry.facts.values():
        part, whole = fact.ratio or ("", "")
        if not {part, whole} <= set(asked):
            continue
        if len(numbers) == 1:
            role = part if _of_part(text, part) else whole
            return {role: registry[role].parse(numbers[0])}
        if len(numbers) == 2 and not _of_part(text, part):
            pair = {part: min(numbers), whole: max(numbers)}
            return {role: registry[role].parse(value) for role, value in pair.items()}
    return {}


def pointed_at(text: str, facts: Collection[str]) -> list[str]:
    """Those of these facts that the words of a message point at."""
    parts = [fact for fact in facts if _of_part(text, fact)]
    return parts or [fact for fact in facts if fact == "staff" and WHOLE.search(text)]


def nearest(number: Decimal, facts: Mapping[str, Value]) -> list[str]:
    """The facts that a number put right may be of by its size: 14 is rather 16 than 150."""
    return [
        fact
        for fact, value in facts.items()
        if isinstance(value, Decimal) and value / NEAR <= number <= value * NEAR
    ]


def _of_part(text: str, part: str) -> bool:
    return part in OF_PART and bool(OF_PART[part].search(text))
