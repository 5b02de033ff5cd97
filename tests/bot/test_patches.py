"""Rasa's inside, patched for speed: the same as stock, on the one version it was written for."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
import rasa
import yaml
from rasa.core.actions.action import ActionExtractSlots, RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionReverted, ActiveLoop, UserUttered
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot import patches
from bot.inprocess import InProcessActions
from tests.bot.conftest import Answer, Assistant, Conversation

Begin = Callable[[str], Conversation]
FOLDER = Path(__file__).parent / "conversations"
DAY = "2025-06-15"


@contextmanager
def stock() -> Iterator[None]:
    """Rasa as it comes."""
    patches.undo()
    try:
        yield
    finally:
        assert patches.apply()


@pytest.mark.usefixtures("assistant")
def test_written_for_the_rasa_installed() -> None:
    """Whoever raises Rasa's version looks at each patch again."""
    assert rasa.__version__ == patches.WRITTEN_FOR
    assert patches.apply()


@pytest.mark.usefixtures("assistant")
def test_another_version_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with stock():
        before = RulePolicy._predict, DaskGraphRunner.run, DialogueStateTracker.copy
        monkeypatch.setattr(rasa, "__version__", "3.6.22")
        assert not patches.apply()
        after = RulePolicy._predict, DaskGraphRunner.run, DialogueStateTracker.copy
        assert after == before
        monkeypatch.undo()


def dialogues() -> list[Any]:
    """The first two conversations of each file."""
    return [
        pytest.param(case, id=f"{path.stem}/{case['name']}")
        for path in sorted(FOLDER.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text("utf-8"))[:2]
    ]


@pytest.mark.parametrize("case", dialogues())
def test_same_replies_and_events_as_stock(
    case: dict[str, Any], begin: Begin, assistant: Assistant
) -> None:
    patched, plain = begin(str(case["date"])), begin(str(case["date"]))
    for turn in case["turns"]:
        with stock():
            expected: Answer = plain.say(turn["user"])
        assert patched.say(turn["user"]) == expected
    assert events(assistant, patched) == events(assistant, plain)


def events(assistant: Assistant, conversation: Conversation) -> list[dict[str, Any]]:
    """The events of a conversation, without what differs from one to the next."""
    told = [event.as_dict() for event in assistant.tracker(conversation.sender).events]
    for event in told:
        event.pop("timestamp")
        event.pop("message_id", None)
        event.get("parse_data", {}).pop("message_id", None)
    return told


def test_trackers_are_copied_as_by_replaying(begin: Begin, assistant: Assistant) -> None:
    conversation = begin(DAY)
    for text in ("我22岁，见习补贴我能领吗", "失业", "一个月给多少钱"):
        conversation.say(text)
    tracker = assistant.tracker(conversation.sender)
    replayed, copied = tracker.travel_back_in_time(float("inf")), tracker.copy()
    assert list(copied.events) == list(replayed.events)
    for name in vars(replayed):
        if name not in ("events", "slots"):
            assert getattr(copied, name) == getattr(replayed, name), name
    assert copied.current_slot_values() == replayed.current_slot_values()
    copied.slots["age"].value = 99
    copied.update(ActionReverted())
    assert tracker.get_slot("age") == 22.0, "the copy is not its own"
    assert len(tracker.events) == len(copied.events) - 1


def test_slots_are_copied_whole() -> None:
    slot = TextSlot("a", [{}], initial_value="x")
    twin = copy.copy(slot)
    assert type(twin) is TextSlot and vars(twin) == vars(slot) and twin is not slot


def rule_policy_of(assistant: Assistant) -> RulePolicy:
    """The loaded policy."""
    processor = assistant.agent.processor
    assert processor is not None
    nodes: dict[str, GraphNode] = processor.graph_runner._instantiated_nodes  # type: ignore[attr-defined]
    return next(n._component for n in nodes.values() if isinstance(n._component, RulePolicy))


@pytest.mark.parametrize(
    "event",
    [
        ActionReverted(),
        ActiveLoop("action_greet"),
        UserUttered("嗯", {"name": "an_act_of_its_own"}),
    ],
)
def test_unusual_conversations_are_left_to_stock(
    event: Any, begin: Begin, assistant: Assistant
) -> None:
    conversation = begin(DAY)
    conversation.say("您好")
    tracker, policy = assistant.tracker(conversation.sender), rule_policy_of(assistant)
    tracker.update(event)
    known = len(policy._known)  # type: ignore[attr-defined]
    ours = policy._predict(tracker, assistant.agent.domain)
    assert len(policy._known) == known, "remembered what it cannot judge"  # type: ignore[attr-defined]
    with stock():
        theirs = policy._predict(tracker, assistant.agent.domain)
    assert (ours[0].probabilities, ours[1]) == (theirs[0].probabilities, theirs[1])


def test_what_is_remembered_cannot_be_spoilt(begin: Begin, assistant: Assistant) -> None:
    conversation = begin(DAY)
    conversation.say("您好")
    tracker, policy = assistant.tracker(conversation.sender), rule_policy_of(assistant)
    first, _ = policy._predict(tracker, assistant.agent.domain)
    wanted = [*first.probabilities]
    first.probabilities[:] = [0.0] * len(wanted)
    second, _ = policy._predict(tracker, assistant.agent.domain)
    assert second.probabilities == wanted


def test_other_rules_are_left_to_stock(begin: Begin, assistant: Assistant) -> None:
    """A rule over two turns looks farther back than what is remembered."""
    conversation = begin(DAY)
    conversation.say("您好")
    policy = copy.copy(rule_policy_of(assistant))
    for forgotten in ("_short_rules", "_known"):
        policy.__dict__.pop(forgotten, None)
    said = '{"prev_action": {"action_name": "action_listen"}, "user": {"intent": "greet"}}'
    acted = '{"prev_action": {"action_name": "action_greet"}, "user": {"intent": "greet"}}'
    rule = f"[{said}, {acted}, {said}]"
    policy.lookup = {**policy.lookup, "rules": {**policy.lookup["rules"], rule: "action_thanks"}}
    policy._predict(assistant.tracker(conversation.sender), assistant.agent.domain)
    assert policy._short_rules is False and policy._known == {}  # type: ignore[attr-defined]


DOMAIN = "version: '3.1'\nslots:\n  a:\n    type: text\n    mappings:\n    - type: {}\n"


@pytest.mark.parametrize("mapping", ["from_text", "custom\n      action: action_a"])
def test_slots_that_rasa_fills_are_left_to_stock(mapping: str, assistant: Assistant) -> None:
    domain = Domain.from_yaml(DOMAIN.format(mapping) + "actions:\n- action_a\n")
    tracker = DialogueStateTracker("a", domain.slots)
    tracker.update(UserUttered("甲", {"name": "greet"}))
    called: list[str] = []

    class Endpoint(InProcessActions):
        async def request(self, *_: Any, json: Any = None, **__: Any) -> Any:
            called.append(json["next_action"])
            return {"events": [{"event": "slot", "name": "a", "value": "甲"}], "responses": []}

    extract = ActionExtractSlots(Endpoint("actions"))
    run = extract.run(None, None, tracker, domain)
    events = assistant._loop.run_until_complete(run)
    assert [(event.key, event.value) for event in events] == [("a", "甲")]


@pytest.mark.usefixtures("assistant")
def test_answers_over_http_are_still_checked() -> None:
    remote = RemoteAction("action_a", SimpleNamespace())  # type: ignore[arg-type]
    assert remote._validate_action_result({"events": [], "responses": []})
    with pytest.raises(jsonschema.ValidationError):
        remote._validate_action_result({"events": [{"event": "no such event"}]})


def test_a_graph_says_what_is_missing(assistant: Assistant) -> None:
    processor = assistant.agent.processor
    assert processor is not None
    with pytest.raises(Exception, match="input"):
        processor.graph_runner.run({}, targets=[processor.model_metadata.nlu_target])


def test_empty_domains_are_known(assistant: Assistant) -> None:
    assert Domain.empty().is_empty()
    assert not assistant.agent.domain.is_empty()
