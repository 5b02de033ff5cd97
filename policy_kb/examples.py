"""The worked examples that stand beside a provision in its YAML."""

from __future__ import annotations

from policy_kb.decide import decide
from policy_kb.facts import plain
from policy_kb.model import Knowledge, Provision


def example_failures(kb: Knowledge, provision: Provision) -> list[str]:
    """The worked examples of a provision that do not come out as written, each told in a line."""
    failures = []
    for example in provision.examples:
        result = decide(kb, provision.id, kb.registry.parse(example.facts), example.day)
        value = result.amount.value if result.amount else None
        found: dict[str, object] = {"verdict": result.verdict.value}
        wanted: dict[str, object] = {"verdict": example.verdict}
        if example.amount is not None:
            found["amount"] = None if value is None else plain(value)
            wanted["amount"] = example.amount
        if example.missing is not None:
            found["missing"], wanted["missing"] = sorted(result.missing), sorted(example.missing)
        if example.until is not None:
            found["until"], wanted["until"] = result.valid_until, example.until
        if found != wanted:
            failures.append(f"{provision.id} 第{example.line}行的算例：应为 {wanted}，算出 {found}")
    return failures
