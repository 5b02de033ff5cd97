"""The built file between processes, and its search from the words people type."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from policy_kb.errors import SourceError
from policy_kb.model import Knowledge
from policy_kb.search import search
from policy_kb.store import database
from policy_kb.store.atomic import read_only
from policy_kb.store.sources import DATA
from policy_kb.words import teach, terms_of, tokenizer

ROOT = DATA.parent
READ = """
import sys
from pathlib import Path
from policy_kb.store import database
print(database.load(Path(sys.argv[1])).version, flush=True)
sys.stdin.readline()
print(database.load(Path(sys.argv[1])).version, flush=True)
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the sources that a test may change."""
    copy = tmp_path / "data"
    copy.mkdir()
    for name in ("facts.yaml", "district.yaml"):
        shutil.copy(DATA / name, copy)
    shutil.copytree(DATA / "plan", copy / "plan")
    return copy


@pytest.fixture(scope="module")
def connection(
    kb: Knowledge, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("kb") / "policy.sqlite"
    database.build(path)
    teach(terms_of(kb))
    with closing(read_only(path)) as opened:
        yield opened


def test_rebuilt_when_a_source_changes_and_not_before(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "policy.sqlite"
    assert database.build(path, data)
    assert not database.build(path, data)
    before = database.load(path).version
    district = data / "district.yaml"
    district.write_text(district.read_text("utf-8").replace("name: 本区", "name: 某区"), "utf-8")
    assert database.build(path, data)
    assert database.load(path).version != before
    assert database.load(path).district.name == "某区"


def test_a_mistake_in_the_sources_leaves_the_old_file(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "policy.sqlite"
    database.build(path, data)
    before = path.read_bytes()
    (data / "district.yaml").write_text("name: [", "utf-8")
    with pytest.raises(SourceError):
        database.build(path, data)
    assert path.read_bytes() == before


def test_teaching_twice_changes_no_word(kb: Knowledge) -> None:
    teach(terms_of(kb))
    total, frequencies = tokenizer().total, dict(tokenizer().FREQ)
    teach(terms_of(kb))
    assert (tokenizer().total, dict(tokenizer().FREQ)) == (total, frequencies)


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\0" * 200])
def test_a_damaged_file_is_rebuilt(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "policy.sqlite"
    path.write_bytes(content)
    assert database.build(path)
    assert not database.build(path)


def test_readers_keep_reading_while_another_process_builds(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "policy.sqlite"
    database.build(path, data)
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READ, str(path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    first = [reader.stdout.readline().strip() for reader in readers if reader.stdout]
    (data / "district.yaml").write_text("name: 某区\n", "utf-8")
    database.build(path, data)
    second = [reader.communicate("\n")[0].strip() for reader in readers]
    assert len(set(first)) == len(set(second)) == 1
    assert second[0] == database.load(path).version != first[0]
    assert [reader.returncode for reader in readers] == [0, 0]


def test_a_connection_opened_before_a_rebuild_still_answers(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "policy.sqlite"
    database.build(path, data)
    with closing(read_only(path)) as opened:
        (data / "district.yaml").write_text("name: 某区\n", "utf-8")
        database.build(path, data)
        assert search(opened, "见习补贴")[0].provision == "15.2"


@pytest.mark.parametrize("statement", ["insert into meta values ('a', 'b')", "drop table meta"])
def test_read_only(connection: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute(statement)


@pytest.mark.parametrize(
    ("words", "first"),
    [("见习补贴", "15.2"), ("裁员", "4.2"), ("招人抵税", "2.2"), ("临时生活补助", "13.5")],
)
def test_found_first(connection: sqlite3.Connection, words: str, first: str) -> None:
    assert search(connection, words)[0].provision == first


@pytest.mark.parametrize("words", ["", "  ", '"', "（）", "？！", "\0", "*", "qzxv"])
def test_nothing_found(connection: sqlite3.Connection, words: str) -> None:
    assert search(connection, words) == []


def test_best_first_and_no_more_than_asked(connection: sqlite3.Connection) -> None:
    scores = [hit.score for hit in search(connection, "企业 失业 补贴", limit=5)]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)
