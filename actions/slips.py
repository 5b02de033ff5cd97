"""A message that takes back what it just said: 去年毕业了。哎呀不对，老二才念大二."""

from __future__ import annotations

import re

SLIP = re.compile(
    r"(?:(?:等一?下|等等|慢着|哎呀?|唉|啊|哦|噢|呃|嗯|呀)，?)*"
    r"(?:(?<!对)不对(?![劲外口等称吗？])|(?:说|记|数|写|打|搞|弄|报)错了|更正一下|我更正)"
    r"(?:，?不对)*[了啊哦]?[，。！]?(?:那(?:个|些|都)?是[^，。！？；]{1,10}[，。])?"
)
LAST_SENTENCE = re.compile(r"[^。！？；]+[。！？；，]?$")


def split_at_slip(text: str) -> tuple[str, str] | None:
    """What stood before the last slip and what replaces it; None where nothing is taken back."""
    found = list(SLIP.finditer(text))
    if not found:
        return None
    match = found[-1]
    if not text[: match.start()].strip("，。") or match.end() == len(text):
        return None
    return text[: match.start()], text[match.end() :]


def last_sentence(text: str) -> str:
    """The sentence that a slip right after it takes back."""
    match = LAST_SENTENCE.search(text)
    return match.group() if match else text
