"""Provisions side by side, and the better choice where only one can be had."""

from __future__ import annotations

from collections.abc import Sequence

from actions.asked import facts_used
from actions.inform import inform
from actions.reply import Reply, joined
from actions.state import State
from actions.texts import say
from actions.turn import Turn
from policy_kb.decide import decide
from policy_kb.explain import amount_line, verdict_line
from policy_kb.relations import choices
from policy_kb.result import Result

MOST_COMPARED = 3


def side_by_side(turn: Turn, state: State, ids: Sequence[str]) -> Reply:
    """Each provision's verdict on the facts so far, or its summary where none were given."""
    compared = _compared(turn, ids)
    deciding = [turn.kb[p] for p in compared if turn.kb[p].decides]
    results = [decide(turn.kb, p.id, state.facts, turn.as_of) for p in deciding]
    if any(facts_used(turn, provision) & state.facts.keys() for provision in deciding):
        lines = [line for result in results for line in _judged(turn, state, result)]
        reply = Reply(joined(lines), provisions=tuple(compared), results=tuple(results))
    else:
        reply = inform(turn.kb, compared, "ask_what", turn.aspects, state.facts, turn.as_of)
    lines = [reply.text]
    for choice in choices(turn.kb, results):
        name = turn.kb[choice.better].name if choice.better else ""
        lines.append(say("compare_better", name=name) if name else say("compare_choose"))
    return Reply(
        joined([*lines, say("disclaimer")]),
        provisions=tuple(compared),
        results=reply.results,
        verdict=results[0].verdict.value if len(reply.results) == 1 else None,
        figures=reply.figures,
    )


def _compared(turn: Turn, ids: Sequence[str]) -> list[str]:
    """The provisions named; where one of them excludes another, just that pair."""
    rivals = turn.kb[ids[0]].best_of
    if rivals:
        return list(dict.fromkeys([ids[0], *rivals]))[:MOST_COMPARED]
    return list(ids)[:MOST_COMPARED]


def _judged(turn: Turn, state: State, result: Result) -> list[str]:
    provision = turn.kb[result.provision].amended(turn.as_of)
    lines = [verdict_line(turn.kb, provision, result, state.facts)]
    return [*lines, amount_line(result.amount)] if result.amount else lines
