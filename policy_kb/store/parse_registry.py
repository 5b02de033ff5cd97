"""From the YAML of facts and district to the model."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from policy_kb.errors import FactError
from policy_kb.facts import Fact, Option, Registry, Value
from policy_kb.model import District, Line, Office, Parameter
from policy_kb.store.shapes import DISTRICT, REGISTRY, expect, need
from policy_kb.store.yaml_lines import Block

TYPES = {"bool", "integer", "number", "money", "percent", "date", "choice"}
OWNERS = {"person", "enterprise", "district"}


def parse_registry(block: Block) -> Registry:
    """The registry of facts with its implications."""
    expect(block, REGISTRY)
    need(block, "facts")
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
    need(raw, "id", "name", "owner", "type", "question", "why")
    if raw["type"] not in TYPES:
        raise raw.fail("type", f"type 不能是“{raw['type']}”", f"从 {sorted(TYPES)} 里选")
    if raw["owner"] not in OWNERS:
        raise raw.fail("owner", f"owner 不能是“{raw['owner']}”", f"从 {sorted(OWNERS)} 里选")
    if len(raw.get("ratio", ("", ""))) != 2:
        raise raw.fail("ratio", "比例要由两项事实相除", "写成 [分子, 分母]")
    options = tuple(_option(option) for option in raw.get("options", ()))
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
        up_to_age=_decimal(raw, "up_to_age"),
        set_by=raw.get("set_by", ""),
    )


def _option(raw: Block) -> Option:
    need(raw, "id", "label")
    return Option(raw["id"], raw["label"])


def _decimal(raw: Block, key: str) -> Decimal | None:
    return None if raw.get(key) is None else Decimal(str(raw[key]))


def _implication(raw: Block, registry: Registry) -> tuple[str, Value, str, Value]:
    for key in ("when", "then"):
        if len(raw.get(key) or ()) != 1:
            raise raw.fail(key, f"{key} 要正好写一项", "写成 {when: {事实: 值}, then: {事实: 值}}")
    ((if_fact, if_raw),) = raw["when"].items()
    ((then_fact, then_raw),) = raw["then"].items()
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
    expect(block, DISTRICT)
    return District(
        name=block.get("name") or "本区",
        offices=tuple(_office(raw) for raw in block.get("offices") or []),
        lines=tuple(_line(raw) for raw in block.get("lines", ())),
        parameters=tuple(
            _parameter(raw, registry)
            for raw in block.get("parameters") or []
            if raw.get("value") is not None
        ),
    )


def _office(raw: Block) -> Office:
    need(raw, "name")
    return Office(**{key: str(value or "") for key, value in raw.items()})


def _line(raw: Block) -> Line:
    need(raw, "number", "name", "purpose")
    return Line(str(raw["number"]), raw["name"], raw["purpose"])


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
    try:
        value = registry[fact_id].parse(raw["value"])
    except FactError as error:
        raise raw.fail("value", str(error), "只写数字") from None
    assert isinstance(value, Decimal)
    return Parameter(fact_id, value, raw["valid_from"], raw["source"])
