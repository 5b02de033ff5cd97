"""The flow of a turn, top to bottom: each act's answer as a function of turn and state."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from actions import interview, screening
from actions.elsewhere import decline, problem_of, take_up
from actions.focus import LIKELY, NAMED, focus, outside
from actions.inform import inform, more_about
from actions.publicity.points import points
from actions.reckoning import reckon
from actions.reply import Reply, joined
from actions.state import State
from actions.texts import say
from actions.turn import OUTSIDE, Turn, absorb
from actions.urgent import urgent_kind
from policy_kb.amounts import names_in
from policy_kb.decide import decide, describe
from policy_kb.facts import Value
from policy_kb.model import Provision
from policy_kb.relations import choices
from policy_kb.result import Verdict

Response = tuple[Reply, State]

JUDGING = (
    "ask_eligibility",
    "ask_amount",
    "ask_validity",
    "ask_howto",
    "ask_what",
    "ask_screening",
)
"""Acts that get a verdict where the message states facts the provision asks for."""

PERSONAL = re.compile(
    r"我|俺|咱|本人|自己|想(?:领|申请|办|贷|报|让|去|裁)|打算|准备|员工想|职工想|这(?:人|位)|来电|对方|认定我们|还(?:能)?接着"
)
GENERAL = re.compile(
    r"什么条件|哪些条件|条件(?:是|有)|满足什么|应满足|要满足|哪些人|什么人|谁能|谁可以|哪类|适用对象|对象"
)
FIRM = re.compile(r"公司|企业|厂|单位|我们|店里|员工|职工")
BOOKING = re.compile(
    r"预约|约(?:一|个|场|讲)|讲座|宣讲|来(?:我们|村|厂|公司|学校|社区)?讲|安排|上门|听一?(?:场|次)|办一?场|开一?场|讲一?(?:场|次|讲)"
)
DISPUTE = re.compile(
    r"仲裁|纠纷|投诉|举报|维权|劳动(?:合同|局|监察)|没签合同|未签|不签|社保(?:没|不|断|未)|未缴|辞退|开除|违法|欺负|压榨|扣(?:工资|钱|押金)|押金|黑中介|骗"
)
ASIDE_ACTS = (
    "ask_department",
    "ask_what",
    "ask_publicity",
    "ask_funds",
    "ask_targets",
    "ask_validity",
)
KEPT_IN_INTERVIEW = ("start_over", "handoff", "ask_why", "more")
"""Acts that an interview never takes for an answer."""


def first_of_all(turn: Turn, respond: Callable[[Turn], Response]) -> Response:
    """What goes before the act: urgent matters, and answers to the question just asked."""
    urgent = URGENT.get(urgent_kind(turn.text) or "")
    if urgent:
        return urgent(turn)
    if _trouble(turn):
        return report(turn)
    if turn.state.mode and turn.act not in KEPT_IN_INTERVIEW and _answers(turn):
        return take_facts(turn) if not _asks(turn) else answer(turn)
    return respond(turn)


def answer(turn: Turn) -> Response:
    """A question about provisions: informed, judged, or first asked back."""
    state, changed = absorb(turn)
    ids = focus(turn)
    if not ids:
        if turn.state.mode and changed:
            return _go_on(turn, state, changed)
        return _elsewhere(turn, state)
    if turn.state.mode == "interview" and turn.state.topic and _aside(turn, ids):
        return _side_question(turn, state, ids, changed)
    return _about(turn, state, ids, changed)


def take_facts(turn: Turn) -> Response:
    """A statement, a correction or a short answer."""
    state, changed = absorb(turn)
    if state.mode == "booking":
        return booked(turn, state)
    if state.mode == "screening" and not state.asking:
        role = screening.role_said(turn.text)
        if role:
            state = replace(state, last={**state.last, screening.ROLE: role})
    if state.mode or (state.topic and changed):
        return _go_on(turn, state, changed)
    ids = focus(turn)
    if ids and turn.links[0][1] >= NAMED:
        return _about(replace(turn, act="ask_eligibility"), state, ids[:1], changed)
    if changed:
        return _offer(turn, state, changed)
    if ids and not outside(turn):
        return _about(turn, state, ids, changed)
    return Reply(say("no_topic"), kind="smalltalk"), state


def screen(turn: Turn) -> Response:
    """What is there for me: over one field where one is named, else over everything."""
    state, changed = absorb(turn)
    ids = focus(turn)
    if ids and not turn.state.topic and turn.links[0][1] >= LIKELY and not outside(turn):
        ids = [p for p, s in turn.links if p != OUTSIDE and s >= 0.6 * turn.links[0][1]][:4]
        return _about(replace(turn, act="ask_what"), state, ids, changed)
    reply, state = screening.step(turn.kb, state, turn.as_of)
    return reply.after(_echo(turn, state, changed)), state


def compare(turn: Turn) -> Response:
    """Two or more provisions side by side, and which to choose where only one can be had."""
    state, changed = absorb(turn)
    ids = [p for p, s in turn.links if p != OUTSIDE and s >= LIKELY][:3] or list(state.topic)
    related = [other for p in ids for other in turn.kb[p].best_of]
    ids = list(dict.fromkeys([*ids, *related]))[:3]
    if not ids:
        return _elsewhere(turn, state)
    reply = inform(turn.kb, ids, "ask_what", turn.aspects, state.facts, turn.as_of)
    results = [decide(turn.kb, p, state.facts, turn.as_of) for p in ids if turn.kb[p].decides]
    lines = [reply.text]
    for choice in choices(turn.kb, results):
        lines.append(say("compare_choose"))
        if choice.better:
            lines.append(say("compare_better", name=turn.kb[choice.better].name))
    return replace(reply, text=joined(lines)), replace(state, topic=tuple(ids[:1]))


def publicise(turn: Turn) -> Response:
    """Four-send: points for a post, a booking of a talk, or what the four are."""
    state, _ = absorb(turn)
    ids = [p for p, s in turn.links if p not in (OUTSIDE, "18.3") and s >= LIKELY]
    if BOOKING.search(turn.text):
        reply = Reply(say("booking_ask"), kind="question", provisions=("18.3",))
        return reply, replace(state, mode="booking", asking=())
    if ids:
        return points(turn.kb, ids[0], turn.as_of), replace(state, topic=(ids[0],))
    reply = inform(turn.kb, ["18.3"], "ask_what", turn.aspects, state.facts, turn.as_of)
    return replace(reply, kind="publicity", text=joined([reply.text, say("publicity_four")])), state


def booked(turn: Turn, state: State) -> Response:
    """The wish for a talk, noted for the staff."""
    reply = Reply(say("booking_done", wish=turn.text), kind="handoff", provisions=("18.3",))
    return reply, state.done()


def explain_why(turn: Turn) -> Response:
    """Why a fact is asked for, what its term means; then the question again."""
    asked = [f for f in turn.state.asking if f in turn.kb.registry.facts]
    if not asked:
        return answer(replace(turn, act="ask_what"))
    fact = turn.kb.fact(asked[0])
    means = next((turn.kb.fact(f).means for f in asked if turn.kb.fact(f).means), "")
    reply, state = _continue(turn, turn.state)
    return reply.after([say("why", why=fact.why, means=means)]), state


def more(turn: Turn) -> Response:
    """Everything about the topic at hand."""
    if not turn.state.topic:
        return Reply(say("more_none"), kind="smalltalk"), turn.state
    return more_about(turn.kb, turn.state.topic[0], turn.as_of), turn.state


def restart(turn: Turn) -> Response:
    """Forget everything said."""
    return Reply(say("restart"), kind="smalltalk"), State()


def report(turn: Turn) -> Response:
    """Trouble: wages, fraud, unrest, disputes. A person is needed."""
    if problem_of(turn.text) == "dispute" and not DISPUTE.search(turn.text):
        return answer(replace(turn, act="ask_what"))
    if problem_of(turn.text) == "dispute" and not DISPUTE.search(turn.text):
        return answer(replace(turn, act="ask_what"))
    return take_up(turn.text), replace(turn.state, misses=0)


def hand_off(turn: Turn) -> Response:
    """A person was asked for."""
    return Reply(say("handoff"), kind="handoff"), turn.state


def comfort(turn: Turn) -> Response:
    """Distress: the lines that help, at once."""
    return Reply(say("distress"), kind="handoff"), turn.state


def out_of_scope(turn: Turn) -> Response:
    """Declined, unless the knowledge base knows better than the classifier."""
    ids = [] if outside(turn) else focus(replace(turn, state=replace(turn.state, topic=())))
    if ids and turn.links[0][1] >= NAMED:
        return answer(replace(turn, act="ask_what"))
    return _elsewhere(turn, turn.state)


def not_understood(turn: Turn) -> Response:
    """Ask for other words; the second time, hand off."""
    misses = turn.state.misses + 1
    if misses >= 2:
        return Reply(say("not_understood_again"), kind="handoff"), replace(turn.state, misses=0)
    return Reply(say("not_understood"), kind="smalltalk"), replace(turn.state, misses=misses)


def smalltalk(key: str, kind: str = "smalltalk") -> Callable[[Turn], Response]:
    """An act that is answered by one sentence, leaving everything as it was."""

    def respond(turn: Turn) -> Response:
        return Reply(say(key), kind=kind), turn.state

    return respond


def _trouble(turn: Turn) -> bool:
    """Wage arrears, fraud and unrest are taken up however they are put."""
    problem = problem_of(turn.text)
    if problem == "dispute":
        return False
    reported = turn.act in ("report_problem", "inform", "abuse", "out_of_scope", "ask_howto")
    return reported or (problem in ("unrest", "fraud") and turn.act not in ASIDE_ACTS)


def _answers(turn: Turn) -> bool:
    """Whether the message answers the question just asked, or says not to know."""
    known = turn.learnt()
    answered = any(fact in known for fact in turn.state.asking)
    return answered or turn.unsure or (turn.state.mode == "booking" and not turn.aspects)


def _asks(turn: Turn) -> bool:
    """Whether the message asks something besides."""
    return bool(turn.aspects) or "？" in turn.text


def _aside(turn: Turn, ids: list[str]) -> bool:
    """A question beside the interview, not a new matter to judge."""
    other = ids[0] not in turn.state.topic
    named = turn.links and turn.links[0][1] >= NAMED
    return not (
        turn.act in ("ask_eligibility", "ask_screening") and other and named and not turn.loose
    )


def _side_question(
    turn: Turn, state: State, ids: list[str], changed: Mapping[str, Value]
) -> Response:
    """The side question answered first, then the interview resumed."""
    act = turn.act if turn.act.startswith("ask_") else "ask_what"
    aside = inform(turn.kb, ids[:1], act, turn.aspects, state.facts, turn.as_of)
    reply, state = _continue(turn, state)
    return reply.following(aside).after(_echo(turn, state, changed)), state


def _go_on(turn: Turn, state: State, changed: Mapping[str, Value]) -> Response:
    """The interview or screening with what was just said."""
    reply, state = _continue(turn, state)
    return reply.after(_echo(turn, state, changed)), state


def _continue(turn: Turn, state: State) -> Response:
    if state.mode == "screening" or not state.topic:
        return screening.step(turn.kb, state, turn.as_of)
    return interview.step(turn.kb, state.topic[0], state, turn.as_of)


def _about(turn: Turn, state: State, ids: list[str], changed: Mapping[str, Value]) -> Response:
    """An answer about these provisions, as a verdict where one is wanted."""
    provision = turn.kb[ids[0]]
    state = replace(state, topic=tuple(ids[:1]), wants=turn.act, misses=0)
    reckoned = reckon(turn, provision)
    if reckoned:
        return reckoned.after(_echo(turn, state, changed)), state
    if provision.decides and _wants_verdict(turn, provision):
        return _judge(turn, state, ids, changed)
    reply = inform(turn.kb, ids, turn.act, turn.aspects, state.facts, turn.as_of)
    if provision.decides and turn.act in ("ask_eligibility", "ask_screening"):
        reply = replace(reply, buttons=(say("check_me"),))
    return reply.after(_echo(turn, state, changed)), state


def _wants_verdict(turn: Turn, provision: Provision) -> bool:
    if turn.act not in JUDGING:
        return False
    relevant = set(turn.facts) & used_facts(turn, provision)
    if turn.act == "ask_eligibility":
        return bool(relevant) or (
            not GENERAL.search(turn.text) and bool(PERSONAL.search(turn.text))
        )
    if turn.act == "ask_amount":
        return bool(relevant) or (bool(PERSONAL.search(turn.text)) and _computable(turn, provision))
    ended = decide(turn.kb, provision.id, turn.state.facts, turn.as_of).verdict in (
        Verdict.EXPIRED,
        Verdict.NOT_STARTED,
    )
    if turn.act == "ask_validity":
        return (
            ended
            or bool(relevant)
            or (bool(PERSONAL.search(turn.text)) and bool(provision.window.run_on_years))
        )
    return (bool(relevant) and "eligibility" in turn.aspects) or (ended and turn.act == "ask_howto")


def _computable(turn: Turn, provision: Provision) -> bool:
    """Whether people can give the numbers that its amount is computed from."""
    rule = provision.amount
    if rule is None or rule.cap:
        return False
    facts = turn.kb.registry.facts
    return any(
        all(facts[name].asked for name in names_in(f.text) if name in facts) for f in rule.formulas
    )


def used_facts(turn: Turn, provision: Provision) -> set[str]:
    """The facts that a provision's conditions, window or amount look at, parts of shares too."""
    facts = turn.kb.registry.facts
    used = {check.fact for check in provision.checks()} | {provision.window.event or ""}
    if provision.amount:
        used |= {n for formula in provision.amount.formulas for n in names_in(formula.text)}
    return {base for f in used & facts.keys() for base in (f, *(facts[f].ratio or ()))}


def _judge(turn: Turn, state: State, ids: list[str], changed: Mapping[str, Value]) -> Response:
    """The verdict, the amount on the numbers given, or the next question."""
    provision_id = _best_fitting(turn, state, ids)
    result = decide(turn.kb, provision_id, state.facts, turn.as_of)
    only_amount = "amount" in turn.aspects and "eligibility" not in turn.aspects
    if result.verdict is Verdict.UNKNOWN and (turn.act == "ask_amount" or only_amount):
        reply = interview.amount_only(turn.kb, result, state, turn.as_of)
        if reply and only_amount:
            return reply.after(_echo(turn, state, changed)), replace(state, topic=(provision_id,))
    if only_amount:
        state = replace(state, wants="ask_amount")
    reply, state = interview.step(turn.kb, provision_id, state, turn.as_of)
    return reply.after(_echo(turn, state, changed)), state


def _best_fitting(turn: Turn, state: State, ids: list[str]) -> str:
    """Of provisions about equally likely, the one that the facts fit best."""

    owners = {turn.kb.fact(fact).owner for fact in state.facts}
    firm = "enterprise" in owners or FIRM.search(turn.text)

    def fit(provision_id: str) -> float:
        provision = turn.kb[provision_id]
        if not provision.decides:
            return -1.0
        asked_for = ("enterprise" if firm else "person") in provision.audience
        return len(used_facts(turn, provision) & state.facts.keys()) + asked_for / 2

    best = max(ids, key=fit)
    return best if fit(best) > fit(ids[0]) else ids[0]


def _offer(turn: Turn, state: State, changed: Mapping[str, Value]) -> Response:
    """Facts volunteered before any question: kept, and what they open is offered."""
    open_ids = [
        p.id
        for p in turn.kb.deciding
        if used_facts(turn, p) & changed.keys()
        and decide(turn.kb, p.id, state.facts, turn.as_of).verdict
        in (Verdict.ELIGIBLE, Verdict.UNKNOWN)
    ]
    names = tuple(turn.kb[p].name for p in open_ids[:4])
    if not names:
        return Reply(say("no_topic"), kind="smalltalk").after(_echo(turn, state, changed)), state
    reply = Reply(
        joined([say("facts_open"), *(f"{i}. {name}" for i, name in enumerate(names, 1))]),
        kind="choice",
        provisions=tuple(open_ids[:4]),
        buttons=names,
    )
    return reply.after(_echo(turn, state, changed)), state


def _elsewhere(turn: Turn, state: State) -> Response:
    """Nothing of the plan fits: not covered, or not understood."""
    if turn.act == "out_of_scope" or outside(turn) or len(turn.text) > 6:
        return decline(turn), replace(state, misses=0)
    return not_understood(replace(turn, state=state))


def _echo(turn: Turn, state: State, changed: Mapping[str, Value]) -> list[str]:
    """What was understood, said back briefly, so that a wrong one is seen and corrected."""
    shown = [f for f in changed if f in turn.kb.registry.facts and state.facts.get(f) == changed[f]]
    if not shown:
        return []
    corrected = any(f in turn.state.facts for f in shown)
    facts = "；".join(describe(turn.kb, fact, state.facts) for fact in shown)
    return [say("corrected" if corrected else "taken", facts=facts)]


URGENT: dict[str, Callable[[Turn], Response]] = {
    "distress": comfort,
    "cheat": smalltalk("cheat", kind="decline"),
    "record": smalltalk("record", kind="decline"),
    "human": hand_off,
}
"""Matters that go first, and who answers them."""
