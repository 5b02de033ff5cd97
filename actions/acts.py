"""What each act that is no plain question or statement is answered with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from actions import interview, screening
from actions.about import Response, about
from actions.answering import answer, by_the_words, nothing_fits
from actions.asked import SURE, asked_act, facts_used
from actions.comparing import side_by_side
from actions.echo import echo
from actions.elsewhere import decline, is_dispute, problem_of, take_up
from actions.focus import LIKELY, NAMED, elsewhere_named, outside
from actions.going_on import next_step
from actions.hearing import (
    CERTAIN,
    TRUSTED,
    asks_for_everything,
    asks_of_enforcement,
    asks_to_mediate,
    plainly_about,
    pleads,
)
from actions.inform import inform, more_about
from actions.publicity.booking_talk import start_booking
from actions.publicity.points import points
from actions.reckoning import reckon_any
from actions.reply import Reply, joined
from actions.situation import Edit, edited
from actions.state import State
from actions.texts import say
from actions.turn import OUTSIDE, Turn, absorb
from actions.urgent import urgent_kind

COMPARING = re.compile(
    r"区别|不同|不一样|哪(?:个|种|一个|样)|划算|一起|一块|同时|比较|对比|相比|还是|两(?:头|样|项|个|边)|叠加|都(?:能|可以|拿|领|享受)|重复|冲突|再(?:领|享受|申请)|兼"
)

PUBLICITY = re.compile(
    r"宣传|推文|推送|海报|要点|宣讲|讲座|文案|公众号|进村|入村|进企业|进校园|到校园|上媒体|送政策|四送|解读|发布|预约|讲一?(?:场|次|讲)|来讲|安排|展板|横幅|广播|短视频|折页|传单|新闻"
)

BOOKING = re.compile(
    r"预约|约(?:一|个|场|讲)|讲座|宣讲|来(?:我们|村|厂|公司|学校|社区)?讲|安排|上门|听一?(?:场|次)|办一?场|开一?场|讲一?(?:场|次|讲)"
)

PROBLEM_OF = {"20.3": "wage", "20.2": "wage", "14.2": "fraud", "R3.2": "unrest", "19.2": "dispute"}
"""The trouble that a provision is about, where the words alone do not tell."""

FEELING = re.compile(
    r"活|死|命|撑不|熬不|扛不|受不了|崩溃|绝望|没意思|没盼头|没指望|没出路|走投无路|想哭|难受|痛苦|压抑|抑郁|焦虑|睡不着|失眠"
    r"|解脱|了断|跳|累了|太累|心里苦|没人管|害怕|绝路|不想(?!去?(?:打官司|上?法院|仲裁|自己|裁|惊动|闹|麻烦|辞|找|花|交|回|出|告|赔|借|办|上班|让))|好难|太难|难过|窒息|孤独|废物|没用"
)
"""Words without which distress, heard by the classifier alone, is not believed."""

PERSON = re.compile(r"人工|真人|活人|客服|坐席|工作人员|专员|转接|接线|你们(?:的)?人")
"""Whom somebody asks for who wants a person, not a provision."""

RECORD = re.compile(
    r"领|批|到账|发了|进度|记录|审核|办到|余额|账户|档案|名下|缴了|交了|查询|查一?查|查下"
)
"""Words without which no record is asked for (检查咋抽的)."""

SHARE_ASKED = re.compile(r"(?:多大|什么|多少|几成)的?(?:比例|办案率|率)|百分之(?:多少|几)|达到多少")
"""A figure of the plan is asked, whatever trouble the words resemble."""

CASE = 2
"""Facts from which a message puts a case to be judged; whoever asks for a record tells none."""


def put_right(turn: Turn, edit: Edit) -> Response:
    """A fact corrected or taken out on a page: what was decided is decided again."""
    state = edited(turn.kb, turn.state, edit)
    fact = turn.kb.fact(edit.fact)
    if edit.subject != state.subject and fact.owner == "person":
        said = [say("edited_other", subject=edit.subject, fact=fact.name)]
    elif edit.value is None:
        said = [say("removed", facts=fact.name.removeprefix("是否"))]
    else:
        said = echo(turn, state, {edit.fact: state.facts[edit.fact]})
    topic = turn.kb[state.topic[0]] if state.topic else None
    if topic and topic.decides:
        reply, state = interview.step(turn.kb, topic.id, state, turn.as_of)
    elif state.mode == "screening":
        reply, state = screening.step(turn.kb, state, turn.as_of)
    elif state.last.get(screening.OVERVIEW):
        audience = state.last[screening.OVERVIEW]
        reply = screening.overview(turn.kb, state, turn.as_of, audience)
    else:
        reply = Reply(say("no_topic"), "smalltalk")
    return reply.after(said), state


def screen(turn: Turn) -> Response:
    """What is there for me: over one field where one is named, else over everything."""
    state, changed = absorb(turn)
    if elsewhere_named(turn) or turn.link_score(OUTSIDE) >= NAMED:
        return decline(turn), state
    best = turn.links[0][1] if turn.links else 0.0
    everything = pleads(turn) or (asks_for_everything(turn) and best < NAMED)
    if best >= LIKELY and not everything and not turn.state.mode and not outside(turn):
        ids = [p for p, s in turn.links if p != OUTSIDE and s >= max(0.6 * best, LIKELY)][:4]
        return about(replace(turn, act=_screening_act(turn, ids)), state, ids, changed)
    reply, state = screening.step(turn.kb, state, turn.as_of)
    return reply.after(echo(turn, state, changed)), state


def _screening_act(turn: Turn, ids: list[str]) -> str:
    """Asked what there is, but where to go, or with a case that one provision can judge."""
    if "department" in turn.aspects and "eligibility" not in turn.aspects:
        return "ask_department"
    provision = turn.kb[ids[0]]
    relevant = set(turn.facts) & facts_used(turn, provision) if provision.decides else set()
    return "ask_eligibility" if relevant and turn.links[0][1] >= NAMED else "ask_what"


def compare(turn: Turn) -> Response:
    """Two or more provisions side by side, and which to choose where only one can be had."""
    state, changed = absorb(turn)
    ids = [p for p, s in turn.links if p != OUTSIDE and s >= LIKELY][:3] or list(state.topic)
    if not ids or outside(turn):
        return nothing_fits(turn, state)
    if not COMPARING.search(turn.text):
        return answer(turn)
    if len(ids) == 1 and asked_act(turn, turn.kb[ids[0]]) == "ask_eligibility":
        return about(turn, state, ids, changed)
    reply = reckon_any(turn, ids) or side_by_side(turn, state, ids)
    return reply.after(echo(turn, state, changed)), replace(state, topic=reply.provisions[:1])


def publicise(turn: Turn) -> Response:
    """Four-send: points for a post, a booking of a talk, or what the four are."""
    if not PUBLICITY.search(turn.text) and turn.links:
        return answer(turn)
    state, _ = absorb(turn)
    if BOOKING.search(turn.text):
        return start_booking(turn, state)
    ids = [p for p, s in turn.links if p not in (OUTSIDE, "18.3") and s >= NAMED]
    if ids:
        return points(turn.kb, ids[0], turn.as_of), replace(state, topic=(ids[0],))
    reply = inform(turn.kb, ["18.3"], "ask_what", turn.aspects, state.facts, turn.as_of)
    text = joined([reply.text, say("publicity_four")])
    return replace(reply, kind="publicity", text=text), state


def explain_why(turn: Turn) -> Response:
    """Why a fact is asked for, what its term means; then the question again."""
    asked = [f for f in turn.state.asking if f in turn.kb.registry.facts]
    if not asked and not plainly_about(turn):
        return Reply(say("why_nothing"), "smalltalk"), turn.state
    if not asked:
        return answer(replace(turn, act="ask_what"))
    means = next((turn.kb.fact(f).means for f in asked if turn.kb.fact(f).means), "")
    reply, state = next_step(turn, turn.state)
    return reply.after([say("why", why=turn.kb.fact(asked[0]).why, means=means)]), state


def more(turn: Turn) -> Response:
    """Everything about the topic at hand."""
    if not turn.state.topic:
        return Reply(say("more_none"), "smalltalk"), turn.state
    return more_about(turn.kb, turn.state.topic[0], turn.as_of), turn.state


def restart(turn: Turn) -> Response:  # noqa: ARG001 every act answers a turn
    """Forget everything said."""
    return Reply(say("restart"), "smalltalk"), State()


def report(turn: Turn) -> Response:
    """Trouble: wages, fraud, unrest, disputes. A person is needed."""
    problem = problem_of(turn.text)
    linked = PROBLEM_OF.get(turn.links[0][0]) if turn.links else None
    if problem == "dispute" and linked and turn.confidence >= TRUSTED:
        problem = linked
    asked = asks_to_mediate(turn.text) or (problem == "wage" and asks_of_enforcement(turn.text))
    asked = asked or bool(SHARE_ASKED.search(turn.text))
    if asked and plainly_about(turn):
        return answer(turn)
    if problem == "dispute" and not is_dispute(turn.text):
        return answer(turn)
    return take_up(problem), replace(turn.state, misses=0)


def hand_off(turn: Turn) -> Response:
    """A person was asked for, unless 有没有人带队 asks about a provision."""
    if plainly_about(turn) and urgent_kind(turn.text) != "human" and not PERSON.search(turn.text):
        return answer(turn)
    return Reply(say("handoff"), "handoff"), turn.state


def comfort(turn: Turn) -> Response:
    """Distress: the lines that help, at once; a feeling must be told, 我想了解… is none."""
    if not (urgent_kind(turn.text) == "distress" or FEELING.search(turn.text)):
        return by_the_words(turn)
    return Reply(say("distress"), "handoff"), turn.state


def out_of_scope(turn: Turn) -> Response:
    """Declined, unless the knowledge base knows better than the classifier."""
    return nothing_fits(turn, turn.state) if outside(turn) else answer(turn)


def unless_in_scope(key: str, kind: str) -> Callable[[Turn], Response]:
    """One sentence, but only where no provision is plainly meant: these acts are easily misheard."""

    def respond(turn: Turn) -> Response:
        plain = turn.confidence < SURE or (key == "record" and "howto" in turn.aspects)
        enough = LIKELY if plain else NAMED
        in_scope = bool(turn.links) and turn.links[0][1] >= enough and not outside(turn)
        puts_a_case = key == "record" and (len(turn.facts) >= CASE or not RECORD.search(turn.text))
        if in_scope and (turn.confidence < CERTAIN or puts_a_case):
            return answer(turn)
        return Reply(say(key), kind), turn.state

    return respond
