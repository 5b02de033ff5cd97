"""The ordinary turn: a question about provisions, a statement of facts, or neither."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from actions import screening
from actions.about import Response, about
from actions.by_department import led_by
from actions.echo import echo
from actions.elsewhere import decline, is_dispute, take_up
from actions.focus import NAMED, POINTING, elsewhere_named, focus, outside
from actions.going_on import go_on, offer, side_question
from actions.hearing import (
    CHAT,
    STATING,
    UNSURE,
    asks,
    bears_on_topic,
    beside,
    new_matter,
    plainly_about,
)
from actions.reckoning import reckon_any
from actions.reply import Reply
from actions.several import answer_each, both, questions, tell_both
from actions.state import State
from actions.texts import say
from actions.turn import Turn, absorb
from actions.urgent import chat_act
from policy_kb.facts import Value
from policy_kb.words import is_gibberish

WORDS = re.compile(r"[A-Za-z\u4e00-\u9fff]")
SHORT = 6
"""Characters up to which a message that fits nothing was perhaps only misheard."""


def by_the_words(turn: Turn) -> Response:
    """A message whose act was only guessed at: a question if it asks, facts if it states some."""
    told = turn.names_one or turn.facts or plainly_about(turn)
    chat = None if told else chat_act(turn.text)
    if chat and not turn.state.mode:
        return CHAT_SENTENCES[chat](turn)
    if asks(turn) or (plainly_about(turn) and not turn.facts):
        return answer(turn)
    return take_facts(turn)


def answer(turn: Turn) -> Response:
    """A question about provisions; beside an interview, answered before it goes on."""
    state, changed = absorb(turn)
    if elsewhere_named(turn):
        return decline(turn), replace(state, misses=0)
    led = led_by(turn)
    if led:
        return led, replace(state, misses=0)
    if (
        POINTING.search(turn.text)
        and not state.topic
        and not turn.names_one
        and len(turn.text) <= CHAT
    ):
        return Reply(say("which_one"), "choice"), state
    parts = [] if turn.state.mode else questions(turn)
    if parts:
        return answer_each(turn, state, parts, changed)
    together = [] if turn.state.mode else both(turn)
    if together:
        return tell_both(turn, state, together, changed)
    ids = focus(turn)
    if turn.state.mode and (not ids or beside(turn, ids)):
        return side_question(turn, state, ids, changed)
    if not ids:
        return nothing_fits(turn, state)
    return about(turn, state, ids, changed)


def take_facts(turn: Turn) -> Response:
    """A statement, a correction or a short answer."""
    state, changed = absorb(turn)
    if state.mode == "screening" and not state.asking:
        role = screening.role_said(turn.text)
        state = replace(state, last={**state.last, screening.ROLE: role}) if role else state
    ids = [] if outside(turn) or not WORDS.search(turn.text) else focus(turn)
    reckoned = None if state.mode else reckon_any(turn, ids)
    if reckoned:
        return reckoned.after(echo(turn, state, changed)), replace(state, topic=tuple(ids[:1]))
    if state.mode or (bears_on_topic(turn, changed) and not new_matter(turn)):
        return go_on(turn, state, changed)
    if outside(turn) and not turn.state.topic and (asks(turn) or turn.act == "out_of_scope"):
        return decline(turn), state
    named = turn.names_one or (bool(turn.links) and turn.links[0][1] >= NAMED)
    if _adds_nothing(turn, changed) and not named and ids and tuple(ids[:1]) == state.topic:
        return Reply(say("nothing_new", name=turn.kb[ids[0]].name), "smalltalk"), state
    if ids and (named or not changed):
        return about(turn, state, ids, changed)
    if changed:
        return offer(turn, state, changed)
    if turn.links and len(turn.text) > SHORT:
        return decline(turn), state
    if turn.act in ("affirm", "deny", "dont_know") and turn.confidence >= UNSURE:
        return Reply(say("no_topic"), "smalltalk"), state
    return not_understood(replace(turn, state=state))


def _adds_nothing(turn: Turn, changed: Mapping[str, Value]) -> bool:
    """A statement in which no fact was found: the same answer again would help nobody."""
    return not (changed or turn.unsure or asks(turn)) and turn.act in STATING


def nothing_fits(turn: Turn, state: State) -> Response:
    """Nothing of the plan fits: a labour dispute, not covered, or not understood."""
    if is_dispute(turn.text) and not elsewhere_named(turn) and not outside(turn):
        return take_up("dispute"), replace(state, misses=0)
    if not is_gibberish(turn.text) and (
        turn.act == "out_of_scope" or outside(turn) or len(turn.text) > SHORT
    ):
        return decline(turn), replace(state, misses=0)
    return not_understood(replace(turn, state=state))


def not_understood(turn: Turn) -> Response:
    """Ask for other words; the second time, hand off."""
    misses = turn.state.misses + 1
    if misses >= 2:
        return Reply(say("not_understood_again"), "handoff"), replace(turn.state, misses=0)
    return Reply(say("not_understood"), "smalltalk"), replace(turn.state, misses=misses)


def sentence(key: str, kind: str = "smalltalk") -> Callable[[Turn], Response]:
    """An act that is answered by one sentence, leaving everything as it was."""

    def respond(turn: Turn) -> Response:
        return Reply(say(key), kind), turn.state

    return respond


CHAT_SENTENCES: dict[str, Callable[[Turn], Response]] = {
    "thanks": sentence("thanks"),
    "goodbye": sentence("goodbye"),
    "greet": sentence("greet"),
    "bot_challenge": sentence("who"),
}
