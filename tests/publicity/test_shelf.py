"""Material ordered in conversation: kept at once, made when fetched, nothing else to be had."""

from __future__ import annotations

import json
import os
import time
from datetime import date
from pathlib import Path

import pytest

from actions.publicity import shelf
from actions.publicity.brief import Brief
from actions.publicity.pack import listing
from actions.publicity.topics import opening

BRIEF = Brief("campus", date(2026, 12, 2), ("internship",), 20, host="二中", event="talk-1")


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    return tmp_path


def test_made_when_fetched_and_kept() -> None:
    order_id = shelf.order(BRIEF)
    assert [p.name for p in (shelf.folder() / order_id).iterdir()] == [shelf.ORDER]
    path = shelf.find(order_id, "handout.txt")
    assert path is not None
    assert "二中" in path.read_text("utf-8")
    made = path.stat().st_mtime_ns
    assert shelf.find(order_id, "handout.txt") == path
    assert path.stat().st_mtime_ns == made
    assert not [p for p in path.parent.iterdir() if p.name.startswith(".")]


@pytest.mark.parametrize(
    "name",
    [
        "../secret",
        "order.json",
        "",
        ".",
        "leaflet.pdf",
        "handout.exe",
        "/etc/passwd",
        "handout.txt\x00",
    ],
)
def test_no_other_file_can_be_had(name: str) -> None:
    assert shelf.find(shelf.order(BRIEF), name) is None


@pytest.mark.parametrize("order_id", ["..", "", "a" * 20 + "/..", "A" * 20, "0" * 20, "../" * 6])
def test_no_other_order_can_be_had(order_id: str) -> None:
    assert shelf.find(order_id, "handout.txt") is None


def test_an_order_from_before_the_topics_changed_is_gone() -> None:
    order_id = shelf.order(BRIEF)
    kept = shelf.folder() / order_id / shelf.ORDER
    raw = json.loads(kept.read_text("utf-8"))
    kept.write_text(json.dumps({**raw, "topics": ["no such"]}), "utf-8")
    assert shelf.find(order_id, "handout.txt") is None


def test_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BASE_URL", raising=False)
    assert shelf.url("ab", "handout.pdf") == "/material/ab/handout.pdf"
    monkeypatch.setenv("BASE_URL", "https://job.example.org/")
    assert shelf.url("ab", "handout.pdf") == "https://job.example.org/material/ab/handout.pdf"
    assert BRIEF.link == "https://job.example.org/?topic=internship&event=talk-1"


def test_old_orders_are_swept() -> None:
    old, new = shelf.order(BRIEF), shelf.order(BRIEF)
    past = time.time() - 61 * 86400
    os.utime(shelf.folder() / old, (past, past))
    (shelf.folder() / "packs").mkdir()
    os.utime(shelf.folder() / "packs", (past, past))
    assert shelf.sweep(60) == 1
    assert shelf.find(new, "handout.txt")
    assert shelf.find(old, "handout.txt") is None
    assert (shelf.folder() / "packs").is_dir()


def test_types_for_every_file() -> None:
    assert {file.format for file in listing("media")} == set(shelf.TYPES)


def test_codes_open_with_a_question() -> None:
    assert opening("internship")
    assert opening("village")
    assert opening("<script>") == ""
