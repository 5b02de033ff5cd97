"""An answer about provisions: informed, judged, reckoned, or first asked back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from actions import interview
from actions.asked import GENERAL, asked_act, facts_used, is_personal
from actions.echo import echo
from actions.inform import inform
from actions.open_points import asks_to_carry, open_points
from actions.reckoning import reckon_any
from actions.reply import Reply
from actions.state import State
from actions.still_told import still_told
from actions.texts import say
from actions.turn import Turn
from policy_kb.amounts import names_in
from policy_kb.decide import decide
from policy_kb.explain import department_line
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

CLAIMED = re.compile(
    r"(?<![不否没])(?:够|符合|满足|达到)(?:了|的)?(?:申请)?(?:条件|要求|资格)(?!吗|么|不|没|嘛|的话|？|$)"
)
"""公司够条件，…: said to be so, not asked."""

LONGEST = re.compile(
    r"(?:最多|最长|顶多|至多|最高)[^，。？]{0,10}(?:几|多少)(?:天|年|个月|月)|按(?:几|多少)(?:天|年|个月)"
)
"""How long at most is asked of anybody: 生活费最多给补几天."""

RATE = re.compile(
    r"几个?点|百分之几|百分之多少|(?:什么|多少|啥)(?:比例|费率)|(?:比例|费率)(?:是|为)?(?:多少|几)"
)
SHARED = re.compile(
    r"(?:我|俺|个人|自己|职工|员工|单位|公司)[^，。？加]{0,6}(?:占|出|扣|掏|交|缴|承担|负担)[^，。？]{0,3}(?:多少|几)"
)
"""A rate itself is asked, or how it is divided: the plan tells it, no base is needed."""

CAPPED = re.compile(
    r"(?:封顶|上限|顶格|顶天)[^，。？]{0,8}(?:几|多少)|(?:最高|最多)[^，。？]{0,4}(?:能|可以)?贷(?:几|多少)"
)
"""The ceiling itself is asked."""

CLOSED = (Verdict.EXPIRED, Verdict.NOT_STARTED)

Response = tuple[Reply, State]


def about(turn: Turn, state: State, ids: list[str], changed: Mapping[str, Value]) -> Response:
    """An answer about these provisions (best first), as a verdict where one is wanted."""
    best = best_fitting(turn, state, ids)
    provision = turn.kb[best]
    turn = replace(turn, act=asked_act(turn, provision))
    if _asks_what_it_comes_to(turn, provision):
        turn = replace(turn, act="ask_amount")
    more = still_told(turn, state, provision) if turn.act == "ask_amount" else {}
    state, changed = state.with_facts(more), {**changed, **more}
    points = open_points(turn, provision)
    said = [*echo(turn, state, changed), *points]
    state = replace(state, topic=(best,), wants=turn.act, misses=0, mode="", asking=())
    reckoned = reckon_any(turn, [best, *ids])
    if reckoned:
        return reckoned.after(said), state
    told = asks_to_carry(turn) and bool(points)
    if provision.decides and not told and _wants_verdict(turn, provision):
        reply, state = _judge(turn, state, best)
        if reply.kind == "question" and "department" in turn.aspects:
            said = [*said, department_line(provision)]
        return reply.after(said), state
    ordered = [best, *(p for p in ids if p != best)]
    reply = inform(turn.kb, ordered, turn.act, turn.aspects, state.facts, turn.as_of)
    if provision.decides and turn.act == "ask_eligibility":
        reply = replace(reply, buttons=(say("check_me"),))
    return reply.after(said), state


def _asks_what_it_comes_to(turn: Turn, provision: Provision) -> bool:
    """Only the amount is asked by the words, and numbers to compute it from are told."""
    if turn.act != "ask_eligibility" or "amount" not in turn.aspects:
        return False
    if "eligibility" in turn.aspects and not CLAIMED.search(turn.text):
        return False
    used = {
        n for f in (provision.amount.formulas if provision.amount else ()) for n in names_in(f.text)
    }
    facts = turn.kb.registry.facts
    return any(facts[name].type == "money" for name in used & turn.facts.keys())


def _wants_verdict(turn: Turn, provision: Provision) -> bool:
    """Whether somebody's case is to be judged, not the provision told."""
    known = turn.kb.registry.resolve(turn.facts)
    relevant = bool(known.keys() & facts_used(turn, provision))
    if _asks_what_is_written(turn, provision):
        return False
    personal = is_personal(turn) and not _for_firms_only(turn, provision)
    if turn.act == "ask_eligibility" and (relevant or personal):
        return True
    if turn.act == "ask_amount" and RATE.search(turn.text) and not turn.loose and not relevant:
        return False
    if turn.act == "ask_amount":
        told = personal or _counts_people(turn, provision)
        return relevant or _numbers_kept(turn, provision) or (told and _computable(turn, provision))
    closed = decide(turn.kb, provision.id, turn.state.facts, turn.as_of).verdict in CLOSED
    if turn.act == "ask_eligibility":
        return (closed or _after_end(turn, provision)) and not GENERAL.search(turn.text)
    if turn.act == "ask_validity":
        known = {**turn.state.facts, **turn.facts}
        decided = decide(turn.kb, provision.id, known, turn.as_of).verdict is not Verdict.UNKNOWN
        running_on = bool(provision.window.run_on_years) and _after_end(turn, provision)
        return closed or running_on or (relevant and decided)
    return closed and turn.act == "ask_howto"


def _asks_what_is_written(turn: Turn, provision: Provision) -> bool:
    """Whether only a figure of the plan is asked for, which is told whatever the case."""
    if "eligibility" in turn.aspects:
        return False
    if provision.amount and provision.amount.charge:
        based = "contribution_base" in {**turn.state.facts, **turn.facts}
        return not based and bool(RATE.search(turn.text) or SHARED.search(turn.text))
    if provision.amount and provision.amount.cap and CAPPED.search(turn.text):
        return True
    return bool(LONGEST.search(turn.text)) and turn.act != "ask_validity"


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


def _numbers_kept(turn: Turn, provision: Provision) -> bool:
    """Whether numbers for the amount were told before, on the topic at hand."""
    formulas = provision.amount.formulas if provision.amount else ()
    used = {name for formula in formulas for name in names_in(formula.text)}
    return provision.id in turn.state.topic and bool(used & turn.state.facts.keys())


def _counts_people(turn: Turn, provision: Provision) -> bool:
    """招3人，能减多少: people told of, of whom it is still open who they are."""
    facts = turn.kb.registry.facts
    used = {
        name
        for f in (provision.amount.formulas if provision.amount else ())
        for name in names_in(f.text)
    }
    counted = any(facts[name].unit == "人" for name in used & facts.keys())
    return counted and any(item.kind == "people" for item in turn.loose)


def _judge(turn: Turn, state: State, provision_id: str) -> Response:
    """The verdict, the amount on the numbers given, or the next question."""
    result = decide(turn.kb, provision_id, state.facts, turn.as_of)
    whether = "eligibility" in turn.aspects and not CLAIMED.search(turn.text)
    if result.verdict is Verdict.UNKNOWN and turn.act == "ask_amount" and not whether:
        reply = interview.amount_only(turn.kb, result, state, turn.as_of)
        if reply:
            return reply, state
        if not _computable(turn, turn.kb[provision_id]):
            reply = inform(turn.kb, [provision_id], turn.act, turn.aspects, state.facts, turn.as_of)
            return replace(reply, buttons=(say("check_me"),)), state
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
