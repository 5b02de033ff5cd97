"""Hires with contracts of different length: 16个签两年，4个半年, 有5个只签了六个月，其余都两年.

Works on marked text (see `marks`). Only contracts of a year or more count for the subsidised
loan (第7条), so the groups are told apart instead of the first length standing for all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.contracts import Contracts
from bot.understanding.numbers import Quantity

CONTRACT = re.compile(r"合同|签")
REST = r"其余|其他|其它|剩下|剩的|余下|另外(?!⟦)|别的"
LINK = (
    r"(?:个|名|人|位|都|就|只|才|是|的|全|也|合同|劳动|期限|给|跟他们|签|订|了|嘞|咧|到|为|期|有)*"
)
GROUP = re.compile(
    rf"(?:⟦[PCN](?P<count>\d+)⟧|(?P<rest>{REST}))[^，。！？；⟦]{{0,2}}?{LINK}⟦T(?P<months>\d+)⟧"
)


@dataclass(frozen=True)
class Group:
    """What is told of some contracts, and by which of the text's numbers."""

    contracts: Contracts
    places: tuple[int, ...]


def contract_groups(marked: str, numbers: Sequence[Quantity]) -> list[Group]:
    """The groups that a marked text tells of; [] where it is not about contracts."""
    if not CONTRACT.search(marked):
        return []
    groups = []
    for match in GROUP.finditer(marked):
        months = int(match["months"])
        places = (months,) if match["rest"] else (int(match["count"]), months)
        people = None if match["rest"] else numbers[places[0]].value
        groups.append(Group(Contracts(people, numbers[months].value), places))
    return groups
