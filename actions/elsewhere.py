"""Matters for others: what the plan does not cover, and what a person has to take up."""

from __future__ import annotations

import re
from functools import lru_cache

from actions.focus import nearest
from actions.reply import Reply
from actions.texts import say, texts
from actions.turn import Turn

TAX = re.compile(r"税|发票|退税")
LAW = re.compile(r"仲裁|加班|合同|试用期|辞退|年假|产假|工伤|赔偿|起诉|法律|劳动法|补偿")
DISPUTE = re.compile(
    r"仲裁|纠纷|投诉|举报|维权|劳动(?:局|监察)|(?:没|未|不)(?:跟我)?签(?:订)?(?:劳动)?合同|社保(?:没|不给|断)|未缴纳?社保|被?辞退我|违法|欺负|压榨|扣(?:工资|钱|押金)|押金|黑中介|逼我"
    r"|补偿(?:金|款)?[^，。]{0,8}(?:没给|不给|一分|咋要|怎么要|要不)|(?:没|不)给[^，。]{0,4}补偿|不要我(?:们)?了"
)
SOCIAL = re.compile(r"社保|养老|退休|医保|医疗|生育|失业金|保险|公积金|补贴|就业|档案|职称|工资")


def decline(turn: Turn) -> Reply:
    """Not covered: says so, where to turn, and the nearest thing that is covered."""
    reply = say("decline", where=where_to_turn(turn.text))
    near = nearest(turn)
    buttons: tuple[str, ...] = ()
    if near:
        provision = turn.kb[near]
        reply += "\n" + say("decline_near", name=provision.name)
        buttons = (provision.name,)
    return Reply(reply, kind="decline", buttons=buttons)


def where_to_turn(text: str) -> str:
    """The line for a matter outside the plan."""
    where = texts()["where"]
    for pattern, key in ((TAX, "tax"), (LAW, "law"), (SOCIAL, "social")):
        if pattern.search(text):
            return str(where[key])
    return str(where["other"])


@lru_cache(maxsize=1)
def _problems() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile("|".join(problem["said"])))
        for name, problem in texts()["problems"].items()
    )


def problem_of(text: str) -> str:
    """The kind of trouble: unrest, fraud, wage or, failing these, dispute."""
    return next(name for name, pattern in _problems() if pattern.search(text))


def is_dispute(text: str) -> bool:
    """Whether the trouble is one between worker and employer."""
    return bool(DISPUTE.search(text))


def take_up(problem: str) -> Reply:
    """Hand-off of a reported problem, with the right lines and what to keep at hand."""
    entry = texts()["problems"][problem]
    return Reply(str(entry["text"]), kind="handoff", provisions=tuple(entry["provisions"]))
