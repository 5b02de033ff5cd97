"""Pictures of an operator's first call for the README: python -m tests.pages.desk_screenshots [FOLDER]."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from actions.records.staff import ADMINISTRATOR, OPERATOR
from tests.bot.server import Server
from tests.pages.acting import open_page, say
from tests.pages.browser import DESKTOP, chromium, visitor
from tests.pages.desk_acting import decided, hire, open_tickets, settle, sign_in
from tests.pages.screenshots import FOLDER, picture

MODES = {"": (), "-large": ("#large",), "-contrast": ("#contrast",)}


def hear(page: Page, words: str) -> None:
    before = decided(page)
    page.locator("#words-in").fill(words)
    settle(page, before)


def press(page: Page, key: str) -> None:
    before = decided(page)
    page.keyboard.press(key)
    settle(page, before)


def first_call(seat: Page, folder: Path, mode: str) -> None:
    """What the caller says; the question put and answered by one key; what stands then."""
    hear(seat, "招了3个退役士兵和5个登记失业的，能抵多少税")
    seat.locator("#words-in").focus()
    press(seat, "Enter")
    picture(seat, folder, f"desk{mode}-1-listening")
    press(seat, "1")
    picture(seat, folder, f"desk{mode}-2-answered")
    hear(seat, "企业稳岗返还和困难企业稳岗返还")
    press(seat, "Alt+m")
    picture(seat, folder, f"desk{mode}-4-compared")


def person(browser: Browser, seat: Page, base_url: str, folder: Path, mode: str) -> None:
    """A citizen asks for a person and is answered; both sides."""
    context = visitor(browser, base_url, DESKTOP)
    citizen = open_page(context.new_page())
    say(citizen, "我23岁没工作，想去见习，能领补贴吗")
    say(citizen, "之前的老板还拖欠工资三个月，转人工")
    citizen.locator("#number").fill("13812345678")
    citizen.get_by_role("button", name="留下号码").click()
    other = visitor(browser, base_url, DESKTOP)
    say(open_page(other.new_page()), "转人工")
    open_tickets(seat)
    seat.locator("#waiting button").first.click()
    seat.get_by_role("button", name="接待", exact=True).click()
    seat.get_by_label("回复来访者").fill("您好，我是王芳。欠薪的事我来登记，请说一下单位名称。")
    seat.keyboard.press("Enter")
    expect(citizen.locator(".told.operator")).to_be_visible()
    citizen.locator("#text").fill("是城南的一家饭店，去年十月开始没发")
    citizen.keyboard.press("Enter")
    expect(seat.locator(".line.citizen").last).to_contain_text("饭店")
    picture(seat, folder, f"desk{mode}-3-person")
    picture(citizen, folder, f"desk{mode}-5-citizen")
    seat.get_by_label("办理结果").fill("已登记，转劳动监察")
    seat.get_by_role("button", name="办结").click()
    context.close()
    other.close()


def main() -> None:
    """All scenes, on a day when the measures are in force."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    with tempfile.TemporaryDirectory() as var:
        for name, role in (("王芳", OPERATOR), ("赵主任", ADMINISTRATOR)):
            hire(Path(var), name, role)
        server = Server(Path(var), POLICY_DATE="2025-06-15", TRUSTED_PROXIES="127.0.0.1")
        try:
            with chromium() as browser:
                for mode, buttons in MODES.items():
                    context = visitor(browser, server.url(""), DESKTOP)
                    seat = sign_in(context.new_page(), "王芳")
                    for button in buttons:
                        seat.click(button)
                    first_call(seat, folder, mode)
                    person(browser, seat, server.url(""), folder, mode)
                    context.close()
                context = visitor(browser, server.url(""), DESKTOP)
                page = sign_in(context.new_page(), "赵主任")
                page.goto("/desk/overview?days=7")
                picture(page, folder, "desk-6-overview", whole=True)
                context.close()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
