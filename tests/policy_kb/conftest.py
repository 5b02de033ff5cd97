"""The knowledge base as its sources stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_kb.model import Knowledge
from policy_kb.store.sources import load_sources

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def kb() -> Knowledge:
    return load_sources()


@pytest.fixture(scope="session")
def official() -> str:
    """The official text of the plan, where an operator has it beside the project."""
    texts = sorted((SHARED / "plan").glob("*.txt")) if SHARED.exists() else []
    if not texts:
        pytest.skip("方案原文不在 ../shared/plan/，跳过与原文的核对")
    return texts[0].read_text("utf-8")
