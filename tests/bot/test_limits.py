"""Limits: a burst is taken, a flood is told once, then met with silence; others feel nothing."""

from __future__ import annotations

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
    assert gate.admit("neighbour", "1.1.1.1") is TAKEN, "refused messages are no one else's burden"


def test_an_address_with_ever_new_users_is_limited() -> None:
    gate = Gate(per_user=Rate(3, 1), per_address=Rate(10, 1), clock=Clock())
    assert [gate.admit(str(n), "1.1.1.1") for n in range(30)].count(TAKEN) == 10


def test_turns_in_flight_are_bounded_and_given_back() -> None:
    gate = Gate(in_flight=2)
    with gate.turn(), gate.turn(), pytest.raises(BusyError), gate.turn():
        pass
    for _ in range(5):
        with pytest.raises(RuntimeError), gate.turn():
            raise RuntimeError
    with gate.turn(), gate.turn():
        pass
