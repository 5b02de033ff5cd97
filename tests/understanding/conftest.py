"""What reads messages, built once for all tests."""

from __future__ import annotations

import pytest
import yaml

from bot.understanding.document import Reader
from bot.understanding.homophones import Corrector
from bot.understanding.shared import reader_of
from policy_kb.facts import Registry
from policy_kb.model import Knowledge
from policy_kb.store.sources import DATA, load_sources
from policy_kb.words import teach, terms_of


@pytest.fixture(scope="session")
def kb() -> Knowledge:
    knowledge = load_sources()
    teach(terms_of(knowledge))
    return knowledge


@pytest.fixture(scope="session")
def registry(kb: Knowledge) -> Registry:
    return kb.registry


@pytest.fixture(scope="session")
def corrector(kb: Knowledge) -> Corrector:
    spoken = yaml.safe_load((DATA / "phrases" / "spoken.yaml").read_text("utf-8"))
    return Corrector(kb, spoken["words"], spoken["real"])


@pytest.fixture(scope="session")
def reader(kb: Knowledge) -> Reader:
    return reader_of(kb)
