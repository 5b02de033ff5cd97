"""A call decided: topics, verdicts, the next question, the number to transfer to, the note."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.desk import routes
from bot.desk.call import Call
from bot.desk.consult import consult
from bot.desk.overview import missed_kind
from bot.desk.speaking import transfer
from bot.desk.words import words
from policy_kb.model import Knowledge, Office

DAY = date(2025, 6, 15)


def call(kb: Knowledge, text: str = "", **changes: Any) -> dict[str, Any]:
    return consult(kb, replace(Call(text, {}, DAY), **changes))


def verdicts(seen: dict[str, Any]) -> dict[str, str]:
    return {entry["provision"]: entry["verdict"] for entry in seen["provisions"]}


def test_several_topics_each_with_its_verdict(kb: Knowledge) -> None:
    seen = call(kb, "招了3个退役士兵和5个登记失业的能抵多少税，还有23岁没工作想去见习")
    assert verdicts(seen) == {"15.2": "eligible", "2.2": "unknown"}
    assert seen["question"]["fields"][0]["fact"] == "enterprise_kind"


def test_what_is_entered_goes_before_what_was_heard(kb: Knowledge) -> None:
    seen = call(kb, "厂里64个人裁7个", facts={"layoffs": "6"})
    layoffs = next(f for f in seen["facts"] if f["fact"] == "layoffs")
    assert layoffs["value"] == "6" and not layoffs["heard"]
    assert verdicts(seen)["4.2"] == "ineligible"


def test_what_was_taken_out_is_unknown_though_it_was_said(kb: Knowledge) -> None:
    seen = call(kb, "我23岁没工作，想去见习", dropped=frozenset({"age"}))
    assert "23周岁" not in seen["note"] and verdicts(seen)["15.2"] == "unknown"


def test_what_the_caller_does_not_know_is_not_asked_again(kb: Knowledge) -> None:
    asked = call(kb, "想去见习")["question"]["fields"][0]["fact"]
    again = call(kb, "想去见习", unsure=frozenset({asked}))["question"]
    assert again is None or asked not in [f["fact"] for f in again["fields"]]


def test_the_question_of_the_chosen_provision_comes_first(kb: Knowledge) -> None:
    text = "企业稳岗返还和困难企业稳岗返还"
    assert call(kb, text, first="3.1")["question"]["provision"] == "3.1"
    assert call(kb, text, first="3.2")["question"]["provision"] == "3.2"


def test_the_numbers_of_an_amount_are_asked_for_once_the_verdict_stands(kb: Knowledge) -> None:
    facts = {"layoffs": "0", "insured_lawfully": "true"}
    facts = {f: v for f, v in facts.items() if f in kb.registry.facts}
    seen = call(kb, "一般企业稳岗返还能返多少，一个没裁，一直依法缴费", facts=facts)
    assert verdicts(seen)["3.1"] == "eligible"
    assert seen["question"]["fields"][0]["type"] == "money"


def test_relative_dates_count_from_the_day_asked_about(kb: Knowledge) -> None:
    def hired(day: date) -> str:
        seen = call(kb, "物业公司去年10月招了4个登记失业人员，抵税", as_of=day)
        return next(f["value"] for f in seen["facts"] if f["fact"] == "hire_date")

    assert (hired(date(2026, 11, 24)), hired(date(2024, 3, 1))) == ("2025-10", "2023-10")


def test_what_the_plan_does_not_cover_names_where_to_turn(kb: Knowledge) -> None:
    seen = call(kb, "公积金怎么提取")
    assert seen["provisions"] == [] and "12333" in seen["outside"]


def test_a_provision_to_tell_is_read_out_as_it_is(kb: Knowledge) -> None:
    entry = call(kb, shown=("6.1",))["provisions"][0]
    assert entry["verdict"] == "tell" and entry["say"].startswith(kb["6.1"].summary)


def test_nothing_is_read_out_that_only_the_eye_takes_in(kb: Knowledge) -> None:
    entry = call(kb, "商贸企业招了3个退役士兵，能抵多少税")["provisions"][0]
    assert "27000元/年" in entry["say"] and "×" not in entry["say"] and "3×9000" in entry["amount"]


def test_every_provision_has_a_number_of_the_district(kb: Knowledge) -> None:
    lines = {line.number for line in kb.district.lines}
    numbers = {transfer(kb, p).partition("（")[0] for p in kb.provisions.values()}
    assert numbers <= lines and {"12333", "12366", "12345"} <= numbers
    assert set(words()["transfer"].values()) <= lines and words()["transfer_else"] in lines


def test_an_office_of_the_department_goes_before_the_line(kb: Knowledge) -> None:
    office = Office("区税务局办税服务厅", telephone="5200000")
    furnished = replace(kb, district=replace(kb.district, offices=(office,)))
    assert transfer(furnished, kb["2.2"]) == "5200000（区税务局办税服务厅）"


def test_the_note_holds_facts_verdicts_and_where_it_goes(kb: Knowledge) -> None:
    note = call(kb, "厂里一共64个人，打算裁7个，要走程序吗")["note"]
    for part in ("2025年6月15日", "7÷64≈10.94%", "【符合条件】", "第4条", "转接：12333"):
        assert part in note


@pytest.mark.parametrize(
    "text", ["/restart", "我身份证37100219900307851X想见习", "\ud83d", "a\x00b"]
)
def test_odd_words_do_no_harm(kb: Knowledge, text: str) -> None:
    assert "37100219900307851" not in str(call(kb, text))


def test_a_call_is_decided_in_a_fraction_of_a_tenth_of_a_second(kb: Knowledge) -> None:
    text = "我们是商贸企业招了3个退役士兵，裁员要走什么程序，还有培训补贴和创业贷款"
    call(kb, text)
    began = time.perf_counter()
    for number in range(10):
        call(kb, text, facts={"staff": str(60 + number)})
    assert (time.perf_counter() - began) / 10 < 0.08


def test_the_article_in_full_where_it_was_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio
    import json
    from types import SimpleNamespace

    monkeypatch.setattr(routes, "cited_text", lambda cited: f"{cited}的原文")
    request = SimpleNamespace(args={"id": "15.2"})
    response = asyncio.new_event_loop().run_until_complete(routes.article(request, None))  # type: ignore[arg-type]
    assert json.loads(response.body) == {"text": "第15条的原文"}


def test_what_counts_as_not_understood() -> None:
    from datetime import datetime, timezone

    from actions.texts import say
    from bot.conversations import Told

    def told(said: str, text: str, kind: str) -> Told:
        reply = {"text": text, "custom": {"kind": kind}}
        return Told(datetime.now(timezone.utc), said, (reply,))

    assert missed_kind(told("阿巴", say("not_understood"), "smalltalk")) == "misheard"
    assert missed_kind(told("阿巴", say("not_understood_again") + "\n又", "handoff")) == "misheard"
    assert missed_kind(told("公积金", "不在范围", "decline")) == "declined"
    assert missed_kind(told("转人工", say("handoff"), "handoff")) == ""
    assert missed_kind(told("/edit_fact", say("not_understood"), "smalltalk")) == ""


def test_an_amount_that_is_still_open_is_read_out_as_one_that_depends(kb: Knowledge) -> None:
    told = "招了3个退役士兵，能抵多少税"
    (still_open,) = call(kb, told)["provisions"]
    assert "符合的话，金额是27000元" in still_open["say"]
    (settled,) = call(kb, told, facts={"enterprise_kind": "commerce"})["provisions"]
    assert "。金额是27000元" in settled["say"]


def test_what_has_to_be_done_stands_beside_the_verdict(kb: Knowledge) -> None:
    seen = call(kb, "厂里64个人裁7个")
    layoffs = next(entry for entry in seen["provisions"] if entry["provision"] == "4.2")
    assert "职代会" in layoffs["steps"] and "职代会" in seen["note"]


def test_two_people_in_one_call_each_with_their_own_facts(kb: Knowledge) -> None:
    text = "我妈52岁下岗了，失业金领不了，家里困难，我儿子23岁没工作想去见习"
    mother = call(kb, text)
    assert [p["name"] for p in mother["people"]] == ["母亲", "儿子"]
    assert verdicts(mother)["13.5"] == "eligible" and "52周岁" in mother["note"]
    son = call(kb, text, person="您儿子")
    assert son["people"][0]["name"] == "儿子" and "儿子的情况" in son["note"]
    assert verdicts(son)["15.2"] == "eligible" and "52周岁" not in son["note"]


@pytest.mark.parametrize(
    ("words_said", "alert"),
    [
        ("老板跑了，欠我三个月工资", "拖欠工资"),
        ("培训班先让孩子办贷款，现在机构跑路了", "110"),
        ("活着没意思，不想活了", "12356"),
        ("厂里发不出工资三个月了，社保能缓缴吗", ""),
        ("小微企业想办贷款，贴息怎么算", ""),
        ("23岁没工作想去见习", ""),
    ],
)
def test_trouble_goes_before_all_else(kb: Knowledge, words_said: str, alert: str) -> None:
    seen = call(kb, words_said)
    assert alert in seen["urgent"] and bool(alert) == bool(seen["urgent"])
    if "工资" in alert:
        assert seen["provisions"][0]["provision"] == "20.3"
