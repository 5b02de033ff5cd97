"""/health: whether the service can do its work, and in Chinese what is wrong where it cannot.

200 where all is well, 503 otherwise. Nothing of any conversation is told.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.knowledge import knowledge
from bot.conversations import Conversations
from policy_kb.errors import PolicyError
from policy_kb.store.atomic import read_only
from policy_kb.store.sources import DATA, read_sources, version_of

LEAST_SPACE = 200
"""Megabytes free on the disk of the data; below, an operator should look."""


@dataclass(frozen=True)
class Check:
    """One part of the service: `told` is what to know of it."""

    part: str
    well: bool
    told: str


def checks(agent: Any, conversations: Conversations) -> Iterator[Check]:
    """All parts, the model first."""
    yield _model(agent)
    yield _data()
    yield _conversations(conversations)
    yield from (_database(path) for path in _others(conversations.path))
    yield _space(conversations.path.parent)


def _model(agent: Any) -> Check:
    if agent is None or not agent.is_ready():
        return Check("模型", False, "模型没有载入；运行 make run 会重新训练，原因见日志。")
    return Check("模型", True, "已载入。")


def _data() -> Check:
    version = knowledge().version
    try:
        current = version_of(read_sources(DATA))
    except (PolicyError, OSError) as error:
        return Check("方案数据", False, f"data/ 读不了（仍按{version}回答）：{error}")
    if current != version:
        told = f"data/ 改过，还在按{version}回答；运行 python -m bot.operations reload。"
        return Check("方案数据", False, told)
    return Check("方案数据", True, f"版本{version}。")


def _conversations(conversations: Conversations) -> Check:
    try:
        conversations.probe()
        counts = conversations.counts()
    except sqlite3.Error as error:
        return Check("对话记录", False, f"写不了：{error}。检查 var/ 的磁盘空间和权限。")
    return Check("对话记录", True, f"{counts.conversations}个对话，{counts.turns}轮。")


def _others(conversations: Path) -> list[Path]:
    """The other databases of the service, such as the records."""
    return sorted(path for path in conversations.parent.glob("*.db") if path != conversations)


def _database(path: Path) -> Check:
    try:
        with closing(read_only(path)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        return Check(path.name, False, f"读不了：{error}。可以从备份恢复。")
    return Check(path.name, True, "可以读。")


def _space(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free // 1024**2
    if free < LEAST_SPACE:
        return Check("磁盘", False, f"只剩{free}MB，对话快要存不下了；清理磁盘或换更大的。")
    return Check("磁盘", True, f"剩余{free}MB。")


def blueprint(conversations: Conversations) -> Blueprint:
    """The route; the agent is asked for when it is called."""
    pages = Blueprint("health")

    @pages.get("/health")
    async def health(request: Request) -> HTTPResponse:
        found = list(checks(getattr(request.app.ctx, "agent", None), conversations))
        well = all(check.well for check in found)
        parts = {check.part: {"正常": check.well, "说明": check.told} for check in found}
        return json(
            {"状态": "正常" if well else "有问题", "检查": parts},
            status=200 if well else 503,
            ensure_ascii=False,
        )

    return pages
