"""How long a server takes to answer: one user, many users, a long conversation, a burst."""

from __future__ import annotations

import http.client
import json
import statistics
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

TEXTS = (
    "就业见习补贴是什么",
    "我能申请吗",
    "我今年22岁",
    "失业",
    "稳岗返还怎么申请",
    "小微企业创业担保贷款贴息要什么条件",
    "规范裁员程序归哪个部门管",
    "个人创业担保贷款的标准是多少",
    "技术技能提升补贴有多少钱",
    "缓缴社会保险费在哪里办",
)
"""What is said to both bots: topics, and a short interview."""

BURST = TEXTS[:5]


@dataclass(frozen=True)
class Speed:
    """Milliseconds a turn."""

    median: float
    p99: float


class User:
    """One user's connection, kept open, to Rasa's REST channel of a port of this machine."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.sender = uuid.uuid4().hex

    def say(self, text: str) -> float:
        """Send and wait for the answer; the milliseconds it took."""
        body = json.dumps({"sender": self.sender, "message": text}).encode()
        began = time.perf_counter()
        self._connection.request(
            "POST", "/webhooks/rest/webhook", body, {"Content-Type": "application/json"}
        )
        answer: list[dict[str, Any]] = json.loads(self._connection.getresponse().read())
        took = (time.perf_counter() - began) * 1000
        if not answer:
            raise AssertionError(f"no answer to {text}")
        return took

    def talk(self, turns: int) -> list[float]:
        """So many turns of one conversation."""
        return [self.say(text) for text in islice(cycle(TEXTS), turns)]


def speed(times: Sequence[float]) -> Speed:
    """Median and 99th percentile of these milliseconds."""
    return Speed(statistics.median(times), sorted(times)[int(len(times) * 0.99)])


def conversations(port: int, count: int) -> list[float]:
    """The times of conversations of ten turns, one after another."""
    return [took for _ in range(count) for took in User(port).talk(10)]


def together(tasks: Sequence[Callable[[], object]]) -> float:
    """Seconds until all of these, begun at once, are done."""
    threads = [threading.Thread(target=task) for task in tasks]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def many_users(port: int, users: int, turns: int) -> float:
    """Turns a second while so many users talk at once, each as fast as answered."""
    return users * turns / together([lambda: User(port).talk(turns) for _ in range(users)])


def growth(port: int, late: int, talks_held: int = 3) -> float:
    """How many times as long as around turn 5 a turn takes around turn `late`."""
    talks = [User(port).talk(late + 3) for _ in range(talks_held)]
    early = statistics.median(t for talk in talks for t in talk[2:8])
    return statistics.median(t for talk in talks for t in talk[late - 4 : late + 3]) / early


def at_once(port: int) -> float:
    """Milliseconds until five messages that one user sends at once are all answered."""
    sender, users = uuid.uuid4().hex, [User(port) for _ in BURST]
    for user in users:
        user.sender = sender
    tasks = [lambda u=user, t=text: u.say(t) for user, text in zip(users, BURST, strict=True)]
    return together(tasks) * 1000
