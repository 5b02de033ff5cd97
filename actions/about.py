"""An answer about provisions: informed, judged, reckoned, or first asked back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from actions import interview
from actions.asked import GENERAL, asked_act, facts_used, is_personal
from actions.echo import echo
from actions.inform import inform
from actions.reckoning import reckon
from actions.reply import Reply
from actions.state import State
from actions.texts import say
from actions.turn import Turn
from policy_kb.amounts import names_in
from policy_kb.decide import decide
from policy_kb.facts import Value
from policy_kb.model import Provision
from policy_kb.result import Verdict

FIRM = re.compile(r"公司|企业|厂|单位|我们|店里|员工|职工|招(?:了|个|用|失业|登记|退)|雇")
FIRM_OR_HERE = re.compile(
    r"公司|企业|厂(?!地)|单位|员工|职工|招(?:了|个|用)|雇|咱|店|园|基地|载体|银行|运营|机构|学校|中心|合作社|社会团体|裁|社保|返还|老板"
    r"|我们(?!这(?:样|种|些)|残疾|农民|打工|下岗|退|大学生|返乡|妇女|村)"
)
"""Words of somebody who speaks for a firm, or of its business."""

FIRM_FACTS = {"staff", "new_hires", "hired_veterans", "hired_unemployed", "layoffs", "small_micro"}
"""Facts that only a firm has; what trade one is in, a founder tells as well."""

MYSELF_ALONE = re.compile(r"我个人|我自己|本人|我是")
PERSONAL_LOAN = re.compile(r"个人(?!所得|缴|部分|交)")
"""The loan to a person, not the one to a firm."""

CLOSED = (Verdict.EXPIRED, Verdict.NOT_STARTED)

Response = tuple[Reply, State]


def about(turn: Turn, state: State, ids: list[str], changed: Mapping[str, Value]) -> Response:
    """An answer about these provisions (best first), as a verdict where one is wanted."""
    best = best_fitting(turn, state, ids)
    provision = turn.kb[best]
    turn = replace(turn, act=asked_act(turn, provision))
    said = echo(turn, state, changed)
    state = replace(state, topic=(best,), wants=turn.act, misses=0, mode="", asking=())
    reckoned = reckon(turn, provision)
    if reckoned:
        return reckoned.after(said), state
    if provision.decides and _wants_verdict(turn, provision):
        reply, state = _judge(turn, state, best)
        return reply.after(said), state
    ordered = [best, *(p for p in ids if p != best)]
    reply = inform(turn.kb, ordered, turn.act, turn.aspects, state.facts, turn.as_of)
    if provision.decides and turn.act == "ask_eligibility":
        reply = replace(reply, buttons=(say("check_me"),))
    return reply.after(said), state


def _wants_verdict(turn: Turn, provision: Provision) -> bool:
    """Whether somebody's case is to be judged, not the provision told."""
    known = turn.kb.registry.resolve(turn.facts)
    relevant = bool(known.keys() & facts_used(turn, provision))
    personal = is_personal(turn) and not _for_firms_only(turn, provision)
    if turn.act == "ask_eligibility" and (relevant or personal):
        return True
    if turn.act == "ask_amount":
        return relevant or (personal and _computable(turn, provision))
    closed = decide(turn.kb, provision.id, turn.state.facts, turn.as_of).verdict in CLOSED
    if turn.act == "ask_eligibility":
        return (closed or _after_end(turn, provision)) and not GENERAL.search(turn.text)
    if turn.act == "ask_validity":
        known = {**turn.state.facts, **turn.facts}
        decided = decide(turn.kb, provision.id, known, turn.as_of).verdict is not Verdict.UNKNOWN
        running_on = bool(provision.window.run_on_years) and _after_end(turn, provision)
        return closed or running_on or (relevant and decided)
    return closed and turn.act == "ask_howto"


def _for_firms_only(turn: Turn, provision: Provision) -> bool:
    """Whether a person asks, telling no firm, what only firms apply for: it is told, not judged."""
    begun = provision.id in turn.state.topic
    return not (begun or "person" in provision.audience or FIRM_OR_HERE.search(turn.text))


def _after_end(turn: Turn, provision: Provision) -> bool:
    return provision.window.end is not None and turn.as_of > provision.window.end


def _computable(turn: Turn, provision: Provision) -> bool:
    """Whether people can give the numbers that its amount is computed from."""
    rule = provision.amount
    if rule is None or rule.cap:
        return False
    facts = turn.kb.registry.facts
    return any(
        all(facts[name].asked for name in names_in(f.text) if name in facts) for f in rule.formulas
    )


def _judge(turn: Turn, state: State, provision_id: str) -> Response:
    """The verdict, the amount on the numbers given, or the next question."""
    result = decide(turn.kb, provision_id, state.facts, turn.as_of)
    only_amount = turn.act == "ask_amount" and "eligibility" not in turn.aspects
    if result.verdict is Verdict.UNKNOWN and only_amount:
        reply = interview.amount_only(turn.kb, result, turn.as_of)
        if reply:
            return reply, state
    if "amount" in turn.aspects:
        state = replace(state, wants="ask_amount")
    return interview.step(turn.kb, provision_id, state, turn.as_of)


def best_fitting(turn: Turn, state: State, ids: list[str]) -> str:
    """Of provisions about equally likely, the one that the facts and the asker fit best."""
    firm = bool(FIRM_FACTS & state.facts.keys() or FIRM.search(turn.text))
    firm = firm and not MYSELF_ALONE.search(turn.text)
    alone = not firm and bool(PERSONAL_LOAN.search(turn.text))

    def fit(provision_id: str) -> float:
        provision = turn.kb[provision_id]
        if not provision.decides or (alone and "person" not in provision.audience):
            return 0.0
        meant_for = ("enterprise" if firm else "person") in provision.audience
        used = facts_used(turn, provision)
        return 2 * len(used & turn.facts.keys()) + len(used & state.facts.keys()) + meant_for

    best = max(ids, key=fit)
    return best if fit(best) > fit(ids[0]) else ids[0]
