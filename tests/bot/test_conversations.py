"""Conversations by pattern: what a right assistant answers, from the plan and our readings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from policy_kb.model import Knowledge
from policy_kb.result import VERDICT_LABELS, Verdict
from tests.bot.conftest import Answer, Conversation

FOLDER = Path(__file__).parent / "conversations"
KINDS = {"answer", "question", "choice", "decline", "handoff", "publicity", "smalltalk"}
LEAST_CONVERSATIONS = 70


def conversations() -> list[Any]:
    """One case a conversation, named file/name."""
    cases = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text("utf-8")):
            cases.append(pytest.param(case, id=f"{path.stem}/{case['name']}"))
    return cases


@pytest.mark.parametrize("case", conversations())
def test_conversation(
    case: dict[str, Any], begin: Callable[[str], Conversation], kb: Knowledge
) -> None:
    """Every turn is as expected, and keeps to the contract whatever is expected."""
    conversation = begin(str(case["date"]))
    before = ""
    for turn in case["turns"]:
        conversation.wait(turn.get("idle", 0))
        answer = conversation.say(turn["user"])
        keeps_contract(answer, kb)
        meets(turn, answer)
        if turn.get("fresh"):
            assert answer.question != before, f"asks the very same again: {answer.question}"
        before = answer.question


def test_enough_conversations() -> None:
    assert len(conversations()) >= LEAST_CONVERSATIONS


def meets(turn: dict[str, Any], answer: Answer) -> None:
    """What this turn expects; lists of kinds or verdicts are alternatives."""
    said = f"{turn['user']!r} → {answer.kind}/{answer.verdict} {answer.provisions}: {answer.text}"
    if "kind" in turn:
        assert answer.kind in _either(turn["kind"]), said
    if "verdict" in turn:
        assert answer.verdict in _either(turn["verdict"]), said
    if "provisions" in turn:
        assert set(turn["provisions"]) <= set(answer.provisions), said
    if "asks" in turn:
        assert set(answer.asking) == set(turn["asks"]), f"asks {answer.asking}: {said}"
    if "amount" in turn:
        assert answer.amount and answer.amount.get("value") == str(turn["amount"]), said
    for words in turn.get("says", ()):
        assert any(one in answer.text for one in str(words).split("|")), f"lacks {words}: {said}"
    for words in turn.get("never", ()):
        assert str(words) not in answer.text, f"must not say {words}: {said}"
    for words in turn.get("last", ()):
        assert words in answer.question, f"last line lacks {words}: {said}"
    for words in turn.get("buttons", ()):
        assert words in answer.buttons, f"no button {words} in {answer.buttons}: {said}"


def _either(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def keeps_contract(answer: Answer, kb: Knowledge) -> None:
    """The contract's rules for every reply (contract.md, Replies)."""
    assert answer.messages == 1
    assert answer.kind in KINDS, answer.kind
    assert answer.text.strip()
    assert "\n\n" not in answer.text
    assert "{" not in answer.text and "None" not in answer.text, answer.text
    assert answer.text.count("以经办部门审核为准") <= 1, answer.text
    assert not [p for p in answer.payloads if p.startswith("/")]
    labels = [v for v, label in VERDICT_LABELS.items() if label in answer.text]
    if answer.items:
        assert answer.kind == "answer"
        for item in answer.items:
            assert VERDICT_LABELS[Verdict(item["verdict"])] in answer.text
    elif answer.kind == "question":
        assert answer.verdict == "unknown"
        assert answer.question.endswith(("？", "?")), answer.text
    elif answer.verdict:
        assert labels == [Verdict(answer.verdict)], answer.text
    else:
        assert not labels, answer.text
    if answer.kind == "answer":
        relied_on = {a for p in answer.provisions for a in kb[p].articles}
        assert relied_on <= set(answer.articles), answer.text
