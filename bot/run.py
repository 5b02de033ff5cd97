"""Serve the assistant: python -m bot.run. One process, conversations in SQLite, no keys needed."""

from __future__ import annotations

import logging
import os
import sys
import warnings

from bot import without_tensorflow

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
without_tensorflow.install()
from rasa.utils.log_utils import configure_structlog

from bot import patches
from bot.channels.rest import LoopbackRest
from bot.channels.wechat.channel import configured as wechat
from bot.server import build_app
from bot.settings import SettingsError
from bot.train import MODEL
from bot.understanding.shared import reader

LOOPBACK = "127.0.0.1"


def main() -> None:
    """Serve on HOST:PORT (127.0.0.1:5005) until SIGTERM or SIGINT."""
    warnings.filterwarnings("ignore")  # deprecations inside Rasa are not the operator's
    logging.basicConfig(level=logging.WARNING)
    configure_structlog(logging.WARNING)
    patches.apply()
    reader().read("您好")  # load the dictionary before the first citizen waits for it
    host = os.environ.get("HOST", LOOPBACK)
    port = int(os.environ.get("PORT", "5005"))
    try:
        account = wechat(os.environ)
    except SettingsError as error:
        sys.exit(str(error))
    app = build_app(str(MODEL), [LoopbackRest(), *account])
    print(f"稳就业政策助手在 http://{host}:{port} 服务，按 Ctrl+C 结束。", flush=True)
    app.run(host=host, port=port, workers=1, access_log=False, motd=False)


if __name__ == "__main__":
    main()
