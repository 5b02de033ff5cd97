"""From YAML blocks to the model, with every mistake told by file, line and fix."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from policy_kb.amounts import names_in, parse_formula
from policy_kb.conditions import Check, Every, Node, Some, Unless
from policy_kb.dates import Window
from policy_kb.errors import FactError, PolicyError
from policy_kb.facts import Registry, Value
from policy_kb.model import (
    Amendment,
    AmountRule,
    Charge,
    Example,
    Figure,
    Formula,
    Gap,
    Limit,
    Provision,
)
from policy_kb.store.shapes import ARTICLE, expect, need
from policy_kb.store.yaml_lines import Block

BOUNDS = {"min": "minimum", "max": "maximum", "over": "over", "under": "under"}
AUDIENCES = {"person", "enterprise", "institution", "public"}
VERDICTS = {"eligible", "ineligible", "unknown", "expired", "not_started"}


def parse_article(block: Block, registry: Registry) -> list[Provision]:
    """All provisions of one article file."""
    expect(block, ARTICLE)
    need(block, "title", "provisions")
    return [_provision(entry, block, registry) for entry in block["provisions"] or []]


def _provision(block: Block, article: Block, registry: Registry) -> Provision:
    need(block, "id", "kind", "name", "summary", "audience", "aliases")
    if block["kind"] not in ("decide", "tell"):
        raise block.fail(
            "kind", f"kind 不能是“{block['kind']}”", "写 decide（要判断）或 tell（只说明）"
        )
    wrong = set(block["audience"]) - AUDIENCES
    if wrong:
        raise block.fail("audience", f"audience 不认识 {wrong}", f"从 {sorted(AUDIENCES)} 里选")
    figures = _figures(block)
    window = _window(block, registry)
    return Provision(
        id=str(block["id"]),
        kind=block["kind"],
        name=block["name"],
        summary=_joined(block["summary"]),
        article=article.get("article"),
        section=block.get("section") or article.get("section") or "",
        title=article["title"],
        short=block.get("short", ""),
        audience=tuple(block["audience"]),
        terms=_texts(block, "terms"),
        aliases=_texts(block, "aliases"),
        questions=_texts(block, "questions"),
        lead=block.get("lead", ""),
        joint=_texts(block, "joint"),
        funds=block.get("funds", ""),
        conditions=Every(tuple(_node(n, registry) for n in block.get("conditions") or [])),
        window=window,
        figures=figures,
        amount=_amount(block, registry, {figure.id for figure in figures}),
        steps=_texts(block, "steps"),
        means=block.get("means"),
        discretion=_texts(block, "discretion"),
        apply=_joined(block.get("apply", "")),
        gaps=tuple(_gap(gap) for gap in block.get("gaps") or []),
        readings=_texts(block, "readings"),
        excludes=_texts(block, "excludes"),
        best_of=_texts(block, "best_of"),
        see=_texts(block, "see"),
        routes=_texts(block, "routes"),
        amendments=tuple(_amendment(a, figures) for a in block.get("amendments") or []),
        examples=tuple(_example(e, registry) for e in block.get("examples") or []),
        line=block.line,
    )


def _texts(block: Block, key: str) -> tuple[str, ...]:
    return tuple(_joined(item) for item in block.get(key, ()))


def _joined(text: str) -> str:
    """A folded block without the blanks that YAML puts where lines were broken."""
    return "".join(part.strip() for part in str(text).split(" ")) if text else ""


def _node(block: Block, registry: Registry) -> Node:
    says = block.get("says", "")
    for key in ("all", "any"):
        if block.get(key) == []:
            raise block.fail(key, f"{key} 下面没有条件", "写上至少一个条件，或删掉这一段")
    if "all" in block:
        return Every(tuple(_node(b, registry) for b in block["all"]), says)
    if "any" in block:
        return Some(tuple(_node(b, registry) for b in block["any"]), says)
    if "not" in block:
        return Unless(_node(block["not"], registry), says)
    return _check(block, registry)


def _check(block: Block, registry: Registry) -> Check:
    need(block, "fact", "says")
    fact_id = block["fact"]
    if fact_id not in registry.facts:
        raise block.fail("fact", f"没有叫“{fact_id}”的事实", "先在 data/facts.yaml 里登记")
    fact = registry[fact_id]
    bounds = {
        field: Decimal(str(block[key]))
        for key, field in BOUNDS.items()
        if block.get(key) is not None
    }
    raw = block["in"] if "in" in block else [block["is"]] if "is" in block else []
    if bool(raw) == bool(bounds):
        raise block.fail(
            "fact",
            "条件没有写清要什么值",
            "用 is、in，或 min/max（含本数）、over/under（不含）之一",
        )
    if bounds and not fact.numeric:
        raise block.fail("fact", f"“{fact.name}”不是数，不能比大小", "改用 is 或 in")
    try:
        allowed = tuple(fact.parse(value) for value in raw)
    except FactError as error:
        raise block.fail("fact", str(error), "改成登记表里有的值") from None
    return Check(fact_id, allowed, says=block["says"], named=bool(block.get("named")), **bounds)


def _window(block: Block, registry: Registry) -> Window:
    raw = block.get("window")
    if raw is None:
        return Window()
    event = raw.get("on")
    if event is not None and (event not in registry.facts or registry[event].type != "date"):
        raise raw.fail(
            "on", f"“{event}”不是登记过的日期事实", "填 data/facts.yaml 里 type: date 的编号"
        )
    if raw.get("begun_inside") not in (None, "confirm"):
        raise raw.fail("begun_inside", "begun_inside 只能是 confirm", "写 confirm 或删掉这一行")
    start, end = _day(raw, "start"), _day(raw, "end")
    if start and end and start > end:
        raise raw.fail("end", "截止日期早于开始日期", "检查两个日期")
    return Window(
        start=start,
        end=end,
        event=event,
        run_on_years=int(raw.get("run_on_years") or 0),
        confirm_begun_inside=raw.get("begun_inside") == "confirm",
        after=_joined(raw.get("after", "")),
    )


def _day(block: Block, key: str) -> date | None:
    value = block.get(key)
    if value is None or type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise block.fail(key, f"“{value}”不是日期", "写成 2025-12-31 的样子") from None


def _figures(block: Block) -> tuple[Figure, ...]:
    figures = []
    for figure_id, raw in (block.get("figures") or {}).items():
        need(raw, "value", "unit", "name")
        value, said = Decimal(str(raw["value"])), raw.get("said", "")
        figures.append(Figure(figure_id, raw["name"], value, raw["unit"], said))
    return tuple(figures)


def _amount(block: Block, registry: Registry, figure_ids: set[str]) -> AmountRule | None:
    raw = block.get("amount")
    if raw is None:
        return None
    entries = raw.get("alternatives") or ([raw] if "formula" in raw else [])
    formulas = []
    for entry in entries:
        need(entry, "formula")
        formulas.append(
            Formula(
                _formula(entry, "formula", registry, figure_ids),
                unit=entry.get("unit") or raw.get("unit", ""),
                cap=bool(entry.get("cap", raw.get("cap"))),
                label=entry.get("label") or raw.get("label", ""),
                said=entry.get("said", ""),
            )
        )
    if not formulas and not raw.get("text"):
        raise raw.fail("text", "amount 既没有算式也没有文字", "写 formula 或 text")
    return AmountRule(
        formulas=tuple(formulas),
        unit=raw.get("unit", ""),
        cap=bool(raw.get("cap")),
        years=int(raw.get("years") or 0),
        text=_joined(raw.get("text", "")),
        label=raw.get("label", ""),
        note=_joined(raw.get("note", "")),
        limit=_limit(raw.get("limit"), registry, figure_ids),
        charge=_charge(raw.get("charge"), registry, figure_ids),
    )


def _formula(block: Block, key: str, registry: Registry, figure_ids: set[str]) -> str:
    text: str = block[key]
    try:
        parse_formula(text)
    except PolicyError as error:
        raise block.fail(key, str(error), "检查括号和符号") from None
    unknown = {n for n in names_in(text) if n not in registry.facts and n not in figure_ids}
    if unknown:
        raise block.fail(
            key, f"算式里的 {sorted(unknown)} 没有定义", "写到 figures 或 data/facts.yaml 里"
        )
    return text


def _charge(raw: Block | None, registry: Registry, figure_ids: set[str]) -> Charge | None:
    if raw is None:
        return None
    keys = ("due", "due_before", "saved")
    need(raw, "of", *keys)
    return Charge(raw["of"], *(_formula(raw, key, registry, figure_ids) for key in keys))


def _limit(raw: Block | None, registry: Registry, figure_ids: set[str]) -> Limit | None:
    if raw is None:
        return None
    need(raw, "fact", "figure")
    for key, known in (("fact", registry.facts), ("figure", figure_ids)):
        if raw[key] not in known:
            raise raw.fail(key, f"没有叫“{raw[key]}”的", "写到 figures 或 data/facts.yaml 里")
    return Limit(raw["fact"], raw["figure"], raw.get("each", ""))


def _gap(raw: Block) -> Gap:
    need(raw, "what", "set_by")
    return Gap(_joined(raw["what"]), _joined(raw["set_by"]))


def _amendment(raw: Block, figures: tuple[Figure, ...]) -> Amendment:
    need(raw, "document", "issued")
    issued = _day(raw, "issued")
    assert issued
    changed: Any = raw.get("figures") or {}
    unknown = set(changed) - {figure.id for figure in figures}
    if unknown:
        raise raw.fail(
            "figures", f"本条款没有叫 {sorted(unknown)} 的数", "用本条款 figures 里的编号"
        )
    return Amendment(
        document=_joined(raw["document"]),
        issued=issued,
        effective=_day(raw, "effective") or issued,
        note=_joined(raw.get("note", "")),
        start=_day(raw, "start"),
        end=_day(raw, "end"),
        figures={key: Decimal(str(value)) for key, value in changed.items()},
    )


def _example(raw: Block, registry: Registry) -> Example:
    need(raw, "date", "facts", "verdict")
    if raw["verdict"] not in VERDICTS:
        raise raw.fail(
            "verdict", f"verdict 不能是“{raw['verdict']}”", f"从 {sorted(VERDICTS)} 里选"
        )
    day = _day(raw, "date")
    assert day
    try:
        registry.parse(raw["facts"])
    except FactError as error:
        raise raw.fail("facts", str(error), "改成登记表里有的事实和值") from None
    amount = raw.get("amount")
    missing = raw.get("missing")
    unknown = [fact for fact in missing or () if fact not in registry.facts]
    if unknown:
        raise raw.fail("missing", f"没有叫 {unknown} 的事实", "改成登记表里有的事实")
    return Example(
        line=raw.line,
        day=day,
        facts=dict(raw["facts"]),
        verdict=raw["verdict"],
        amount=None if amount is None else str(amount),
        missing=None if missing is None else tuple(missing),
        until=_day(raw, "until"),
    )


def parse_values(registry_values: Mapping[str, object], registry: Registry) -> dict[str, Value]:
    """Facts as written in YAML, in canonical form."""
    return registry.parse(registry_values)
