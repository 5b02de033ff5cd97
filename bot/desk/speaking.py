"""What an operator says and writes: a sentence to read out, the number to transfer to, a note."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.desk.words import word, words
from policy_kb.facts import Value, day_label
from policy_kb.model import Knowledge, Provision
from policy_kb.reasons import describe
from policy_kb.result import Result, Verdict

WORKING = re.compile(r"（[^（）]*[×÷＋－][^（）]*）")
"""（3×9000＋5×7800）: for the eye, not for the ear."""


def transfer(kb: Knowledge, provision: Provision) -> str:
    """Where to put the caller through: a responsible department's own number, else its line.

    The numbers are the district's: an office that bears a department's name, or a line.
    """
    for department in provision.departments:
        for office in kb.district.offices:
            if office.telephone and department in office.name:
                return f"{office.telephone}（{office.name}）"
    lines = {line.number: line for line in kb.district.lines}
    table: Mapping[str, str] = words()["transfer"]
    own = (n for d in provision.departments for part, n in table.items() if part in d)
    number = next(own, words()["transfer_else"])
    return f"{number}（{lines[number].name}）" if number in lines else number


def sentence(result: Result | None, told: Mapping[str, Any], number: str) -> str:
    """One thing to read out: verdict, amount, time, whom to turn to."""
    name, citation, lead = told["name"], told["citation"], told["departments"]
    where = word("say_where", lead=lead.split("、")[0], number=number.partition("（")[0])
    if result is None:
        return told["because"] + (where if lead else "")
    head = word("say_verdict", name=name, citation=citation, verdict=_spoken(result, told))
    parts = [head]
    if result.verdict is Verdict.UNKNOWN and told["open"]:
        parts.append(word("say_open", open="；".join(told["open"][:2])))
    elif result.verdict is not Verdict.ELIGIBLE:
        parts.append(told["because"])
    if told["amount"]:
        key = "say_amount" if result.verdict is Verdict.ELIGIBLE else "say_amount_open"
        parts.append(word(key, amount=WORKING.sub("", told["amount"]).rstrip("。")))
    if told["until"]:
        parts.append(word("say_until", until=told["until"].rstrip("。")))
    if result.verdict is Verdict.ELIGIBLE:
        parts.append(word("say_checked"))
    return "".join(parts) + (where if lead else "")


def _spoken(result: Result, told: Mapping[str, Any]) -> str:
    if result.verdict in (Verdict.ELIGIBLE, Verdict.INELIGIBLE) and told["means"]:
        return str(told["means"]).rstrip("。")
    spoken: Mapping[str, str] = words()["say_verdicts"]
    return spoken[result.verdict.value]


def note_of(
    kb: Knowledge,
    shown: Sequence[Mapping[str, Any]],
    facts: Mapping[str, Value],
    as_of: date,
    person: str,
) -> str:
    """The call as a work order takes it: facts, verdicts with their reasons, where it goes."""
    lines = [word("note_head", day=day_label(as_of))]
    if facts:
        told = "；".join(describe(kb, fact, facts) for fact in facts)
        lines.append(word("note_facts", person=person, facts=told))
    for entry in shown:
        label = entry.get("label") or words()["tell"]
        lines.append(f"【{label}】{entry['name']}（{entry['citation']}）：{entry['because']}")
        for key in ("steps", "amount", "until", "funds"):
            if entry.get(key):
                lines.append(f"　{words()[key]}：{entry[key]}")
        if entry["departments"]:
            lines.append(
                f"　{words()['departments']}：{entry['departments']}；{words()['put_through']}：{entry['transfer']}"
            )
    lines.append(word("note_end"))
    return "\n".join(lines)
