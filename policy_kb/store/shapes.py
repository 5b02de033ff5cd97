"""What may stand where in the YAML sources, checked before anything is read from them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from policy_kb.store.yaml_lines import Block


@dataclass(frozen=True)
class Scalar:
    """A single value of one of these types."""

    types: tuple[type, ...]
    fix: str

    def fits(self, value: object) -> bool:
        if isinstance(value, float) and not math.isfinite(value):
            return False
        return isinstance(value, self.types) and (bool in self.types or type(value) is not bool)


@dataclass(frozen=True)
class Each:
    """A mapping whose keys are free and whose values all have one shape."""

    shape: Shape


Shape = Scalar | Each | list[Any] | dict[str, Any]
"""A list holds the shape of its items; a dict the shape of each key that is allowed."""

TEXT = Scalar((str,), "写成文字；纯数字的要加引号")
TEXTS: Shape = [TEXT]
NUMBER = Scalar((int, float), "只写数字")
WHOLE = Scalar((int,), "只写整数")
DAY = Scalar((date, str), "写成 2025-12-31 的样子")
YES_NO = Scalar((bool,), "写 true 或 false")
SINGLE = Scalar((str, int, float, bool, date), "只写一个值")
MAYBE = Scalar((str, int, float, bool, date, type(None)), "只写一个值，没有就空着")
NUMBERED = Scalar((int, type(None)), "写条号，如 15；没有条号的写 null")

CHECK: dict[str, Shape] = {
    **{"fact": TEXT, "says": TEXT, "is": SINGLE, "in": [SINGLE], "named": YES_NO},
    **{"min": NUMBER, "max": NUMBER, "over": NUMBER, "under": NUMBER},
}
NODE: dict[str, Shape] = {**CHECK}
NODE.update({"all": [NODE], "any": [NODE], "not": NODE})

WINDOW = {
    **{"start": DAY, "end": DAY, "on": TEXT, "run_on_years": WHOLE},
    **{"begun_inside": TEXT, "after": TEXT, "says": TEXT},
}
FORMULA = {"formula": TEXT, "unit": TEXT, "cap": YES_NO, "label": TEXT, "said": TEXT}
LIMIT = {"fact": TEXT, "figure": TEXT, "each": TEXT}
CHARGE = dict.fromkeys(("of", "due", "due_before", "saved"), TEXT)
AMOUNT = {
    **{**FORMULA, "alternatives": [FORMULA], "years": WHOLE, "text": TEXT, "note": TEXT},
    **{"limit": LIMIT, "charge": CHARGE},
}
AMENDMENT = {
    **{"document": TEXT, "issued": DAY, "effective": DAY, "note": TEXT},
    **{"start": DAY, "end": DAY, "figures": Each(NUMBER)},
}
EXAMPLE = {
    **{"date": DAY, "facts": Each(SINGLE), "verdict": TEXT, "amount": SINGLE},
    **{"missing": [TEXT], "until": DAY, "note": TEXT},
}
MEANS = dict.fromkeys(("eligible", "ineligible", "unknown", "expired", "not_started"), TEXT)
PROVISION: dict[str, Shape] = {
    **dict.fromkeys(("id", "kind", "name", "short", "summary", "section", "apply"), TEXT),
    **dict.fromkeys(("lead", "funds"), TEXT),
    **dict.fromkeys(("audience", "terms", "aliases", "questions", "joint", "steps"), TEXTS),
    **dict.fromkeys(("discretion", "readings", "excludes", "best_of", "see", "routes"), TEXTS),
    "conditions": [NODE],
    "window": WINDOW,
    "figures": Each({"value": NUMBER, "unit": TEXT, "name": TEXT, "said": TEXT}),
    "amount": AMOUNT,
    "means": MEANS,
    "gaps": [{"what": TEXT, "set_by": TEXT}],
    "amendments": [AMENDMENT],
    "examples": [EXAMPLE],
}
ARTICLE: dict[str, Shape] = {
    "article": MAYBE,
    "section": TEXT,
    "title": TEXT,
    "provisions": [PROVISION],
}

FACT: dict[str, Shape] = {
    **dict.fromkeys(("id", "name", "owner", "type", "question", "why"), TEXT),
    **dict.fromkeys(("unit", "means", "set_by"), TEXT),
    **dict.fromkeys(("min", "max", "unsaid", "up_to_age"), NUMBER),
    "options": [{"id": TEXT, "label": TEXT}],
    "yes": {"label": TEXT},
    "no": {"label": TEXT},
    "ratio": [TEXT],
    "with": [TEXT],
    "asked": YES_NO,
    "sensitive": YES_NO,
    "rank": WHOLE,
}
REGISTRY: dict[str, Shape] = {
    "facts": [FACT],
    "implies": [{"when": Each(SINGLE), "then": Each(SINGLE)}],
}

OFFICE = dict.fromkeys(("name", "address", "hours", "handles", "telephone", "complaints"), MAYBE)
DISTRICT: dict[str, Shape] = {
    "name": TEXT,
    "parameters": [{"fact": TEXT, "value": MAYBE, "valid_from": MAYBE, "source": MAYBE}],
    "offices": [OFFICE],
    "lines": [{"number": SINGLE, "name": TEXT, "purpose": TEXT}],
}


def need(block: Block, *keys: str) -> None:
    """SourceError at the first of these keys that is absent or empty."""
    for key in keys:
        if block.get(key) in (None, "", []):
            raise block.fail(key, f"缺少 {key}", f"补上“{key}: …”")


def expect(block: Block, shape: Mapping[str, Shape]) -> None:
    """SourceError at the first key that is not known here, or whose value has another shape."""
    for key, value in block.items():
        if key not in shape:
            raise block.fail(key, f"不认识“{key}”", f"这里可以写：{'、'.join(sorted(shape))}")
        _expect(block, key, value, shape[key])


def _expect(block: Block, key: str, value: Any, shape: Shape) -> None:
    if isinstance(shape, Scalar):
        if not shape.fits(value):
            problem = f"“{value}”不合适" if value or value == 0 else "后面没有内容"
            raise block.fail(key, f"{key} {problem}", f"{shape.fix}；用不着就删掉这一行")
    elif isinstance(shape, list):
        if not isinstance(value, list):
            raise block.fail(key, f"{key} 应是一串", "每行以“- ”开头写一项，或写成 [甲, 乙]")
        for item in value:
            _expect(block, key, item, shape[0])
    elif not isinstance(value, Block):
        raise block.fail(key, f"{key} 应是“键: 值”", "参照其他条目的写法")
    elif isinstance(shape, Each):
        for name, item in value.items():
            _expect(value, name, item, shape.shape)
    else:
        expect(value, shape)
