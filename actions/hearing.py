"""What a message does, told by its words: each a question about a turn that the act heard leaves open."""

from __future__ import annotations

import re
from collections.abc import Mapping

from actions import screening
from actions.asked import ASKING_ACTS, facts_used
from actions.elsewhere import problem_of
from actions.focus import NAMED, outside
from actions.sides import FACT as BOTH_SIDES
from actions.turn import OUTSIDE, Turn
from policy_kb.facts import Value
from policy_kb.words import is_gibberish

CALM_ACTS = (*ASKING_ACTS, "ask_publicity", "ask_compare", "ask_screening")
"""Acts of somebody who wants to know something, not of somebody in trouble."""

WHO_ASKS = re.compile(r"请问|帮我|看看|一下|政策|我是|我们|公司|企业|个人|[我俺咱想问，。？]")
"""What may stand around a question about everything."""

UNSURE = 0.4
TRUSTED = 0.6
CERTAIN = 0.75
"""Confidence that an act other than asking and stating needs; below it the words decide."""

STATING = ("inform", "correct", "affirm", "deny", "dont_know")
PLAIN_ACTS = (*ASKING_ACTS, *STATING, "report_problem")
"""Acts that do no harm where they were misheard."""

EMPLOYER = re.compile(
    r"(?:给|让|组织)(?:工人|职工|员工|大伙|大家)[^，。]{0,4}(?:搞|办|培训|学)|缓缴|困难企业|社保.{0,4}(?:缓|欠|晚)|返还"
)
"""Arrears told by the firm itself, which asks for a measure."""

ENFORCEMENT = re.compile(
    r"黑名单|曝光|公布|惩戒|惩罚|惩治|处罚|罚|坐牢|判刑|犯罪|犯法|入刑|后果|后手|下场|(?:怎么|咋)治|治(?:治|他)|专项整治|治欠保支|高压|联合|名单|限制|受限|招投标|推送|推给|怎么处理"
)
"""What befalls whoever owes wages: asked about the law, not told of one's own wages."""

OWN_WAGES = re.compile(
    r"(?:欠|拖|扣|压|不给|没给|不发|没发|赖)(?:着|了|欠)?(?:我|俺|咱|我们|俺们|本人)(?!区|市|镇|这儿|这边)"
    r"|(?:我|俺|咱|俺们|我们|本人)(?:的|那)?[^，。？]{0,8}(?:工资|工钱|薪水?|血汗钱|钱)[^，。？]{0,8}(?:没|不|拖|欠|压|要不)"
    r"|(?:工资|工钱)[^，。？]{0,6}(?:还没|没给我|不给我|要不(?:到|回))"
)
"""Wages that the speaker is owed."""

MEDIATION = re.compile(
    r"调解|调一?调|调停|调和|说和|说合|居中|评评?理|和解|协调|不想(?:打官司|仲裁)"
)
"""What somebody wants who would rather not go to court."""

ASKED = re.compile(r"有没有|能不能|是不是|可不可以|怎么|咋|哪[些个里儿]|什么|多少|[吗么呢][，。]?$")
"""Words of a question, for a story told before anything is asked."""

LEAVE = re.compile(r"换(?:个|一个)|先不(?:说|问|管)|不问(?:这|那)|算了")
EVERYTHING = re.compile(
    r"有(?:什么|啥|哪些|没有)(?:补贴|政策|优惠|补助|好处|扶持)(?:可以|能|给)?(?:我|俺|咱)?(?:们)?(?:领|享受|拿|办|用)?(?:的)?(?:吗|呢|啊|不)?[，。？]?$"
    r"|(?:政策|补贴|优惠|补助).{0,3}(?:我|俺|咱)(?:们)?(?:能|可以)(?:享受|领|拿)"
    r"|有(?:什么|啥|哪些)(?:我|俺)?(?:能|可以|可)(?:领|享受|拿|申请|办)的"
    r"|能(?:享受|领|申请|拿|办)(?:到)?(?:什么|哪些|啥|些什么|点啥)|符合(?:什么|哪些|啥)"
)
"""Asked of everything there is, not of one field."""

CHAT_ACTS = ("greet", "thanks", "goodbye", "bot_challenge")
PLEA = re.compile(
    r"帮(?:帮|一帮|一?把|扶)?(?:我|俺|咱|忙|她|他)|(?:怎么|咋)办(?:啊|呀|呢|才好)*[，。？]?$|(?:啥|什么|没有?个?)(?:办法|出路|活路|法子)"
    r"|(?:政府|国家|区里|你们).{0,6}(?:管不管|能不能管|管我|照顾)|能.{0,4}(?:帮|照顾)[^，。]{0,4}[吗么不没]"
)
"""Help asked for without saying what with."""

CHAT = 12
CHATTY = 0.3
"""Length of small talk, and the confidence that is then enough."""

WORDY = 3
"""Characters from which a message may be told for gibberish; shorter ones may be answers."""


def says_nothing(turn: Turn) -> bool:
    """Sounds without a word in them, to which no act, fact or number gives a sense."""
    meant = turn.act in (*PLAIN_ACTS, *CALM_ACTS) or turn.facts or turn.loose or turn.subject
    started = turn.state.mode or turn.state.topic
    return not (meant or started) and len(turn.text) >= WORDY and is_gibberish(turn.text)


def misheard(turn: Turn) -> bool:
    """Whether the act heard is not to be trusted: it is rare, and was not heard clearly."""
    if turn.act == "distress" and turn.names_one and turn.confidence < CERTAIN:
        return True  # what tells of distress by its words was answered before
    if turn.act in PLAIN_ACTS:
        return turn.act not in ASKING_ACTS and turn.confidence < UNSURE and plainly_about(turn)
    floor = UNSURE if turn.act in CALM_ACTS else TRUSTED
    if re.search(r"\d", turn.text):
        return turn.confidence < floor
    greeting = turn.act in ("greet", "thanks", "goodbye", "bot_challenge", "abuse", "more")
    if turn.act in CHAT_ACTS and len(turn.text) > CHAT and plainly_about(turn):
        return True
    short_chat = (
        greeting
        and not turn.facts
        and not turn.names_one
        and len(turn.text) <= CHAT
        and turn.confidence >= CHATTY
    )
    return turn.confidence < floor and not short_chat


def plainly_about(turn: Turn) -> bool:
    """Whether a provision is named, whatever act was heard."""
    return bool(turn.links) and turn.links[0][1] >= NAMED and not outside(turn)


def asks(turn: Turn) -> bool:
    """Whether the message asks something besides; inside an interview its words must show it."""
    asked = bool(turn.aspects) or "？" in turn.text or bool(turn.aside)
    return asked or (not turn.state.mode and bool(ASKED.search(turn.text)))


def asks_for_everything(turn: Turn) -> bool:
    """What is there for me, with nothing else named, or on facts that speak for themselves."""
    match = EVERYTHING.search(turn.text)
    rest = WHO_ASKS.sub("", EVERYTHING.sub("", turn.text))
    return bool(match) and (len(rest) <= CHAT // 2 or bool(turn.facts))


def pleads(turn: Turn) -> bool:
    """Somebody's situation told and help asked for, nothing named that could be had."""
    registry, links = turn.kb.registry, [link for link in turn.links if link[0] != OUTSIDE]
    tells = any(registry[fact].owner == "person" for fact in turn.facts)
    measure = links and turn.kb[links[0][0]].decides and links[0][1] >= NAMED
    begun = turn.state.mode or turn.names_one or measure
    return tells and not begun and bool(PLEA.search(turn.text))


def answers_question(turn: Turn) -> bool:
    """Whether the message answers the question just asked, or says not to know."""
    known = turn.learnt()
    answered = any(fact in known for fact in turn.state.asking)
    role = turn.state.mode == "screening" and not turn.state.asking
    answered = answered or (BOTH_SIDES in turn.state.asking and turn.side is not None)
    return answered or turn.unsure or (role and bool(screening.role_said(turn.text)))


def tells_of_trouble(turn: Turn) -> bool:
    """Wage arrears, fraud and unrest are taken up however they are put."""
    problem = problem_of(turn.text)
    if problem == "dispute" or (turn.state.mode and turn.act in CALM_ACTS):
        return False
    if problem == "wage" and asks_of_enforcement(turn.text):
        return False
    if problem == "wage" and EMPLOYER.search(turn.text):
        return False
    if problem == "wage" and turn.act == "ask_department" and turn.confidence < TRUSTED:
        return True
    calm = turn.act in CALM_ACTS and turn.act not in ("ask_howto", "ask_screening")
    return not calm or (problem in ("unrest", "fraud") and turn.act == "ask_eligibility")


def asks_of_enforcement(text: str) -> bool:
    """Whether it is asked what befalls those who owe wages, by somebody who is owed none."""
    return bool(ENFORCEMENT.search(text)) and not OWN_WAGES.search(text)


def asks_to_mediate(text: str) -> bool:
    """Whether a quarrel is told by somebody who asks for a place or person to mediate."""
    return bool(MEDIATION.search(text)) and not OWN_WAGES.search(text)


def bears_on_topic(turn: Turn, changed: Mapping[str, Value]) -> bool:
    """Whether facts just learnt can change the verdict on the topic at hand."""
    topic = turn.kb[turn.state.topic[0]] if turn.state.topic else None
    return bool(topic and topic.decides and facts_used(turn, topic) & changed.keys())


def new_matter(turn: Turn) -> bool:
    """Whether a statement plainly names something else than the topic at hand."""
    return (
        bool(turn.links) and turn.links[0][1] >= NAMED and turn.links[0][0] not in turn.state.topic
    )


def beside(turn: Turn, ids: list[str]) -> bool:
    """A question beside the interview, not a new case put before us."""
    if turn.aside or ids[0] in turn.state.topic or answers_question(turn):
        return True
    provision = turn.kb[ids[0]]
    new_case = provision.decides and set(turn.facts) & facts_used(turn, provision)
    return not (new_case or LEAVE.search(turn.text))
