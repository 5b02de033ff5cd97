"""Pictures of the pages: python -m tests.pages.screenshots [FOLDER].

Without a folder those that the README shows are made anew, where they stand.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.bot.server import ROOT, Server
from tests.pages.acting import answers, choose, open_page, say
from tests.pages.browser import DESKTOP, PHONE, chromium, visitor

FOLDER = ROOT / "bot" / "pages" / "screenshots"
IN_README = {
    "desktop-1-welcome",
    "desktop-4-amount",
    "desktop-large-2-verdict",
    "phone-1-welcome",
    "phone-2-verdict",
    "phone-large-2-verdict",
    "phone-contrast-2-verdict",
    "desktop-7-summary",
}
SIZES = {"desktop": DESKTOP, "phone": PHONE}
MODES = {"": (), "-large": ("#large",), "-contrast": ("#contrast",)}


def picture(page: Page, folder: Path, name: str, whole: bool = False) -> None:
    """One PNG, once fonts are there and nothing moves."""
    if folder == FOLDER and name not in IN_README:
        return
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    page.screenshot(path=str(folder / f"{name}.png"), full_page=whole)
    print(f"{name}.png", flush=True)


def scenes(browser: Browser, base_url: str, folder: Path, size: str, mode: str) -> None:
    """First visit, question, verdict, correction, policy, list and checklist."""
    context = visitor(browser, base_url, SIZES[size])
    page = open_page(context.new_page())
    for button in MODES[mode]:
        page.click(button)
    name = f"{size}{mode}"
    picture(page, folder, f"{name}-1-welcome")
    say(page, "我23岁，大学毕业没工作，想去见习，能领补贴吗")
    picture(page, folder, f"{name}-2-verdict")
    say(page, "我们是商贸企业，招了3个退役士兵和5个登记失业的，签了一年合同，能抵多少税")
    while page.locator("#choices button").count() and answers(page).count() < 9:
        if answers(page).count() == 3:
            picture(page, folder, f"{name}-3-question")
        choose(page, page.locator("#choices button").first.inner_text())
    picture(page, folder, f"{name}-4-amount")
    for number, path in enumerate(("/policy/2.2", "/policy", "/summary"), 5):
        page.goto(path)
        picture(page, folder, f"{name}-{number}-{path.split('/')[1]}", whole=path != "/policy")
    context.close()


def main() -> None:
    """All scenes in each size and mode, on a day when the measures are in force."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    with tempfile.TemporaryDirectory() as var:
        server = Server(Path(var), POLICY_DATE="2025-06-15")
        try:
            with chromium() as browser:
                for size in SIZES:
                    for mode in MODES:
                        scenes(browser, server.url(""), folder, size, mode)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
