"""Deleting what is older than it may be: daily in the server, or python -m bot.retention."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sqlite3
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from sqlalchemy.exc import SQLAlchemyError

from actions.records import retention
from actions.records.store import Records, records
from bot.conversation_file import ConversationFile
from bot.places import CONVERSATIONS
from bot.settings import SettingsError, read_settings

DAY = 24 * 3600

Purged = Callable[[datetime], int]
"""Deletes the conversations older than an aware time, and tells how many."""

logger = logging.getLogger(__name__)


def purge(conversations: Purged, kept: Records, days: int, now: datetime) -> int:
    """Delete conversations and records older than `days`; 0 keeps everything.

    The number of conversations and rows deleted. `now` is an aware time.
    """
    if not days:
        return 0
    line = now - timedelta(days=days)
    before = line.astimezone(timezone.utc).replace(tzinfo=None)
    return conversations(line) + retention.purge(kept, before)


async def daily(conversations: Purged, kept: Records, days: int) -> None:
    """Purge at the start and every day; an error is told to the log and tried again."""
    while True:
        try:
            purge(conversations, kept, days, datetime.now(timezone.utc))
        except (sqlite3.Error, SQLAlchemyError):
            logger.exception("old conversations could not be deleted")
        await asyncio.sleep(DAY)


def main() -> None:
    """Purge once, with RETENTION_DAYS or --days; safe while the server runs."""
    parser = argparse.ArgumentParser(description="删除超过保存天数的对话和记录。")
    parser.add_argument("--days", type=int, help="保存天数，默认取 RETENTION_DAYS（180）")
    try:
        settings = read_settings(os.environ)
    except SettingsError as wrong:
        sys.exit(str(wrong))
    asked = parser.parse_args().days
    days = settings.retention_days if asked is None else asked
    if days < 1:
        sys.exit("保存天数应是大于0的整数，例：python -m bot.retention --days 180")
    file = ConversationFile(CONVERSATIONS)
    gone = purge(lambda line: len(file.purge(line)), records(), days, datetime.now(timezone.utc))
    file.close()
    print(f"已删除{days}天以前的对话和记录，共{gone}条。")


if __name__ == "__main__":
    main()
