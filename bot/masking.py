"""Personal numbers and over-long messages, dealt with before anything is stored or logged."""

from __future__ import annotations

import re
import unicodedata

LONGEST_MESSAGE = 1000
"""Characters; what is beyond is cut with a note."""

ID_CARD = re.compile(
    r"(?<!\d)\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[\dXx](?!\d)|(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)"
)
BANK_CARD = re.compile(r"(?<!\d)(?:\d[ -]?){16,19}(?!\d)")
PHONE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
SHOWN = {ID_CARD: "〔身份证号〕", BANK_CARD: "〔银行卡号〕", PHONE: "〔手机号〕"}


HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")
COMMAND = re.compile(r"^[/／][/／\s]*[\w]*(?:\{.*?\})?", re.ASCII)
"""Rasa's way of naming an intent: no part of what is typed may be one."""


INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Control and format characters (zero-width, right-to-left), lone surrogates, unassigned ones."""

JOINER = "\u200d"
"""Kept between the parts of an emoji only."""


def visible(text: str) -> str:
    """The text with nothing in it that cannot be seen; a tab is a space."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    kept: list[str] = []
    for index, char in enumerate(composed):
        if char == "\t":
            kept.append(" ")
        elif char == JOINER:
            beside = composed[index - 1 : index] + composed[index + 1 : index + 2]
            if len(beside) == 2 and all(
                unicodedata.category(c) in ("So", "Sk", "Mn") for c in beside
            ):
                kept.append(char)
        elif char == "\n" or unicodedata.category(char) not in INVISIBLE:
            kept.append(char)
    return "".join(kept)


def mask(text: str) -> str:
    """The text with ID-card, bank-card and mobile numbers replaced by their names."""
    text = text.translate(HALF_WIDTH)
    for pattern, name in SHOWN.items():
        text = pattern.sub(name, text)
    return text


def safe_text(text: str) -> tuple[str, bool]:
    """What may enter the conversation, and whether it was cut.

    A leading slash would be read by Rasa as a command; typed text never is one.
    """
    masked = mask(visible(text))
    cut = len(masked) > LONGEST_MESSAGE
    masked = masked[:LONGEST_MESSAGE].lstrip()
    while COMMAND.match(masked):
        masked = COMMAND.sub("", masked, count=1).lstrip()
    return masked.strip() or "。", cut
