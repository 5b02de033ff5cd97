"""From the YAML of facts and district to the model."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from policy_kb.errors import FactError
from policy_kb.facts import Fact, Option, Registry, Value
from policy_kb.model import District, Line, Office, Parameter
from policy_kb.store.yaml_lines import Block

TYPES = {"bool", "integer", "number", "money", "percent", "date", "choice"}
OWNERS = {"person", "enterprise", "district"}


def parse_registry(block: Block) -> Registry:
    """The registry of facts with its implications."""
    facts: dict[str, Fact] = {}
    for raw in block["facts"]:
        fact = _fact(raw)
        if fact.id in facts:
            raise raw.fail("id", f"事实“{fact.id}”登记了两次", "删掉一处或改名")
        facts[fact.id] = fact
    bare = Registry(facts)
    for raw in block["facts"]:
        for other in (*(raw.get("with") or ()), *(raw.get("ratio") or ())):
            if other not in facts:
                raise raw.fail("with", f"没有叫“{other}”的事实", "先登记它")
    return Registry(facts, tuple(_implication(raw, bare) for raw in block.get("implies") or []))


def _fact(raw: Block) -> Fact:
    for key in ("id", "name", "owner", "type", "question", "why"):
        if not raw.get(key):
            raise raw.fail(key, f"事实缺少 {key}", f"补上“{key}: …”")
    if raw["type"] not in TYPES:
        raise raw.fail("type", f"type 不能是“{raw['type']}”", f"从 {sorted(TYPES)} 里选")
    if raw["owner"] not in OWNERS:
        raise raw.fail("owner", f"owner 不能是“{raw['owner']}”", f"从 {sorted(OWNERS)} 里选")
    options = tuple(Option(o["id"], o["label"]) for o in raw.get("options") or [])
    if raw["type"] == "bool":
        options = (
            Option("yes", (raw.get("yes") or {}).get("label", "是")),
            Option("no", (raw.get("no") or {}).get("label", "否")),
        )
    if raw["type"] == "choice" and len(options) < 2:
        raise raw.fail("type", "单选题没有选项", "在 options 里写至少两项 {id, label}")
    return Fact(
        id=raw["id"],
        name=raw["name"],
        owner=raw["owner"],
        type=raw["type"],
        question=raw["question"],
        why=raw["why"],
        unit=raw.get("unit", "%" if raw["type"] == "percent" else ""),
        means=raw.get("means", ""),
        options=options,
        minimum=_decimal(raw, "min"),
        maximum=_decimal(raw, "max"),
        ratio=tuple(raw["ratio"]) if raw.get("ratio") else None,
        group=tuple(raw.get("with") or ()),
        unsaid=_decimal(raw, "unsaid"),
        asked=raw.get("asked", True),
        sensitive=bool(raw.get("sensitive")),
        rank=raw.get("rank", 9),
        set_by=raw.get("set_by", ""),
    )


def _decimal(raw: Block, key: str) -> Decimal | None:
    return None if raw.get(key) is None else Decimal(str(raw[key]))


def _implication(raw: Block, registry: Registry) -> tuple[str, Value, str, Value]:
    (if_fact, if_raw), (then_fact, then_raw) = (
        next(iter(raw["when"].items())),
        next(iter(raw["then"].items())),
    )
    try:
        return (
            if_fact,
            registry[if_fact].parse(if_raw),
            then_fact,
            registry[then_fact].parse(then_raw),
        )
    except FactError as error:
        raise raw.fail("when", str(error), "改成登记过的事实和值") from None


def parse_district(block: Block, registry: Registry) -> District:
    """The district's name, offices, telephone lines and parameters."""
    return District(
        name=block.get("name") or "本区",
        offices=tuple(_office(raw) for raw in block.get("offices") or []),
        lines=tuple(
            Line(str(raw["number"]), raw["name"], raw["purpose"])
            for raw in block.get("lines") or []
        ),
        parameters=tuple(
            _parameter(raw, registry)
            for raw in block.get("parameters") or []
            if raw.get("value") is not None
        ),
    )


def _office(raw: Block) -> Office:
    wrong = set(raw) - {"name", "address", "hours", "handles", "telephone", "complaints"}
    if wrong or not raw.get("name"):
        raise raw.fail(
            "name", f"服务机构的写法不对（{sorted(wrong) or '缺名称'}）", "参照文件里的例子"
        )
    return Office(**{key: str(value or "") for key, value in raw.items()})


def _parameter(raw: Block, registry: Registry) -> Parameter:
    fact_id = str(raw.get("fact"))
    if fact_id not in registry.facts or registry[fact_id].owner != "district":
        raise raw.fail(
            "fact", f"“{fact_id}”不是本区参数", "用 data/facts.yaml 里 owner: district 的编号"
        )
    if type(raw.get("valid_from")) is not date or not raw.get("source"):
        raise raw.fail(
            "valid_from", "参数要有生效日期和来源", "补上 valid_from: 2026-01-01 和 source: 文件名"
        )
    value = registry[fact_id].parse(raw["value"])
    assert isinstance(value, Decimal)
    return Parameter(fact_id, value, raw["valid_from"], raw["source"])
