"""The custom actions of Rasa: each reads the turn, lets one function respond, sets the slots."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import acts, answering, respond
from actions.about import Response
from actions.card import card
from actions.guard import guarded
from actions.handoff import registered
from actions.knowledge import knowledge
from actions.publicity import reach
from actions.records.store import records
from actions.reply import Reply, joined
from actions.state import State, kept_case, read_state, slot_changes
from actions.texts import say
from actions.turn import Turn, read_turn
from policy_kb.clock import today

logger = logging.getLogger(__name__)


class TurnAction(Action):
    """An action that answers one turn through `respond_to`."""

    action_name = ""
    respond_to: Callable[[Turn], Response]

    def name(self) -> str:
        return self.action_name

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        kb = knowledge()
        message = tracker.latest_message
        before = read_state(tracker.slots, kb.registry)
        heard = next(
            (e["value"] for e in message.get("entities") or () if e.get("entity") == "clean"),
            message.get("text") or "",
        )
        turn = replace(
            read_turn(kb, today(), before, heard, message),
            sender=tracker.sender_id,
            channel=channel_of(tracker),
        )
        reply, after = respond.first_of_all(turn, type(self).respond_to)
        reply, after = finished(turn, guarded(turn, reply), after)
        if reply.kind == "handoff":
            reply = registered(turn, reply, turn.sender, turn.channel)
        utter(dispatcher, reply, turn, after)
        after = reached(turn, reply, after, message.get("metadata") or {})
        return [
            SlotSet(name, value) for name, value in slot_changes(before, after, kb.registry).items()
        ]


def finished(turn: Turn, reply: Reply, after: State) -> tuple[Reply, State]:
    """The last touches: a hand-off marked, a cut told, the earlier case offered once."""
    if reply.kind == "handoff":
        after = replace(after, handoff=turn.act)
    if turn.cut:
        reply = reply.after([say("long")])
    if after.previous and reply.kind != "question":
        reply = replace(
            reply,
            text=joined([reply.text, say("resume_case")]),
            buttons=(*reply.buttons, say("resume_case_yes")),
        )
        after = replace(after, last={**after.last, "offered": True})
    return reply, after


def reached(turn: Turn, reply: Reply, after: State, metadata: Mapping[str, Any]) -> State:
    """Count a turn for the event (四送) whose code brought the person here, if one did."""
    event = reach.tag_of(metadata.get("event")) or turn.state.event
    if event:
        first = event != turn.state.event
        reach.noted(records(), event, turn.channel, reply, turn.as_of, first)
    return replace(after, event=event)


def channel_of(tracker: Tracker) -> str:
    """The channel that this conversation came by."""
    return str(tracker.get_latest_input_channel() or "")


def utter(dispatcher: CollectingDispatcher, reply: Reply, turn: Turn, after: State) -> None:
    """Send text, choices and the contract's object, with its cards, as one message."""
    custom = {
        **reply.custom(turn.kb, turn.as_of),
        "cards": [card(turn.kb, result, after.facts, after.subject) for result in reply.results],
    }
    buttons = [{"title": title, "payload": title} for title in reply.buttons]
    dispatcher.utter_message(text=reply.text, buttons=buttons or None, json_message=custom)


class SessionStart(Action):
    """A session that expired: nothing is inherited, but the case can be taken up again."""

    def name(self) -> str:
        return "action_session_start"

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[EventType]:
        case = kept_case(read_state(tracker.slots, knowledge().registry))
        kept = [SlotSet("previous", case)] if case else []
        return [SessionStarted(), *kept, ActionExecuted("action_listen")]


class AnswerQuestion(TurnAction):
    action_name = "action_answer"
    respond_to = staticmethod(answering.answer)


class TakeFacts(TurnAction):
    action_name = "action_take_facts"
    respond_to = staticmethod(answering.take_facts)


class EditFact(TurnAction):
    action_name = "action_edit_fact"
    respond_to = staticmethod(answering.take_facts)


class Screen(TurnAction):
    action_name = "action_screen"
    respond_to = staticmethod(acts.screen)


class Compare(TurnAction):
    action_name = "action_compare"
    respond_to = staticmethod(acts.compare)


class Publicise(TurnAction):
    action_name = "action_publicise"
    respond_to = staticmethod(acts.publicise)


class ExplainWhy(TurnAction):
    action_name = "action_explain_why"
    respond_to = staticmethod(acts.explain_why)


class More(TurnAction):
    action_name = "action_more"
    respond_to = staticmethod(acts.more)


class Restart(TurnAction):
    action_name = "action_forget"
    respond_to = staticmethod(acts.restart)


class Report(TurnAction):
    action_name = "action_report"
    respond_to = staticmethod(acts.report)


class HandOff(TurnAction):
    action_name = "action_hand_off"
    respond_to = staticmethod(acts.hand_off)


class Comfort(TurnAction):
    action_name = "action_comfort"
    respond_to = staticmethod(acts.comfort)


class OutOfScope(TurnAction):
    action_name = "action_out_of_scope"
    respond_to = staticmethod(acts.out_of_scope)


class NotUnderstood(TurnAction):
    action_name = "action_not_understood"
    respond_to = staticmethod(answering.not_understood)


class Greet(TurnAction):
    action_name = "action_greet"
    respond_to = staticmethod(answering.sentence("greet"))


class WhoAreYou(TurnAction):
    action_name = "action_who_are_you"
    respond_to = staticmethod(answering.sentence("who"))


class Thanks(TurnAction):
    action_name = "action_thanks"
    respond_to = staticmethod(answering.sentence("thanks"))


class Goodbye(TurnAction):
    action_name = "action_goodbye"
    respond_to = staticmethod(answering.sentence("goodbye"))


class Abuse(TurnAction):
    action_name = "action_abuse"
    respond_to = staticmethod(answering.sentence("abuse"))


class RecordLookup(TurnAction):
    action_name = "action_record_lookup"
    respond_to = staticmethod(acts.unless_in_scope("record", "decline"))


class RefuseCheating(TurnAction):
    action_name = "action_refuse_cheating"
    respond_to = staticmethod(acts.unless_in_scope("cheat", "decline"))
