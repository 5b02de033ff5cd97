"""Every passive text fits, nothing is cut where it hurts, and 更多 brings all of it."""

from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.turns import Answer
from bot.channels.wechat.pages import ATOM, pages, size
from bot.channels.wechat.render import link, page, picked, render
from bot.channels.wechat.settings import MOST_BYTES
from bot.channels.wechat.texts import say
from tests.bot.wechat.platform import LINK, shown

HARD = [
    "😀",
    "👨‍👩‍👧‍👦",
    "🇨🇳",
    "é",
    "ก็",
    "汉",
    "a",
    "。",
    "\n",
    "<",
    "&amp;",
    "]]>",
    link("见习补贴"),
]
texts = st.lists(
    st.one_of(st.sampled_from(HARD), st.text(max_size=30), st.text("汉字。，\n", max_size=200)),
    max_size=120,
).map("".join)
limits = st.integers(300, MOST_BYTES)
titles = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=90)
answers = st.lists(
    st.builds(Answer, texts, st.lists(titles, max_size=8).map(tuple)), min_size=1, max_size=3
)


@given(texts, limits)
def test_pages_fit_and_join_to_the_whole(text: str, limit: int) -> None:
    found = list(pages(text, limit))
    assert "".join(found) == text and all(0 < size(part) <= limit for part in found)


@given(texts, limits)
def test_no_character_and_no_link_is_cut(text: str, limit: int) -> None:
    whole = ATOM.findall(text)
    if all(size(atom) <= limit for atom in whole):
        assert [atom for part in pages(text, limit) for atom in ATOM.findall(part)] == whole


@given(answers, limits)
def test_what_is_shown_fits_and_more_brings_the_rest(given: list[Answer], limit: int) -> None:
    whole = rest = render(given).text
    seen: list[str] = []
    while rest:
        shown_now, rest = page(rest, limit)
        assert size(shown_now) <= limit <= MOST_BYTES
        if rest:
            body, _, tail = shown_now.rpartition("\n")
            assert tail == say("more_tail", link=link(say("more")))
            seen.append(body)
        else:
            seen.append(shown_now)
    assert regex.sub(r"\n", "", "".join(seen)) == regex.sub(r"\n", "", whole)


@given(answers)
def test_only_our_links_are_markup(given: list[Answer]) -> None:
    assert "<" not in LINK.sub("", render(given).text)


def test_a_page_ends_after_a_line_or_a_sentence_where_it_can() -> None:
    lines = "一二三四五六七八九十。" * 9 + "\n"
    assert next(pages(lines * 5, 700)).endswith("\n")
    sentences = "一二三四五六七八九十。" * 40
    assert next(pages(sentences, 700)).endswith("。")


def test_choices_are_links_and_numbers() -> None:
    reply = render([Answer("请问您的身份？", ("个人", "企业或单位"))])
    assert shown(reply.text).splitlines()[-2:] == ["1. 个人", "2. 企业或单位"]
    assert LINK.findall(reply.text) == [("个人", "个人"), ("企业或单位", "企业或单位")]
    assert [picked(t, reply.choices) for t in ("1", "２", "②", "2.", " 1 ")] == [
        "个人",
        "企业或单位",
        "企业或单位",
        "企业或单位",
        "个人",
    ]
    assert [picked(t, reply.choices) for t in ("3", "0", "-1", "1个", "12")] == [
        "3",
        "0",
        "-1",
        "1个",
        "12",
    ]


def test_choices_numbered_in_the_text_are_not_told_twice() -> None:
    reply = render([Answer("想先看哪一项？\n1. 见习补贴\n2. 稳岗返还", ("见习补贴", "稳岗返还"))])
    assert shown(reply.text) == "想先看哪一项？\n1. 见习补贴\n2. 稳岗返还"
    assert len(LINK.findall(reply.text)) == 2


def test_choices_are_bare_numbers_where_only_so_they_fit() -> None:
    answer = Answer("问" * 500, ("个人", "企业或单位"))
    assert not LINK.findall(render([answer], limit=1600).text)
    assert LINK.findall(render([answer], limit=1500).text)  # two pages either way
    assert LINK.findall(render([answer], limit=2000).text)


def test_what_could_break_a_link_is_plain() -> None:
    for title in ('"><script>', "a&b", "50%以上", "x" * 241, "a b"):
        assert "href" not in link(title)
