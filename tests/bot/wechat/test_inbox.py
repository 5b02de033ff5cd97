"""Nothing dropped and nothing doubled: repetitions, slow answers, cut connections, pages, floods."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channels.turns import Answer
from bot.channels.wechat.desk import Desk
from bot.channels.wechat.texts import say
from bot.channels.wechat.wishes import Ask
from tests.bot.wechat.conftest import SECRET, Echo, Served, Wire, account, serving
from tests.bot.wechat.platform import LINK, Platform, event, message, said, shown

Play = Callable[..., Any]
MODES = ("plain", "compatible", "safe")
PLACEHOLDER = "正在为您查，稍等几秒，回复“查看结果”就能看到答复。"


@pytest.mark.parametrize("mode", MODES)
def test_repetitions_after_and_at_the_same_time_are_one_turn(
    play: Play, echo: Echo, mode: str
) -> None:
    async def scenario(wire: Wire) -> list[str]:
        echo.seconds = 0.1
        xml = said("o1", "问")
        at_once = await asyncio.gather(*(wire.say(xml) for _ in range(5)))
        return [*at_once, *[await wire.say(xml) for _ in range(3)]]

    assert play(scenario, mode) == ["答：问"] * 8 and echo.heard == ["问"]


def test_the_same_words_in_two_messages_are_two_turns(play: Play, echo: Echo) -> None:
    async def scenario(wire: Wire) -> None:
        await wire.say(said("o1", "问"))
        await wire.say(said("o1", "问"))

    play(scenario)
    assert echo.heard == ["问", "问"]


@pytest.mark.parametrize("kind", ["text", "event"])
def test_without_an_id_user_and_time_tell_repetitions(play: Play, echo: Echo, kind: str) -> None:
    async def scenario(wire: Wire) -> None:
        for created in (1, 1, 2):
            if kind == "text":
                await wire.say(said("o1", "问", MsgId="", CreateTime=created))
            else:
                await wire.say(event("o1", "CLICK", EventKey="topic-15.2", CreateTime=created))

    play(scenario)
    assert len(echo.heard) == 2


def test_a_cut_connection_loses_nothing(play: Play, echo: Echo) -> None:
    """Sanic cancels the handler of a client that is gone; the turn goes on and a retry joins it."""

    async def scenario(wire: Wire) -> str:
        echo.seconds = 0.5
        xml = said("o1", "问")
        with pytest.raises(asyncio.TimeoutError):
            await wire.send(wire.platform.post(xml), timeout=0.15)
        await asyncio.sleep(0.1)
        return await wire.say(xml)

    assert play(scenario, wait=4.3) == "答：问" and echo.heard == ["问"]


def test_cut_three_times_the_answer_is_still_there(play: Play, echo: Echo) -> None:
    async def scenario(wire: Wire) -> str:
        echo.seconds = 0.5
        xml = said("o1", "问")
        for _ in range(3):
            with pytest.raises(asyncio.TimeoutError):
                await wire.send(wire.platform.post(xml), timeout=0.1)
        await asyncio.sleep(0.5)
        return await wire.say(xml)

    assert play(scenario, wait=4.3) == "答：问" and echo.heard == ["问"]


def test_a_slow_turn_gives_a_placeholder_and_its_result_once(play: Play, echo: Echo) -> None:
    async def scenario(wire: Wire) -> list[str]:
        echo.seconds = 1.0
        first = await wire.say(said("o1", "问"))
        too_early = await wire.say(said("o1", "查看结果"))
        await asyncio.sleep(0.4)
        fetch = said("o1", "查看结果")
        results = await asyncio.gather(*(wire.say(fetch) for _ in range(3)))
        return [shown(first), shown(too_early), *results, await wire.say(said("o1", "查看结果"))]

    assert play(scenario) == [PLACEHOLDER, PLACEHOLDER, *["答：问"] * 3, say("result_none")]
    assert echo.heard == ["问"]


def test_the_placeholder_can_be_tapped(play: Play, echo: Echo) -> None:
    async def scenario(wire: Wire) -> str:
        echo.seconds = 0.6
        ((content, _),) = LINK.findall(await wire.say(said("o1", "问")))
        return await wire.say(said("o1", content, bizmsgmenuid="0"))

    assert play(scenario) == "答：问"


def test_a_slow_turn_repeated_gives_the_answer_itself(play: Play, echo: Echo) -> None:
    async def scenario(wire: Wire) -> list[str]:
        echo.seconds = 0.6
        xml = said("o1", "问")
        return [shown(await wire.say(xml)), await wire.say(xml), await wire.say(xml)]

    assert play(scenario) == [PLACEHOLDER, "答：问", "答：问"] and echo.heard == ["问"]


def test_two_slow_questions_are_both_kept(play: Play, echo: Echo) -> None:
    async def scenario(wire: Wire) -> str:
        echo.seconds = 0.6
        await asyncio.gather(wire.say(said("o1", "一")), wire.say(said("o1", "二")))
        await asyncio.sleep(0.9)
        return await wire.say(said("o1", "查看结果"))

    assert play(scenario) == "答：一\n答：二"


def test_what_is_owed_is_mentioned_with_the_next_answer(play: Play, echo: Echo) -> None:
    async def scenario(wire: Wire) -> list[str]:
        echo.seconds = 0.6
        await wire.say(said("o1", "慢"))
        await asyncio.sleep(0.4)
        echo.seconds = 0
        quick = await wire.say(said("o1", "快"))
        return [*shown(quick).splitlines(), await wire.say(said("o1", "查看结果"))]

    assert play(scenario) == ["答：快", "您前面问的还有答复没看，回复“查看结果”可以看。", "答：慢"]


def test_one_users_slow_turn_holds_up_nobody_else(play: Play, echo: Echo) -> None:
    async def scenario(wire: Wire) -> float:
        echo.seconds = 0.3
        loop = asyncio.get_running_loop()
        slow = asyncio.gather(*(wire.say(said("o1", str(n))) for n in range(5)))
        await asyncio.sleep(0.05)
        echo.seconds, start = 0, loop.time()
        await wire.say(said("o2", "问"))
        took = loop.time() - start
        await slow
        return took

    assert play(scenario) < 0.25


LONG = "".join(f"第{n}件事，说得很长很长很长很长很长很长。\n" for n in range(150))


@pytest.mark.parametrize("mode", MODES)
def test_more_brings_the_whole_text(play: Play, echo: Echo, mode: str) -> None:
    echo.reply = lambda ask: (Answer(LONG if ask.text == "长" else f"答：{ask.text}"),)

    async def scenario(wire: Wire) -> str:
        seen, reply = "", shown(await wire.say(said("o1", "长")))
        while reply.endswith("（没有说完，回复“更多”接着看）"):
            assert len(reply.encode()) <= 1800
            seen += reply.rpartition("\n")[0]
            reply = shown(await wire.say(said("o1", "更多")))
        assert await wire.say(said("o1", "更多")) == "答：更多"  # nothing left: it is a message
        return seen + reply

    assert play(scenario, mode).replace("\n", "") == LONG.replace("\n", "")
    assert echo.heard == ["长", "更多"]


def test_a_repeated_more_is_the_same_page(play: Play, echo: Echo) -> None:
    echo.reply = lambda _: (Answer(LONG),)

    async def scenario(wire: Wire) -> list[str]:
        await wire.say(said("o1", "长"))
        second = said("o1", "更多")
        pages = [await wire.say(second), await wire.say(second)]
        return [*pages, await wire.say(said("o1", "更多"))]

    once, again, after = play(scenario)
    assert once == again != after


def test_a_new_question_drops_the_rest(play: Play, echo: Echo) -> None:
    echo.reply = lambda ask: (Answer(LONG if ask.text == "长" else f"答：{ask.text}"),)

    async def scenario(wire: Wire) -> str:
        await wire.say(said("o1", "长"))
        await wire.say(said("o1", "短"))
        return await wire.say(said("o1", "更多"))

    assert play(scenario) == "答：更多"


def test_a_number_or_the_link_is_the_choice(play: Play, echo: Echo) -> None:
    echo.reply = lambda ask: (Answer(f"答：{ask.text}", ("个人", "企业")),)

    async def scenario(wire: Wire) -> None:
        reply = await wire.say(said("o1", "问"))
        await wire.say(message("o1", "image", PicUrl="https://x/", MediaId="m"))  # changes nothing
        await wire.say(said("o1", "2"))
        await wire.say(said("o1", LINK.findall(reply)[0][0], bizmsgmenuid="1"))
        await wire.say(said("o2", "2"))  # another user's number is a number

    play(scenario)
    assert echo.heard == ["问", "企业", "个人", "2"]


def test_typed_commands_and_personal_numbers_never_get_in(play: Play, echo: Echo) -> None:
    async def scenario(wire: Wire) -> None:
        for text in (
            "/restart",
            '/inform{"age":"9"}',
            "我身份证11010519491231002X，电话13812345678",
        ):
            await wire.say(said("o1", text))

    play(scenario)
    asked = "".join(echo.heard)
    assert "/" not in asked and "11010519491231002X" not in asked and "13812345678" not in asked


def test_a_failing_turn_is_told_and_the_next_is_fine(play: Play, echo: Echo) -> None:
    def fail(ask: Ask) -> tuple[Answer, ...]:
        if ask.text == "坏":
            raise RuntimeError("secret 13812345678")
        return (Answer("好"),)

    echo.reply = fail

    async def scenario(wire: Wire) -> list[str]:
        return [await wire.say(said("o1", "坏")), await wire.say(said("o1", "问"))]

    assert play(scenario) == [say("failed"), "好"]


def test_failures_log_no_content(play: Play, echo: Echo, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: Ask) -> tuple[Answer, ...]:
        raise RuntimeError("secret 13812345678")

    echo.reply = fail

    async def scenario(wire: Wire) -> None:
        await wire.say(said("o1", "坏话"))

    play(scenario)
    assert "RuntimeError" in caplog.text
    assert "13812345678" not in caplog.text and "坏话" not in caplog.text


def test_a_flood_is_told_once_and_others_feel_nothing(play: Play) -> None:
    async def scenario(wire: Wire) -> tuple[list[str], float]:
        loop = asyncio.get_running_loop()
        flood = asyncio.gather(*(wire.say(said("loud", str(n))) for n in range(300)))
        await asyncio.sleep(0)
        start = loop.time()
        assert await wire.say(said("quiet", "问")) == "答：问"
        return await flood, loop.time() - start

    replies, took = play(scenario)
    assert sum(reply.startswith("答：") for reply in replies) == 20  # the burst of bot.limits
    assert replies.count(say("limited")) == 1 and replies.count("") == 279
    assert took < 2


def test_unsubscribing_is_never_limited(play: Play, echo: Echo) -> None:
    async def scenario(wire: Wire) -> None:
        for number in range(30):
            await wire.say(said("o1", str(number)))
        await wire.say(event("o1", "unsubscribe"))

    play(scenario)
    assert not echo.turns


class Restarted:
    """The same files and the same conversations under a new process."""

    def __init__(self, echo: Echo, folder: Path) -> None:
        self.echo, self.folder = echo, folder

    def run(self, scenario: Callable[[Wire], Any], **changes: Any) -> Any:
        async def served() -> Any:
            channel = Served(self.echo, account(**changes), SECRET, self.folder)
            async with serving(channel, Platform()) as wire:
                return await scenario(wire)

        return asyncio.run(served())


@pytest.fixture
def life(echo: Echo, tmp_path: Path) -> Restarted:
    return Restarted(echo, tmp_path)


def test_after_a_restart_repetitions_get_the_same_answer(life: Restarted, echo: Echo) -> None:
    xml, more = said("o1", "长"), said("o1", "更多")
    echo.reply = lambda _: (Answer(LONG, ("个人", "企业")),)

    async def before(wire: Wire) -> list[str]:
        return [await wire.say(xml), await wire.say(more)]

    async def after(wire: Wire) -> list[str]:
        again = [await wire.say(xml), await wire.say(more)]
        assert await wire.say(said("o1", "更多")) not in again  # the third page comes next
        await wire.say(said("o1", "2"))
        return again

    assert life.run(before) == life.run(after)
    assert echo.heard == ["长", "企业"]


def test_killed_between_the_stored_turn_and_its_record(life: Restarted, echo: Echo) -> None:
    """The turn was stored, nothing else: the repetition gets its answer, not a second turn."""
    xml = said("o1", "问")

    async def ask(wire: Wire) -> str:
        return await wire.say(xml)

    first = life.run(ask)
    (life.folder / "wechat.db").unlink()
    echo.reply = lambda _: (Answer("另一个答案"),)
    assert life.run(ask) == first == "答：问" and echo.heard == ["问"]


def test_a_promised_answer_outlives_a_restart(life: Restarted, echo: Echo) -> None:
    async def before(wire: Wire) -> None:
        echo.seconds = 0.6
        await wire.say(said("o1", "问"))
        await asyncio.sleep(0.5)

    async def after(wire: Wire) -> list[str]:
        return [await wire.say(said("o1", "查看结果")), await wire.say(said("o1", "查看结果"))]

    life.run(before)
    assert life.run(after) == ["答：问", say("result_none")] and echo.heard == ["问"]


def test_a_promise_killed_before_its_turn_ended_is_kept(life: Restarted, echo: Echo) -> None:
    """Nothing was stored of the turn: it is taken when the answer is asked for."""

    async def before(wire: Wire) -> None:
        echo.seconds = 30
        await wire.say(said("o1", "问"))

    async def after(wire: Wire) -> str:
        echo.seconds = 0
        return await wire.say(said("o1", "查看结果"))

    life.run(before)
    assert not echo.heard
    assert life.run(after) == "答：问" and echo.heard == ["问"]


def test_a_damaged_desk_is_told_not_shown(
    play: Play, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk full")

    async def scenario(wire: Wire) -> list[str]:
        with monkeypatch.context() as broken:
            broken.setattr(Desk, "reply", fail)
            replies = [await wire.say(said("o1", "问"))]
        return [*replies, await wire.say(said("o1", "问"))]

    assert play(scenario) == [say("failed"), "答：问"]
    assert "OperationalError" in caplog.text and "Traceback" not in caplog.text


def test_the_one_polite_line_is_repeated_with_its_message(play: Play) -> None:
    async def scenario(wire: Wire) -> list[str]:
        for number in range(20):
            await wire.say(said("o1", str(number)))
        xml = said("o1", "问")
        return [await wire.say(xml), await wire.say(xml), await wire.say(said("o1", "又问"))]

    assert play(scenario) == [say("limited"), say("limited"), ""]
