"""Which provisions a message is about: by their names, and by what people describe without naming.

Names and aliases found in the text count for themselves; beside them every alias, question and
sentence of the knowledge base is a document, compared by character n-grams (TF-IDF cosine), so
that wrong cuts and typos do little harm. Texts about things the plan does not cover are documents
too: where they are nearer than any provision, the message is out of scope.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from bot.understanding.guess import Guesser
from bot.understanding.numbers import quantities, read_number
from bot.understanding.pointers import Pointers
from bot.understanding.similar import Documents
from policy_kb.amounts import names_in
from policy_kb.facts import Value
from policy_kb.model import Knowledge, Provision
from policy_kb.verify import claims

OUTSIDE = ""
"""Stands for "none of our provisions" among the linked ids."""

NAME_WEIGHT = 0.55
MEANT_NAME = 0.4
MEANT = 0.85
"""What the plan's words for an everyday saying count, against those really said."""

GUESSED = 0.25
"""What it adds that a message sounds like a provision as a whole."""

SHORT = 12
"""A message this short is no story: nearness and names tell what it is about, not a guess."""

POINTED_AT = 0.45
"""What a saying adds that points at a provision without naming it (招不到人 → 18.1)."""

POINTED_AWAY = 0.4
"""What is left of a provision whose words were said of another matter (没裁过人 is no lay-off)."""

SUMMARY_WEIGHT = 0.6
CHROME = re.compile(
    r"请问|您好|你好|我想(?:问|了解|咨询)一?下?|想(?:问|咨询|了解)一?下?|麻烦|帮我|咨询|一下|"
    r"能不能|可不可以|行不行|有没有|是不是|怎么|什么|多少|几|哪个|哪些|[吗呢啊呀吧嘛嘞咧哦]|可以|需要|规定|政策"
)


@dataclass(frozen=True)
class Link:
    """A provision linked, with a score from 0 to about 1.5."""

    provision: str
    score: float


ARTICLE = re.compile(r"第(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})条")
ARTICLE_WEIGHT = 0.8
"""What 第15条 adds to each provision of the article."""

SECTION_NAMES = {
    "工作目标": ("第一部分",),
    "工作要求（一）": ("第三部分", "工作要求第一"),
    "工作要求（二）": ("第三部分", "工作要求第二"),
    "工作要求（三）": ("第三部分", "工作要求第三"),
}
"""What people call the parts without articles."""

FACT_WEIGHT = 0.3
"""What a stated fact adds, shared among the provisions that ask for it."""

FIGURE_WEIGHT = 0.25
"""What a figure of the plan adds (14400是啥), shared among the provisions that hold it."""

SPELLED = 100
"""A figure this large is known without its unit (14400是啥, 4000是什么)."""

FIGURE_KINDS = {"元": "money", "%": "percent", "人": "people"}


class Linker:
    """Knows the names and ways of asking of all provisions, and some things outside them."""

    def __init__(
        self,
        kb: Knowledge,
        outside: Iterable[str] = (),
        outside_names: Iterable[str] = (),
        synonyms: Mapping[str, Iterable[str]] | None = None,
        pointers: Pointers | None = None,
    ) -> None:
        said: list[str] = []
        owners: list[str] = []
        weights: list[float] = []
        for provision in kb.provisions.values():
            for text, weight in documents(provision):
                said.append(text)
                owners.append(provision.id)
                weights.append(weight)
        for text in outside:
            said.append(text)
            owners.append(OUTSIDE)
            weights.append(1.0)
        texts = [bare(text) for text in said]
        self._documents = Documents(texts)
        self._weights = np.array(weights)
        self._owners = list(dict.fromkeys(owners))
        self._first = [owners.index(owner) for owner in self._owners]  # each has its own stretch
        self._names = _names(kb, outside_names)
        self._names_with: dict[str, list[int]] = defaultdict(list)
        for place, (name, _) in enumerate(self._names):
            self._names_with[name[:2]].append(place)
        self._synonyms = [
            (term, re.compile("|".join(said))) for term, said in (synonyms or {}).items()
        ]
        self._pointers = pointers
        self._guesser = Guesser(texts, [self._things(text) for text in said], owners)
        self._owners_of = dict(self._names)
        self._evidence = _evidence(kb)
        self._figures = _figures(kb)
        self._sections: dict[str, list[str]] = defaultdict(list)
        self._articles: dict[int, list[str]] = defaultdict(list)
        for provision in kb.provisions.values():
            if provision.section:
                for name in (provision.section, *SECTION_NAMES.get(provision.section, ())):
                    self._sections[name].append(provision.id)
            if provision.article:
                self._articles[provision.article].append(provision.id)

    def link(self, text: str, facts: Mapping[str, Value], limit: int = 6) -> list[Link]:
        """The provisions a cleaned text may be about, best first; OUTSIDE among them.

        `facts` that it states point to the provisions that ask for them.
        """
        meant = self._meant(text)
        similarity = self._documents.nearness(bare(text))
        if meant:
            widened = self._documents.nearness(bare(_expanded(text, meant)))
            similarity = np.maximum(similarity, widened * MEANT)
        nearest = np.maximum.reduceat(similarity * self._weights, self._first).tolist()
        best: dict[str, float] = defaultdict(float, zip(self._owners, nearest, strict=True))
        for name in meant:
            for provision_id in self._owners_of.get(name, ()):
                best[provision_id] += NAME_WEIGHT * MEANT_NAME
        for name, provision_ids in self._found_names(text):
            for provision_id in provision_ids:
                best[provision_id] += (
                    NAME_WEIGHT * min(len(name), 8) / 6 / len(provision_ids) ** 0.5
                )
        told = min(1.0, max(0, len(text) - SHORT) / SHORT)
        shares = self._guesser.shares(bare(text), self._things(text))
        for owner, share in zip(self._guesser.owners, shares, strict=True):
            best[owner] += GUESSED * share * told
        if self._pointers:
            for provision_id in self._pointers.at(text):
                best[provision_id] += POINTED_AT
        for match in ARTICLE.finditer(text):
            number = read_number(match["number"])
            for provision_id in self._articles.get(int(number or 0), ()):
                best[provision_id] += ARTICLE_WEIGHT
        for section, provision_ids in self._sections.items():
            if section in text:
                for provision_id in provision_ids:
                    best[provision_id] += ARTICLE_WEIGHT
        for fact in facts:
            for provision_id, weight in self._evidence.get(fact, ()):
                best[provision_id] += weight
        for quantity in quantities(text):
            for provision_id, weight in self._figures.get((quantity.kind, quantity.value), ()):
                best[provision_id] += weight
        for provision_id in self._pointers.away(text) if self._pointers else ():
            best[provision_id] *= POINTED_AWAY
        ranked = sorted(best.items(), key=lambda item: -item[1])
        return [Link(owner, round(score, 4)) for owner, score in ranked[:limit] if score > 0]

    def _things(self, text: str) -> list[str]:
        return sorted(self._pointers.said(text)) if self._pointers else []

    def expand(self, text: str) -> str:
        """The text with the plan's words for what it says in everyday ones."""
        return _expanded(text, self._meant(text))

    def _meant(self, text: str) -> list[str]:
        """The plan's words for what the text says in everyday ones."""
        return [term for term, pattern in self._synonyms if pattern.search(text)]

    def names_one(self, text: str) -> bool:
        """Whether a provision is called by one of its names."""
        if ARTICLE.search(text) or any(section in text for section in self._sections):
            return True
        return any(ids != (OUTSIDE,) for _, ids in self._found_names(text))

    def _found_names(self, text: str) -> list[tuple[str, tuple[str, ...]]]:
        """Names in the text, longest first, none inside another."""
        found = []
        pairs = {text[at : at + 2] for at in range(len(text))}
        places = sorted(place for pair in pairs for place in self._names_with.get(pair, ()))
        for name, provision_ids in (self._names[place] for place in places):
            if name in text:
                found.append((name, provision_ids))
                text = text.replace(name, "|")
        return found


def _expanded(text: str, terms: Iterable[str]) -> str:
    return text + "".join(term for term in terms if term not in text)


def _evidence(kb: Knowledge) -> dict[str, list[tuple[str, float]]]:
    """For each fact, the provisions whose rules or amounts use it, and what that adds."""
    users: dict[str, list[str]] = defaultdict(list)
    for provision in kb.deciding:
        facts = {check.fact for check in provision.checks()}
        if provision.amount:
            facts.update(*(names_in(formula.text) for formula in provision.amount.formulas))
        for fact in facts & kb.registry.facts.keys():
            for base in {fact, *(kb.registry[fact].ratio or ())}:
                users[base].append(provision.id)
    return {fact: _shared(_fact_weight(kb, fact), ids) for fact, ids in users.items()}


def _fact_weight(kb: Knowledge, fact: str) -> float:
    """What a person or firm is says less about the matter than what it did or paid."""
    return FACT_WEIGHT / 3 if kb.registry[fact].type == "choice" else FACT_WEIGHT


def _shared(weight: float, provision_ids: Iterable[str]) -> list[tuple[str, float]]:
    ids = sorted(set(provision_ids))
    return [(provision_id, weight / len(ids)) for provision_id in ids]


def _figures(kb: Knowledge) -> dict[tuple[str, Decimal], list[tuple[str, float]]]:
    """For each figure that people may quote, the provisions that state it."""
    holders: dict[tuple[str, Decimal], list[str]] = defaultdict(list)
    for provision in kb.provisions.values():
        for claim in set(claims(kb, provision)):
            match = re.fullmatch(r"([\d.]+)(元|%|人)", claim)
            if match:
                holders[FIGURE_KINDS[match[2]], Decimal(match[1])].append(provision.id)
    spelled = {("plain", value): ids for (kind, value), ids in holders.items() if value >= SPELLED}
    return {key: _shared(FIGURE_WEIGHT, ids) for key, ids in {**holders, **spelled}.items()}


def documents(provision: Provision) -> Iterable[tuple[str, float]]:
    """The texts that stand for a provision, each with its weight."""
    yield from ((name, 1.0) for name in names_of(provision))
    yield from ((question, 1.0) for question in provision.questions)
    yield from (
        (sentence, SUMMARY_WEIGHT) for sentence in re.split("[。；]", provision.summary) if sentence
    )


def names_of(provision: Provision) -> tuple[str, ...]:
    """What it is called, officially and by people."""
    names = (provision.name, provision.short, *provision.aliases)
    return tuple(dict.fromkeys(name for name in names if name))


def bare(text: str) -> str:
    """A text without the words that every question has."""
    return CHROME.sub("", re.sub(r"[，。！？；：、（）《》“”\s]", "", text)) or text


def _names(kb: Knowledge, outside: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
    owners: dict[str, list[str]] = defaultdict(list)
    for name in outside:
        owners[name].append(OUTSIDE)
    for provision in kb.provisions.values():
        for name in names_of(provision):
            if len(name) >= 2:
                owners[name].append(provision.id)
    return sorted(
        ((n, tuple(ids)) for n, ids in owners.items()), key=lambda item: (-len(item[0]), item[0])
    )
