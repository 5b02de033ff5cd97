"""Chinese words: one private jieba tokenizer that knows the district's and the plan's terms.

The module-global tokenizer of jieba would be changed for everybody in the process, and each
copy of its dictionary costs 75 MB; so this is the only one, shared by search, spaCy and Rasa.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import jieba

from policy_kb.model import Knowledge

TERM_LENGTH = range(2, 9)
TAUGHT = 200  # corpus frequency at which a term is kept whole
COMMON = 10  # corpus frequency below which a word may as well be a sound


@lru_cache(maxsize=1)
def tokenizer() -> jieba.Tokenizer:
    """The shared tokenizer; its dictionary is loaded here, not at the first message."""
    jieba.setLogLevel(60)
    shared = jieba.Tokenizer()
    shared.tmp_dir = str(_private_cache())
    shared.initialize()
    return shared


def _private_cache() -> Path:
    """A folder of our own: jieba's default cache file is shared by everyone on the machine."""
    folder = Path(tempfile.gettempdir()) / f"policy-kb-{Path.home().name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def terms_of(kb: Knowledge) -> tuple[str, ...]:
    """The plan's own words: names, aliases, departments and options of facts."""
    found: set[str] = set()
    for provision in kb.provisions.values():
        found.update((provision.name, provision.short, *provision.aliases, *provision.terms))
        found.update(provision.departments)
    for fact in kb.registry.facts.values():
        found.update((fact.name, *(option.label for option in fact.options)))
    whole = (re.fullmatch(r"[\u4e00-\u9fff]+", term) for term in found)
    return tuple(sorted(term[0] for term in whole if term and len(term[0]) in TERM_LENGTH))


def teach(terms: Iterable[str]) -> None:
    """Make the tokenizer keep these terms whole; teaching them again changes nothing."""
    shared = tokenizer()
    for term in terms:
        if shared.FREQ.get(term, 0) < TAUGHT:
            shared.add_word(term, freq=TAUGHT)  # adds to the total, on which every word depends


def cut(text: str) -> list[str]:
    """Words for search: terms also in their parts, so that 见习补贴 finds 就业见习补贴."""
    words = (word.strip().lower() for word in tokenizer().cut_for_search(text))
    return [word for word in words if re.search(r"\w", word)]


def is_gibberish(text: str) -> bool:
    """Whether a text holds no Chinese word of two characters or more, and no number."""
    known = tokenizer().FREQ
    words = (word for word in tokenizer().cut(text, HMM=False) if len(word) > 1)
    return not any(known.get(word, 0) >= COMMON or re.search(r"[\dA-Za-z]", word) for word in words)
