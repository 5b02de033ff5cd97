"""Several questions in one message: each answered, in order, in one reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from actions.about import Response, about
from actions.echo import echo
from actions.focus import LIKELY
from actions.reply import Reply, joined
from actions.state import State
from actions.turn import OUTSIDE, Part, Turn
from policy_kb.facts import Value

MOST_ANSWERED = 3


def questions(turn: Turn) -> list[Part]:
    """The questions of a message, where they are about different provisions."""
    parts: dict[str, Part] = {}
    for part in turn.parts:
        if part.links and part.links[0][0] != OUTSIDE and part.links[0][1] >= LIKELY:
            parts.setdefault(part.links[0][0], part)
    return list(parts.values())[:MOST_ANSWERED] if len(parts) > 1 else []


def answer_each(
    turn: Turn, state: State, parts: list[Part], changed: Mapping[str, Value]
) -> Response:
    """Each question answered for itself; only the last may ask back."""
    replies: list[Reply] = []
    for position, part in enumerate(parts):
        own = replace(
            turn, text=part.text, links=part.links, aspects=part.aspects, confidence=0.0, parts=()
        )
        reply, after = about(own, state, [part.links[0][0]], {})
        if reply.kind == "question" and position < len(parts) - 1:
            told = replace(own, act="ask_what", aspects=(), facts={})
            reply, after = about(told, state, [part.links[0][0]], {})
        replies.append(reply)
        state = after
    return _merged(replies).after(echo(turn, state, changed)), state


def _merged(replies: list[Reply]) -> Reply:
    last = replies[-1]
    results = tuple(result for reply in replies for result in reply.results)
    return Reply(
        joined([reply.text for reply in replies]),
        kind=last.kind,
        provisions=tuple(dict.fromkeys(p for reply in replies for p in reply.provisions)),
        results=results,
        buttons=last.buttons,
        asking=last.asking,
        verdict=last.verdict if last.kind == "question" or len(results) == 1 else None,
        figures=tuple(figure for reply in replies for figure in reply.figures),
    )
