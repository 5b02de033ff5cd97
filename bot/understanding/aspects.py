"""Which sides of a matter a message asks about: amount, department, deadline, how to apply …"""

from __future__ import annotations

import re
from functools import lru_cache

import yaml

from policy_kb.store.sources import DATA


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = yaml.safe_load((DATA / "phrases" / "aspects.yaml").read_text("utf-8"))
    return tuple((aspect, re.compile("|".join(said))) for aspect, said in raw.items())


def aspects_of(text: str) -> list[str]:
    """The aspects asked about, in the order of asking."""
    found = [(m.start(), aspect) for aspect, p in _patterns() if (m := p.search(text))]
    return [aspect for _, aspect in sorted(found)]
