"""Serve the assistant: python -m bot.run. One process, everything kept in var/, no keys needed."""

from __future__ import annotations

import logging
import os
import sys
import warnings

from bot import without_tensorflow

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small sums: threads only wait for each other
warnings.showwarning = lambda *_, **__: None  # deprecations inside Rasa are not the operator's
without_tensorflow.install()
from rasa.utils.log_utils import configure_structlog

from bot import patches
from bot.channels.wechat.settings import WeChatSettings, read_wechat
from bot.server import build_app
from bot.settings import Settings, SettingsError, read_settings
from bot.train import MODEL
from bot.understanding.shared import reader


def main() -> None:
    """Serve on HOST:PORT (127.0.0.1:5005) until SIGTERM or SIGINT."""
    try:
        settings, account = read_settings(os.environ), read_wechat(os.environ)
    except SettingsError as unsafe:
        sys.exit(f"设置有问题，没有启动：{unsafe}")
    serve(settings, account)


def serve(settings: Settings, account: WeChatSettings | None = None) -> None:
    """Load what is slow before the first citizen waits for it, then answer."""
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("access").setLevel(logging.INFO)
    configure_structlog(logging.WARNING)
    patches.apply()
    reader().read("您好")
    app = build_app(str(MODEL), settings, account)
    where = settings.base_url or f"http://{settings.host}:{settings.port}"
    print(f"稳就业政策助手在 {where} 服务，按 Ctrl+C 结束。", flush=True)
    app.run(host=settings.host, port=settings.port, workers=1, access_log=False, motd=False)


if __name__ == "__main__":
    main()
