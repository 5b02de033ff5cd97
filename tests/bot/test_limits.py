"""Limits: a burst is taken, a flood is told once, then met with silence; others feel nothing."""

from __future__ import annotations

import asyncio

import pytest

from bot.limits import Admission, Buckets, BusyError, Gate, Rate

TAKEN, TELL, SILENT = Admission.TAKEN, Admission.TELL, Admission.SILENT


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_over_the_limit_one_polite_line_then_silence() -> None:
    buckets = Buckets(Rate(burst=2, per_minute=60), clock=Clock())
    assert [buckets.take("a") for _ in range(5)] == [TAKEN, TAKEN, TELL, SILENT, SILENT]


def test_patience_is_rewarded_and_the_line_is_told_anew() -> None:
    clock = Clock()
    buckets = Buckets(Rate(burst=1, per_minute=60), clock=clock)
    assert [buckets.take("a"), buckets.take("a"), buckets.take("a")] == [TAKEN, TELL, SILENT]
    clock.seconds = 1.0
    assert [buckets.take("a"), buckets.take("a")] == [TAKEN, TELL]


def test_idle_time_gives_no_more_than_the_burst() -> None:
    clock = Clock()
    buckets = Buckets(Rate(burst=3, per_minute=60), clock=clock)
    clock.seconds = 86400
    assert [buckets.take("a") for _ in range(4)] == [TAKEN, TAKEN, TAKEN, TELL]


def test_tables_are_bounded() -> None:
    buckets = Buckets(Rate(1, 1), most=50, clock=Clock())
    for number in range(1000):
        buckets.take(str(number))
    assert len(buckets) == 50


def test_a_flood_of_one_leaves_the_others_alone() -> None:
    gate = Gate(per_user=Rate(3, 1), per_address=Rate(10, 1), clock=Clock())
    flood = [gate.admit("loud", "1.1.1.1") for _ in range(9)]
    assert flood.count(TAKEN) == 3
    assert gate.admit("quiet", "2.2.2.2") is TAKEN


def test_an_address_with_ever_new_users_is_limited() -> None:
    gate = Gate(per_user=Rate(3, 1), per_address=Rate(10, 1), clock=Clock())
    assert [gate.admit(str(n), "1.1.1.1") for n in range(30)].count(TAKEN) == 10


def test_one_users_turns_run_in_order_and_all_turns_are_bounded() -> None:
    async def scenario() -> tuple[list[int], int]:
        gate, done, busy = Gate(in_flight=4), [], 0

        async def turn(number: int) -> None:
            nonlocal busy
            try:
                async with gate.turn("a"):
                    await asyncio.sleep(0.001 * (5 - number))
                    done.append(number)
            except BusyError:
                busy += 1

        await asyncio.gather(*(turn(number) for number in range(6)))
        async with gate.turn("a"):  # everything was given back
            done.append(99)
        return done, busy

    done, busy = asyncio.run(scenario())
    assert done == [0, 1, 2, 3, 99] and busy == 2


def test_a_turn_that_fails_gives_its_place_back() -> None:
    async def scenario() -> None:
        gate = Gate(in_flight=1)
        for _ in range(3):
            with pytest.raises(RuntimeError):
                async with gate.turn("a"):
                    raise RuntimeError

    asyncio.run(scenario())
