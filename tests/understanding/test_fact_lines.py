"""Facts on the labelled lines: a wrong fact is worse than a missed one."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.understanding.extract import extract
from bot.understanding.normalise import normalise
from policy_kb.facts import Registry
from policy_kb.model import Knowledge
from tests.evaluation.facts import LINES, measure

PRECISION, RECALL = 0.98, 0.90


def test_precision_and_recall(kb: Knowledge) -> None:
    scores = measure(kb)
    print(*scores.worst(), sep="\n")
    assert scores.precision() >= PRECISION, scores.errors
    assert scores.recall() >= RECALL, scores.errors


@pytest.mark.parametrize(
    "text",
    [
        "25岁以下的都能去吗",
        "没毕业证能申请见习吗",
        "裁员比例超过10%怎么办",
        "假如我24岁没工作呢",
        "我朋友想问下下岗职工有什么补贴",
        "小微企业职工超过100人的比例是多少",
        "归哪个局管，家政公司",
    ],
)
def test_questions_state_nothing(registry: Registry, text: str) -> None:
    assert extract(normalise(text), registry, date(2025, 6, 15)).facts == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("单位35人裁5个", {"layoffs": 5, "staff": 35}),
        ("职工64，裁7", {"layoffs": 7, "staff": 64}),
        ("要裁的不是30个，是35个，职工总数400", {"layoffs": 35, "staff": 400}),
        ("我们厂50人不对是58人，裁3个", {"layoffs": 3, "staff": 58}),
        ("听说16到24岁的能去见习，我26了", {"age": 26}),
        (
            "去年上半年社保费单位30万、个人12万",
            {"half_year_social_insurance": 420000, "insured": True},
        ),
        ("我45岁，原来在厂里上班，现在失业了", {"age": 45, "status": "unemployed"}),
        (
            "贸易公司2025年新招登记失业人员12名",
            {"enterprise_kind": "commerce", "hired_unemployed": 12, "hire_date": "2025"},
        ),
    ],
)
def test_each_number_has_its_role(
    registry: Registry, text: str, expected: dict[str, object]
) -> None:
    found = extract(normalise(text), registry, date(2025, 6, 15)).facts
    assert found == registry.parse(expected)


@pytest.mark.benchmark
def test_one_message_is_read_in_three_milliseconds(registry: Registry, benchmark) -> None:
    texts = [normalise(json.loads(line)["text"]) for line in LINES.read_text("utf-8").splitlines()]
    extract(texts[0], registry, date(2025, 6, 15))
    benchmark(lambda: [extract(text, registry, date(2025, 6, 15)) for text in texts])
    assert benchmark.stats["mean"] / len(texts) < 0.003
