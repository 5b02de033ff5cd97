"""The desk in real browsers: an operator and a caller; two operators, one citizen, one ticket."""

from __future__ import annotations

import re
import sqlite3
import statistics
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from actions.records.staff import ADMINISTRATOR, OPERATOR
from tests.bot.server import Server
from tests.pages.acting import answers, open_page, say
from tests.pages.browser import visitor
from tests.pages.desk_acting import decided, hire, open_tickets, settle, sign_in, spent
from tests.pages.test_conversation_page import faults

FASTEST = 100
"""Milliseconds from a change to the screen; the median, for a machine that does other things."""

NEWS = 8_000


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the desk's own, with two operators and an administrator."""
    var = tmp_path_factory.mktemp("desk")
    for name, role in (("王芳", OPERATOR), ("李明", OPERATOR), ("赵主任", ADMINISTRATOR)):
        hire(var, name, role)
    running = Server(var, POLICY_DATE="2025-06-15", TRUSTED_PROXIES="127.0.0.1")
    yield running
    running.stop()


@pytest.fixture
def seat(browser: Browser, desk: Server) -> Iterator[Page]:
    """王芳, signed in, a call on the line."""
    context = visitor(browser, desk.url(""))
    yield sign_in(context.new_page(), "王芳")
    context.close()


@pytest.fixture
def second(browser: Browser, desk: Server) -> Iterator[Page]:
    """李明, in a browser of his own."""
    context = visitor(browser, desk.url(""))
    yield sign_in(context.new_page(), "李明")
    context.close()


@pytest.fixture
def citizen(browser: Browser, desk: Server) -> Iterator[Page]:
    """Somebody on the conversation page."""
    context = visitor(browser, desk.url(""))
    yield open_page(context.new_page())
    context.close()


def hear(page: Page, words: str) -> None:
    """Type what the caller says."""
    before = decided(page)
    page.keyboard.type(words)
    settle(page, before)


def press(page: Page, key: str) -> None:
    before = decided(page)
    page.keyboard.press(key)
    settle(page, before)


def fact(page: Page, name: str) -> Locator:
    """The field of the form, not that of the question."""
    return page.locator("#facts").get_by_label(name, exact=True)


def card(page: Page, name: str) -> Locator:
    return page.locator(".card", has_text=name).first


def test_a_call_by_keyboard_alone(seat: Page) -> None:
    hear(seat, "想去见习，能领补贴吗")
    expect(seat.locator(".card.unknown").first).to_contain_text("就业见习补贴")
    press(seat, "Enter")
    expect(seat.locator("#question .ask")).to_be_visible()
    for _ in range(6):
        if seat.locator(".card.eligible").count():
            break
        if seat.locator(":focus").evaluate("node => node.tagName") == "INPUT":
            seat.keyboard.type("23")
            press(seat, "Enter")
        else:
            press(seat, "1")
    found = seat.locator(".card.eligible").first
    for words in ("符合条件", "就业见习补贴", "2025年12月31日", "区人力资源社会保障局", "12333"):
        expect(found).to_contain_text(words)
    seat.keyboard.press("Alt+c")
    expect(seat.locator("#status")).to_contain_text(re.compile("复制"))
    note = seat.locator("#note").input_value()
    assert "【符合条件】就业见习补贴（第15条）" in note and "转接：12333" in note
    press(seat, "Alt+n")
    expect(seat.locator(".card")).to_have_count(0)
    assert seat.locator("#words-in").input_value() == ""
    assert seat.evaluate("document.activeElement.id") == "words-in"


def test_what_is_typed_before_the_page_is_ready_is_not_lost(seat: Page) -> None:
    held: list[Route] = []
    seat.route("**/desk/consult.js", lambda route: held.append(route))
    seat.goto("/desk", wait_until="commit")
    seat.locator("#words-in").fill("见习")
    held[0].continue_()
    expect(card(seat, "就业见习补贴")).to_be_visible()
    assert seat.locator("#words-in").input_value() == "见习"


def test_several_topics_in_half_a_sentence(seat: Page) -> None:
    hear(seat, "招3个退役士兵抵税，还有23岁没工作想去见习")
    board = seat.locator("#provisions")
    for name in ("招用自主就业退役士兵、登记失业人员定额扣减税费", "就业见习补贴"):
        expect(board).to_contain_text(name)
    expect(card(seat, "定额扣减税费")).to_contain_text("12366")


def test_every_change_is_on_the_screen_at_once(seat: Page) -> None:
    hear(seat, "厂里一共64个人，打算裁7个")
    expect(card(seat, "规范裁员程序")).to_contain_text("7÷64≈10.94%")
    times = []
    for number in ("6", "7", "5", "20", "3", "8", "12"):
        before = decided(seat)
        fact(seat, "裁员人数").fill(number)
        settle(seat, before)
        times.append(spent(seat))
    expect(card(seat, "规范裁员程序")).to_contain_text("12÷64")
    assert statistics.median(times) < FASTEST, times


def test_facts_in_any_order_and_taken_out_again(seat: Page) -> None:
    hear(seat, "我23岁没工作，想去见习")
    expect(card(seat, "就业见习补贴")).to_contain_text("符合条件")
    before = decided(seat)
    fact(seat, "年龄").fill("26")
    settle(seat, before)
    expect(seat.locator(".card.eligible", has_text="就业见习补贴")).to_have_count(0)
    before = decided(seat)
    fact(seat, "年龄").fill("")
    settle(seat, before)
    assert "23周岁" not in seat.locator("#note").input_value(), "what was heard is out as well"
    before = decided(seat)
    fact(seat, "年龄").fill("三百")
    settle(seat, before)
    expect(seat.locator(".fact", has_text="年龄").first).to_contain_text("要填数字")
    before = decided(seat)
    seat.get_by_label("添加一项情况").select_option(label="职工总数")
    settle(seat, before)
    expect(fact(seat, "职工总数")).to_be_focused()


def test_as_of_a_day(seat: Page) -> None:
    hear(seat, "我23岁没工作，想去见习")
    before = decided(seat)
    seat.get_by_label("按哪天算").fill("2026-11-24")
    settle(seat, before)
    expect(card(seat, "就业见习补贴")).to_contain_text("已到期")
    press(seat, "Alt+n")
    assert seat.get_by_label("按哪天算").input_value() == "2025-06-15"


def test_side_by_side_with_the_better_choice(seat: Page) -> None:
    hear(seat, "企业稳岗返还和困难企业稳岗返还")
    press(seat, "Alt+m")
    table = seat.locator("#compare table")
    expect(table.locator("thead th")).to_have_count(2)
    for words in ("稳岗返还", "金额", "转接"):
        expect(table).to_contain_text(words)
    expect(seat.locator("#compare .better").first).to_contain_text("只能选一项")
    before = decided(seat)
    table.get_by_role("button", name=re.compile("^移出")).first.click()
    settle(seat, before)
    expect(seat.locator("#compare")).to_be_hidden()


def test_another_topic_can_be_asked_about_first(seat: Page) -> None:
    hear(seat, "企业稳岗返还和困难企业稳岗返还")
    for name in ("稳岗返还（一般企业）", "稳岗返还（困难企业）"):
        before = decided(seat)
        seat.get_by_role("button", name=f"先问这一项：{name}").click()
        settle(seat, before)
        expect(seat.locator("#question")).to_contain_text(f"这能决定{name}")
        assert seat.evaluate("document.activeElement.closest('#question') !== null")


def test_what_the_plan_does_not_cover_is_said(seat: Page) -> None:
    hear(seat, "公积金怎么提取")
    expect(seat.locator("#outside")).to_contain_text("方案没有规定")
    expect(seat.locator("#outside")).to_contain_text(re.compile("12333|12345"))


def test_a_reload_keeps_the_call_and_a_new_tab_has_its_own(seat: Page) -> None:
    hear(seat, "厂里64个人裁7个")
    before = seat.locator("#note").input_value()
    seat.reload()
    expect(card(seat, "规范裁员程序")).to_contain_text("7÷64")
    assert seat.locator("#note").input_value() == before
    other = seat.context.new_page()
    other.goto("/desk")
    settle(other, 0)
    assert other.locator("#words-in").input_value() == ""
    other.close()


def test_a_lost_connection_is_told_and_made_up_for(seat: Page) -> None:
    seat.route("**/desk/consult", lambda route: route.abort())
    seat.keyboard.type("厂里64个人裁7个")
    expect(seat.get_by_role("alert").first).to_contain_text("没有连上服务器")
    seat.unroute("**/desk/consult")
    expect(card(seat, "规范裁员程序")).to_contain_text("7÷64")
    expect(seat.locator("#trouble")).to_be_empty()


def test_what_a_caller_says_is_only_ever_text(seat: Page) -> None:
    hear(seat, "<img src=x onerror=window.hit=1>见习补贴{{7*7}}")
    assert seat.evaluate("window.hit") is None
    assert seat.locator("img[src=x]").count() == 0


def asks_for_a_person(citizen: Page, words: str) -> None:
    say(citizen, words)
    expect(citizen.locator("#deskstate")).to_contain_text("已经登记转人工")


def take_first(page: Page, reason: str) -> None:
    """Open the first ticket of this reason and take it."""
    open_tickets(page)
    page.locator("#waiting button", has_text=reason).last.click()
    page.get_by_role("button", name="接待", exact=True).click()
    expect(page.locator("#reply")).to_be_visible()


def reply(page: Page, text: str) -> None:
    page.get_by_label("回复来访者").fill(text)
    page.get_by_label("回复来访者").press("Enter")
    expect(page.locator(".line.operator").last).to_contain_text(text)


def test_taken_answered_and_closed(seat: Page, citizen: Page) -> None:
    say(citizen, "我23岁没工作，想去见习，能领补贴吗")
    asks_for_a_person(citizen, "转人工")
    take_first(seat, "要求人工")
    for words in ("想去见习", "就业见习补贴", "转人工"):
        expect(seat.locator("#log")).to_contain_text(words)
    expect(seat.locator("#known")).to_contain_text("23周岁")
    reply(seat, "您好，我是王芳，见习的事我来办。")
    told = citizen.locator(".told.operator")
    expect(told).to_contain_text("工作人员王芳", timeout=NEWS)
    expect(told).to_contain_text("见习的事我来办")
    count = answers(citizen).count()
    citizen.get_by_label("输入您的问题").fill("那我身份证37100219900307851X要带吗")
    citizen.keyboard.press("Enter")
    expect(seat.locator(".line.citizen").last).to_contain_text("〔身份证号〕要带吗", timeout=NEWS)
    citizen.wait_for_timeout(500)
    assert answers(citizen).count() == count, "the assistant is silent"
    expect(citizen.locator(".said", has_text="要带吗")).to_have_count(1)
    seat.get_by_role("button", name="办结").click()
    expect(seat.get_by_role("alert").first).to_contain_text("写明结果")
    seat.get_by_label("办理结果").fill("已登记，明天回电")
    seat.get_by_role("button", name="办结").click()
    expect(citizen.locator(".told.notice").last).to_contain_text("已登记，明天回电", timeout=NEWS)
    expect(citizen.locator("#desk")).to_be_hidden()
    assert "第7条" in say(citizen, "个人创业担保贷款最高能贷多少钱"), "the assistant speaks again"
    open_page(citizen)
    expect(citizen.locator(".told.operator")).to_contain_text("见习的事我来办")
    expect(citizen.locator(".said", has_text="要带吗")).to_have_count(1)


def test_given_back_the_assistant_speaks_and_another_takes_it(
    seat: Page, second: Page, citizen: Page
) -> None:
    asks_for_a_person(citizen, "我要找人工客服")
    take_first(seat, "要求人工")
    seat.get_by_role("button", name="交还排队").click()
    expect(citizen.locator(".told.notice").last).to_contain_text("还在排队", timeout=NEWS)
    assert "第15条" in say(citizen, "见习补贴是什么")
    take_first(second, "要求人工")
    reply(second, "我是李明，接着由我来答。")
    expect(citizen.locator(".told.operator")).to_contain_text("工作人员李明", timeout=NEWS)
    expect(seat.locator("#reply")).to_be_hidden()
    second.get_by_label("办理结果").fill("答复完毕")
    second.get_by_role("button", name="办结").click()
    expect(second.locator("#state")).to_contain_text("办结")


def test_of_two_operators_one_gets_it(seat: Page, second: Page, citizen: Page) -> None:
    asks_for_a_person(citizen, "转人工")
    for page in (seat, second):
        open_tickets(page)
        page.locator("#waiting button", has_text="要求人工").last.click()
        expect(page.get_by_role("button", name="接待", exact=True)).to_be_visible()
    number = seat.locator("#waiting button", has_text="要求人工").last.get_attribute("data-number")
    script = """number => fetch(`/desk/talk/${number}/take`, { method: "POST", body: "{}",
      headers: { "X-Desk": document.querySelector("meta[name=desk]").content } })
      .then(answer => { window.statusTold = answer.status; })"""
    for page in (seat, second):
        page.evaluate(f"number => {{ ({script})(number); }}", number)
    for page in (seat, second):
        page.wait_for_function("window.statusTold")
    assert sorted(page.evaluate("window.statusTold") for page in (seat, second)) == [200, 409]
    winner, loser = (seat, second) if seat.evaluate("window.statusTold") == 200 else (second, seat)
    expect(winner.locator("#reply")).to_be_visible(timeout=NEWS)
    expect(loser.locator("#reply")).to_be_hidden()
    expect(loser.locator("#state")).to_contain_text("接待", timeout=NEWS)
    winner.get_by_label("办理结果").fill("好")
    winner.get_by_role("button", name="办结").click()


def test_urgent_matters_wait_first(seat: Page, browser: Browser, desk: Server) -> None:
    people = []
    for words in ("转人工", "老板拖欠工资三个月了"):
        context = visitor(browser, desk.url(""))
        people.append(context)
        asks_for_a_person(open_page(context.new_page()), words)
    open_tickets(seat)
    first = seat.locator("#waiting button").first
    expect(first).to_contain_text("拖欠工资")
    expect(first).to_contain_text("紧急")
    expect(seat.locator("#badge")).to_have_class(re.compile("urgent"))
    for context in people:
        context.close()


def test_a_number_to_call_back_is_masked_and_its_sight_recorded(
    seat: Page, second: Page, citizen: Page, desk: Server, browser: Browser
) -> None:
    asks_for_a_person(citizen, "转人工")
    citizen.get_by_label(re.compile("留个号码")).fill("12")
    citizen.get_by_role("button", name="留下号码").click()
    expect(citizen.locator("#left")).to_contain_text("电话号码不对")
    citizen.get_by_label(re.compile("留个号码")).fill("138 1234 5678")
    citizen.get_by_role("button", name="留下号码").click()
    expect(citizen.locator("#left")).to_contain_text("138****5678")
    take_first(seat, "要求人工")
    expect(seat.locator("#contact")).to_have_text("138****5678")
    assert b"13812345678" not in b"".join(f.read_bytes() for f in desk.var.glob("records.db*"))
    second.goto("/desk/tickets")
    second.locator("#taken button").last.click()
    second.get_by_role("button", name="显示完整号码").click()
    expect(second.get_by_role("alert").first).to_contain_text("没有权限")
    seat.get_by_role("button", name="显示完整号码").click()
    expect(seat.locator("#contact")).to_have_text("13812345678")
    with sqlite3.connect(desk.var / "records.db") as db:
        seen = db.execute("SELECT who FROM audit WHERE did = 'reveal'").fetchall()
    assert seen == [("王芳",)]
    context = visitor(browser, desk.url(""))
    administrator = sign_in(context.new_page(), "赵主任")
    administrator.goto("/desk/audit")
    expect(administrator.locator("tr", has_text="查看完整号码")).to_contain_text("王芳")
    context.close()
    seat.get_by_label("办理结果").fill("已回电")
    seat.get_by_role("button", name="办结").click()


def test_a_crash_of_browser_or_server_loses_nothing(browser: Browser, tmp_path: Path) -> None:
    hire(tmp_path, "王芳", OPERATOR)
    first = Server(tmp_path, POLICY_DATE="2025-06-15")
    one, other = visitor(browser, first.url("")), visitor(browser, first.url(""))
    citizen = open_page(other.new_page())
    seat = sign_in(one.new_page(), "王芳")
    asks_for_a_person(citizen, "我要找人工客服")
    take_first(seat, "要求人工")
    reply(seat, "第一句")
    first.kill()
    seat.get_by_label("回复来访者").fill("没发出去的第二句")
    seat.get_by_label("回复来访者").press("Enter")
    expect(seat.get_by_role("alert").first).to_contain_text("没有连上服务器")
    citizen.get_by_label("输入您的问题").fill("您还在吗")
    citizen.keyboard.press("Enter")
    expect(citizen.get_by_role("alert")).to_contain_text("重新发送")
    again = Server(tmp_path, first.port, POLICY_DATE="2025-06-15")
    try:
        citizen.get_by_role("button", name="重新发送").click()
        expect(seat.locator(".line.citizen").last).to_contain_text("您还在吗", timeout=NEWS)
        seat.close()  # the operator's browser crashes; what was typed is not sent yet
        seat = one.new_page()
        seat.goto("/desk/tickets")
        seat.locator("#taken button").first.click()
        expect(seat.locator("#log")).to_contain_text("第一句")
        expect(seat.locator("#log")).to_contain_text("您还在吗")
        reply(seat, "我在")
        expect(citizen.locator(".told.operator", has_text="我在")).to_have_count(1, timeout=NEWS)
        expect(citizen.locator(".told.operator", has_text="第一句")).to_have_count(1)
        expect(citizen.locator(".said", has_text="您还在吗")).to_have_count(1)
    finally:
        one.close()
        other.close()
        again.stop()


def test_deleting_ones_records_ends_the_talk(seat: Page, citizen: Page, desk: Server) -> None:
    asks_for_a_person(citizen, "转人工")
    take_first(seat, "要求人工")
    reply(seat, "这句话要被清除掉")
    citizen.get_by_role("button", name="清除我的记录").click()
    citizen.get_by_role("button", name="确定清除").click()
    expect(citizen.locator("#desk")).to_be_hidden()
    expect(seat.locator("#case")).to_be_hidden(timeout=NEWS)
    with sqlite3.connect(desk.var / "records.db") as db:
        left = db.execute("SELECT count(*) FROM desk_messages WHERE text LIKE '%清除掉%'")
        assert left.fetchone() == (0,)
    for file in desk.var.glob("*.db*"):
        assert "这句话要被清除掉".encode() not in file.read_bytes(), file


def test_outside_service_hours_the_citizen_is_told_when(browser: Browser, tmp_path: Path) -> None:
    closed = Server(tmp_path, POLICY_DATE="2025-06-15", DESK_HOURS="1-7 0:00-0:01")
    context = visitor(browser, closed.url(""))
    try:
        said = say(open_page(context.new_page()), "转人工")
        assert "周一至周日0:00-0:01" in said and "12333" in said
    finally:
        context.close()
        closed.stop()


@pytest.mark.parametrize("mode", ["", "大字版", "高对比"])
def test_no_accessibility_faults_at_the_desk(
    browser: Browser, desk: Server, citizen: Page, mode: str
) -> None:
    asks_for_a_person(citizen, "转人工")
    if mode:
        citizen.get_by_role("button", name=mode).click()
    assert faults(citizen) == []
    context = visitor(browser, desk.url(""))
    page = context.new_page()
    page.goto("/desk/login")
    if mode:
        page.get_by_role("button", name=mode).click()
    assert faults(page) == []
    sign_in(page, "赵主任")
    hear(page, "厂里64个人裁7个，还有见习补贴")
    press(page, "Alt+m")
    assert faults(page) == []
    open_tickets(page)
    page.locator("#waiting button").first.click()
    page.get_by_role("button", name="接待", exact=True).click()
    expect(page.locator("#reply")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="交还排队").click()
    expect(page.locator("#take")).to_be_visible()
    for path in ("/desk/overview", "/desk/audit", "/desk/nothing"):
        page.goto(path)
        assert faults(page) == [], path
    context.close()


def test_the_overview_counts_what_happened(browser: Browser, desk: Server, citizen: Page) -> None:
    say(citizen, "我23岁没工作，想去见习，能领补贴吗")
    for _ in range(2):
        say(citizen, "公积金怎么提取")
    context = visitor(browser, desk.url(""))
    page = sign_in(context.new_page(), "赵主任")
    page.goto("/desk/overview?days=7")
    expect(page.locator("main")).to_contain_text("最近7天")
    row = page.locator("table tr", has_text="公积金怎么提取")
    expect(row).to_contain_text("方案没有规定")
    expect(row.locator("td").nth(2)).to_have_text(re.compile(r"^[2-9]$"))
    expect(page.locator(".bars", has_text="就业见习补贴")).to_be_visible()
    assert page.locator(".bars .bar").first.bounding_box()["width"] > 50
    with page.expect_download() as download:
        page.get_by_role("link", name="下载CSV").first.click()
    assert "日期,渠道,对话" in download.value.path().read_text("utf-8-sig")
    context.close()


def test_two_people_on_one_call_are_told_apart(seat: Page) -> None:
    hear(seat, "我妈52岁下岗了，失业金领不了，家里困难，我儿子23岁没工作想去见习")
    people = seat.locator("#people button")
    expect(people).to_have_text(["儿子", "母亲"])
    expect(fact(seat, "年龄")).to_have_value("52")
    press(seat, "Alt+p")
    expect(fact(seat, "年龄")).to_have_value("23")
    before = decided(seat)
    fact(seat, "年龄").fill("25")
    settle(seat, before)
    press(seat, "Alt+p")
    expect(fact(seat, "年龄")).to_have_value("52")
    press(seat, "Alt+p")
    expect(fact(seat, "年龄")).to_have_value("25")
    press(seat, "Alt+n")
    expect(people).to_have_count(0)


def test_trouble_is_seen_before_anything_else(seat: Page) -> None:
    hear(seat, "老板跑了，欠我们三个月工资")
    expect(seat.locator("#urgent")).to_contain_text("12333")
    press(seat, "Alt+n")
    expect(seat.locator("#urgent")).to_be_empty()


def test_nothing_is_fetched_from_elsewhere_and_nothing_is_wrong(seat: Page, desk: Server) -> None:
    asked: list[str] = []
    errors: list[str] = []
    seat.on("request", lambda request: asked.append(request.url))
    seat.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    seat.on("pageerror", lambda error: errors.append(str(error)))
    hear(seat, "见习补贴")
    seat.goto("/desk/tickets")
    seat.wait_for_timeout(500)
    assert [url for url in asked if not url.startswith(desk.url(""))] == []
    assert errors == []


def test_what_the_citizens_page_runs_cannot_reach_the_desk(seat: Page) -> None:
    """Even in the browser of an operator who is signed in."""
    seat.goto("/")
    statuses = seat.evaluate(
        """async () => Promise.all(["/desk", "/desk/queue", "/desk/tickets"].map(
             async path => (await fetch(path)).status))"""
    )
    assert statuses == [403, 403, 403]


def test_many_at_once_take_one_ticket(desk: Server) -> None:
    """The race without a browser: ten takers, one ticket."""
    from actions.records import tickets
    from actions.records.store import Records

    records = Records(f"sqlite:///{desk.var / 'records.db'}")
    ticket = tickets.open_ticket(records, "racer", "web", "human")
    won: list[str] = []
    threads = [
        threading.Thread(
            target=lambda name: (
                won.append(name) if tickets.take(records, ticket.id, name) else None
            ),
            args=(f"op{i}",),
        )
        for i in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert tickets.ticket(records, ticket.id).operator == won[0]
    assert tickets.close(records, ticket.id, won[0], "好")
