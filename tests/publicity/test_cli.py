"""python -m actions.publicity: one command a pack, Chinese errors, exit code 2."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from actions.publicity.cli import main
from actions.publicity.pack import listing
from actions.publicity.topics import AUDIENCES
from tests.publicity.conftest import needs_font


def test_a_campus_handout_for_next_wednesday(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    """The command of the issue, in the formats that need no font."""
    given = (
        "--audience campus --date 2026-12-02 --topics internship,创业 --length 20 "
        f"--district 某某区 --host 二中 --event talk_1 --out {tmp_path} --formats txt,docx,html"
    )
    assert main(given.split()) == 0
    folder = tmp_path / "campus-2026-12-02"
    assert sorted(p.name for p in folder.iterdir()) == sorted(
        f"{form}.{one}" for form in ("handout", "slides") for one in ("txt", "docx", "html")
    )
    told = (folder / "handout.txt").read_text("utf-8")
    for words in ("某某区", "二中", "2026年12月2日", "这20分钟怎么讲", "自己创业", "event=talk_1"):
        assert words in told
    assert "创业贷款】" not in told
    assert "[6/6] 校园" in capsys.readouterr().out


def test_all_four_packs_with_progress(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    given = f"--all --date 2026-12-02 --event fair --formats txt --out {tmp_path}"
    assert main(given.split()) == 0
    total = sum(len(listing(audience, ["txt"])) for audience in AUDIENCES)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1].startswith(f"[{total}/{total}]")
    for audience in AUDIENCES:
        files = list((tmp_path / f"{audience}-2026-12-02").iterdir())
        assert files
        assert all(f"event=fair-{audience}" in f.read_text("utf-8") for f in files)


@needs_font
def test_a_leaflet_to_print(tmp_path: Path) -> None:
    assert main(["--audience", "村居", "--formats", "pdf", "--out", str(tmp_path)]) == 0
    assert len(list(tmp_path.rglob("*.pdf"))) == 2


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("", "还有没有说给谁用|还没有说给谁用"),
        ("--audience 幼儿园", "可以选：village（村居）"),
        ("--audience campus --topics 裁员", "没有给校园的主题“裁员”"),
        ("--audience campus --date 2026-02-30", "日期“2026-02-30”不对"),
        ("--audience campus --length 二十", "要写分钟数"),
        ("--audience campus --length 500", "1到120"),
        ("--audience campus --formats pptx", "没有“pptx”这种格式"),
        ("--audience campus --event 宣讲#1", "活动标记"),
        ("--all --topics loans", "--audience 分开做"),
        ("bookings --cancel 20261202-9999", "没有编号为"),
        ("bookings --from 明天", "日期“明天”不对"),
    ],
)
def test_bad_input_is_one_line_and_two(
    given: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    assert main([*given.split(), *([] if "bookings" in given else ["--out", str(tmp_path)])]) == 2
    told = capsys.readouterr().err
    assert any(one in told for one in says.split("|")), told
    assert len(told.splitlines()) == 1, told
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    assert main(["--audience", "media", "--formats", "txt", "--out", str(blocked)]) == 2
    assert "写不了" in capsys.readouterr().err


@pytest.mark.parametrize("missing", ["font", "pango"])
def test_no_boxes_where_nothing_can_be_printed(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    """A PDF is refused with what to install; the other files are made all the same."""
    if missing == "font":
        pytest.importorskip("weasyprint")
        monkeypatch.setattr("actions.publicity.render.pdf.has_chinese_font", lambda: False)
    else:
        monkeypatch.setitem(sys.modules, "weasyprint", None)
    given = ["--audience", "village", "--out", str(tmp_path), "--formats"]
    assert main([*given, "pdf"]) == 2
    assert "做不了 PDF" in capsys.readouterr().err
    assert main([*given, "txt,docx"]) == 0
    assert len(list(tmp_path.rglob("*.docx"))) == 2


def test_the_offer(capsys: pytest.CaptureFixture) -> None:
    assert main(["--list"]) == 0
    assert "internship  就业见习" in capsys.readouterr().out
