"""The menu fits the platform's limits, and every key of it opens what it says."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from bot.channels.wechat.menu import definition, menu
from bot.channels.wechat.messages import Incoming
from bot.channels.wechat.wishes import Ask, wish_of
from policy_kb.model import Knowledge
from tests.bot.wechat.platform import ACCOUNT

CLICKS = [
    button
    for group in definition("https://jy.example.gov.cn")["button"]
    for button in group["sub_button"]
]


def test_the_platform_takes_it() -> None:
    groups = definition("https://jy.example.gov.cn")["button"]
    assert 1 <= len(groups) <= 3
    for group in groups:
        assert len(group["name"]) <= 4 and len(group["name"].encode()) <= 16
        assert 1 <= len(group["sub_button"]) <= 5
        for button in group["sub_button"]:
            assert len(button["name"]) <= 8 and len(button["name"].encode()) <= 60
            assert len(button.get("key", "").encode()) <= 128
            assert button["type"] == "click" or button["url"].startswith("https://")


def test_topics_exist(kb: Knowledge) -> None:
    for group in menu():
        for item in group["items"]:
            assert "topic" not in item or kb[item["topic"]].name


@pytest.mark.parametrize(
    "button", [b for b in CLICKS if b["type"] == "click"], ids=lambda b: b["name"]
)
def test_every_key_asks_something(button: dict[str, str]) -> None:
    fields = {"Event": "CLICK", "EventKey": button["key"]}
    wish = wish_of(Incoming(ACCOUNT, "o1", "event", 1, fields))
    assert isinstance(wish, Ask) and wish.text not in ("", "您好")
    assert wish.metadata == {"way": "click", "scene": button["key"]}


def test_the_command_prints_it() -> None:
    command = [sys.executable, "-m", "bot.channels.wechat", "menu"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == definition()
    assert all(b["type"] == "click" for g in definition()["button"] for b in g["sub_button"])
    assert subprocess.run(command[:-1], capture_output=True, check=False).returncode == 2
