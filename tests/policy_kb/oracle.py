"""A second reading of the rules, straight from the YAML, that shares no code with the engine.

It knows no windows, and no unknowns but in checks that are `named`, which then count as met.
Slow and plain on purpose.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import yaml
from hypothesis import strategies as st

from policy_kb.store.sources import DATA

World = dict[str, Any]
"""Values of base facts: bool, option id or Decimal."""


@cache
def facts() -> dict[str, Any]:
    text = (DATA / "facts.yaml").read_text("utf-8")
    return {fact["id"]: fact for fact in yaml.safe_load(text)["facts"]}


@cache
def rules() -> dict[str, list[Any]]:
    """The conditions of each deciding provision, as written."""
    files = [yaml.safe_load(path.read_text("utf-8")) for path in (DATA / "plan").glob("*.yaml")]
    return {
        provision["id"]: provision.get("conditions") or []
        for file in files
        for provision in file["provisions"]
        if provision["kind"] == "decide"
    }


def meets(provision_id: str, world: World) -> bool:
    """Whether complete facts meet every condition."""
    return all(_holds(node, world) for node in rules()[provision_id])


def _holds(node: Any, world: World) -> bool:
    if "all" in node:
        return all(_holds(part, world) for part in node["all"])
    if "any" in node:
        return any(_holds(part, world) for part in node["any"])
    if "not" in node:
        return not _holds(node["not"], world)
    value = _value(node["fact"], world)
    if value is None and node.get("named"):
        return True
    if "is" in node:
        return bool(value == node["is"])
    if "in" in node:
        return value in node["in"]
    return (
        ("min" not in node or value >= node["min"])
        and ("max" not in node or value <= node["max"])
        and ("over" not in node or value > node["over"])
        and ("under" not in node or value < node["under"])
    )


def _value(fact_id: str, world: World) -> Any:
    if "ratio" not in facts()[fact_id]:
        return world.get(fact_id)
    part, whole = (world.get(name) for name in facts()[fact_id]["ratio"])
    if part is None or whole is None:
        return None
    return part * 100 / whole


@cache
def base_facts(provision_id: str, named: bool = True) -> tuple[str, ...]:
    """The facts that a complete case needs, shares in their parts; with the named ones or not."""
    used = [
        leaf["fact"]
        for node in rules()[provision_id]
        for leaf in leaves(node)
        if named or not leaf.get("named")
    ]
    return tuple(dict.fromkeys(b for fact in used for b in facts()[fact].get("ratio") or (fact,)))


def leaves(node: Any) -> list[Any]:
    """The single checks below a node."""
    below = node.get("all") or node.get("any") or ([node["not"]] if "not" in node else [])
    return [leaf for part in below for leaf in leaves(part)] if below else [node]


@cache
def sampled(fact_id: str) -> tuple[Any, ...]:
    """Values on both sides of every threshold that a rule sets for the fact."""
    fact = facts()[fact_id]
    if fact["type"] == "bool":
        return (True, False)
    if fact["type"] == "choice":
        return tuple(option["id"] for option in fact["options"])
    everything = [leaf for nodes in rules().values() for node in nodes for leaf in leaves(node)]
    edges = {
        leaf[key]
        for leaf in everything
        if leaf["fact"] == fact_id
        for key in ("min", "max", "over", "under")
        if key in leaf
    }
    if _in_share(fact_id):  # the parts of a share have no threshold of their own
        edges |= {0, 2, 7, 20, 25, 30, 190}
    near = sorted({edge + step for edge in edges for step in (-1, 0, 1)})
    return tuple(Decimal(n) for n in near if n >= fact.get("min", 0))


@cache
def possible(fact_id: str) -> tuple[Any, ...]:
    """As `sampled`, with a number beyond any sampled one, so that a share can still go both ways."""
    return sampled(fact_id) + ((Decimal(100_000),) if _in_share(fact_id) else ())


def _in_share(fact_id: str) -> bool:
    return any(fact_id in (fact.get("ratio") or ()) for fact in facts().values())


@st.composite
def worlds(draw: st.DrawFn, provision_id: str) -> World:
    """Complete facts of one provision."""
    return {name: draw(st.sampled_from(sampled(name))) for name in base_facts(provision_id)}
