"""Generate Rasa's domain and rules from the registry of facts and the table of acts.

The results are checked in; a test sees that they are current. Run: python -m bot.generate
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from actions.state import CONTROL_SLOTS
from policy_kb.facts import Fact
from policy_kb.store.sources import DATA, load_sources

HERE = Path(__file__).parent
DOMAIN = HERE / "domain.yml"
RULES = DATA / "rules" / "acts.yml"
TOPICS = DATA / "nlu" / "topics.yml"
CUES = DATA / "nlu" / "cues.yml"
NOTE = "# 由 python -m bot.generate 生成，请不要手改。\n"

ACTS = {
    "ask_eligibility": "action_answer",
    "ask_amount": "action_answer",
    "ask_howto": "action_answer",
    "ask_department": "action_answer",
    "ask_validity": "action_answer",
    "ask_what": "action_answer",
    "ask_funds": "action_answer",
    "ask_targets": "action_answer",
    "ask_screening": "action_screen",
    "ask_compare": "action_compare",
    "ask_publicity": "action_publicise",
    "inform": "action_take_facts",
    "correct": "action_take_facts",
    "affirm": "action_take_facts",
    "deny": "action_take_facts",
    "dont_know": "action_take_facts",
    "ask_why": "action_explain_why",
    "more": "action_more",
    "start_over": "action_forget",
    "handoff": "action_hand_off",
    "report_problem": "action_report",
    "distress": "action_comfort",
    "out_of_scope": "action_out_of_scope",
    "record_lookup": "action_record_lookup",
    "ask_cheat": "action_refuse_cheating",
    "greet": "action_greet",
    "bot_challenge": "action_who_are_you",
    "thanks": "action_thanks",
    "goodbye": "action_goodbye",
    "abuse": "action_abuse",
}
"""Each act of the speaker (Rasa intent) and the action that answers it."""

PAGE_ACTS = {"edit_fact": "action_edit_fact"}
"""Acts that are never spoken: pages send them (a fact put right there)."""


ENTITIES = (
    "clean",
    "fact",
    "loose",
    "provision",
    "aside",
    "aspect",
    "subject",
    "named",
    "part",
    "other",
    "contracts",
)
"""What `components.reading` finds in a message."""


def domain() -> dict[str, Any]:
    """Intents, typed fact slots, control slots and actions."""
    registry = load_sources().registry
    slots = {fact.id: fact_slot(fact) for fact in registry.facts.values()}
    slots.update({name: _slot(CONTROL_TYPES.get(name, "any")) for name in CONTROL_SLOTS})
    return {
        "version": "3.1",
        "intents": [{act: {"use_entities": []}} for act in (*ACTS, *PAGE_ACTS)],
        "entities": list(ENTITIES),
        "slots": slots,
        "actions": [
            *dict.fromkeys({**ACTS, **PAGE_ACTS}.values()),
            "action_not_understood",
            "action_session_start",
        ],
        "session_config": {"session_expiration_time": 30, "carry_over_slots_to_new_session": False},
    }


CONTROL_TYPES = {
    "subject": "text",
    "mode": "text",
    "wants": "text",
    "misses": "float",
    "handoff": "text",
    "event": "text",
}


def fact_slot(fact: Fact) -> dict[str, Any]:
    """The typed slot of one fact; actions set it, never Rasa's own mappings."""
    if fact.type == "bool":
        return _slot("bool")
    if fact.type == "choice":
        return {**_slot("categorical"), "values": [option.id for option in fact.options]}
    if fact.type == "date":
        return _slot("text")
    return {**_slot("float"), "min_value": 0.0, "max_value": 1.0e12}


def _slot(kind: str) -> dict[str, Any]:
    return {"type": kind, "influence_conversation": False, "mappings": [{"type": "custom"}]}


def rules() -> dict[str, Any]:
    """One rule an act: nothing is remembered in stories, the actions read the slots."""
    return {
        "version": "3.1",
        "rules": [
            {"rule": act, "steps": [{"intent": act}, {"action": action}]}
            for act, action in {**ACTS, **PAGE_ACTS}.items()
        ],
    }


def cues() -> dict[str, Any]:
    """Patterns that the classifier sees as features: what a message asks about."""
    raw = yaml.safe_load((DATA / "phrases" / "aspects.yaml").read_text("utf-8"))
    urgent = yaml.safe_load((DATA / "phrases" / "urgent.yaml").read_text("utf-8"))
    return {
        "version": "3.1",
        "nlu": [
            {"regex": name, "examples": "".join(f"- {pattern}\n" for pattern in patterns)}
            for name, patterns in {**raw, **urgent}.items()
        ],
    }


def topics() -> dict[str, Any]:
    """What the knowledge base can be asked: every provision's names under the asking acts.

    Each act sees each topic, so that it is learned from the way of asking and a new provision
    needs no new training line. The wording of the questions stands in data/phrases/topics.yaml.
    """
    ways: dict[str, list[str]] = yaml.safe_load(
        (DATA / "phrases" / "topics.yaml").read_text("utf-8")
    )
    lines: dict[str, list[str]] = {act: [] for act in ways}
    for position, provision in enumerate(load_sources().provisions.values()):
        names = [provision.short or provision.name, *provision.aliases]
        for offset, (act, templates) in enumerate(ways.items()):
            name = names[(position + offset) % len(names)]
            template = templates[(position + offset) % len(templates)]
            lines[act].append(template.format(name=name))
    return {
        "version": "3.1",
        "nlu": [
            {"intent": act, "examples": "".join(f"- {line}\n" for line in dict.fromkeys(said))}
            for act, said in lines.items()
        ],
    }


class _Dumper(yaml.SafeDumper):
    """Several lines as a block, as people write them."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def rendered(content: dict[str, Any]) -> str:
    """YAML as it is checked in."""
    return NOTE + yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)


def main() -> None:
    """Write both files."""
    RULES.parent.mkdir(exist_ok=True)
    DOMAIN.write_text(rendered(domain()), "utf-8")
    RULES.write_text(rendered(rules()), "utf-8")
    TOPICS.write_text(rendered(topics()), "utf-8")
    CUES.write_text(rendered(cues()), "utf-8")


if __name__ == "__main__":
    main()
