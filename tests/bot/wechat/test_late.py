"""Answers after the 5 seconds by the customer-service API, against a stand-in on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channels.turns import Answer
from bot.channels.wechat.customer_service import PAUSE, CustomerService
from bot.channels.wechat.desk import Desk
from bot.channels.wechat.inbox import Inbox
from bot.channels.wechat.late import Quota
from bot.channels.wechat.messages import incoming
from bot.channels.wechat.texts import say
from bot.limits import Gate
from tests.bot.wechat.api import Api, api
from tests.bot.wechat.conftest import SECRET, Echo, Served, Wire, account, serving
from tests.bot.wechat.platform import APPID, Platform, event, said, shown

APP_SECRET = "secret-of-the-app"


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def sending(scenario: Callable[[CustomerService, Api, Clock], Awaitable[Any]]) -> Any:
    """Run against the stand-in, with user o1 having written."""

    async def run() -> Any:
        clock = Clock()
        async with api(APPID, APP_SECRET) as stand_in:
            service = CustomerService(APPID, APP_SECRET, stand_in.url, clock)
            service.heard("o1", tapped=False)
            try:
                return await scenario(service, stand_in, clock)
            finally:
                await service.close()

    return asyncio.run(run())


def test_texts_arrive_in_order_under_one_token() -> None:
    async def scenario(service: CustomerService, stand_in: Api, _: Clock) -> Any:
        assert await service.send("o1", ["一", "二😀"]) == 2
        return stand_in.sent, stand_in.tokens

    assert sending(scenario) == ([("o1", "一"), ("o1", "二😀")], 1)


@pytest.mark.parametrize(("code", "forced"), [(42001, 0), (40001, 1), (40014, 1)])
def test_a_refused_token_is_renewed_once_and_the_text_sent_once(code: int, forced: int) -> None:
    async def scenario(service: CustomerService, stand_in: Api, _: Clock) -> Any:
        stand_in.refuse = [code]
        assert await service.send("o1", ["一"]) == 1
        assert (stand_in.tokens, stand_in.forced) == (2, forced)
        return stand_in.sent

    assert sending(scenario) == [("o1", "一")]


def test_a_token_refused_again_is_given_up() -> None:
    async def scenario(service: CustomerService, stand_in: Api, _: Clock) -> Any:
        stand_in.refuse = [42001, 42001, 42001]
        assert await service.send("o1", ["一"]) == 0
        return stand_in.calls, stand_in.sent

    assert sending(scenario) == (2, [])


def test_a_token_is_renewed_before_it_ends_and_only_once_for_all() -> None:
    async def scenario(service: CustomerService, stand_in: Api, clock: Clock) -> Any:
        await service.send("o1", ["一"])
        clock.seconds += stand_in.expires - 100
        for user in ("o2", "o3", "o4"):
            service.heard(user, tapped=False)
        await asyncio.gather(*(service.send(user, ["二"]) for user in ("o2", "o3", "o4")))
        return stand_in.tokens, len(stand_in.sent)

    assert sending(scenario) == (2, 4)


def test_a_busy_platform_is_asked_twice() -> None:
    async def scenario(service: CustomerService, stand_in: Api, _: Clock) -> Any:
        stand_in.refuse = [-1]
        return await service.send("o1", ["一"]), stand_in.calls

    assert sending(scenario) == (1, 2)


@pytest.mark.parametrize("code", [45015, 45047])
def test_a_closed_quota_is_not_knocked_at_again(code: int) -> None:
    async def scenario(service: CustomerService, stand_in: Api, _: Clock) -> Any:
        stand_in.refuse = [code]
        assert await service.send("o1", ["一", "二"]) == 0
        assert service.left("o1") == 0 and await service.send("o1", ["三"]) == 0
        service.heard("o1", tapped=False)  # a new message opens it again
        return service.left("o1"), stand_in.calls

    assert sending(scenario) == (4, 1)


def test_five_in_48_hours_one_of_them_kept_for_the_staff() -> None:
    async def scenario(service: CustomerService, stand_in: Api, clock: Clock) -> Any:
        assert await service.send("o1", list("一二三四五六")) == 4
        assert stand_in.quota["o1"] == 1 and service.left("o1") == 0
        service.heard("o1", tapped=False)
        clock.seconds += 48 * 3600
        return service.left("o1")

    assert sending(scenario) == 0


def test_the_staff_may_send_the_last_one() -> None:
    async def scenario(service: CustomerService, stand_in: Api, clock: Clock) -> Any:  # noqa: ARG001
        await service.send("o1", list("一二三四"))
        assert await service.send("o1", ["五"]) == 0
        return await service.send("o1", ["人"], staff=True), stand_in.sent[-1]

    assert sending(scenario) == (1, ("o1", "人"))


def test_without_the_right_to_send_it_pauses() -> None:
    async def scenario(service: CustomerService, stand_in: Api, clock: Clock) -> Any:
        stand_in.refuse = [48001]
        assert await service.send("o1", ["一"]) == 0
        paused = service.left("o1")
        clock.seconds += PAUSE
        return paused, service.left("o1")

    assert sending(scenario) == (0, 4)


def test_out_of_reach_nothing_is_sent_and_nothing_raised() -> None:
    async def scenario(service: CustomerService, stand_in: Api, _: Clock) -> Any:
        stand_in.down = True
        return await service.send("o1", ["一"])

    assert sending(scenario) == 0


def test_a_wrong_secret_sends_nothing() -> None:
    async def run() -> int:
        async with api(APPID, "another") as stand_in:
            service = CustomerService(APPID, APP_SECRET, stand_in.url)
            service.heard("o1", tapped=False)
            try:
                return await service.send("o1", ["一"])
            finally:
                await service.close()

    assert asyncio.run(run()) == 0


def test_a_tap_opens_three_for_a_minute_and_no_new_48_hours() -> None:
    clock = Clock()
    quota = Quota(clock)
    quota.open("o1", tapped=True)
    assert quota.left("o1") == 2
    clock.seconds += 60
    assert quota.left("o1") == 0
    quota.open("o1", tapped=False)
    for _ in range(4):
        quota.take("o1")
    quota.open("o1", tapped=True)
    assert quota.left("o1") == 2
    clock.seconds += 60
    assert quota.left("o1") == 0  # the 48 hours go on with what is left of them


def channel(echo: Echo, folder: Path, scenario: Callable[[Wire, Api], Any]) -> Any:
    """The whole channel with the API behind it."""

    async def run() -> Any:
        async with api(APPID, APP_SECRET) as stand_in:
            settings = account(secret=APP_SECRET, api=stand_in.url)
            async with serving(Served(echo, settings, SECRET, folder), Platform()) as wire:
                return await scenario(wire, stand_in)

    return asyncio.run(run())


def test_a_slow_answer_is_sent_once_whatever_is_repeated(echo: Echo, tmp_path: Path) -> None:
    async def scenario(wire: Wire, stand_in: Api) -> Any:
        echo.seconds = 0.8
        xml = said("o1", "问")
        replies = [*await asyncio.gather(wire.say(xml), wire.say(xml)), await wire.say(xml)]
        await asyncio.sleep(0.9)
        replies += [await wire.say(xml), await wire.say(said("o1", "查看结果"))]
        return replies, stand_in.sent

    replies, sent = channel(echo, tmp_path, scenario)
    assert sent == [("o1", "答：问")] and echo.heard == ["问"]
    assert replies[:2] == ["", ""] and replies[3] == "" and replies[4] == say("result_none")


def test_a_quick_answer_needs_no_api(echo: Echo, tmp_path: Path) -> None:
    async def scenario(wire: Wire, stand_in: Api) -> Any:
        return await wire.say(said("o1", "问")), stand_in.calls

    assert channel(echo, tmp_path, scenario) == ("答：问", 0)


@pytest.mark.parametrize("code", [45015, 45047, 48001])
def test_what_could_not_be_sent_is_still_there(echo: Echo, tmp_path: Path, code: int) -> None:
    async def scenario(wire: Wire, stand_in: Api) -> Any:
        stand_in.refuse = [code]
        echo.seconds = 0.6
        first = await wire.say(said("o1", "慢"))
        await asyncio.sleep(0.5)
        echo.seconds = 0
        next_one = shown(await wire.say(said("o1", "快"))).splitlines()
        return first, next_one, await wire.say(said("o1", "查看结果")), stand_in.sent

    first, next_one, fetched, sent = channel(echo, tmp_path, scenario)
    assert (first, fetched, sent) == ("", "答：慢", [])
    assert next_one == ["答：快", "您前面问的还有答复没看，回复“查看结果”可以看。"]


def test_a_long_answer_takes_four_texts_and_the_rest_comes_on_more(
    echo: Echo, tmp_path: Path
) -> None:
    long = "".join(f"第{n}句话，说得很长很长很长很长很长。\n" for n in range(300))
    echo.reply = lambda _: (Answer(long),)

    async def scenario(wire: Wire, stand_in: Api) -> Any:
        echo.seconds = 0.6
        await wire.say(said("o1", "长"))
        await asyncio.sleep(0.6)
        texts = [shown(text) for _, text in stand_in.sent]
        rest, tail = "", "（没有说完，回复“更多”接着看）"
        while texts[-1].endswith(tail):
            texts[-1] = texts[-1].removesuffix(tail)
            texts.append(shown(await wire.say(said("o1", "更多"))))
        return len(stand_in.sent), rest.join(texts)

    count, whole = channel(echo, tmp_path, scenario)
    assert count == 4 and whole.replace("\n", "") == long.replace("\n", "")


def test_repeated_while_it_is_being_sent_it_is_not_given_twice(echo: Echo, tmp_path: Path) -> None:
    async def scenario(wire: Wire, stand_in: Api) -> Any:
        stand_in.seconds, echo.seconds = 0.5, 0.6
        xml = said("o1", "问")
        replies = [await wire.say(xml)]
        await asyncio.sleep(0.4)  # the turn is over, its text on the way
        replies += [await wire.say(xml), await wire.say(said("o1", "查看结果"))]
        await asyncio.sleep(0.5)
        return replies, stand_in.sent

    replies, sent = channel(echo, tmp_path, scenario)
    assert replies == ["", "", say("result_sent")] and sent == [("o1", "答：问")]


@pytest.mark.parametrize(("quota", "lines"), [(1, 80), (1, 400), (2, 400), (3, 400)])
def test_quota_run_out_on_the_way_leaves_the_rest_on_more(
    echo: Echo, tmp_path: Path, quota: int, lines: int
) -> None:
    long = "".join(f"第{n}句话，说得很长很长很长很长很长。\n" for n in range(lines))
    echo.reply = lambda _: (Answer(long),)

    async def scenario(wire: Wire, stand_in: Api) -> Any:
        stand_in.quota["o1"] = quota
        echo.seconds = 0.6
        await wire.say(said("o1", "长"))
        await asyncio.sleep(0.6)
        texts, tail = [text for _, text in stand_in.sent], "（没有说完，回复“更多”接着看）"
        assert len(texts) == quota
        while not texts[quota:] or texts[-1].endswith(tail):
            texts[-1] = texts[-1].removesuffix(tail)
            texts.append(shown(await wire.say(said("o1", "更多"))))
        return "".join(texts)

    assert channel(echo, tmp_path, scenario).replace("\n", "") == long.replace("\n", "")


def test_leaving_while_an_answer_is_on_its_way_stops_it(echo: Echo, tmp_path: Path) -> None:
    async def scenario(wire: Wire, stand_in: Api) -> Any:
        echo.seconds = 0.7
        await wire.say(said("o1", "问", CreateTime=100))
        echo.seconds = 0
        await wire.say(event("o1", "unsubscribe", CreateTime=101))
        await asyncio.sleep(0.5)
        return stand_in.sent

    assert channel(echo, tmp_path, scenario) == [] and not echo.turns


def test_a_person_reaches_who_wrote_and_nobody_else(echo: Echo, tmp_path: Path) -> None:
    """The desk knows a user by our id only; the platform's is known while the process lives."""

    async def run() -> Any:
        async with api(APPID, APP_SECRET) as stand_in:
            late = CustomerService(APPID, APP_SECRET, stand_in.url)
            desk = Desk(tmp_path / "wechat.db")
            inbox = Inbox(echo, desk, Gate(), lambda kind, name: f"{kind}-{name}", late)
            before = await inbox.push("user-o1", "您好")
            deadline = asyncio.get_running_loop().time() + 5
            await inbox.answer(incoming(said("o1", "转人工").encode()), deadline)
            after = await inbox.push("user-o1", "工作人员王芳：您好")
            long = await inbox.push("user-o1", "长" * 1000)
            stranger = await inbox.push("user-o2", "您好")
            await late.close()
            desk.close()
            return (before, after, long, stranger), stand_in.sent

    pushed, sent = asyncio.run(run())
    assert pushed == (False, True, True, False)
    assert sent[0] == ("o1", "工作人员王芳：您好")
    assert len(sent) == 3 and "".join(text for _, text in sent[1:]).count("长") == 1000
