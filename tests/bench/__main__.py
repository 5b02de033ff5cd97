"""make bench: what a turn costs, beside a plain Rasa bot in the same run."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.bench import plain
from tests.bench.load import Speed, at_once, conversations, growth, many_users, speed
from tests.bench.processes import Process, seconds_of, size_of
from tests.bot.server import ROOT, free_port

USERS = 16
OURS_LATE, PLAIN_LATE = 500, 200
"""The late turn of a long conversation; the plain bot would take a minute to turn 500."""


SPELLS = 10


@dataclass(frozen=True)
class Assistant:
    """The running assistant, and what it took to get there, in seconds."""

    server: Process
    port: int
    training: float
    start: float


@dataclass(frozen=True)
class Measured:
    """One bot's figures; seconds, milliseconds, megabytes."""

    turn: Speed
    turns_a_second: float
    growth: float
    burst: float
    training: float
    start: float
    memory: float
    environment: float


def turns(mine: int, other: int) -> tuple[Speed, Speed]:
    """One user's turns with the bots of two ports, in short spells by turns: the same load on both."""
    conversations(mine, 5), conversations(other, 2)  # warm
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(SPELLS):
        ours += conversations(mine, 10)
        theirs += conversations(other, 2)
    return speed(ours), speed(theirs)


def ours(folder: Path) -> Assistant:
    """Train and start the assistant."""
    models = folder / "models"
    models.mkdir()
    cold = {"RASA_CACHE_DIRECTORY": str(folder / "cache")}
    training = seconds_of([sys.executable, "-m", "bot.train", str(models)], ROOT, cold)
    port = free_port()
    environment = {"PORT": str(port), "VAR_DIR": str(folder / "var")}
    command = [sys.executable, "-m", "bot.run"]
    server = Process(command, ROOT, folder / "server.log", environment)
    return Assistant(server, port, training, server.first_answer(port))


def measured(folder: Path) -> tuple[Measured, Measured]:
    """Both bots' figures, from the same run."""
    plain.install()
    plain_training = plain.train()
    bot = plain.PlainBot(folder)
    try:
        assistant = ours(folder)
    except BaseException:
        bot.stop()
        raise
    try:
        turn, plain_turn = turns(assistant.port, bot.port)
        mine = Measured(
            turn=turn,
            turns_a_second=many_users(assistant.port, USERS, 100),
            growth=growth(assistant.port, OURS_LATE),
            burst=at_once(assistant.port),
            training=assistant.training,
            start=assistant.start,
            memory=assistant.server.memory,
            environment=size_of(Path(sys.prefix)),
        )
        other = Measured(
            turn=plain_turn,
            turns_a_second=many_users(bot.port, USERS, 10),
            growth=growth(bot.port, PLAIN_LATE, talks_held=1),
            burst=at_once(bot.port),
            training=plain_training,
            start=bot.start,
            memory=bot.memory,
            environment=size_of(plain.HOME),
        )
        return mine, other
    finally:
        assistant.server.stop()
        bot.stop()


def row(name: str, limit: str, mine: float, other: float, form: str) -> str:
    """One line of the table."""
    return f"| {name} | {mine:{form}} | {limit} | {other:{form}} |"


def main() -> None:
    """Measure both and print the table and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        mine, other = measured(Path(folder))
    print(f"机器：{os.cpu_count()} 核，{platform.machine()}，Python {platform.python_version()}")
    print("| 项目 | 本助手 | 要求 | 普通 Rasa（12个主题，DIET+TED） |\n|---|---|---|---|")
    print(
        row("一轮对话，中位数（毫秒，HTTP，1人）", "≤8", mine.turn.median, other.turn.median, ".1f")
    )
    print(row("一轮对话，p99（毫秒）", "≤30", mine.turn.p99, other.turn.p99, ".1f"))
    print(
        row(f"{USERS}人同时用（轮/秒）", "≥120", mine.turns_a_second, other.turns_a_second, ".0f")
    )
    late = f"长对话：第{OURS_LATE}轮÷第5轮（普通 Rasa 为第{PLAIN_LATE}轮）"
    print(row(late, "≤1.3", mine.growth, other.growth, ".2f"))
    print(row("一人同时发5条，全部答完（毫秒）", "≤500", mine.burst, other.burst, ".0f"))
    print(row("训练（秒）", "≤60", mine.training, other.training, ".0f"))
    print(row("启动到第一句回答（秒）", "≤8", mine.start, other.start, ".1f"))
    print(row("内存（MB）", "≤450", mine.memory, other.memory, ".0f"))
    print(row("安装的环境（MB）", "≤1200", mine.environment, other.environment, ".0f"))
    print(f"turn_ratio_vs_plain_rasa: {other.turn.median / mine.turn.median:.1f}")


if __name__ == "__main__":
    main()
