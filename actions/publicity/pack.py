"""A pack: all files of a brief, in the formats asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from actions.publicity.document import Document
from actions.publicity.forms import FORMS, documents, fitted
from actions.publicity.material import Material
from actions.publicity.render.docx import docx
from actions.publicity.render.html import html
from actions.publicity.render.pdf import NoPrinterError, page_count, pdf
from actions.publicity.render.picture import picture
from actions.publicity.render.text import text
from actions.publicity.words import word
from policy_kb.errors import PolicyError

WRITERS: dict[str, Callable[[Document], bytes]] = {
    "docx": docx,
    "pdf": pdf,
    "html": lambda document: html(document).encode("utf-8"),
    "txt": lambda document: text(document).encode("utf-8"),
    "png": picture,
}
FORMATS = tuple(WRITERS)


@dataclass(frozen=True)
class File:
    """One file of a pack before it is written: `name` is safe in a path and in a URL."""

    name: str
    label: str  # 讲义（PDF）
    form: str
    format: str


def chosen_formats(names: Sequence[str]) -> tuple[str, ...]:
    """The formats named, all where none is; PolicyError for one that we do not make."""
    unknown = [name for name in names if name not in FORMATS]
    if unknown:
        raise PolicyError(f"没有“{unknown[0]}”这种格式，可以选：{'、'.join(FORMATS)}。")
    return tuple(dict.fromkeys(names)) or FORMATS


def listing(audience: str, formats: Sequence[str] = FORMATS) -> tuple[File, ...]:
    """The files that a pack for this audience holds, in order."""
    return tuple(
        File(f"{form}.{one}", f"{word(f'{audience}.{form}.name')}（{one.upper()}）", form, one)
        for form in FORMS[audience]
        for one in formats
    )


def label_of(name: str) -> str:
    """What a file is called when it is saved: 讲义.docx for handout.docx."""
    form, _, one = name.partition(".")
    audience = next((a for a, forms in FORMS.items() if form in forms), "")
    return f"{word(f'{audience}.{form}.name')}.{one}" if audience else name


def written(material: Material, name: str) -> bytes:
    """The bytes of one file of the pack; KeyError if the pack holds no such file."""
    audience = material.brief.audience
    file = {file.name: file for file in listing(audience)}[name]
    made = {document.form: document for document in laid_documents(material)}
    return WRITERS[file.format](made[file.form])


def laid_documents(material: Material) -> tuple[Document, ...]:
    """All documents, those of one page fitted to it where it can be measured."""
    return tuple(
        _on_its_page(material, document) if document.look == "leaflet" else document
        for document in documents(material)
    )


def _on_its_page(material: Material, document: Document) -> Document:
    try:
        return fitted(material, document, page_count)
    except NoPrinterError:
        return document  # only files that are not printed can be made here


def write_pack(material: Material, folder: Path, formats: Sequence[str]) -> Iterator[Path]:
    """Write every file into `folder` (made if absent), yielding each as it is done."""
    folder.mkdir(parents=True, exist_ok=True)
    for document in laid_documents(material):
        for one in formats:
            path = folder / f"{document.form}.{one}"
            path.write_bytes(WRITERS[one](document))
            yield path
