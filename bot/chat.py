"""The assistant in the terminal: python -m bot.chat. A number picks one of the choices shown."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import uuid

from bot import without_tensorflow

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
without_tensorflow.install()

from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.utils import AvailableEndpoints
from rasa.utils.log_utils import configure_structlog

from bot import patches
from bot.inprocess import InProcessActions
from bot.masking import safe_text
from bot.train import MODEL

LEAVE = {"退出", "再见", "exit", "quit", "q"}
HELLO = "稳就业政策助手（输入“退出”结束；有选项时可以直接输入数字）"


async def talk(agent: Agent, sender: str, text: str) -> tuple[list[str], list[str]]:
    """The texts and the choices that answer one message."""
    channel = CollectingOutputChannel()
    await agent.handle_message(UserMessage(safe_text(text)[0], channel, sender))
    texts = [message["text"] for message in channel.messages if message.get("text")]
    choices = [b["title"] for m in channel.messages for b in m.get("buttons") or ()]
    return texts, choices


def picked(text: str, choices: list[str]) -> str:
    """The choice that a number stands for, or the text itself."""
    number = int(text) if text.isdigit() else 0
    return choices[number - 1] if 1 <= number <= len(choices) else text


async def conversation() -> None:
    """Read and answer until the end of input."""
    agent = await load_agent(str(MODEL), endpoints=AvailableEndpoints(action=InProcessActions()))
    sender, choices = uuid.uuid4().hex, []
    print(HELLO)
    while True:
        print("您：", end="", flush=True)
        line = await asyncio.to_thread(sys.stdin.readline)
        text = line.strip()
        if not line or text in LEAVE:
            return
        if not text:
            continue
        texts, choices = await talk(agent, sender, picked(text, choices))
        print("\n".join(texts))
        for number, choice in enumerate(choices, 1):
            print(f"  {number}. {choice}")


def main() -> None:
    """Run the conversation with Rasa's own chatter switched off."""
    logging.disable(logging.WARNING)
    configure_structlog(logging.ERROR)
    patches.apply()
    asyncio.run(conversation())


if __name__ == "__main__":
    main()
