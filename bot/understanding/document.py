"""The spaCy pipeline of one message: jieba words, numbers, dates, facts, subject, provisions.

A blank Chinese `Language` over the shared jieba tokenizer (no model can be downloaded); each
later step is a component of ours that adds spans and one extension attribute, `Doc._.heard`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from bot.understanding.aspects import aspects_of
from bot.understanding.extract import Said, extract
from bot.understanding.homophones import Corrector
from bot.understanding.linker import Link, Linker
from bot.understanding.names import MYSELF
from bot.understanding.normalise import normalise, without_greeting
from bot.understanding.persons import persons
from bot.understanding.subjects import BLANK, subject_of, without_aside
from policy_kb.clock import today
from policy_kb.facts import Value
from policy_kb.model import Knowledge
from policy_kb.store.sources import DATA
from policy_kb.words import teach, terms_of, tokenizer


@dataclass
class Part:
    """One of several questions in a message."""

    text: str
    links: list[Link]
    aspects: list[str]


@dataclass
class Heard:
    """Everything understood of one message, apart from its act."""

    said: Said = field(default_factory=Said)
    links: list[Link] = field(default_factory=list)
    aspects: list[str] = field(default_factory=list)
    subject: str | None = None
    named: bool = False  # a provision is called by one of its names
    others: dict[str, dict[str, Value]] = field(default_factory=dict)  # facts of other persons
    aside: list[Link] = field(default_factory=list)  # links of a question asked in passing
    parts: list[Part] = field(default_factory=list)  # its questions, where there are several


ASIDE = re.compile(
    r"(?:顺便|对了|另外|顺带|先(?:问|插)|插(?:一?句|个)|再问|等等|打断一下)[^，。：？]{0,8}[，。：]?(?P<question>.{4,})$"
)
"""顺便问问，…？: what follows is asked beside the matter at hand."""


class JiebaTokenizer:
    """spaCy's tokenizer over the one shared jieba dictionary."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words = list(tokenizer().cut(text)) or [" "]
        return Doc(self.vocab, words=words, spaces=[False] * len(words))


class Reader:
    """Reads messages; built once from the knowledge base, safe to share."""

    def __init__(self, kb: Knowledge, linker: Linker) -> None:
        teach(terms_of(kb))
        spoken = yaml.safe_load((DATA / "phrases" / "spoken.yaml").read_text("utf-8"))
        self._kb = kb
        self._linker = linker
        self._corrector = Corrector(kb, spoken["words"], spoken["real"])
        self._nlp = _language(self)

    def clean(self, text: str) -> str:
        """The text as everything after reads it: one spelling, homophones put right."""
        return self._corrector.correct(without_greeting(normalise(text)))

    def read(self, text: str) -> Doc:
        """The document of a cleaned text, with `Doc._.heard`."""
        return self._nlp(text)

    def _parts(self, text: str) -> list[Part]:
        """The questions of a message that asks several."""
        asked = [match.group().strip("，。 ") for match in QUESTION.finditer(text)]
        if len(asked) < 2:
            return []
        return [Part(q, self._linker.link(q, {}), aspects_of(q)) for q in asked]

    def listen(self, doc: Doc, as_of: date) -> Doc:
        """Fill `Doc._.heard` and the spans of numbers and dates."""
        heard: Heard = doc._.heard
        heard.subject = subject_of(doc.text)
        told = without_aside(doc.text, heard.subject)
        heard.said = extract(told, self._kb.registry, as_of)
        self._tell_apart(heard, told, as_of)
        aside = ASIDE.search(doc.text)
        heard.aspects = aspects_of(aside["question"] if aside else doc.text)
        heard.named = self._linker.names_one(doc.text)
        heard.aside = self._linker.link(aside["question"], {}) if aside else []
        heard.links = self._linker.link(told.replace(BLANK, ""), heard.said.facts)
        heard.parts = self._parts(doc.text)
        doc.spans["quantities"] = _spans(
            doc, [(q.start, q.end, q.kind) for q in heard.said.quantities]
        )
        doc.spans["days"] = _spans(doc, [(d.start, d.end, "date") for d in heard.said.days])
        return doc

    def _tell_apart(self, heard: Heard, text: str, as_of: date) -> None:
        """Of two persons told of, the first keeps the facts; the other's are kept for the other."""
        registry = self._kb.registry
        told = {
            called: {
                fact: value
                for fact, value in extract(said, registry, as_of).facts.items()
                if registry[fact].owner == "person"
            }
            for called, said in persons(text, heard.subject).items()
        }
        household = {f: v for facts in told.values() for f, v in facts.items() if f in HOUSEHOLD}
        told = {called: facts for called, facts in told.items() if facts.keys() - HOUSEHOLD}
        if len(told) < 2:
            return
        told = {called: {**household, **facts} for called, facts in told.items()}
        about = heard.subject or MYSELF
        first = about if about in told else next(iter(told))
        heard.subject = None if first == MYSELF else first
        shared = {f: v for f, v in heard.said.facts.items() if registry[f].owner != "person"}
        heard.said.facts = {**shared, **told.pop(first)}
        heard.others = told


HOUSEHOLD = {"in_hardship", "zero_employment_family", "low_income_family"}
"""Facts of a family, which are each member's."""

QUESTION = re.compile(r"[^。！？；]+(?:[？]|(?:[吗呢么]|多少|哪里|怎么办)(?=[，。；]|$))")
"""A stretch that asks something."""


def _spans(doc: Doc, found: list[tuple[int, int, str]]) -> list[Span]:
    spans = (doc.char_span(s, e, label=label, alignment_mode="expand") for s, e, label in found)
    return [span for span in spans if span is not None]


def _language(reader: Reader) -> Language:
    if not Doc.has_extension("heard"):
        Doc.set_extension("heard", default=None)
    nlp = spacy.blank("zh")
    nlp.tokenizer = JiebaTokenizer(nlp.vocab)
    Language.component("policy_heard", func=_Listening(reader))
    nlp.add_pipe("policy_heard")
    return nlp


class _Listening:
    """The pipeline component that lets the reader listen to each document."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __call__(self, doc: Doc) -> Doc:
        doc._.heard = Heard()
        return self._reader.listen(doc, today())


def outside_texts() -> list[str]:
    """Messages about things the plan does not cover: the training examples of out_of_scope."""
    path = DATA / "nlu" / "scope.yml"
    raw: dict[str, Any] = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {"nlu": []}
    lines = [line for block in raw["nlu"] for line in block["examples"].splitlines()]
    return [normalise(line.removeprefix("- ")) for line in lines if line.startswith("- ")]


def outside_names() -> list[str]:
    """Names of things that the plan does not cover."""
    raw = yaml.safe_load((DATA / "phrases" / "outside.yaml").read_text("utf-8"))
    return list(raw["names"])


def synonyms() -> dict[str, list[str]]:
    """The plan's words and what people say instead."""
    raw: dict[str, list[str]] = yaml.safe_load(
        (DATA / "phrases" / "synonyms.yaml").read_text("utf-8")
    )
    return raw
