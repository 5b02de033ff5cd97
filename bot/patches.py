"""The few places where Rasa's inside is replaced, for speed, with the same behaviour.

Bound to the Rasa version they were written against: on any other, nothing is patched and
stock behaviour stands. Each patch hands over to the stock code wherever a model or a
conversation is not of the kind it knows.
"""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

import jsonschema
import rasa
from rasa.core import processor
from rasa.core.actions import action as rasa_action
from rasa.core.policies import rule_policy
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core import events as rasa_events
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS as VALIDATE
from rasa.shared.core.domain import USED_ENTITIES_KEY, Domain
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.inprocess import InProcessActions

WRITTEN_FOR = "3.6.21"
_replaced: list[tuple[Any, str, Any]] = []
"""What was patched: owner, name and what stood there, or MISSING."""

MISSING = object()


def apply() -> bool:
    """Patch once; False where this is not the Rasa the patches were written for."""
    if rasa.__version__ != WRITTEN_FOR:
        return False
    if not _replaced:
        _trust_actions_of_this_process()
        _remember_event_classes()
        _run_graphs_node_by_node()
        _copy_trackers_without_replay()
        _skip_extraction_without_mappings()
        _remember_rules()
        _copy_nothing_for_the_log()
        _know_an_empty_domain()
    return True


def undo() -> None:
    """Stock behaviour again."""
    while _replaced:
        owner, name, stood = _replaced.pop()
        if stood is MISSING:
            delattr(owner, name)
        else:
            setattr(owner, name, stood)


def _put(owner: Any, name: str, value: Any) -> None:
    _replaced.append((owner, name, vars(owner).get(name, MISSING)))
    setattr(owner, name, value)


def _once_a_domain(ask: Callable[[Domain], bool]) -> Callable[[Domain], bool]:
    """Remembers the answer on the domain itself, whose hash takes 2 ms."""

    def answer(domain: Domain) -> bool:
        kept: dict[str, bool] = domain.__dict__.setdefault("_answers", {})
        if ask.__name__ not in kept:
            kept[ask.__name__] = ask(domain)
        return kept[ask.__name__]

    return answer


def _trust_actions_of_this_process() -> None:
    """Stock Rasa checks the meta-schema again at every action call: 20 ms of a 40 ms turn.

    Answers over HTTP are checked by a schema compiled once (1.5 ms); what rasa_sdk's own
    functions built in this process needs no check.
    """
    schema = rasa_action.RemoteAction.action_response_format_spec()
    validator = jsonschema.validators.validator_for(schema)(schema)

    def validate(self: Any, result: dict[str, Any]) -> bool:
        if isinstance(self.action_endpoint, InProcessActions):
            return True
        error = next(validator.iter_errors(result), None)
        if error is None:
            return True
        error.message += f". Action {self.name()} answered with an invalid format."
        raise error

    _put(rasa_action.RemoteAction, "_validate_action_result", validate)


def _remember_event_classes() -> None:
    """Stock Rasa walks all subclasses of Event for each stored event it reads."""
    remembered = functools.lru_cache(maxsize=256)(rasa_events.Event.resolve_by_type)
    _put(rasa_events.Event, "resolve_by_type", staticmethod(remembered))


def _run_graphs_node_by_node() -> None:
    """Stock Rasa hands each of its small graphs to Dask's scheduler, three times a turn."""
    stock = DaskGraphRunner.run

    def ordered(runner: Any, targets: list[str]) -> list[GraphNode] | None:
        """The nodes that lead to these targets, each after those it needs."""
        schema = runner._graph_schema.minimal_graph_schema(targets)
        nodes, order = runner._instantiated_nodes, []
        if any(not nodes[n]._eager or nodes[n]._hooks for n in schema.nodes):
            return None  # training, or somebody watches the nodes

        def visit(name: str) -> None:
            if name in schema.nodes and nodes[name] not in order:
                for needed in schema.nodes[name].needs.values():
                    visit(needed)
                order.append(nodes[name])

        for target in targets:
            visit(target)
        return order

    def run(self: Any, inputs: Any = None, targets: Any = None) -> dict[str, Any]:
        wanted = targets or self._graph_schema.target_names
        plans = self.__dict__.setdefault("_plans", {})
        key = tuple(wanted)
        if key not in plans:
            plans[key] = ordered(self, wanted)
        plan, results = plans[key], dict(inputs or {})
        if plan is None or any(name in self._instantiated_nodes for name in results):
            return stock(self, inputs, targets)
        for node in plan:
            needed = {*node._inputs.values()}
            if not needed <= results.keys():
                return stock(self, inputs, targets)  # which says what is missing
            _, results[node._node_name] = node(*((each, results[each]) for each in needed))
        return {name: results[name] for name in wanted}

    _put(DaskGraphRunner, "run", run)


def _copy_trackers_without_replay() -> None:
    """Stock Rasa copies a tracker by replaying its events, before each action."""

    def copy_slot(self: Slot) -> Slot:
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        return twin

    def copy_tracker(self: DialogueStateTracker) -> DialogueStateTracker:
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.events = copy.copy(self.events)
        twin.slots = {name: copy_slot(slot) for name, slot in self.slots.items()}
        twin.active_loop = copy.copy(self.active_loop)
        # as replaying leaves it: the copy stamps no model on the events it is given
        twin.model_id = twin.assistant_id = None
        return twin

    stock = DialogueStateTracker.copy

    def copied(self: DialogueStateTracker) -> DialogueStateTracker:
        return copy_tracker(self) if type(self.slots) is dict else stock(self)

    _put(Slot, "__copy__", copy_slot)
    _put(DialogueStateTracker, "copy", copied)


def _skip_extraction_without_mappings() -> None:
    """Stock Rasa looks at each slot's mappings each turn, even where none can fill it."""
    stock = rasa_action.ActionExtractSlots.run

    @_once_a_domain
    def fills_nothing(domain: Domain) -> bool:
        return VALIDATE not in domain.user_actions and all(
            mapping.get("type") == "custom" and "action" not in mapping
            for slot in domain.slots
            for mapping in slot.mappings
            if slot.name not in rasa_action.DEFAULT_SLOT_NAMES
        )

    async def run(self: Any, channel: Any, nlg: Any, tracker: Any, domain: Domain) -> Any:
        if fills_nothing(domain):
            return []
        return await stock(self, channel, nlg, tracker, domain)

    _put(rasa_action.ActionExtractSlots, "run", run)


def _remember_rules() -> None:
    """Stock Rasa replays the conversation twice a prediction, to compare it with each rule.

    Where all rules are of the kind "this act → this action → listen", what they predict
    depends on the acts and actions since the action before the last, and is remembered.
    """
    stock = rule_policy.RulePolicy._predict
    harmless = (rasa_events.BotUttered, rasa_events.SlotSet)
    featurised = rasa_events.DefinePrevUserUtteredFeaturization

    def short_rules(policy: Any) -> bool:
        """Rules of one turn that look at nothing but its act and actions."""
        for key in policy.lookup.get("rules", {}):
            first, *rest = json.loads(key)
            if len(rest) > 1 or first.get("prev_action") != {"action_name": ACTION_LISTEN_NAME}:
                return False
            if any({*state} > {"prev_action", "user"} for state in (first, *rest)):
                return False
            if any({*state.get("user", {"": ""})} != {"intent"} for state in (first, *rest)):
                return False
        return not policy.config.get("use_nlu_confidence_as_score")

    @_once_a_domain
    def without_slots(domain: Domain) -> bool:
        """No slot takes part in predictions."""
        return not any(slot.has_features() for slot in domain.slots)

    def since(events: Iterable[Any], acts: dict[str, Any]) -> tuple[str, ...] | None:
        """Acts and actions back to the last action but one; None where more plays a part."""
        steps: list[str] = []
        actions = 0
        acts_between = False
        for event in events:
            if isinstance(event, rasa_events.ActionExecuted):
                if not event.action_name:
                    return None
                actions += 1
                steps.append(f"!{event.action_name}")
                if actions == 2:
                    seen = acts_between or event.action_name != ACTION_LISTEN_NAME
                    return tuple(steps) if seen else None
            elif isinstance(event, rasa_events.UserUttered):
                if event.use_text_for_featurization:
                    return None
                if acts.get(event.intent_name, {}).get(USED_ENTITIES_KEY, True):
                    return None  # an unknown act, or one whose entities are looked at
                acts_between = acts_between or actions == 1
                steps.append(f"?{event.intent_name}")
            elif isinstance(event, rasa_events.SessionStarted):
                return (*steps, "|")
            elif isinstance(event, featurised):
                if event.use_text_for_featurization:
                    return None
            elif not isinstance(event, harmless):
                return None
        return None

    def predict(
        self: Any, tracker: DialogueStateTracker, domain: Domain
    ) -> tuple[PolicyPrediction, str | None]:
        if "_short_rules" not in self.__dict__:
            self._short_rules, self._known = short_rules(self), {}
        usable = self._short_rules and tracker.active_loop is None and without_slots(domain)
        key = since(reversed(tracker.events), domain.intent_properties) if usable else None
        if key is None:
            return stock(self, tracker, domain)
        if key not in self._known:
            prediction, source = stock(self, tracker, domain)
            if source not in self.lookup.get("rules", {}) or len(self._known) > 4096:
                return prediction, source
            self._known[key] = prediction, source
        prediction, source = self._known[key]
        twin = copy.copy(prediction)
        twin.probabilities, twin.events = [*prediction.probabilities], [*prediction.events]
        return twin, source

    _put(rule_policy.RulePolicy, "_predict", predict)


def _copy_nothing_for_the_log() -> None:
    """Stock Rasa writes out all slots and copies entities and events for debug lines."""
    _put(MessageProcessor, "_log_slots", staticmethod(lambda _: None))
    # the module copies for these lines only
    _put(processor, "copy", SimpleNamespace(deepcopy=lambda value: value))


def _know_an_empty_domain() -> None:
    """Stock Rasa writes out the domain each turn to see whether it is empty."""
    _put(Domain, "is_empty", _once_a_domain(Domain.is_empty))
