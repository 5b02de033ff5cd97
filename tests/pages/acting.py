"""What a visitor does on the conversation page, in the visitor's own terms."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def open_page(page: Page, path: str = "/") -> Page:
    """The conversation page, ready."""
    with page.expect_response("**/webhooks/web/session"):
        page.goto(path)
    return page


def answers(page: Page) -> Locator:
    """All answers so far."""
    return page.locator(".told")


def wait_for_answer(page: Page, count: int) -> str:
    """The text of answer number `count`, once it is there."""
    answers(page).nth(count - 1).wait_for()
    return answers(page).nth(count - 1).inner_text()


def say(page: Page, text: str) -> str:
    """Type and press Enter; the answer."""
    count = answers(page).count()
    page.get_by_label("输入您的问题").fill(text)
    page.get_by_label("输入您的问题").press("Enter")
    return wait_for_answer(page, count + 1)


def choose(page: Page, title: str) -> str:
    """Click one of the quick replies; the answer."""
    count = answers(page).count()
    page.locator("#choices").get_by_role("button", name=title, exact=True).click()
    return wait_for_answer(page, count + 1)
