"""The files as people open them: pages, fonts, codes, nothing cut, nothing missing."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
import zxingcpp
from docx import Document as Opened
from fontTools.ttLib import TTCollection, TTFont
from PIL import Image
from pypdf import PdfReader

from actions.publicity.document import Document
from actions.publicity.pack import FORMATS, listing, write_pack
from actions.publicity.render import fonts, picture
from actions.publicity.render.fonts import face_css, font_files
from actions.publicity.render.html import html
from actions.publicity.render.pdf import PAGES
from actions.publicity.render.text import text
from actions.publicity.topics import AUDIENCES
from tests.publicity.conftest import DAYS, laid, material, needs_font, rendered

CASES = [(audience, day) for audience in AUDIENCES for day in DAYS]
A4, SLIDE = (595, 842), (720, 405)


def _forms(audience: str, day: date) -> list[Document]:
    return list(laid(audience, day))


@needs_font
@pytest.mark.parametrize(("audience", "day"), CASES)
def test_pdf_pages_fonts_and_words(audience: str, day: date) -> None:
    """Right size, fonts embedded, every line of the document whole on its pages."""
    for document in _forms(audience, day):
        reader = PdfReader(io.BytesIO(rendered(document, "pdf")))
        size = SLIDE if document.look == "slides" else A4
        for page in reader.pages:
            assert (round(page.mediabox.width), round(page.mediabox.height)) == size
        expected = {"leaflet": (1, 1), "post": (1, 1), "broadcast": (1, 3)}.get(document.form)
        if document.look == "slides":
            expected = (len(document.sections) + 1,) * 2
        low, high = expected or (2, 8)
        assert low <= len(reader.pages) <= high, document.form
        assert _fonts(reader), document.form
        assert all(embedded for _, embedded in _fonts(reader)), document.form
        words = _squeezed("".join(page.extract_text() for page in reader.pages))
        for line in document.lines():
            assert _squeezed(line.text) in words, f"{document.form}: {line.text}"


@needs_font
@pytest.mark.parametrize(("audience", "day"), CASES)
def test_no_heading_is_left_alone_at_the_foot(audience: str, day: date) -> None:
    """The last line of a page is never a heading."""
    for document in _forms(audience, day):
        headings = {_squeezed(s.heading) for s in document.sections if s.heading}
        for page in PdfReader(io.BytesIO(rendered(document, "pdf"))).pages:
            lines = [_squeezed(line) for line in page.extract_text().splitlines() if line.strip()]
            last = [line for line in lines if not re.fullmatch(r"\d+/\d+", line)][-1:]
            assert not set(last) & headings, f"{document.form}: {last}"


@needs_font
@pytest.mark.parametrize(("audience", "day"), CASES)
def test_the_code_opens_the_assistant_on_the_topic(audience: str, day: date) -> None:
    """Scanned from the printed page, from the picture to share, and from the DOCX."""
    link = f"http://127.0.0.1:5005/?topic={audience}&event=test-event_1"
    for document in _forms(audience, day):
        assert _codes(_last_page(rendered(document, "pdf"))) == [link], document.form
        assert _codes(Image.open(io.BytesIO(rendered(document, "png")))) == [link], document.form
        assert _codes(_docx_image(rendered(document, "docx"))) == [link], document.form


@needs_font
@pytest.mark.parametrize(("audience", "day"), CASES)
def test_long_pictures(audience: str, day: date) -> None:
    """As wide as phones want them, nothing cut at the right or the foot."""
    for document in _forms(audience, day):
        image = Image.open(io.BytesIO(rendered(document, "png"))).convert("L")
        assert image.width == picture.WIDTH
        assert image.height > 1000
        edge = picture.MARGIN  # half of what is left white
        for box in (
            (0, 0, edge, image.height),
            (image.width - edge, 0, image.width, image.height),
            (0, image.height - edge, image.width, image.height),
        ):
            assert image.crop(box).getextrema()[0] > 240, f"{document.form} {box}"


@pytest.mark.parametrize(("audience", "day"), CASES)
def test_docx_opens_with_everything_in_it(audience: str, day: date) -> None:
    for document in _forms(audience, day):
        opened = Opened(io.BytesIO(rendered(document, "docx")))
        told = [p.text for p in opened.paragraphs]
        told += [c.text for t in opened.tables for row in t.rows for c in row.cells]
        whole = _squeezed("".join(told))
        for line in document.lines():
            assert _squeezed(line.text) in whole, f"{document.form}: {line.text}"
        assert len(opened.inline_shapes) == 1
        assert opened.core_properties.title == document.title
        headings = [p for p in opened.paragraphs if p.style.name == "Heading 1"]
        assert len(headings) == sum(1 for s in document.sections if s.heading)
        assert opened.styles["Heading 1"].paragraph_format.keep_with_next
        for table in opened.tables:
            for column in table.columns:  # some programs go by the grid, some by the cells
                assert {cell.width for cell in column.cells} == {column.width}


@pytest.mark.parametrize(("audience", "day"), CASES)
def test_html_and_text(audience: str, day: date) -> None:
    """Complete in themselves: nothing loaded from elsewhere, no script, every line there."""
    for document in _forms(audience, day):
        page = html(document)
        assert 'lang="zh-CN"' in page
        assert not re.search(r"<script|<link|src=|url\(|@import", page)
        bare = _squeezed(re.sub(r"<[^>]+>", "", page))
        plain = _squeezed(text(document))
        for line in document.lines():
            escaped = line.text.replace("&", "&amp;")
            assert _squeezed(escaped) in bare
            assert _squeezed(line.text) in plain
        assert document.link in text(document)


def test_words_with_markup_are_told_as_words() -> None:
    from dataclasses import replace

    document = replace(laid("media", DAYS[2])[0], title='<b>"x"</b>&')
    assert "&lt;b&gt;" in html(document)
    assert '<b>"x"' not in html(document)


@needs_font
def test_every_character_has_a_glyph() -> None:
    """No boxes: with the project's font, where it is there, else the system's."""
    have = _glyphs()
    for audience, day in CASES:
        for document in _forms(audience, day):
            missing = {c for c in html(document) if not c.isspace()} - have
            assert not missing, f"{document.form}: {missing}"


@needs_font
def test_large_print() -> None:
    """The leaflet's own words are 16 points and more, the script's too."""
    for form in ("leaflet", "broadcast"):
        (document,) = [d for d in laid("village", DAYS[2]) if d.form == form]
        told: dict[float, int] = {}

        def note(
            words: str,
            at: list[float],
            _tm: object,
            _font: object,
            size: float,
            told: dict[float, int] = told,
        ) -> None:
            points = round(abs(at[3]) * size, 1)
            told[points] = told.get(points, 0) + len(words.strip())

        PdfReader(io.BytesIO(rendered(document, "pdf"))).pages[0].extract_text(visitor_text=note)
        assert max(told, key=lambda points: told[points]) >= 15.9, told


@needs_font
@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_pack_is_all_its_files(audience: str, tmp_path: Path) -> None:
    made = list(write_pack(material(audience, DAYS[2]), tmp_path / "pack", FORMATS))
    assert [path.name for path in made] == [file.name for file in listing(audience)]
    assert all(path.stat().st_size > 200 for path in made)


def test_the_shipped_font_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font = tmp_path / "NotoSansSC-Bold.woff2"
    font.write_bytes(b"x")
    monkeypatch.setenv("MATERIAL_FONT", str(font))
    assert font_files() == (font,)
    assert font.as_uri() in face_css()
    assert "font-weight: 700" in face_css()


def test_a_character_that_no_font_has_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the shipped subset alone: all our own words are there, a rare one is refused."""
    if not font_files():
        pytest.skip("随附的字体不在")
    monkeypatch.setattr(fonts, "system_has_chinese", lambda: False)
    for audience, day in CASES:
        assert all(fonts.undrawable(text(document)) == "" for document in laid(audience, day))
    assert fonts.undrawable("𰻝𰻝面馆") == "𰻝"


def test_only_leaflets_and_slides_have_pages_of_their_own() -> None:
    assert set(PAGES) == {"slides", "leaflet"}


def _squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def _fonts(reader: PdfReader) -> set[tuple[str, bool]]:
    """Each font's name, and whether its outlines are in the file."""
    found = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            one = font.get_object()
            descendant = one.get("/DescendantFonts", [one])[0].get_object()
            descriptor = descendant["/FontDescriptor"]
            held = any(f"/FontFile{n}" in descriptor for n in ("", "2", "3"))
            found.add((str(one["/BaseFont"]), held))
    return found


def _last_page(data: bytes) -> Image.Image:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pages:
        return pages[len(pages) - 1].render(scale=3).to_pil()


def _docx_image(data: bytes) -> Image.Image:
    opened = Opened(io.BytesIO(data))
    (image,) = [r.target_part for r in opened.part.rels.values() if "image" in r.reltype]
    return Image.open(io.BytesIO(image.blob)).convert("L")


def _codes(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image)]


def _glyphs() -> set[str]:
    """What the font in use can draw; symbols come from the system's other fonts."""
    import subprocess

    paths = list(font_files())
    if not paths:
        listed = subprocess.run(
            ["fc-match", "-s", "--format=%{file}\n", "Noto Sans CJK SC:lang=zh"],
            capture_output=True,
            text=True,
            check=True,
        )
        paths = [Path(line) for line in listed.stdout.splitlines()[:12]]
    have: set[str] = set()
    for path in dict.fromkeys(paths):
        fonts = TTCollection(path).fonts if path.suffix == ".ttc" else [TTFont(path)]
        for font in fonts:
            have |= {chr(code) for code in font.getBestCmap()}
    return have
