"""One server for the pages' tests, on a day when the measures are in force, and one browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from bot.train import MODEL
from tests.bot.server import Server
from tests.pages.acting import open_page
from tests.pages.browser import CHROMIUM, chromium, visitor

DAY = "2025-06-15"


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real server process."""
    if not MODEL.exists():
        pytest.skip("no trained model: run python -m bot.train")
    running = Server(tmp_path_factory.mktemp("var"), POLICY_DATE=DAY, TRUSTED_PROXIES="127.0.0.1")
    yield running
    running.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, where there is one."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}: apt-get install chromium")
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """The conversation page of a fresh visitor."""
    context = visitor(browser, server.url(""))
    yield open_page(context.new_page())
    context.close()
