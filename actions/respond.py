"""The flow of a turn, top to bottom: each act's answer as a function of the turn."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from actions import interview, screening
from actions.about import Response, about
from actions.asked import ASKING_ACTS, SURE, asked_act, facts_used
from actions.by_department import led_by
from actions.comparing import side_by_side
from actions.echo import echo
from actions.elsewhere import decline, is_dispute, problem_of, take_up
from actions.focus import LIKELY, NAMED, POINTING, elsewhere_named, focus, outside
from actions.inform import inform, more_about
from actions.publicity.booking_talk import start_booking
from actions.publicity.points import points
from actions.publicity.talk import left, talk
from actions.reply import Reply, joined
from actions.several import answer_each, questions
from actions.situation import Edit, edited
from actions.state import State, taken_up
from actions.texts import say
from actions.turn import OUTSIDE, Turn, absorb
from actions.urgent import chat_act, urgent_kind
from policy_kb.decide import decide
from policy_kb.facts import Value
from policy_kb.result import Verdict
from policy_kb.words import is_gibberish

KEPT_IN_INTERVIEW = ("start_over", "handoff", "ask_why", "more", "distress")
"""Acts that an interview never takes for an answer."""

CALM_ACTS = (*ASKING_ACTS, "ask_publicity", "ask_compare", "ask_screening")
COMPARING = re.compile(
    r"区别|不同|不一样|哪(?:个|种|一个|样)|划算|一起|一块|同时|比较|对比|相比|还是|两(?:头|样|项|个|边)|叠加|都(?:能|可以|拿|领|享受)|重复|冲突|再(?:领|享受|申请)|兼"
)
PUBLICITY = re.compile(
    r"宣传|推文|推送|海报|要点|宣讲|讲座|文案|公众号|进村|入村|进企业|进校园|到校园|上媒体|送政策|四送|解读|发布|预约|讲一?(?:场|次|讲)|来讲|安排|展板|横幅|广播|短视频|折页|传单|新闻"
)
BOOKING = re.compile(
    r"预约|约(?:一|个|场|讲)|讲座|宣讲|来(?:我们|村|厂|公司|学校|社区)?讲|安排|上门|听一?(?:场|次)|办一?场|开一?场|讲一?(?:场|次|讲)"
)
WHO_ASKS = re.compile(r"请问|帮我|看看|一下|政策|我是|我们|公司|企业|个人|[我俺咱想问，。？]")
UNSURE = 0.4
TRUSTED = 0.6
CERTAIN = 0.75
"""Confidence that an act other than asking and stating needs; below it the words decide."""

STATING = ("inform", "correct", "affirm", "deny", "dont_know")
PLAIN_ACTS = (*ASKING_ACTS, "inform", "correct", "affirm", "deny", "dont_know", "report_problem")
"""Acts that do no harm where they were misheard."""

PROBLEM_OF = {"20.3": "wage", "20.2": "wage", "14.2": "fraud", "R3.2": "unrest", "19.2": "dispute"}
"""The trouble that a provision is about, where the words alone do not tell."""

EMPLOYER = re.compile(
    r"(?:给|让|组织)(?:工人|职工|员工|大伙|大家)[^，。]{0,4}(?:搞|办|培训|学)|缓缴|困难企业|社保.{0,4}(?:缓|欠|晚)|返还"
)
"""Arrears told by the firm itself, which asks for a measure."""

ASKED_BESIDES = re.compile(
    r"[？]|[吗么]$|谁|哪|多少|怎么|咋|什么|啥|几(?:个|天|年|成)|还能.*(?:点|些)"
)
"""What an answer must hold to be a question as well."""

LEAVE = re.compile(r"换(?:个|一个)|先不(?:说|问|管)|不问(?:这|那)|算了")
SWITCH = re.compile(r"^那?.{1,6}呢[？。]?$")
"""那我爸呢: the same matter about somebody else."""

WHY = re.compile(
    r"为(?:什么|啥|何)|问.{0,6}(?:干嘛|干啥|做什么|干什么)|(?:什么|啥|哪个)意思|凭什么问"
)
FEELING = re.compile(
    r"活|死|命|撑不|熬不|扛不|受不了|崩溃|绝望|没意思|没盼头|没指望|没出路|走投无路|想哭|难受|痛苦|压抑|抑郁|焦虑|睡不着|失眠"
    r"|解脱|了断|跳|累了|太累|心里苦|没人管|害怕|绝路|不想|好难|太难|难过|窒息|孤独|废物|没用"
)
"""Words without which distress, heard by the classifier alone, is not believed."""

RESUME = re.compile(r"接着上次|继续上次|上次的|^接着$")
WORDS = re.compile(r"[A-Za-z\u4e00-\u9fff]")
EVERYTHING = re.compile(
    r"有(?:什么|啥|哪些|没有)(?:补贴|政策|优惠|补助|好处|扶持)(?:可以|能|给)?(?:我|俺|咱)?(?:们)?(?:领|享受|拿|办|用)?(?:的)?(?:吗|呢|啊|不)?[，。？]?$"
    r"|(?:政策|补贴|优惠|补助).{0,3}(?:我|俺|咱)(?:们)?(?:能|可以)(?:享受|领|拿)"
    r"|有(?:什么|啥|哪些)(?:我|俺)?(?:能|可以|可)(?:领|享受|拿|申请|办)的"
    r"|能(?:享受|领|申请|拿|办)(?:到)?(?:什么|哪些|啥|些什么|点啥)|符合(?:什么|哪些|啥)"
)
"""Asked of everything there is, not of one field."""

CASE = 2
"""Facts from which a message puts a case to be judged; whoever asks for a record tells none."""

CHAT = 12
CHATTY = 0.3
"""Length of small talk, and the confidence that is then enough."""

WORDY = 3
SHORT = 6
"""Characters up to which a message that fits nothing was perhaps only misheard."""


def first_of_all(turn: Turn, respond: Callable[[Turn], Response]) -> Response:
    """What goes before the act: urgent matters, and answers to the question just asked."""
    if turn.edit:
        return put_right(turn, turn.edit)
    urgent = URGENT.get(urgent_kind(turn.text) or "")
    if urgent:
        return urgent(turn)
    if _trouble(turn):
        return report(turn)
    sent = talk(turn)
    if sent:
        return sent
    turn = left(turn)
    if turn.state.asking and WHY.search(turn.text) and len(turn.text) <= CHAT:
        return explain_why(turn)
    if turn.state.previous and RESUME.search(turn.text):
        return _taken_up(turn)
    if turn.state.last.get("offered"):
        turn = replace(turn, state=replace(turn.state, previous={}, last={}))
    kept = turn.act in KEPT_IN_INTERVIEW and turn.confidence >= TRUSTED
    if turn.act == "distress" and "in_hardship" in turn.state.asking:
        kept = not _answers(turn)  # 揭不开锅 answers whether life is hard
    if turn.state.mode and not kept and _answers(turn):
        besides = bool(turn.aside) or bool(ASKED_BESIDES.search(turn.text))
        return answer(turn) if besides else take_facts(turn)
    states = bool(turn.facts) and not _asks(turn) and turn.state.mode
    if _says_nothing(turn):
        return not_understood(turn)
    if not WORDS.search(turn.text) or (states and not kept):
        return take_facts(turn)
    if turn.subject and SWITCH.match(turn.text) and turn.state.topic:
        return _about_another(turn)
    if _misheard(turn) or (turn.act in STATING and _asks(turn) and focus(turn)):
        return by_the_words(turn)
    return respond(turn)


def by_the_words(turn: Turn) -> Response:
    """A message whose act was only guessed at: a question if it asks, facts if it states some."""
    chat = None if turn.names_one or turn.facts else chat_act(turn.text)
    if chat and not turn.state.mode:
        return CHAT_SENTENCES[chat](turn)
    if _asks(turn) or (_plainly_about(turn) and not turn.facts):
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
    ids = focus(turn)
    if turn.state.mode and (not ids or _beside(turn, ids)):
        return _side_question(turn, state, ids, changed)
    if not ids:
        return _nothing_fits(turn, state)
    return about(turn, state, ids, changed)


def take_facts(turn: Turn) -> Response:
    """A statement, a correction or a short answer."""
    state, changed = absorb(turn)
    if state.mode == "screening" and not state.asking:
        role = screening.role_said(turn.text)
        state = replace(state, last={**state.last, screening.ROLE: role}) if role else state
    if state.mode or (_bears_on_topic(turn, changed) and not _new_matter(turn)):
        return _go_on(turn, state, changed)
    ids = [] if outside(turn) or not WORDS.search(turn.text) else focus(turn)
    if outside(turn) and not turn.state.topic and (_asks(turn) or turn.act == "out_of_scope"):
        return decline(turn), state
    named = turn.names_one or (bool(turn.links) and turn.links[0][1] >= NAMED)
    if ids and (named or not changed):
        return about(turn, state, ids, changed)
    if changed:
        return _offer(turn, state, changed)
    if turn.links and len(turn.text) > SHORT:
        return decline(turn), state
    if turn.act in ("affirm", "deny", "dont_know") and turn.confidence >= UNSURE:
        return Reply(say("no_topic"), "smalltalk"), state
    return not_understood(replace(turn, state=state))


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
    everything = _asks_for_everything(turn) and best < NAMED
    if best >= LIKELY and not everything and not turn.state.mode and not outside(turn):
        ids = [p for p, s in turn.links if p != OUTSIDE and s >= max(0.6 * best, LIKELY)][:4]
        return about(replace(turn, act=_screening_act(turn, ids)), state, ids, changed)
    reply, state = screening.step(turn.kb, state, turn.as_of)
    return reply.after(echo(turn, state, changed)), state


def compare(turn: Turn) -> Response:
    """Two or more provisions side by side, and which to choose where only one can be had."""
    state, changed = absorb(turn)
    ids = [p for p, s in turn.links if p != OUTSIDE and s >= LIKELY][:3] or list(state.topic)
    if not ids or outside(turn):
        return _nothing_fits(turn, state)
    if not COMPARING.search(turn.text):
        return answer(turn)
    if len(ids) == 1 and asked_act(turn, turn.kb[ids[0]]) == "ask_eligibility":
        return about(turn, state, ids, changed)
    reply = side_by_side(turn, state, ids)
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
    if not asked and not _plainly_about(turn):
        return Reply(say("why_nothing"), "smalltalk"), turn.state
    if not asked:
        return answer(replace(turn, act="ask_what"))
    means = next((turn.kb.fact(f).means for f in asked if turn.kb.fact(f).means), "")
    reply, state = _continue(turn, turn.state)
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
    if problem == "dispute" and not is_dispute(turn.text):
        return answer(turn)
    return take_up(problem), replace(turn.state, misses=0)


def hand_off(turn: Turn) -> Response:
    """A person was asked for."""
    return Reply(say("handoff"), "handoff"), turn.state


def comfort(turn: Turn) -> Response:
    """Distress: the lines that help, at once; a feeling must be told, 我想了解… is none."""
    if not (urgent_kind(turn.text) == "distress" or FEELING.search(turn.text)):
        return by_the_words(turn)
    return Reply(say("distress"), "handoff"), turn.state


def out_of_scope(turn: Turn) -> Response:
    """Declined, unless the knowledge base knows better than the classifier."""
    return _nothing_fits(turn, turn.state) if outside(turn) else answer(turn)


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


def unless_in_scope(key: str, kind: str) -> Callable[[Turn], Response]:
    """One sentence, but only where no provision is plainly meant: these acts are easily misheard."""

    def respond(turn: Turn) -> Response:
        enough = NAMED if turn.confidence >= SURE else LIKELY
        in_scope = bool(turn.links) and turn.links[0][1] >= enough and not outside(turn)
        puts_a_case = key == "record" and len(turn.facts) >= CASE
        if in_scope and (turn.confidence < CERTAIN or puts_a_case):
            return answer(turn)
        return Reply(say(key), kind), turn.state

    return respond


def _taken_up(turn: Turn) -> Response:
    """The case from before the session expired, summed up and gone on with."""
    state = taken_up(turn.state, turn.kb.registry)
    said = echo(replace(turn, state=State()), state, state.facts)
    if not state.topic:
        return Reply(say("no_topic"), "smalltalk").after(said), state
    reply, state = interview.step(turn.kb, state.topic[0], state, turn.as_of)
    return reply.after(said), state


def _says_nothing(turn: Turn) -> bool:
    """Sounds without a word in them, to which no act, fact or number gives a sense."""
    meant = turn.act in (*PLAIN_ACTS, *CALM_ACTS) or turn.facts or turn.loose or turn.subject
    started = turn.state.mode or turn.state.topic
    return not (meant or started) and len(turn.text) >= WORDY and is_gibberish(turn.text)


def _asks_for_everything(turn: Turn) -> bool:
    """What is there for me, with nothing else named, or on facts that speak for themselves."""
    match = EVERYTHING.search(turn.text)
    rest = WHO_ASKS.sub("", EVERYTHING.sub("", turn.text))
    return bool(match) and (len(rest) <= CHAT // 2 or bool(turn.facts))


def _misheard(turn: Turn) -> bool:
    """Whether the act heard is not to be trusted: it is rare, and was not heard clearly."""
    if turn.act == "distress" and turn.names_one and turn.confidence < CERTAIN:
        return True  # what tells of distress by its words was answered before
    if turn.act in PLAIN_ACTS:
        return turn.act not in ASKING_ACTS and turn.confidence < UNSURE and _plainly_about(turn)
    floor = UNSURE if turn.act in CALM_ACTS else TRUSTED
    if re.search(r"\d", turn.text):
        return turn.confidence < floor
    greeting = turn.act in ("greet", "thanks", "goodbye", "bot_challenge", "abuse", "more")
    short_chat = (
        greeting
        and not turn.facts
        and not turn.names_one
        and len(turn.text) <= CHAT
        and turn.confidence >= CHATTY
    )
    return turn.confidence < floor and not short_chat


def _about_another(turn: Turn) -> Response:
    """The topic at hand, about somebody else."""
    state, changed = absorb(turn)
    topic = turn.kb[turn.state.topic[0]]
    if topic.decides:
        reply, state = interview.step(turn.kb, topic.id, replace(state, wants=""), turn.as_of)
        return reply.after(echo(turn, state, changed)), state
    return about(turn, state, [topic.id], changed)


def _plainly_about(turn: Turn) -> bool:
    """Whether a provision is named, whatever act was heard."""
    return bool(turn.links) and turn.links[0][1] >= NAMED and not outside(turn)


def _trouble(turn: Turn) -> bool:
    """Wage arrears, fraud and unrest are taken up however they are put."""
    problem = problem_of(turn.text)
    if problem == "dispute" or (turn.state.mode and turn.act in CALM_ACTS):
        return False
    if problem == "wage" and EMPLOYER.search(turn.text):
        return False
    if problem == "wage" and turn.act == "ask_department" and turn.confidence < TRUSTED:
        return True
    calm = turn.act in CALM_ACTS and turn.act not in ("ask_howto", "ask_screening")
    return not calm or (problem in ("unrest", "fraud") and turn.act == "ask_eligibility")


def _answers(turn: Turn) -> bool:
    """Whether the message answers the question just asked, or says not to know."""
    known = turn.learnt()
    answered = any(fact in known for fact in turn.state.asking)
    role = turn.state.mode == "screening" and not turn.state.asking
    return answered or turn.unsure or (role and bool(screening.role_said(turn.text)))


def _asks(turn: Turn) -> bool:
    """Whether the message asks something besides."""
    return bool(turn.aspects) or "？" in turn.text or bool(turn.aside)


def _bears_on_topic(turn: Turn, changed: Mapping[str, Value]) -> bool:
    """Whether facts just learnt can change the verdict on the topic at hand."""
    topic = turn.kb[turn.state.topic[0]] if turn.state.topic else None
    return bool(topic and topic.decides and facts_used(turn, topic) & changed.keys())


def _new_matter(turn: Turn) -> bool:
    """Whether a statement plainly names something else than the topic at hand."""
    return (
        bool(turn.links) and turn.links[0][1] >= NAMED and turn.links[0][0] not in turn.state.topic
    )


def _beside(turn: Turn, ids: list[str]) -> bool:
    """A question beside the interview, not a new case put before us."""
    if turn.aside or ids[0] in turn.state.topic or _answers(turn):
        return True
    provision = turn.kb[ids[0]]
    new_case = provision.decides and set(turn.facts) & facts_used(turn, provision)
    return not (new_case or LEAVE.search(turn.text))


def _side_question(
    turn: Turn, state: State, ids: list[str], changed: Mapping[str, Value]
) -> Response:
    """The side question answered first, then the interview resumed."""
    if turn.aside:
        named = [p for p, s in turn.aside if p != OUTSIDE and s >= LIKELY]
        pointed = POINTING.search(turn.text) and turn.state.topic
        ids = list(turn.state.topic) if pointed or not named else named[:1]
    reply, after = _continue(turn, state)
    if not ids:
        aside = decline(turn) if outside(turn) else None
    else:
        act = asked_act(replace(turn, facts={}), None)
        told = "ask_what" if act == "ask_eligibility" else act
        aside = inform(turn.kb, ids[:1], told, turn.aspects, state.facts, turn.as_of)
    if aside:
        resumed = interview.resumed(reply) if reply.kind == "question" else reply
        reply = resumed.following(aside)
    return reply.after(echo(turn, state, changed)), after


def _go_on(turn: Turn, state: State, changed: Mapping[str, Value]) -> Response:
    """The interview or screening with what was just said."""
    reply, after = _continue(turn, state)
    return reply.after(echo(turn, state, changed)), after


def _continue(turn: Turn, state: State) -> Response:
    if state.mode == "screening" or not state.topic:
        return screening.step(turn.kb, state, turn.as_of)
    return interview.step(turn.kb, state.topic[0], state, turn.as_of)


def _screening_act(turn: Turn, ids: list[str]) -> str:
    """Asked what there is, but with a case that one provision can judge."""
    provision = turn.kb[ids[0]]
    relevant = set(turn.facts) & facts_used(turn, provision) if provision.decides else set()
    return "ask_eligibility" if relevant and turn.links[0][1] >= NAMED else "ask_what"


def _offer(turn: Turn, state: State, changed: Mapping[str, Value]) -> Response:
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


def _nothing_fits(turn: Turn, state: State) -> Response:
    """Nothing of the plan fits: a labour dispute, not covered, or not understood."""
    if is_dispute(turn.text) and not elsewhere_named(turn) and not outside(turn):
        return take_up("dispute"), replace(state, misses=0)
    if not is_gibberish(turn.text) and (
        turn.act == "out_of_scope" or outside(turn) or len(turn.text) > SHORT
    ):
        return decline(turn), replace(state, misses=0)
    return not_understood(replace(turn, state=state))


CHAT_SENTENCES: dict[str, Callable[[Turn], Response]] = {
    "thanks": sentence("thanks"),
    "goodbye": sentence("goodbye"),
    "greet": sentence("greet"),
    "bot_challenge": sentence("who"),
}

URGENT: dict[str, Callable[[Turn], Response]] = {
    "distress": comfort,
    "cheat": sentence("cheat", "decline"),
    "record": sentence("record", "decline"),
    "human": hand_off,
}
"""Matters that go first, and who answers them."""
