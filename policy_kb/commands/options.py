"""What the commands share: the knowledge, the facts and the day of their options, JSON."""

from __future__ import annotations

import argparse
import json
from datetime import date

from policy_kb.clock import parse_day, today
from policy_kb.errors import FactError
from policy_kb.facts import Value
from policy_kb.model import Knowledge
from policy_kb.store import database


def knowledge() -> Knowledge:
    """The knowledge base, built anew where data/ has changed."""
    database.build()
    return database.load()


def stated_facts(kb: Knowledge, text: str) -> dict[str, Value]:
    """The facts of --facts. Raises FactError for what is no JSON object or no value of a fact."""
    try:
        raw = json.loads(text)
    except json.JSONDecodeError:
        raise FactError(f"--facts 要写成 JSON，如 '{{\"age\": 23}}'；收到的是“{text}”。") from None
    if not isinstance(raw, dict):
        raise FactError("--facts 要写成 {…}，每项是“事实编号: 值”。")
    return kb.registry.parse(raw)


def day_of(options: argparse.Namespace) -> date:
    """The day of --date; today where none is given."""
    return parse_day(options.date) if options.date else today()


def print_json(body: object) -> None:
    """One JSON value, Chinese as it is."""
    print(json.dumps(body, ensure_ascii=False, indent=1))
