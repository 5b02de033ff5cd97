"""Serve the assistant: python -m bot.run. One process, conversations in SQLite, no keys needed."""

from __future__ import annotations

import logging
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("SANIC_WORKERS", "1")

from rasa.core.run import serve_application
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig
from rasa.utils.log_utils import configure_structlog

from bot import patches
from bot.inprocess import InProcessActions
from bot.train import MODEL, ROOT
from bot.understanding.shared import reader

CONVERSATIONS = ROOT / "build" / "conversations.db"
LOOPBACK = "127.0.0.1"


def endpoints() -> AvailableEndpoints:
    """Actions in this process; conversations in a file that survives a restart."""
    CONVERSATIONS.parent.mkdir(exist_ok=True)
    return AvailableEndpoints(
        action=InProcessActions(),
        tracker_store=EndpointConfig(type="SQL", dialect="sqlite", db=str(CONVERSATIONS)),
    )


def main() -> None:
    """Serve on HOST:PORT (127.0.0.1:5005) until SIGTERM or SIGINT."""
    logging.basicConfig(level=logging.WARNING)
    configure_structlog(logging.WARNING)
    patches.apply()
    reader().read("您好")  # load the dictionary before the first citizen waits for it
    serve_application(
        model_path=str(MODEL),
        credentials=str(ROOT / "bot" / "credentials.yml"),
        interface=os.environ.get("HOST", LOOPBACK),
        port=int(os.environ.get("PORT", "5005")),
        endpoints=endpoints(),
        enable_api=False,
    )


if __name__ == "__main__":
    main()
