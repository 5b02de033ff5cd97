"""The built file: deterministic, atomic, read-only, searchable; and the complaints about YAML."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from policy_kb.errors import SourceError
from policy_kb.model import Knowledge
from policy_kb.search import search
from policy_kb.store import database, official_text
from policy_kb.store.atomic import read_only
from policy_kb.store.sources import assemble, read_sources
from policy_kb.words import teach, terms_of


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kb") / "policy.sqlite"
    assert database.build(path)
    return path


def test_built_once_for_the_same_sources(built: Path) -> None:
    assert not database.build(built)


def test_loaded_as_written(built: Path, kb: Knowledge) -> None:
    assert database.load(built).version == kb.version


def test_same_content_every_time(built: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.sqlite"
    database.build(again)
    dumps = [list(sqlite3.connect(path).iterdump()) for path in (built, again)]
    assert dumps[0] == dumps[1]


def test_a_crash_leaves_the_old_file(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = built.read_bytes()

    def crash(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(database, "_fill", crash)
    monkeypatch.setattr(database, "LAYOUT", 999)
    with pytest.raises(RuntimeError):
        database.build(built)
    assert built.read_bytes() == before
    assert [path.name for path in built.parent.iterdir()] == [built.name]


def test_readers_cannot_write(built: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        read_only(built).execute("delete from provision")


@pytest.mark.parametrize(
    ("words", "first"),
    [("见习补贴", "15.2"), ("裁员程序", "4.2"), ("招人抵税", "2.2"), ("劳动仲裁", "19.1")],
)
def test_search(built: Path, kb: Knowledge, words: str, first: str) -> None:
    teach(terms_of(kb))
    hits = [hit.provision for hit in search(read_only(built), words)]
    assert first in hits[:2]


@pytest.mark.parametrize("words", ["", " ", '"', "'; drop table search", "(((", "AND OR NOT"])
def test_odd_searches_find_nothing_bad(built: Path, words: str) -> None:
    assert isinstance(search(read_only(built), words), list)


def test_official_text_is_stored_by_part(official: str, tmp_path: Path) -> None:
    path = tmp_path / "official.sqlite"
    assert official_text.import_text(official, path) == 24
    assert "（区人力资源社会保障局牵头负责）" in official_text.cited_text("第17条", path)
    assert official_text.cited_text("第99条", path) == ""


BROKEN = [
    ("不认识", "kind: decide\n", "kind: decide\n    colour: red\n"),
    ("kind 不能是", "kind: decide\n", "kind: maybe\n"),
    ("没有叫", "fact: status", "fact: statuz"),
    ("不是日期", "start: 2025-01-01", "start: 新年"),
    ("早于", "end: 2025-12-31", "end: 2024-12-31"),
    ("写了两次", "kind: decide\n", "kind: decide\n    kind: tell\n"),
    ("verdict 不能是", "verdict: eligible", "verdict: 行"),
    ("没有定义", "formula: internship_subsidy", "formula: internship_subsidy × nothing"),
    ("写得不对", "formula: internship_subsidy", "formula: internship_subsidy ××"),
    ("没有编号为", 'see: ["15.1", "14.1"]', 'see: ["99.9"]'),
    ("缺少 summary", "    summary: >-\n", "    apply: >-\n"),
    ("可以填", "in: [unemployed, laid_off]", "in: [idle]"),
    ("YAML 写法有误", "    conditions:\n", "   conditions:\n"),
]


@pytest.mark.parametrize(("problem", "right", "wrong"), BROKEN)
def test_mistakes_are_told_by_file_line_and_fix(problem: str, right: str, wrong: str) -> None:
    sources = read_sources()
    name = "data/plan/article-15.yaml"
    head, mark, tail = sources[name].partition('  - id: "15.2"\n')
    assert right in tail
    sources[name] = head + mark + tail.replace(right, wrong, 1)
    with pytest.raises(SourceError, match=problem) as caught:
        assemble(sources)
    assert str(caught.value).startswith(f"{name} 第")
    assert "怎么改" in str(caught.value)


def test_an_id_used_twice() -> None:
    sources = read_sources()
    sources["data/plan/article-15.yaml"] = sources["data/plan/article-15.yaml"].replace(
        "15.1", "14.1", 1
    )
    with pytest.raises(SourceError, match="用了两次"):
        assemble(sources)
