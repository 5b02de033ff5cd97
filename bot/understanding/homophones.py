"""Homophones and typos of the plan's words put right: 见席补帖 → 见习补贴, 铁西贷款 → 贴息贷款.

Speech recognition and pinyin keyboards keep the sound and lose the character. A stretch of text
that sounds like one of the plan's words, but is not itself a word, is read as that word.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # 40 MB; only single characters are asked for
from pypinyin import lazy_pinyin

from policy_kb.model import Knowledge
from policy_kb.words import terms_of, tokenizer

BLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))
"""Sounds that speakers and keyboards do not keep apart."""

LONGEST = 8
LITTLE_WORDS = frozenset(
    "也的了是不在和就都一还要有没去来给我你他她它这那刚又再很想能会可以啊吧呢吗嘛得着过把被从到对为与或想"
)
"""A two-character stretch with one of these is a phrase, not a mis-heard word."""

COMMON_WORD = 30
"""Corpus frequency from which a two-character stretch counts as a word in its own right."""


def sound(character: str) -> str:
    """The blurred pinyin of one character, without tone."""
    syllable = lazy_pinyin(character)[0]
    for accurate, blurred in BLURRED:
        if accurate in ("zh", "ch", "sh"):
            syllable = blurred + syllable[2:] if syllable.startswith(accurate) else syllable
        elif syllable.endswith(accurate):
            syllable = syllable[: -len(accurate)] + blurred
    return syllable


class Corrector:
    """Knows how the plan's words sound; `correct` puts a text right."""

    def __init__(self, kb: Knowledge, spoken: Iterable[str] = (), real: Iterable[str] = ()) -> None:
        self._words: dict[tuple[str, ...], str] = {}
        self._sounds: dict[str, str] = {}
        words = {word for word in (*terms_of(kb), *spoken) if 2 <= len(word) <= LONGEST}
        for word in sorted(words, key=lambda w: (len(w), w)):
            self._words.setdefault(tuple(self._sound(c) for c in word), word)
        self._known = words | set(real)

    def _sound(self, character: str) -> str:
        found = self._sounds.get(character)
        if found is None:
            found = self._sounds[character] = sound(character)
        return found

    def correct(self, text: str) -> str:
        """The text with mis-heard words replaced; lengths stay the same."""
        sounds = [self._sound(c) if "\u4e00" <= c <= "\u9fff" else "" for c in text]
        kept = [False] * len(text)
        for length in range(min(LONGEST, len(text)), 1, -1):
            for start in range(len(text) - length + 1):
                if any(kept[start : start + length]) or not all(sounds[start : start + length]):
                    continue
                word = self._words.get(tuple(sounds[start : start + length]))
                heard = text[start : start + length]
                if heard in self._known:
                    kept[start : start + length] = [True] * length
                elif word is not None and self._misheard(heard, text, start):
                    text = text[:start] + word + text[start + length :]
                    kept[start : start + length] = [True] * length
        return text

    def _misheard(self, heard: str, text: str, start: int) -> bool:
        """Whether a stretch is no sense of its own, so that it can only be a mistake."""
        if len(heard) >= 4:
            return True
        frequency = tokenizer().FREQ.get(heard, 0)
        if len(heard) == 3 or frequency >= COMMON_WORD:
            return frequency < COMMON_WORD
        return not set(heard) & LITTLE_WORDS and not self._inside_words(text, start)

    @staticmethod
    def _inside_words(text: str, start: int) -> bool:
        """Whether the two characters belong to real words on their left and right."""
        left = text[max(0, start - 1) : start + 1]
        right = text[start + 1 : start + 3]
        words = tokenizer().FREQ
        return any(
            len(part) == 2
            and re.fullmatch(r"[\u4e00-\u9fff]{2}", part)
            and words.get(part, 0) > 300
            for part in (left, right)
        )
