"""kill -9 in the middle of a hundred conversations: every answered turn is still there."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.conversation_file import ConversationFile
from bot.train import MODEL
from tests.bot.server import Server

PEOPLE = 100
AT_ONCE = 16
TEXTS = ("我22岁", "见习补贴我能领吗", "失业", "一个月给多少钱", "归哪个部门管", "到什么时候截止")


@pytest.mark.skipif(not MODEL.exists(), reason="no trained model: run python -m bot.train")
def test_no_answered_turn_is_lost(tmp_path: Path) -> None:
    server = Server(tmp_path)
    answered: dict[str, list[tuple[str, str]]] = {f"p{n}": [] for n in range(PEOPLE)}

    def talk(sender: str) -> None:
        for text in TEXTS:
            try:
                (reply,) = [m["text"] for m in server.say(sender, text) if "text" in m]
            except OSError:
                return  # the server is gone
            answered[sender].append((text, reply))

    def kill_in_the_middle() -> None:
        while sum(map(len, answered.values())) < PEOPLE * len(TEXTS) // 2:
            time.sleep(0.001)
        server.kill()

    killer = threading.Thread(target=kill_in_the_middle)
    killer.start()
    with ThreadPoolExecutor(AT_ONCE) as people:
        list(people.map(talk, answered))
    killer.join()

    count = sum(map(len, answered.values()))
    assert PEOPLE * len(TEXTS) // 2 <= count < PEOPLE * len(TEXTS), "not in the middle"
    file = ConversationFile(tmp_path / "conversations.db")
    for sender, turns in answered.items():
        told = [(turn.said, turn.replies[0]["text"]) for turn in file.transcript(sender)]
        assert told[: len(turns)] == turns, sender
    file.close()

    again = Server(tmp_path)
    try:
        for sender, turns in answered.items():
            if len(turns) >= 2:
                texts = "".join(m.get("text", "") for m in again.say(sender, "那归哪个部门管"))
                assert "第15条" in texts, f"{sender} begins afresh: {texts}"
    finally:
        assert again.stop() == 0
