"""10,000 messages to the account, 5% repeated, 2% forged: python -m tests.soak [--messages N]

Every genuine message is answered exactly once, none of the forged; prints a table, fails otherwise.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from tests.bot.wechat.live import CUT, PATH, Line, start, stored
from tests.bot.wechat.platform import Platform, Post, WechatPy, WeRoBot, said

REPEATED, FORGED = 0.05, 0.02
EACH = 10
"""Messages of one user, below the burst that one user may send."""

ATTEMPTS = 3
AT_ONCE = 48
"""Users talking at the same time."""

TEXTS = (
    "我22岁没工作，能领见习补贴吗",
    "一个月给多少钱",
    "归哪个部门管",
    "我们厂64个人，打算裁7个，要走程序吗",
    "失业保险费返一半那个，我们厂能返多少",
    "招了退役士兵能抵多少税",
    "创业担保贷款最多贷多少",
    "到什么时候截止",
    "今天天气怎么样",
    "我能享受哪些政策",
    "1",
    "更多",
    "谢谢",
    "拖欠工资找谁",
)


@dataclass
class Tally:
    """What came of it."""

    seconds: list[float] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Soak:
    """`messages` genuine ones from many users, some repeated, forged ones among them."""

    def __init__(self, line: Line, messages: int, seed: int) -> None:
        self.line, self.messages, self.chance = line, messages, random.Random(seed)
        self.tally, self._room = Tally(), asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        users = range(-(-self.messages // EACH))
        await asyncio.gather(*(self._user(user) for user in users))

    async def _user(self, user: int) -> None:
        last = ""
        async with self._room:
            for number in range(min(EACH, self.messages - user * EACH)):
                if self.chance.random() < FORGED:
                    await self._forge(f"forged{user}")
                text = self.chance.choice(TEXTS)
                if text == "更多" and last.endswith("接着看）"):
                    self.tally.count["pages"] += 1
                xml = said(f"user{user}", text, CreateTime=number)
                repeated = self.chance.random() < REPEATED
                last = (await (self._repeat(xml) if repeated else self._say(xml))) or ""
                self._answered(last)

    async def _say(self, xml: str) -> str | None:
        """Up to three times, as the platform does where nothing comes within 5 seconds."""
        for _ in range(ATTEMPTS):
            began = time.monotonic()
            reply = await self.line.say(xml)
            took = time.monotonic() - began
            if reply is not None:
                self.tally.seconds.append(took)
                return reply
            self.tally.count["lapsed: " + ("5 seconds" if took >= CUT else "connection lost")] += 1
        return None

    async def _repeat(self, xml: str) -> str | None:
        """Cut short and sent again, sent three times at once, or sent again when answered."""
        how = self.chance.choice(("cut", "at once", "again"))
        self.tally.count[f"repeated: {how}"] += 1
        if how == "cut":
            await self.line.say(xml, seconds=0.004)
            replies = [await self._say(xml)]
        elif how == "at once":
            replies = list(await asyncio.gather(*(self._say(xml) for _ in range(3))))
        else:
            replies = [await self._say(xml), await self._say(xml)]
        if len(set(replies)) != 1:
            self.tally.wrong.append(f"repeated ({how}), answered differently: {replies}")
        return replies[-1]

    def _answered(self, reply: str) -> None:
        self.tally.count["genuine"] += 1
        if reply:
            self.tally.count["answered"] += 1
        else:
            self.tally.wrong.append("a genuine message got no answer")
        if "就能看到答复" in reply:
            self.tally.count["placeholders"] += 1

    async def _forge(self, user: str) -> None:
        post = self.line.platform.post(said(user, "伪造的"))
        kind = self.chance.choice(("signature", "body", "old", "plain"))
        if kind == "signature":
            post = Post(post.query | {"msg_signature": "0" * 40}, post.body)
        elif kind == "body":
            other = self.line.platform.post(said(user, "另一条"))
            post = Post(post.query, other.body)
        elif kind == "old":
            post = self.line.platform.post(said(user, "旧的"), time.time() - 600)
        else:
            post = Platform("plain").post(said(user, "明文"))
        self.tally.count["forged"] += 1
        got = await self.line.post(post)
        if got != (403, ""):
            self.tally.wrong.append(f"forged ({kind}) got {got}")


async def soak(messages: int, seed: int, var: Path) -> tuple[Tally, float, float]:
    """The tally, the seconds it took, the server's memory in MB at its end."""
    server = start(var)
    try:
        cipher = WeRoBot() if seed % 2 else WechatPy()
        async with aiohttp.ClientSession() as session:
            run = Soak(Line(server.url(PATH), session, Platform("safe", cipher)), messages, seed)
            began = time.monotonic()
            await run.run()
            took = time.monotonic() - began
    finally:
        server.stop()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return run.tally, took, memory


def main() -> int:
    """Run and print; 1 where anything was dropped, doubled or taken though forged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        tally, took, memory = asyncio.run(soak(given.messages, given.seed, var))
        turns, distinct = stored(var)
        traces = (var / "server.log").read_text("utf-8").count("Traceback")
    asked, pages = tally.count["genuine"], tally.count["pages"]
    if not turns == distinct == asked - pages:
        tally.wrong.append(f"{turns} turns stored for {distinct} of {asked - pages} messages")
    if traces:
        tally.wrong.append(f"{traces} stack traces in the log")
    cuts = statistics.quantiles(tally.seconds, n=100)
    rows = {
        "genuine messages": asked,
        "answered": tally.count["answered"],
        "turns stored": turns,
        "of different messages": distinct,
        "further pages on 更多, which are no turns": pages,
        **{name: n for name, n in sorted(tally.count.items()) if ":" in name},
        "forged, all refused": tally.count["forged"],
        "placeholders": tally.count["placeholders"],
        "seconds": round(took, 1),
        "messages a second": round(asked / took, 1),
        "median / 95% / 99% / slowest, ms": " / ".join(
            f"{1000 * value:.0f}" for value in (cuts[49], cuts[94], cuts[98], max(tally.seconds))
        ),
        "server memory at most, MB": round(memory),
    }
    for name, value in rows.items():
        print(f"{name:<48}{value}")
    for line in tally.wrong[:20]:
        print("WRONG:", line)
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
