"""While a person answers, the assistant is silent: messages go to the desk and back."""

from __future__ import annotations

import logging

from rasa.core.channels.channel import UserMessage
from sqlalchemy.exc import SQLAlchemyError

from actions.records import talk, tickets
from actions.records.store import Records
from actions.records.talk import Message
from actions.records.tickets import TAKEN, Ticket
from actions.texts import say

logger = logging.getLogger(__name__)


def attended(records: Records, sender: str) -> Ticket | None:
    """The ticket of this conversation while an operator has it."""
    ticket = tickets.unclosed(records, sender)
    return ticket if ticket and ticket.state == TAKEN else None


async def relay(records: Records, message: UserMessage) -> bool:
    """Hand a message to the desk where an operator has the conversation; whether that was so.

    Whatever the desk said meanwhile is delivered first. For channels that answer only when
    spoken to; where the records fail, the assistant answers as ever.
    """
    sender = message.sender_id
    try:
        waiting = talk.undelivered(records, sender)
        ticket = attended(records, sender)
        if ticket is not None:
            talk.add(records, ticket, talk.CITIZEN, message.text or "", message.message_id or "")
        texts = [spoken(m) for m in waiting]
        if ticket is not None:
            texts.append(say("desk_has_it"))
        for text in texts:
            await message.output_channel.send_text_message(sender, text)
        talk.delivered(records, tuple(m.id for m in waiting))
    except SQLAlchemyError:
        logger.exception("the desk could not be asked about a message")
        return False
    return ticket is not None


def spoken(message: Message) -> str:
    """A message of the desk on a channel of plain text."""
    if message.speaker == talk.OPERATOR:
        return say("desk_says", operator=message.name, text=message.text)
    return message.text
