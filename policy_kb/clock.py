"""Today, for policy decisions. The only clock of the knowledge base, read at its edges only."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

from policy_kb.errors import PolicyError


def today() -> date:
    """POLICY_DATE where it is set, else today in Asia/Shanghai."""
    fixed = os.environ.get("POLICY_DATE")
    return parse_day(fixed) if fixed else datetime.now(ZoneInfo("Asia/Shanghai")).date()


def parse_day(text: str) -> date:
    """A day as YYYY-MM-DD; PolicyError otherwise, impossible dates included."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PolicyError(f"日期“{text}”不对，请写成 2025-06-15 的样子。") from None
