"""The flow of a turn, top to bottom: what goes before the act that was heard."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from actions.about import Response
from actions.acts import comfort, explain_why, hand_off, put_right, report, screen
from actions.answering import WORDS, answer, by_the_words, not_understood, sentence, take_facts
from actions.focus import focus
from actions.going_on import about_another, take_up_case
from actions.hearing import (
    CHAT,
    PLEA,
    STATING,
    TRUSTED,
    answers_question,
    asks,
    misheard,
    plainly_about,
    pleads,
    says_nothing,
    tells_of_trouble,
)
from actions.publicity.talk import left, talk
from actions.turn import Turn
from actions.urgent import urgent_kind

KEPT_IN_INTERVIEW = ("start_over", "handoff", "ask_why", "more", "distress")
"""Acts that an interview never takes for an answer."""

ASKED_BESIDES = re.compile(
    r"[？]|[吗么]$|谁|哪|多少|怎么|咋|什么|啥|几(?:个|天|年|成)|还能.*(?:点|些)"
)
"""What an answer must hold to be a question as well."""

SWITCH = re.compile(r"^那?.{1,6}呢[？。]?$")
"""那我爸呢: the same matter about somebody else."""

WHY = re.compile(
    r"为(?:什么|啥|何)|问.{0,6}(?:干嘛|干啥|做什么|干什么)|(?:什么|啥|哪个)意思|凭什么问"
)

RESUME = re.compile(r"接着上次|继续上次|上次的|^接着$")


def first_of_all(turn: Turn, respond: Callable[[Turn], Response]) -> Response:
    """What goes before the act: urgent matters, and answers to the question just asked."""
    if turn.edit:
        return put_right(turn, turn.edit)
    urgent = URGENT.get(urgent_kind(turn.text) or "")
    if urgent:
        return urgent(turn)
    if tells_of_trouble(turn):
        return report(turn)
    sent = talk(turn)
    if sent:
        return sent
    turn = left(turn)
    if turn.state.asking and WHY.search(turn.text) and len(turn.text) <= CHAT:
        return explain_why(turn)
    if turn.state.previous and RESUME.search(turn.text):
        return take_up_case(turn)
    if turn.state.last.get("offered"):
        turn = replace(turn, state=replace(turn.state, previous={}, last={}))
    kept = turn.act in KEPT_IN_INTERVIEW and turn.confidence >= TRUSTED
    if turn.act == "distress" and "in_hardship" in turn.state.asking:
        kept = not answers_question(turn)  # 揭不开锅 answers whether life is hard
    if turn.state.mode and not kept and answers_question(turn):
        besides = bool(turn.aside) or bool(ASKED_BESIDES.search(turn.text))
        return answer(turn) if besides else take_facts(turn)
    if turn.puts_right:
        return take_facts(turn)
    states = bool(turn.facts) and not asks(turn) and turn.state.mode
    if says_nothing(turn):
        return not_understood(turn)
    if not WORDS.search(turn.text) or (states and not kept):
        return take_facts(turn)
    if turn.subject and SWITCH.match(turn.text) and turn.state.topic:
        return about_another(turn)
    if pleads(turn):
        return screen(turn)
    if turn.state.mode == "screening" and PLEA.search(turn.text) and not plainly_about(turn):
        return take_facts(turn)  # 那俺咋办: what has to be asked first is asked again
    if misheard(turn) or (turn.act in STATING and asks(turn) and focus(turn)):
        return by_the_words(turn)
    return respond(turn)


URGENT: dict[str, Callable[[Turn], Response]] = {
    "distress": comfort,
    "cheat": sentence("cheat", "decline"),
    "record": sentence("record", "decline"),
    "human": hand_off,
}
"""Matters that go first, and who answers them."""
