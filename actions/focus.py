"""What a message is about: the provisions to answer for, or none."""

from __future__ import annotations

import re

from actions.asked import facts_used
from actions.turn import OUTSIDE, Turn

NAMED = 0.5
"""Score from which a provision counts as named, not merely resembled."""

LIKELY = 0.24
"""Score from which a provision is worth answering for."""

SURELY_OUTSIDE = 0.5
OUTSIDE_FLOOR = 0.4
OUTSIDE_MARGIN = 0.15
"""What a message heard as out of scope needs to count as inside all the same."""

SURELY_ASKED = 0.7
LIKELY_IF_ASKED = 0.18
"""Confidence of a question, and the score that is then enough."""

SHORT_QUESTION = 30
FOLLOW_UP = 10
"""归哪个部门管: a question this short that names nothing is about the topic at hand."""

NEAR_NAMED = 0.85
NEAR = 0.8
"""Share of the best score from which a second provision is as likely."""

ELSEWHERE = re.compile(
    r"(?:北京|上海|天津|重庆|广州|深圳|杭州|南京|苏州|成都|武汉|西安|青岛|济南|烟台|威海(?!.{0,3}环翠)|大连|沈阳|长沙|郑州|合肥|福州|厦门|"
    r"佛山|东莞|宁波|无锡|昆明|贵阳|南宁|海南|山东|江苏|浙江|广东|四川|湖南|湖北|河南|河北|福建|安徽|江西|广西|云南|陕西|湘江新区|滨海新区|[A-Z]市|我省)"
)


FROM_THERE = re.compile(
    r"户口|户籍|老家|籍|(?:是|从|在)[^，。]{2,6}(?:人|来|打工|回来|务工|念|上的?学|毕业|过来)|生源"
    r"|(?:去|到|往|赴)[^，。]{2,8}(?:干|打工|务工|上班|做工|厂|挣|找活|进)"
)
"""户口在河南, 从广东回来: where somebody comes from or goes to work, not whose rules are asked for."""

WHAT_OF = re.compile(r"那.+呢[？。]?$")
"""那培训补贴呢: the same question about something else."""

POINTING = re.compile(
    r"(?:这|那|该)(?:个|项|条|种|笔|些)?(?:补贴|政策|贷款|钱|补助|返还|奖补|事|规定|措施)(?!们)"
)
"""这补贴, 那笔钱: the topic at hand is meant."""


def focus(turn: Turn) -> list[str]:
    """The provisions to answer for, best first; the topic at hand where nothing new is named."""
    links = [(p, s) for p, s in turn.links if p != OUTSIDE]
    best = links[0][1] if links else 0.0
    asked = turn.act.startswith("ask_") and turn.confidence >= SURELY_ASKED
    enough = LIKELY_IF_ASKED if asked else LIKELY
    if turn.state.topic and (best < enough or _still(turn, best) or POINTING.search(turn.text)):
        return list(turn.state.topic)
    if best < enough or outside(turn):
        return []
    floor = best * (NEAR_NAMED if best >= NAMED else NEAR)
    return [provision for provision, score in links if score >= floor][:3]


def _still(turn: Turn, best: float) -> bool:
    """Whether the message goes on about the topic: nothing else is named."""
    topic_score = max(turn.link_score(provision) for provision in turn.state.topic)
    turns_away = best >= NAMED and WHAT_OF.match(turn.text)
    if len(turn.text) <= FOLLOW_UP and not turn.names_one and not turns_away:
        return True
    short = len(turn.text) <= (24 if turn.state.mode else 12)
    return best < NAMED and (topic_score >= NEAR * best or short)


def elsewhere_named(turn: Turn) -> bool:
    """Whether a short question is about another place's rules."""
    return len(turn.text) <= SHORT_QUESTION and any(
        not FROM_THERE.search(turn.text[max(0, place.start() - 6) : place.end() + 5])
        for place in ELSEWHERE.finditer(turn.text)
    )


def outside(turn: Turn) -> bool:
    """Whether the message is nearer to something the plan does not cover."""
    inside = [(p, s) for p, s in turn.links if p != OUTSIDE]
    if not inside:
        return True
    best, score = inside[0]
    beyond = turn.link_score(OUTSIDE)
    provision = turn.kb[best]
    if provision.decides and set(turn.facts) & facts_used(turn, provision):
        return beyond > score
    if turn.act == "out_of_scope" and turn.confidence > SURELY_OUTSIDE:
        return score < max(OUTSIDE_FLOOR, beyond + OUTSIDE_MARGIN)
    return beyond > score


def nearest(turn: Turn) -> str | None:
    """The provision that comes nearest to a message outside the plan, if any comes near."""
    return next((p for p, score in turn.links if p != OUTSIDE and score >= LIKELY), None)
