"""A long text cut into pages that a WeChat message can hold, nowhere inside what belongs together."""

from __future__ import annotations

from collections.abc import Iterator

import regex

ATOM = regex.compile(r'<a href="[^"]*">[^<]*</a>|\X', regex.DOTALL)
"""A link, or what a reader sees as one character."""

SENTENCE_END = frozenset("。！？；!?;")


def size(text: str) -> int:
    """Bytes in UTF-8, as the platform counts."""
    return len(text.encode("utf-8", "replace"))


def first_page(text: str, limit: int) -> tuple[str, str]:
    """The page that comes first and the rest: at most `limit` bytes, joined again the same text.

    Cut after a line where one ends in the page's second half, else after a sentence, else
    between characters. A single link or character over the limit is cut by code points.
    """
    if size(text) <= limit:
        return text, ""
    used = end = line = sentence = 0
    for atom in ATOM.findall(text):
        if used + size(atom) > limit:
            break
        used, end = used + size(atom), end + len(atom)
        if atom.endswith("\n"):
            line = end
        elif atom[-1] in SENTENCE_END:
            sentence = end
    half = end // 2
    cut = line if line > half else sentence if sentence > half else end
    cut = cut or len(text.encode("utf-8", "replace")[:limit].decode("utf-8", "ignore"))
    return text[:cut], text[cut:]


def pages(text: str, limit: int) -> Iterator[str]:
    """All pages of a text."""
    while text:
        page, text = first_page(text, limit)
        yield page
