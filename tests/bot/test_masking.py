"""Personal numbers and commands never enter a conversation."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.masking import LONGEST_MESSAGE, mask, safe_text

ID_CARD = "37100219900307851X"
BANK_CARD = "6222021602001234567"
PHONE = "13812345678"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"我身份证{ID_CARD}", ID_CARD),
        ("身份证号371002199003078515查一下", "371002199003078515"),
        ("371002199003078515", "371002199003078515"),
        ("老身份证371002900307851", "371002900307851"),
        ("小写x的37100219900307851x", "37100219900307851x"),
        (f"卡号{BANK_CARD}", BANK_CARD),
        ("卡号6222 0216 0200 1234 567打这里", "6222 0216 0200 1234"),
        ("卡号6222-0216-0200-1234", "6222-0216-0200-1234"),
        (f"手机{PHONE}", PHONE),
        ("打138 1234 5678找我", "138 1234 5678"),
        ("打138-1234-5678找我", "138-1234-5678"),
        ("+8613812345678", PHONE),
        ("+86 138 1234 5678", "138 1234 5678"),
        ("手机１３８１２３４５６７８", "１３８１２３４５６７８"),
    ],
)
def test_personal_numbers_are_masked(text: str, number: str) -> None:
    masked = mask(text)
    assert number not in masked
    assert "〔" in masked


@pytest.mark.parametrize(
    "text",
    [
        "拨打12333或12345",
        "贷款150000元",
        "去年缴了1234567元",
        "2025年1月1日至2025年12月31日",
        "14400元/年",
        "我1990年3月生",
        "第15条",
    ],
)
def test_what_is_no_personal_number_stays(text: str) -> None:
    assert mask(text) == text


digits = st.text("0123456789", min_size=9, max_size=9)


@settings(max_examples=100, deadline=None)
@given(
    before=st.sampled_from(["", "我", "电话", "，"]), tail=digits, second=st.sampled_from("3456789")
)
def test_every_mobile_number_is_masked(before: str, tail: str, second: str) -> None:
    assert f"1{second}{tail}" not in mask(f"{before}1{second}{tail}找我")


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789", min_size=16, max_size=19))
def test_every_long_number_is_masked(number: str) -> None:
    assert number not in mask(f"号码{number}。")


def test_long_messages_are_cut() -> None:
    text, cut = safe_text("问" * (LONGEST_MESSAGE + 1))
    assert (len(text), cut) == (LONGEST_MESSAGE, True)
    assert safe_text("问" * LONGEST_MESSAGE) == ("问" * LONGEST_MESSAGE, False)


def test_masked_before_cut() -> None:
    """A number across the cut leaves no half of itself."""
    text, cut = safe_text("问" * (LONGEST_MESSAGE - 5) + PHONE + "问" * 20)
    assert cut
    assert not re.search(r"\d", text)


@pytest.mark.parametrize("text", ["/restart", '/inform{"age":"22"}', "／restart", "  /back", "//x"])
def test_leading_slashes_go(text: str) -> None:
    clean, _ = safe_text(text)
    assert clean
    assert not clean.startswith(("/", "／"))


def test_slash_within_a_sentence_stays() -> None:
    assert safe_text("9000元/人/年是什么")[0] == "9000元/人/年是什么"


def test_question_after_a_slash_is_kept() -> None:
    assert safe_text("/见习补贴怎么领")[0] == "见习补贴怎么领"


@settings(max_examples=300, deadline=None)
@given(st.text('/／ ab{}"\n。restart', max_size=14))
def test_no_text_becomes_a_command(text: str) -> None:
    clean, _ = safe_text(text)
    assert clean
    assert not clean.startswith("/")


def test_empty_text_is_still_a_message() -> None:
    assert safe_text("")[0] == "。"
    assert safe_text("   ")[0] == "。"


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        ("你\u200b好", "你好"),
        ("\u202e裁员流程\u202c", "裁员流程"),
        ("见习\x00补贴", "见习补贴"),
        ("见习\ud83d补贴", "见习补贴"),
        ("\ufeff补贴\u2060多少", "补贴多少"),
        ("补贴\t多少\r\n谢谢", "补贴 多少\n谢谢"),
        ("👨\u200d👩\u200d👧 补贴", "👨\u200d👩\u200d👧 补贴"),
        ("补\u200d贴", "补贴"),
        ("\u200b/restart", "。"),
        ("身份证110101\u200b199003071234", "身份证〔身份证号〕"),
    ],
)
def test_what_cannot_be_seen_does_not_enter(odd: str, plain: str) -> None:
    assert safe_text(odd)[0] == plain


@given(st.text(st.characters(), max_size=60))
def test_any_text_can_be_stored_and_sent(text: str) -> None:
    safe_text(text)[0].encode("utf-8")
