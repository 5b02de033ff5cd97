"""The lock of a conversation: first come, first served, and nobody waits for ever."""

from __future__ import annotations

import asyncio

import pytest
from rasa.core.lock_store import LockError

from bot.locks import InOrder


def test_waiting_turns_follow_in_order_at_once() -> None:
    async def run() -> list[int]:
        locks, order = InOrder(), []

        async def turn(number: int) -> None:
            async with locks.lock("a"):
                await asyncio.sleep(0.002)
                order.append(number)

        await asyncio.wait_for(asyncio.gather(*(turn(n) for n in range(20))), 1)
        assert not locks._queues
        return order

    assert asyncio.run(run()) == list(range(20))


def test_conversations_do_not_wait_for_each_other() -> None:
    async def run() -> None:
        locks = InOrder()
        async with locks.lock("a"), locks.lock("b"):
            pass

    asyncio.run(asyncio.wait_for(run(), 1))


def test_a_wait_ends_and_those_behind_go_on() -> None:
    async def run() -> list[str]:
        locks, seen = InOrder(), []

        async def hold() -> None:
            async with locks.lock("a"):
                await asyncio.sleep(0.1)
            seen.append("held")

        async def give_up() -> None:
            with pytest.raises(LockError):
                async with locks.lock("a", lock_lifetime=0.02):
                    seen.append("must not happen")

        async def patient() -> None:
            async with locks.lock("a"):
                seen.append("served")

        await asyncio.gather(hold(), give_up(), patient())
        assert not locks._queues
        return seen

    assert asyncio.run(run()) == ["held", "served"]


def test_a_turn_that_fails_frees_the_conversation() -> None:
    async def run() -> None:
        locks = InOrder()
        with pytest.raises(ValueError, match="broken"):
            async with locks.lock("a"):
                raise ValueError("broken")
        with pytest.raises(asyncio.TimeoutError):
            async with locks.lock("a"):
                raise asyncio.TimeoutError  # the turn's own, not the lock's
        async with locks.lock("a"):
            pass

    asyncio.run(asyncio.wait_for(run(), 1))
