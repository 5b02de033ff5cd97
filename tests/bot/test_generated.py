"""What is generated and checked in equals what would be generated now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from actions import actions
from actions.state import CONTROL_SLOTS
from bot import generate
from policy_kb.store.sources import DATA, load_sources

FILES = {
    generate.DOMAIN: generate.domain,
    generate.RULES: generate.rules,
    generate.CUES: generate.cues,
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_generated_files_are_current(path: Path) -> None:
    """Run python -m bot.generate if this fails."""
    assert path.read_text("utf-8") == generate.rendered(FILES[path]())


def test_acts_are_the_trained_intents() -> None:
    assert set(trained()) == set(generate.ACTS)


def trained() -> dict[str, list[str]]:
    """The example lines of each intent in data/nlu."""
    lines: dict[str, list[str]] = {}
    for path in (DATA / "nlu").glob("*.yml"):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            if "intent" in block:
                said = [line.removeprefix("- ").strip() for line in block["examples"].splitlines()]
                lines.setdefault(block["intent"], []).extend(line for line in said if line)
    return lines


def test_every_action_of_the_domain_is_implemented() -> None:
    implemented = {
        thing.action_name
        for thing in vars(actions).values()
        if isinstance(thing, type) and getattr(thing, "action_name", "")
    }
    assert set(generate.domain()["actions"]) - {"action_session_start"} == implemented


def test_our_session_start_is_in_the_domain() -> None:
    """Rasa prefers its own action of this name unless the domain lists it."""
    assert "action_session_start" in generate.domain()["actions"]


def test_every_fact_has_a_typed_slot() -> None:
    slots: dict[str, Any] = generate.domain()["slots"]
    assert set(slots) == {*load_sources().registry.facts, *CONTROL_SLOTS}
    assert all(slot["mappings"] == [{"type": "custom"}] for slot in slots.values())


def test_sessions_carry_nothing_over() -> None:
    assert generate.domain()["session_config"] == {
        "session_expiration_time": 30,
        "carry_over_slots_to_new_session": False,
    }


def test_one_message_a_rule() -> None:
    """Rasa's rules hold one user message each (rasa#6861), ours by construction."""
    for rule in generate.rules()["rules"]:
        assert [next(iter(step)) for step in rule["steps"]] == ["intent", "action"]
