"""Whether answers helped: 有用/没用 on one answer, satisfaction (1 to 5) with a conversation."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert

from actions.records.schema import feedback, satisfaction
from actions.records.store import Records, now

SCORES = range(1, 6)


def rate_answer(
    records: Records,
    sender: str,
    channel: str,
    answer: str,
    provisions: Sequence[str],
    useful: bool,
) -> None:
    """Keep what a citizen says of one answer; saying it again replaces it."""
    with records.begin() as connection:
        connection.execute(
            delete(feedback).where(feedback.c.sender == sender, feedback.c.answer == answer)
        )
        connection.execute(
            insert(feedback).values(
                at=now(),
                sender=sender,
                channel=channel,
                answer=answer,
                provisions=",".join(provisions)[:200],
                useful=useful,
            )
        )


def rate_conversation(
    records: Records, sender: str, channel: str, score: int, remark: str = ""
) -> None:
    """Keep a satisfaction score. Raises ValueError outside 1 to 5; the remark comes masked."""
    if score not in SCORES:
        raise ValueError("满意度只能是1到5分。")
    with records.begin() as connection:
        connection.execute(
            insert(satisfaction).values(
                at=now(), sender=sender, channel=channel, score=score, remark=remark
            )
        )
