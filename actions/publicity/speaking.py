"""How long a text takes to read aloud."""

from __future__ import annotations

import re

SPEED = 200
"""Characters a minute at a loudspeaker's pace."""

SPOKEN = re.compile(r"\d|[A-Za-z]+|[\u4e00-\u9fff]|%")


def spoken_length(text: str) -> int:
    """Characters that are read aloud: Chinese characters, digits, each word of letters."""
    return len(SPOKEN.findall(text))
