"""Several questions in one message: each answered, in order, in one reply."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from actions.about import Response, about
from actions.echo import echo
from actions.focus import LIKELY, NAMED
from actions.inform import inform
from actions.reply import Reply, joined
from actions.state import State
from actions.turn import OUTSIDE, Part, Turn
from policy_kb.facts import Value
from policy_kb.result import Result

MOST_ANSWERED = 3


def questions(turn: Turn) -> list[Part]:
    """The questions of a message, where they are about different provisions."""
    parts: dict[str, Part] = {}
    for part in turn.parts:
        if not part.links or part.links[0][0] == OUTSIDE:
            continue
        best, score = part.links[0]
        if score >= (NAMED if parts and _goes_on(turn, part) else LIKELY):
            parts.setdefault(best, part)
    return list(parts.values())[:MOST_ANSWERED] if len(parts) > 1 else []


def _goes_on(turn: Turn, part: Part) -> bool:
    """Whether a further question may be about the matter of the ones before it."""
    return len(part.text) <= SHORT or turn.link_score(part.links[0][0]) < LIKELY


SHORT = 14
"""Characters up to which a further question (打我卡上还是打给单位) names its matter or has none."""

BOTH = re.compile(
    r"各(?:是|自|有|能)?(?:多少|几|怎么|什么)|分别|两(?:个|样|种|头|边)都|都(?:告诉|说说|讲讲|算)|(?:标准|政策|待遇|数)?[^，。]{0,2}一样(?:不|吗|么|多)"
)
"""各是多少, 两个都告诉我, 一样不: more than one provision is to be told."""

MOST_COMPARED = 2


def both(turn: Turn) -> list[str]:
    """The provisions that one question asks about together, where several are plainly meant."""
    if not BOTH.search(turn.text):
        return []
    meant = [p for p, score in turn.links if p != OUTSIDE and score >= NAMED]
    deciding = [p for p in meant if turn.kb[p].decides][:MOST_COMPARED]
    return deciding if len(deciding) > 1 else []


def tell_both(turn: Turn, state: State, ids: list[str], changed: Mapping[str, Value]) -> Response:
    """Each provision told with its figures, nobody judged."""
    act = "ask_amount" if "amount" in turn.aspects else "ask_what"
    reply = inform(turn.kb, ids, act, turn.aspects, state.facts, turn.as_of)
    return reply.after(echo(turn, state, changed)), replace(state, topic=(ids[0],), misses=0)


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
        if reply.kind == "question" and (position < len(parts) - 1 or BOTH.search(turn.text)):
            reply, after = tell_both(own, state, [part.links[0][0]], {})
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
        verdict=last.verdict if last.kind == "question" else _only_verdict(replies, results),
        figures=tuple(figure for reply in replies for figure in reply.figures),
    )


def _only_verdict(replies: list[Reply], results: tuple[Result, ...]) -> str | None:
    """The verdict of the one question that was judged; several stand in the items."""
    return next((r.verdict for r in replies if r.verdict), None) if len(results) == 1 else None
