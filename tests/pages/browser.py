"""Debian's Chromium through Playwright, kept from calling anybody but the page's own server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address
from pathlib import Path
from random import randrange

from playwright.sync_api import Browser, BrowserContext, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 860}
NARROW = {"width": 320, "height": 640}


def an_address() -> str:
    """An address of a visitor's own, as a proxy would tell it."""
    return str(IPv4Address(randrange(1 << 24, 1 << 31)))


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield browser
        browser.close()


def visitor(browser: Browser, base_url: str, size: dict[str, int] = DESKTOP) -> BrowserContext:
    """A fresh visitor with cookies and storage of their own."""
    context = browser.new_context(
        base_url=base_url,
        viewport=size,
        locale="zh-CN",
        extra_http_headers={"X-Forwarded-For": an_address()},
    )
    context.set_default_timeout(15_000)
    return context
