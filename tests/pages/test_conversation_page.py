"""The conversation page in a real browser, as a visitor of sixty uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.bot.server import Server
from tests.pages.acting import answers, choose, open_page, say
from tests.pages.browser import NARROW, PHONE, visitor

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
ELIGIBLE = "我23岁，没工作，想去见习，能领补贴吗"
XSS = (
    "<img src=x onerror=window.hit=1>",
    "<script>window.hit=1</script>",
    "javascript:window.hit=1",
    '"><svg/onload=window.hit=1>',
    "{{7*7}}${7*7}",
)
MOST_STEPS = 60
"""Presses of Tab within which anything on the page can be reached."""


def faults(page: Page) -> list[str]:
    """What axe finds wrong by WCAG 2.1 A and AA."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]


def held(page: Page) -> str:
    return page.locator("#held").inner_text()


def tab_to(page: Page, label: str) -> None:
    """Press Tab until something with this name has the focus."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        name = focused.get_attribute("aria-label") or focused.inner_text()
        if name and name.strip() == label:
            return
    raise AssertionError(f"no way to {label} by keyboard")


def test_first_visit_says_who_what_and_what_is_kept(page: Page) -> None:
    text = page.locator("main").inner_text()
    for words in (
        "稳就业政策助手",
        "我不是工作人员",
        "最多保存180天",
        "身份证号",
        "清除我的记录",
        "转人工",
    ):
        assert words in text
    page.get_by_role("button", name="就业见习补贴").click()
    expect(answers(page)).to_have_count(1)
    assert "第15条" in answers(page).first.inner_text()


def test_an_interview_by_mouse(page: Page) -> None:
    said = say(page, "我想去见习，能领补贴吗")
    expect(page.locator("#far")).to_contain_text(re.compile("最多还要问[1-9]个问题"))
    assert page.get_by_role("button", name="为什么问这个").is_visible()
    for _ in range(8):
        if answers(page).last.locator(".card").count():
            break
        title = (
            page.locator("#choices button").first.inner_text()
            if page.locator("#choices button").count() > 1
            else ""
        )
        said = choose(page, title) if title else say(page, "23岁")
    card = answers(page).last.locator(".card")
    expect(card).to_contain_text("符合条件")
    for words in ("金额", "时间", "部门", "第15条", "区人力资源社会保障局"):
        expect(card).to_contain_text(words)
    assert "为什么" not in said
    expect(page.locator("#progress")).to_be_hidden()


def test_an_interview_by_keyboard_alone(page: Page) -> None:
    tab_to(page, "就业见习补贴")
    page.keyboard.press("Enter")
    expect(answers(page)).to_have_count(1)
    page.get_by_label("输入您的问题").focus()
    page.keyboard.type("我没工作，能领见习补贴吗")
    page.keyboard.press("Enter")
    expect(answers(page)).to_have_count(2)
    page.keyboard.type("23岁")
    page.keyboard.press("Enter")
    expect(answers(page)).to_have_count(3)
    expect(answers(page).last.locator(".card")).to_contain_text("符合条件")
    page.keyboard.press("Shift+Tab")
    assert page.locator(":focus").inner_text(), "focus is never lost"


def test_why_a_question_is_asked(page: Page) -> None:
    say(page, "我想去见习，能领补贴吗")
    page.get_by_role("button", name="为什么问这个").click()
    expect(answers(page)).to_have_count(2)
    assert page.locator("#progress").is_visible()


def test_a_fact_corrected_in_the_panel_decides_at_once(page: Page) -> None:
    say(page, ELIGIBLE)
    assert "23周岁" in held(page)
    page.get_by_role("button", name="改：年龄").click()
    page.get_by_label("年龄", exact=True).fill("26")
    page.get_by_role("button", name="保存").click()
    expect(answers(page)).to_have_count(2)
    assert "26周岁" in held(page) and "26周岁" in answers(page).last.inner_text()
    page.get_by_role("button", name="去掉：年龄").click()
    expect(answers(page)).to_have_count(3)
    assert "周岁" not in held(page)


def test_a_value_that_cannot_be_is_refused_with_what_would_be_right(page: Page) -> None:
    say(page, ELIGIBLE)
    page.get_by_role("button", name="改：年龄").click()
    page.get_by_label("年龄", exact=True).fill("三百")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("年龄")
    assert "23周岁" in held(page)


def test_large_print_is_large_and_remembered(page: Page) -> None:
    page.get_by_role("button", name="大字版").click()
    say(page, ELIGIBLE)
    for path in ("/", "/policy/15.2", "/summary"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        small = page.locator("body *:visible").evaluate_all(
            "nodes => nodes.filter(n => [...n.childNodes].some(c => c.nodeType === 3 && c.data.trim()))"
            ".filter(n => n.getClientRects().length && parseFloat(getComputedStyle(n).fontSize) < 24)"
            ".filter(n => !n.closest('.unseen, .who'))"
            ".map(n => n.outerHTML.slice(0, 90))"
        )
        assert small == [], path
        low = page.locator(
            "button:visible, a.button:visible, select:visible, summary:visible"
        ).evaluate_all(
            "nodes => nodes.map(n => [n.getBoundingClientRect().height, n.outerHTML.slice(0, 90)]).filter(([h]) => h < 59.5)"
        )
        assert low == [], path
    page.get_by_role("button", name="标准字").click()
    assert page.locator("html").get_attribute("data-size") is None


@pytest.mark.parametrize("mode", ["", "大字版", "高对比"])
def test_no_accessibility_faults(page: Page, mode: str) -> None:
    if mode:
        page.get_by_role("button", name=mode).click()
    assert faults(page) == []
    say(page, ELIGIBLE)
    say(page, "我想去见习，我爸58岁失业了能算就业困难人员吗")
    page.get_by_role("button", name=re.compile("^改：")).first.click()
    page.locator("#rating summary").click()
    assert faults(page) == []
    page.get_by_role("button", name="清除我的记录").click()
    assert faults(page) == []
    for path in ("/policy", "/policy/2.2", "/summary", "/policy/none"):
        page.goto(path)
        assert faults(page) == [], path


def test_answers_are_announced_by_appending(page: Page) -> None:
    log = page.get_by_role("log")
    say(page, "您好")
    first = answers(page).first.element_handle()
    say(page, ELIGIBLE)
    assert first and first.evaluate("node => node.isConnected"), "earlier answers are never redrawn"
    expect(log.locator("> div")).to_have_count(4)
    assert page.locator("#status[role=status]").count() == 1


def test_a_reload_keeps_the_conversation(page: Page) -> None:
    say(page, ELIGIBLE)
    open_page(page)
    expect(answers(page)).to_have_count(1)
    expect(page.locator(".said")).to_contain_text("想去见习")
    assert "23周岁" in held(page)


def test_a_restart_of_the_server_keeps_the_conversation(browser: Browser, tmp_path: Path) -> None:
    first = Server(tmp_path, POLICY_DATE="2025-06-15")
    context = visitor(browser, first.url(""))
    page = open_page(context.new_page())
    say(page, "我没工作，能领见习补贴吗")
    first.kill()
    page.get_by_label("输入您的问题").fill("23岁")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("重新发送")
    second = Server(tmp_path, first.port, POLICY_DATE="2025-06-15")
    try:
        page.get_by_role("button", name="重新发送").click()
        expect(answers(page)).to_have_count(2)
        expect(page.locator(".said")).to_have_count(2)
        expect(answers(page).last.locator(".card")).to_contain_text("符合条件")
    finally:
        context.close()
        second.stop()


def test_an_answer_lost_on_the_way_is_fetched_not_asked_again(page: Page) -> None:
    lost: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort()

    page.route("**/webhooks/web/say", lose_the_first_answer)
    page.get_by_label("输入您的问题").fill(ELIGIBLE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("您的话已经留着")
    page.get_by_role("button", name="重新发送").click()
    expect(answers(page)).to_have_count(1)
    open_page(page)
    expect(answers(page)).to_have_count(1)


def test_a_message_typed_offline_outlives_a_reload(page: Page) -> None:
    page.route("**/webhooks/web/say", lambda route: route.abort())
    page.get_by_label("输入您的问题").fill(ELIGIBLE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("重新发送")
    page.unroute("**/webhooks/web/say")
    open_page(page)
    expect(answers(page)).to_have_count(1)
    expect(page.locator(".said")).to_have_count(1)


def test_what_waits_goes_before_what_is_said_next(page: Page) -> None:
    page.route("**/webhooks/web/say", lambda route: route.abort())
    page.get_by_label("输入您的问题").fill(ELIGIBLE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("重新发送")
    page.get_by_label("输入您的问题").fill("归哪个部门管")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.get_by_label("输入您的问题").input_value() == "归哪个部门管", (
        "kept while nothing passes"
    )
    page.unroute("**/webhooks/web/say")
    page.keyboard.press("Enter")
    expect(answers(page)).to_have_count(2)
    expect(page.locator(".said")).to_have_count(2)
    assert page.get_by_label("输入您的问题").input_value() == ""
    open_page(page)
    expect(page.locator(".said").first).to_contain_text("想去见习")
    expect(page.locator(".said").last).to_contain_text("归哪个部门管")


@pytest.mark.parametrize("status", [500, 503, 429])
def test_errors_of_the_server_are_told_in_chinese(page: Page, status: int) -> None:
    page.route("**/webhooks/web/say", lambda route: route.fulfill(status=status, body="<html>"))
    page.get_by_label("输入您的问题").fill("您好")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("12345")
    assert page.get_by_role("button", name="重新发送").is_visible()


def test_text_is_only_ever_text(page: Page) -> None:
    for text in XSS:
        say(page, text)
    say(page, "我23岁" + XSS[0])
    page.reload()
    page.goto("/summary")
    page.goto(f"/policy?search={XSS[3]}")
    assert page.evaluate("window.hit") is None
    assert page.locator("img[src=x], svg[onload]").count() == 0


def test_nothing_is_fetched_from_elsewhere(browser: Browser, server: Server) -> None:
    context = visitor(browser, server.url(""))
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    errors: list[str] = []
    page = context.new_page()
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    open_page(page)
    say(page, ELIGIBLE)
    for path in ("/policy", "/policy/15.2", "/summary"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith(server.url(""))] == []
    assert errors == []
    context.close()


@pytest.fixture(params=[NARROW, PHONE], ids=["320", "390"])
def small(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    context = visitor(browser, server.url(""), request.param)
    yield open_page(context.new_page())
    context.close()


@pytest.mark.parametrize("mode", ["", "大字版"])
def test_nothing_is_cut_on_a_narrow_screen(small: Page, mode: str) -> None:
    if mode:
        small.get_by_role("button", name=mode).click()
    say(small, ELIGIBLE)
    say(small, "我们是商贸企业，招了3个退役士兵，能抵多少税")
    assert small.get_by_role("button", name="转人工").is_visible()
    small.locator("#situation > summary").click()
    for path in ("", "/policy", "/policy/2.2", "/summary"):
        if path:
            small.goto(path)
        wide = small.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], (path, wide)


def test_zoomed_to_200_per_cent_nothing_is_cut(browser: Browser, server: Server) -> None:
    context = visitor(browser, server.url(""), {"width": 640, "height": 400})
    page = open_page(context.new_page())
    say(page, ELIGIBLE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.get_by_label("输入您的问题").is_visible()
    context.close()


def test_useful_and_satisfaction_are_kept(page: Page) -> None:
    say(page, ELIGIBLE)
    answers(page).last.get_by_role("button", name="有用").click()
    expect(answers(page).last).to_contain_text("谢谢您的反馈")
    page.locator("#rating summary").click()
    page.get_by_label("满意", exact=True).check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator("#rating")).to_contain_text("谢谢您的评价")


def test_deleting_asks_once_and_then_leaves_nothing(page: Page) -> None:
    say(page, ELIGIBLE)
    page.get_by_role("button", name="清除我的记录").click()
    page.get_by_role("button", name="取消").click()
    expect(answers(page)).to_have_count(1)
    page.get_by_role("button", name="清除我的记录").click()
    page.get_by_role("button", name="确定清除").click()
    expect(answers(page)).to_have_count(0)
    assert "还没有记下什么" in held(page)
    open_page(page)
    expect(answers(page)).to_have_count(0)


def test_who_asks_for_a_person_is_told_where(page: Page) -> None:
    page.get_by_role("button", name="转人工").click()
    expect(answers(page).last).to_contain_text("12333")


def test_the_checklist_holds_what_was_decided_and_can_be_saved(page: Page) -> None:
    say(page, ELIGIBLE)
    page.get_by_role("link", name="打印清单").click()
    text = page.locator("main").inner_text()
    for words in ("就业见习补贴", "符合条件", "第15条", "23周岁", "12333"):
        assert words in text
    with page.expect_download() as download:
        page.get_by_role("link", name="保存为文本").click()
    saved = download.value.path().read_text("utf-8")
    assert "就业见习补贴" in saved and "23周岁" in saved
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible() and not page.locator("#print").is_visible()


def test_a_policy_page_leads_into_the_conversation(page: Page) -> None:
    page.goto("/policy?audience=person&status=in_force")
    assert "就业见习补贴" in page.locator(".policies").inner_text()
    page.get_by_role("link", name="就业见习补贴", exact=True).click()
    expect(page).to_have_url(re.compile("/policy/15.2$"))
    text = page.locator("main").inner_text()
    for words in ("16-24岁", "2025年12月31日", "区人力资源社会保障局", "正在执行", "12345"):
        assert words in text
    page.get_by_role("link", name="问问我能不能享受").click()
    expect(answers(page)).to_have_count(1)
    assert "见习" in answers(page).last.inner_text()


def test_typing_chinese_does_not_send_half_a_word(page: Page) -> None:
    page.get_by_label("输入您的问题").fill("见习")
    page.locator("#text").evaluate(
        "node => node.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    page.wait_for_timeout(300)
    assert page.locator(".said").count() == 0
