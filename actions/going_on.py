"""Going on with what was begun: the next question, a side question, another person, an earlier case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from actions import interview, screening
from actions.about import Response, about
from actions.asked import asked_act, facts_used
from actions.echo import echo
from actions.elsewhere import decline
from actions.focus import LIKELY, POINTING, outside
from actions.inform import inform
from actions.reckoning import reckon_any
from actions.reply import Reply, joined
from actions.state import State, taken_up
from actions.texts import say
from actions.turn import OUTSIDE, Turn, absorb
from policy_kb.decide import decide
from policy_kb.facts import Value
from policy_kb.result import Verdict


def go_on(turn: Turn, state: State, changed: Mapping[str, Value]) -> Response:
    """The interview or screening with what was just said."""
    reply, after = next_step(turn, state)
    return reply.after(echo(turn, state, changed)), after


def next_step(turn: Turn, state: State) -> Response:
    """What the interview or the screening puts next."""
    if state.mode == "screening" or not state.topic:
        return screening.step(turn.kb, state, turn.as_of)
    return interview.step(turn.kb, state.topic[0], state, turn.as_of)


def side_question(
    turn: Turn, state: State, ids: list[str], changed: Mapping[str, Value]
) -> Response:
    """The side question answered first, then the interview resumed."""
    if turn.aside:
        named = [p for p, s in turn.aside if p != OUTSIDE and s >= LIKELY]
        pointed = POINTING.search(turn.text) and turn.state.topic
        ids = list(turn.state.topic) if pointed or not named else named[:1]
    reply, after = next_step(turn, state)
    if not ids:
        aside = decline(turn) if outside(turn) else None
    else:
        act = asked_act(replace(turn, facts={}), None)
        told = "ask_what" if act == "ask_eligibility" else act
        aside = reckon_any(turn, ids[:1]) or inform(
            turn.kb, ids[:1], told, turn.aspects, state.facts, turn.as_of
        )
    if aside:
        resumed = interview.resumed(reply) if reply.kind == "question" else reply
        reply = resumed.following(aside)
    return reply.after(echo(turn, state, changed)), after


def about_another(turn: Turn) -> Response:
    """The topic at hand, about somebody else."""
    state, changed = absorb(turn)
    topic = turn.kb[turn.state.topic[0]]
    if topic.decides:
        reply, state = interview.step(turn.kb, topic.id, replace(state, wants=""), turn.as_of)
        return reply.after(echo(turn, state, changed)), state
    return about(turn, state, [topic.id], changed)


def take_up_case(turn: Turn) -> Response:
    """The case from before the session expired, summed up and gone on with."""
    state = taken_up(turn.state, turn.kb.registry)
    said = echo(replace(turn, state=State()), state, state.facts)
    if not state.topic:
        return Reply(say("no_topic"), "smalltalk").after(said), state
    reply, state = interview.step(turn.kb, state.topic[0], state, turn.as_of)
    return reply.after(said), state


def offer(turn: Turn, state: State, changed: Mapping[str, Value]) -> Response:
    """Facts volunteered before any question: kept, and what they open is offered."""
    opened = [
        p.id
        for p in turn.kb.deciding
        if facts_used(turn, p) & changed.keys()
        and decide(turn.kb, p.id, state.facts, turn.as_of).verdict
        in (Verdict.ELIGIBLE, Verdict.UNKNOWN)
    ][:4]
    said = echo(turn, state, changed)
    if not opened:
        return Reply(say("no_topic"), "smalltalk").after(said), state
    names = tuple(turn.kb[p].name for p in opened)
    text = joined([say("facts_open"), *(f"{i}. {name}" for i, name in enumerate(names, 1))])
    return Reply(text, "choice", tuple(opened), buttons=names).after(said), state
