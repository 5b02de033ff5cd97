"""One turn of conversation for a channel: a cleaned message in, the assistant's answers out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from actions.publicity import contacts
from bot.masking import safe_text

OnMessage = Callable[[UserMessage], Awaitable[Any]]


@dataclass(frozen=True)
class Answer:
    """One message of the assistant: text that stands alone, choices, the contract's object."""

    text: str
    buttons: tuple[str, ...] = ()
    custom: Mapping[str, Any] = field(default_factory=dict)


async def take_turn(
    on_message: OnMessage,
    sender: str,
    text: str,
    channel: str,
    message_id: str | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> tuple[Answer, ...]:
    """Say `text` in the conversation `sender`; personal numbers are masked before anything."""
    contacts.hold(sender, text)
    said, cut = safe_text(text)
    return await command(
        on_message, sender, said, channel, message_id, {**(metadata or {}), "cut": cut}
    )


async def command(
    on_message: OnMessage,
    sender: str,
    payload: str,
    channel: str,
    message_id: str | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> tuple[Answer, ...]:
    """The same with a payload of our own making, which may name an intent (`/inform`)."""
    output = CollectingOutputChannel()
    await on_message(
        UserMessage(
            payload,
            output,
            sender,
            input_channel=channel,
            message_id=message_id,
            metadata=dict(metadata or {}),
        )
    )
    return collected(output.messages)


def collected(messages: Sequence[Mapping[str, Any]]) -> tuple[Answer, ...]:
    """What the output channel took: a text, its choices and its object may come apart."""
    answers: list[Answer] = []
    for message in messages:
        text = message.get("text") or ""
        buttons = tuple(button["title"] for button in message.get("buttons") or ())
        custom = message.get("custom") or {}
        if not text and answers:
            last = answers[-1]
            answers[-1] = Answer(last.text, (*last.buttons, *buttons), {**last.custom, **custom})
        elif text and answers and not answers[-1].custom and not buttons and not custom:
            last = answers[-1]
            answers[-1] = Answer(f"{last.text}\n{text}", last.buttons, last.custom)
        else:
            answers.append(Answer(text, buttons, custom))
    return tuple(answers)
