"""Spelling never changes what a message says."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zhconv import convert

from bot.understanding.extract import extract
from bot.understanding.normalise import normalise
from policy_kb.facts import Registry
from policy_kb.store.sources import load_sources

LINES = [
    row["text"]
    for row in map(json.loads, Path("tests/data/fact_lines.jsonl").read_text("utf-8").splitlines())
    if row["facts"] and not row.get("asking") and " " not in row["text"]
][::8][:30]
AS_OF = date(2025, 6, 15)
REGISTRY = load_sources().registry
FILLERS = ("嗯", "呃", "那个", "啊", "就是说，")
ZERO_WIDTH = "\u200b\u200d\ufeff"
WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789ABCXabcx%"}


def said(text: str) -> tuple[object, object]:
    found = extract(normalise(text), REGISTRY, AS_OF)
    return found.facts, found.loose


def test_there_are_thirty_lines() -> None:
    assert len(LINES) == 30


@settings(max_examples=200, deadline=None)
@given(
    line=st.sampled_from(LINES),
    filler=st.sampled_from(FILLERS),
    wide=st.booleans(),
    traditional=st.booleans(),
    place=st.integers(0, 60),
    invisible=st.sampled_from(ZERO_WIDTH),
)
def test_spelling_changes_nothing(
    line: str, filler: str, wide: bool, traditional: bool, place: int, invisible: str
) -> None:
    changed = filler + line.replace("，", f"，{filler}")
    if traditional:
        changed = convert(changed, "zh-hant")
    if wide:
        changed = changed.translate(WIDE)
    place = min(place, len(changed))
    changed = changed[:place] + invisible + changed[place:]
    assert said(changed) == said(line)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("缴了1,250,000元", "缴了1250000元"),
        ("裁５个，职工１００", "裁5个，职工100"),
        ("下岗 52 家里困难", "下岗52，家里困难"),
        ("企业在职 28岁", "企业在职，28岁"),
        ("失業了😀沒工作", "失业了，没工作"),
        ("嗯那个我呃没工作", "我没工作"),
        ("那个局牵头", "那个局牵头"),
        ("我们有12，300人没有", "我们有12，300人没有"),
    ],
)
def test_normalise(text: str, meant: str) -> None:
    assert normalise(text) == meant


def test_registry_is_the_real_one(registry: Registry) -> None:
    assert set(REGISTRY.facts) == set(registry.facts)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("我哋公司停咗工，可唔可以缓缴", "我们公司停了工，可不可以缓缴"),
        ("佢冇工作，有冇补贴攞", "他没有工作，有没有补贴领"),
        ("镇上有没得调解的地方", "镇上有没有调解的地方"),
        ("见习补贴能拿伐", "见习补贴能拿吗"),
        ("劳动仲裁怎么申请", "劳动仲裁怎么申请"),
        ("唔，我想问见习", "我想问见习"),
    ],
)
def test_dialect_is_read_as_standard(said: str, read: str) -> None:
    assert normalise(said) == read
