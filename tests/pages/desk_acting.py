"""What an operator does at the desk, in the operator's own terms."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.bot.server import ROOT

PASSWORD = "correct-horse-9"


def hire(var: Path, name: str, role: str, password: str = PASSWORD) -> None:
    """Add somebody by the command, as the administrator of the machine does."""
    subprocess.run(
        [sys.executable, "-m", "bot.desk", "add", name, "--role", role, "--password-stdin"],
        input=f"{password}\n",
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": str(var)},
        stdout=subprocess.DEVNULL,
    )


def sign_in(page: Page, name: str, password: str = PASSWORD) -> Page:
    """Through the sign-in page."""
    page.goto("/desk")
    expect(page).to_have_url("/desk/login")
    page.get_by_label("名字").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    expect(page).to_have_url("/desk")
    settle(page, 0)
    return page


def decided(page: Page) -> int:
    """How many times the page has shown a decision."""
    return int(page.evaluate("Number(document.body?.dataset.decided ?? 0)"))


def settle(page: Page, before: int) -> None:
    """Until a decision asked for after `before` is on the screen, and no more is under way."""
    page.wait_for_function("n => Number(document.body?.dataset.decided ?? 0) > n", arg=before)
    page.wait_for_timeout(150)


def spent(page: Page) -> int:
    """Milliseconds from the last change to the screen."""
    return int(page.evaluate("Number(document.body?.dataset.spent)"))


def open_tickets(page: Page) -> Page:
    """The hand-off page."""
    page.goto("/desk/tickets")
    page.locator("#waiting li").first.wait_for()
    return page
