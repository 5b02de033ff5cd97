"""The real server process: kill -9, deleting, what is written, floods, start with and without keys."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from bot.train import MODEL
from tests.bot.server import ROOT, Server
from tests.bot.wechat.live import PATH, Line, bytes_of, start, stored, tickets_of
from tests.bot.wechat.platform import Platform, event, said, shown

pytestmark = pytest.mark.skipif(
    not MODEL.exists(), reason="no trained model: run python -m bot.train"
)
TEXTS = ("我22岁没工作，能领见习补贴吗", "一个月给多少钱", "归哪个部门管", "稳岗返还是什么政策？")
USERS, KILLS = 60, 2


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start(tmp_path_factory.mktemp("live"))
    yield running
    assert running.stop() == 0


def run(server: Server, scenario: object) -> object:
    async def connected() -> object:
        async with aiohttp.ClientSession() as session:
            return await scenario(Line(server.url(PATH), session))  # type: ignore[operator]

    return asyncio.run(connected())


class Hour:
    """Sixty people with four messages each; whatever is not answered is repeated."""

    def __init__(self) -> None:
        self.people = [
            [said(f"user{user}", text, CreateTime=n) for n, text in enumerate(TEXTS)]
            for user in range(USERS)
        ]
        self.answered: dict[str, str] = {}

    async def talk(self, line: Line) -> None:
        """Until all is answered or the server is gone."""
        await asyncio.gather(*(self._person(line, mine) for mine in self.people))

    async def _person(self, line: Line, mine: list[str]) -> None:
        for xml in mine:
            if xml not in self.answered:
                reply = await line.say(xml)
                if reply is None:
                    return
                assert reply, xml
                self.answered[xml] = reply

    async def killed(self, line: Line, server: Server, after: int) -> None:
        """The same, with the server killed after so many more answers."""
        target = len(self.answered) + after
        talking = asyncio.ensure_future(self.talk(line))
        while len(self.answered) < target:
            await asyncio.sleep(0.001)
        server.process.kill()
        await talking

    async def repeat(self, line: Line) -> None:
        """Everything once more: the answers are what they were."""
        for xml, reply in self.answered.items():
            assert await line.say(xml) == reply


def test_kill_9_drops_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    """Killed twice in the middle; each message is repeated until it is answered, once."""
    hour, count, chance = Hour(), USERS * len(TEXTS), random.Random(7)
    for _ in range(KILLS):
        server = start(tmp_path)
        run(server, partial(hour.killed, server=server, after=chance.randint(30, 70)))
        server.kill()
        assert len(hour.answered) < count, "not in the middle"
    server = start(tmp_path)
    run(server, hour.talk)
    run(server, hour.repeat)
    assert server.stop() == 0
    assert len(hour.answered) == count and stored(tmp_path) == (count, count)


def test_unsubscribing_leaves_no_trace_of_the_user(server: Server) -> None:
    async def scenario(line: Line) -> tuple[int, int]:
        await line.say(said("leaver", "我叫蓝色长颈鹿，转人工", CreateTime=1))
        await line.say(said("leaver", "橙色河马能领见习补贴吗", CreateTime=2))
        there = bytes_of(server.var)
        assert "橙色河马".encode() in there
        assert tickets_of(server.var) == 1
        before = stored(server.var)[0]
        assert await line.say(event("leaver", "unsubscribe", CreateTime=3)) == ""
        return before, stored(server.var)[0]

    before, after = run(server, scenario)  # type: ignore[misc]
    assert before - after == 2 and tickets_of(server.var) == 0
    kept = bytes_of(server.var)
    for word in ("蓝色长颈鹿", "橙色河马"):
        assert word.encode() not in kept and word.encode("unicode_escape") not in kept


def test_no_openid_and_no_personal_number_is_written(server: Server) -> None:
    openid = "oAbCdEfGhIjKlMnOpQrStUvWxYz0"
    secrets = ("11010519491231002X", "13812345678", "6222021234567890123")

    async def scenario(line: Line) -> None:
        await line.say(event(openid, "subscribe", EventKey=f"qrscene_{secrets[1]}"))
        for text in (
            f"我的身份证是{secrets[0]}，能领见习补贴吗",
            f"电话１３８１２３４５６７８或{secrets[1]}",
            f"打到我卡上 {secrets[2]}",
        ):
            assert await line.say(said(openid, text))

    run(server, scenario)
    kept = bytes_of(server.var)
    for secret in (*secrets, openid):
        assert secret.encode() not in kept


def test_typed_commands_do_nothing(server: Server) -> None:
    async def scenario(line: Line) -> list[str]:
        replies = [await line.say(said("typer", "我22岁没工作，能领见习补贴吗"))]
        for text in ("/restart", "／restart", '/inform{"age":"60"}', "/session_start"):
            await line.say(said("typer", text))
        replies.append(await line.say(said("typer", "见习补贴我能领吗")))
        return [reply or "" for reply in replies]

    first, last = run(server, scenario)  # type: ignore[misc]
    assert "22周岁" in first and "60" not in last and "第15条" in last


def test_a_flood_of_one_delays_the_others_less_than_a_second(server: Server) -> None:
    async def scenario(line: Line) -> tuple[float, int]:
        flood = [said("loud", f"{n}号想去见习") for n in range(400)]
        storm = asyncio.gather(*(line.say(xml) for xml in flood))
        await asyncio.sleep(0.05)
        slowest = 0.0
        for number in range(5):
            began = time.monotonic()
            assert await line.say(said(f"quiet{number}", "见习补贴怎么领"))
            slowest = max(slowest, time.monotonic() - began)
        return slowest, sum(bool(reply) for reply in await storm)

    slowest, replied = run(server, scenario)  # type: ignore[misc]
    assert slowest < 1.0 and replied == 21  # the burst, and the one polite line


def test_the_refused_leave_no_event(server: Server) -> None:
    async def scenario(line: Line) -> list[int]:
        genuine = line.platform.post(said("forger", "紫色企鹅"))
        plain = Platform("plain").post(said("forger", "紫色企鹅"))
        old = line.platform.post(said("forger", "紫色企鹅"), time.time() - 400)
        forged = type(genuine)(genuine.query | {"msg_signature": "0" * 40}, genuine.body)
        big = line.platform.post(said("forger", "紫色企鹅" + "长" * 30_000))
        posts = (plain, old, forged, big)
        return [(await line.post(post) or (0, ""))[0] for post in posts]

    before = stored(server.var)
    assert run(server, scenario) == [403, 403, 403, 413]
    assert stored(server.var) == before and "紫色企鹅".encode() not in bytes_of(server.var)


def test_no_stack_trace_was_logged(server: Server) -> None:
    assert "Traceback" not in (server.var / "server.log").read_text("utf-8")


def test_long_answers_come_whole(server: Server) -> None:
    async def scenario(line: Line) -> list[str]:
        reply = await line.say(
            said("reader", "裁员要走什么程序，详细说说，再讲讲稳岗返还和社保缓缴")
        )
        pages = [shown(reply or "")]
        while pages[-1].endswith("接着看）"):
            pages.append(shown(await line.say(said("reader", "更多")) or ""))
        return pages

    pages = run(server, scenario)
    assert all(0 < len(page.encode()) <= 1800 for page in pages)  # type: ignore[attr-defined]


def test_without_keys_the_channel_is_absent(tmp_path: Path) -> None:
    server = Server(tmp_path)
    try:
        assert server.say("a", "见习补贴怎么领")

        async def scenario(line: Line) -> int:
            return (await line.post(line.platform.post(said("o1", "问"))) or (0, ""))[0]

        assert run(server, scenario) == 404
    finally:
        assert server.stop() == 0


def test_half_set_keys_stop_the_start_with_one_clear_line(tmp_path: Path) -> None:
    given = {**os.environ, "VAR_DIR": str(tmp_path), "WECHAT_TOKEN": "Token12345"}
    done = subprocess.run(
        [sys.executable, "-m", "bot.run"],
        cwd=ROOT,
        env=given,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in done.stderr.splitlines() if "WECHAT" in line]
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert len(lines) == 1 and "还缺 WECHAT_AES_KEY、WECHAT_APPID" in lines[0]
    assert "Token12345" not in done.stderr
