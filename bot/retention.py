"""Deleting what is older than it may be: daily in the server, or python -m bot.retention."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sqlite3
import sys
from datetime import datetime, timedelta, timezone

from sqlalchemy.exc import SQLAlchemyError

from actions.records import retention
from actions.records.store import Records, records
from bot.conversations import Conversations
from bot.places import CONVERSATIONS
from bot.settings import SettingsError, read_settings

DAY = 24 * 3600
logger = logging.getLogger(__name__)


def purge(conversations: Conversations, kept: Records, days: int, now: datetime) -> int:
    """Delete conversations and records older than `days`; 0 keeps everything.

    The number of conversations and rows deleted. `now` is an aware time.
    """
    if not days:
        return 0
    line = now - timedelta(days=days)
    before = line.astimezone(timezone.utc).replace(tzinfo=None)
    return conversations.purge(line) + retention.purge(kept, before)


async def daily(conversations: Conversations, kept: Records, days: int) -> None:
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
    days = parser.parse_args().days or settings.retention_days
    if days < 1:
        sys.exit("保存天数应是大于0的整数，例：python -m bot.retention --days 180")
    conversations = Conversations(CONVERSATIONS)
    gone = purge(conversations, records(), days, datetime.now(timezone.utc))
    conversations.close()
    print(f"已删除{days}天以前的对话和记录，共{gone}条。")


if __name__ == "__main__":
    main()
