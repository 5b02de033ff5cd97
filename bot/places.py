"""Where the service keeps what it must not lose."""

from __future__ import annotations

import os
from pathlib import Path

from policy_kb.store.sources import DATA

ROOT = DATA.parent
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
"""Conversations, records, its secret. Never deleted by the Makefile."""

CONVERSATIONS = VAR / "conversations.db"
PROCESS = VAR / "server.pid"
"""The number of the running server process."""
