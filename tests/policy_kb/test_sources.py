"""Mistakes in the YAML: told by file, line and fix, and never by a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policy_kb.errors import SourceError
from policy_kb.facts import Registry
from policy_kb.store.parse import parse_article
from policy_kb.store.parse_registry import parse_district, parse_registry
from policy_kb.store.sources import DATA, assemble, read_sources
from policy_kb.store.yaml_lines import Block, read_block, read_text

SOURCES = read_sources()
ARTICLES = [name for name in SOURCES if name.startswith("data/plan/")]
ARTICLE, FACTS, DISTRICT = "data/plan/article-12.yaml", "data/facts.yaml", "data/district.yaml"

# file, what is right, what somebody wrote instead, what they are told
MISTAKES = [
    (ARTICLE, 'id: "12.1"', "id: 12.1", "id “12.1”不合适"),
    (ARTICLE, "    lead: 区人力资源社会保障局", "    lead:", "lead 后面没有内容"),
    (ARTICLE, "    joint: [区财政局]", "    joint: 区财政局", "joint 应是一串"),
    (ARTICLE, "status, in:", "statuz, in:", "没有叫“statuz”的事实"),
    (ARTICLE, "      end: 2025-12-31", "      end: 2025-02-30", "“2025-02-30”读不懂"),
    (ARTICLE, "      end: 2025-12-31", "      end: 明年底", "“明年底”不是日期"),
    (ARTICLE, "      end: 2025-12-31", "      end: 2024-12-31", "截止日期早于开始日期"),
    (ARTICLE, "begun_inside: confirm", "begun_inside: yes please", "只能是 confirm"),
    (ARTICLE, "{value: 60, ", "{value: 六十, ", "value “六十”不合适"),
    (ARTICLE, "name: 补贴最长天数", "nmae: 补贴最长天数", "不认识“nmae”"),
    (ARTICLE, "minimum_wage × wage_share", "minimum_wage × × wage_share", "写得不对"),
    (ARTICLE, "minimum_wage × wage_share", "minimum_wage × share", "没有定义"),
    (ARTICLE, "missing: [training_state]", "missing: [training]", "没有叫 ['training'] 的事实"),
    (ARTICLE, "verdict: expired}", "verdict: over}", "verdict 不能是“over”"),
    (ARTICLE, "see: [", "see: [99.9, ", "see “99.9”不合适"),
    (ARTICLE, "see: [", 'see: ["99.9", ', "没有编号为“99.9”的条款"),
    (ARTICLE, "    funds: 就业补助资金", "    funds: 就业补助资金\n    funds: 基金", "写了两次"),
    (ARTICLE, "    conditions:\n", "   conditions:\n", "YAML 写法有误"),
    (ARTICLE, 'id: "12.2"', 'id: "12.1"', "编号 12.1 用了两次"),
    (FACTS, "    type: integer", "    type: whole", "type 不能是“whole”"),
    (FACTS, "    owner: person", "    owner: somebody", "owner 不能是"),
    (FACTS, "    max: 120", "    max: 一百二", "max “一百二”不合适"),
    (FACTS, "  - id: status", "  - id: age", "事实“age”登记了两次"),
    (FACTS, "ratio: [layoffs, staff]", "ratio: [layoffs]", "比例要由两项事实相除"),
    (FACTS, "with: [hard_to_employ]", "with: [hard]", "没有叫“hard”的事实"),
    (FACTS, "then: {few_layoffs: true}", "then: {}", "then 要正好写一项"),
    (FACTS, "then: {few_layoffs: true}", "then: {few: true}", "没有叫“few”的事实"),
    (DISTRICT, "offices: []", "offices: [{adress: 某路1号}]", "不认识“adress”"),
    (
        DISTRICT,
        "parameters: []",
        "parameters: [{fact: minimum_wage, value: 2000}]",
        "参数要有生效日期和来源",
    ),
    (
        DISTRICT,
        "parameters: []",
        "parameters: [{fact: minimum_wage, value: 两千, valid_from: 2026-01-01, source: 通知}]",
        "要填数字",
    ),
]


@pytest.mark.parametrize(("file", "right", "wrong", "told"), MISTAKES)
def test_told_with_file_line_and_fix(file: str, right: str, wrong: str, told: str) -> None:
    text = SOURCES[file]
    assert right in text
    line = text[: text.index(right)].count("\n") + 1
    with pytest.raises(SourceError) as caught:
        assemble({**SOURCES, file: text.replace(right, wrong, 1)})
    assert told in caught.value.problem
    assert str(caught.value).startswith(f"{file} 第{caught.value.line}行：")
    assert caught.value.fix
    assert abs(caught.value.line - line) <= 2  # the key itself, or the entry it stands in


@pytest.mark.parametrize(
    "text", ["", "- 甲\n- 乙\n", "只有一句话", "a: \x07", "a: !odd 1", "a: [1\n", "\t- x: 1"]
)
def test_not_a_document_of_keys(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        assemble({**SOURCES, ARTICLE: text})
    assert caught.value.file == ARTICLE


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "district.yaml"
    path.write_bytes(b"name: a\nlines: []\n" + "offices: 无".encode("gbk"))
    with pytest.raises(SourceError, match=r"district.yaml 第3行：文件不是 UTF-8"):
        read_text(path, "data/district.yaml")


def test_all_sources_are_read() -> None:
    assert len(ARTICLES) == len(list((DATA / "plan").glob("*.yaml")))
    assert {FACTS, DISTRICT} < set(SOURCES)


def _places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in items:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from _places(value, (*path, key))


def _wrong_values() -> list[Any]:
    return [[], Block("", 1), None, 7, -1.5, "字", True, [7], ["字"], [Block("", 1)]]


@pytest.mark.parametrize("file", [FACTS, DISTRICT, *ARTICLES])
def test_a_value_of_any_wrong_shape_never_ends_in_a_traceback(file: str) -> None:
    """Whatever stands anywhere: it is taken, or told with its file; nothing else is raised."""
    registry = parse_registry(read_block(SOURCES[FACTS], FACTS))
    block = read_block(SOURCES[file], file)
    told, seen = 0, set()
    for path in list(_places(block)):
        kind = tuple(key if isinstance(key, str) else 0 for key in path)
        if kind in seen:
            continue
        seen.add(kind)
        holder: Any = block
        for key in path[:-1]:
            holder = holder[key]
        right = holder[path[-1]]
        for wrong in _wrong_values():
            holder[path[-1]] = wrong
            told += _is_told(file, block, registry)
        holder[path[-1]] = right
    assert told > len(seen)


def _is_told(file: str, block: Block, registry: Registry) -> bool:
    try:
        if file == FACTS:
            parse_registry(block)
        elif file == DISTRICT:
            parse_district(block, registry)
        else:
            parse_article(block, registry)
    except SourceError as error:
        assert error.problem and error.fix
        return True
    return False
