"""What is really asked: the classifier's act, checked against what the words themselves show."""

from __future__ import annotations

import re
from collections.abc import Set

from actions.turn import Turn
from policy_kb.decide import bearing_facts
from policy_kb.model import Provision

SURE = 0.6
"""Confidence from which the classifier's act stands against the words."""

ASKING_ACTS = (
    "ask_eligibility",
    "ask_amount",
    "ask_howto",
    "ask_department",
    "ask_validity",
    "ask_what",
    "ask_funds",
    "ask_targets",
)
BY_ASPECT = (
    ("eligibility", "ask_eligibility"),
    ("amount", "ask_amount"),
    ("funds", "ask_funds"),
    ("validity", "ask_validity"),
    ("department", "ask_department"),
    ("howto", "ask_howto"),
)
"""Acts that the words show, the most telling first."""

PERSONAL = re.compile(
    r"我|俺|咱|本人|自己|想(?:领|申请|办|贷|报|让|去|裁|要|在|搞|弄|给|招|组织)|打算|准备|要(?:裁|减|招)|这(?:人|位)|来电|对方|还(?:能)?接着"
    r"|(?:去年|前年|上个?月|前阵子|年初)[^，。？]{0,10}[了过]|新来的|好几个月|给不给单位"
    r"|老板(?!们)|资金链|手头|周转不|(?:厂|公司|店|企业|单位)里?(?:没钱|效益|资金|生意|账上|亏|撑|难|快|订单|活少|没活)"
)
"""Told of somebody in particular: by a pronoun, a plan, or as a thing that happened."""

STILL = re.compile(r"还是(?:这|那|原来)个?(?:数|标准|额度|比例|价)")
"""Whether a number still holds, whoever it is for."""

GENERAL = re.compile(
    r"什么条件|哪些条件|条件(?:是|有)|满足什么|应满足|要满足|哪些人|什么人|谁能|谁可以|哪类|适用对象|对象|几险|几样|几项|几个险|哪[几两俩三]|多了(?:哪|什么|啥)|安排(?:几个|多少)|新?[添加增](?:了|加了)(?:的是)?(?:哪|什么|啥)|包不包|包括|包含|含不含"
)
TOLD = re.compile(
    r"管不管|有没有(?:个|啥|什么)?(?:说法|人管|帮扶|照顾|地方|场地)|有(?:啥|什么)(?:说法|帮扶|照顾)"
)
"""What there is, is asked; nobody's case is put."""

JUDGED = ("ask_eligibility", "inform")

PAID_WHEN = re.compile(
    r"(?:什么时候|啥时候|何时|多久|几天|哪天).{0,4}(?:到账|下来|打到|到手|发到|发放)"
)
POLAR = re.compile(r"[吗不么没]？?$|(?P<v>.)不(?P=v)|？$")


def asked_act(turn: Turn, provision: Provision | None) -> str:
    """The act to answer by, given the provision that the message is most likely about."""
    if PAID_WHEN.search(turn.text):
        return "ask_howto"
    if STILL.search(turn.text) and not (provision and _has_facts_of(turn, provision)):
        return "ask_amount" if "amount" in turn.aspects else "ask_what"
    if TOLD.search(turn.text) and "eligibility" not in turn.aspects and turn.act in JUDGED:
        return "ask_what"
    shown = [act for aspect, act in BY_ASPECT if aspect in turn.aspects]
    sure = turn.confidence >= SURE or turn.act in shown or not shown
    if (
        "eligibility" in turn.aspects
        and turn.act in ("ask_what", "ask_howto")
        and is_personal(turn)
    ):
        return "ask_eligibility"
    loose = turn.act in ("ask_what", "ask_targets", "ask_howto")
    if turn.act in ASKING_ACTS and sure and not (loose and _states_case(turn, provision)):
        return turn.act
    if shown:
        return shown[0]
    return "ask_eligibility" if _states_case(turn, provision) else "ask_what"


def _has_facts_of(turn: Turn, provision: Provision) -> bool:
    """Whether the message tells facts that this provision looks at."""
    return provision.decides and bool(set(turn.facts) & facts_used(turn, provision))


def _states_case(turn: Turn, provision: Provision | None) -> bool:
    """The message puts a case before us: facts that this provision asks for, to be judged."""
    if provision is None or not provision.decides or GENERAL.search(turn.text):
        return False
    relevant = _has_facts_of(turn, provision)
    if relevant and "eligibility" in turn.aspects:
        return True
    if turn.act in ASKING_ACTS and turn.confidence >= SURE:
        return False
    return (relevant and bool(POLAR.search(turn.text) or turn.act not in ASKING_ACTS)) or (
        turn.act not in ASKING_ACTS and bool(PERSONAL.search(turn.text))
    )


def is_personal(turn: Turn) -> bool:
    """Whether it is asked for somebody in particular, not about people in general."""
    return bool(PERSONAL.search(turn.text)) and not GENERAL.search(turn.text)


def facts_used(turn: Turn, provision: Provision) -> Set[str]:
    """The facts that a provision's conditions, window or amount look at, parts of shares too."""
    return bearing_facts(turn.kb, provision.id)
