"""First step of the pipeline: clean the text, cut it, and read facts, subject and provisions."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.document import Heard
from bot.understanding.shared import reader
from policy_kb.facts import Value


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class PolicyReader(Tokenizer):
    """Tokenises with the shared jieba and adds what was heard as entities.

    Entities: fact {id, value}, loose {kind, value}, provision (id, with score), aspect, subject.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No option of the base class applies to Chinese words."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PolicyReader:
        """The reader is built from the knowledge base, not from training data."""
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Words of the cleaned text with their offsets."""
        document = reader().read(message.get(attribute))
        return [Token(token.text, token.idx) for token in document if token.text.strip()]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Train on texts as they will be read."""
        for example in training_data.training_examples:
            if example.get(TEXT):
                example.set(TEXT, reader().clean(example.get(TEXT)) or "。")
        return super().process_training_data(training_data)

    def process(self, messages: list[Message]) -> list[Message]:
        """Clean, cut and read each message."""
        for message in messages:
            text = reader().clean(message.get(TEXT) or "") or "。"
            message.set(TEXT, text)
            document = reader().read(text)
            tokens = [Token(token.text, token.idx) for token in document if token.text.strip()]
            message.set("text_tokens", tokens)
            heard = [{"entity": "clean", "value": text}, *entities_of(document._.heard)]
            message.set(ENTITIES, heard, add_to_output=True)
        return messages


def entities_of(heard: Heard) -> list[dict[str, Any]]:
    """What was heard, as JSON that the tracker can keep."""
    found: list[dict[str, Any]] = [
        {"entity": "fact", "value": {"id": fact, "value": plain_value(value)}}
        for fact, value in heard.said.facts.items()
    ]
    found += [{"entity": "loose", "value": item.to_json()} for item in heard.said.numbers]
    found += [
        {"entity": "provision", "value": link.provision, "score": link.score}
        for link in heard.links
    ]
    found += [
        {"entity": "aside", "value": link.provision, "score": link.score} for link in heard.aside
    ]
    found += [{"entity": "aspect", "value": aspect} for aspect in heard.aspects]
    found += [
        {
            "entity": "part",
            "value": {
                "text": part.text,
                "links": [[link.provision, link.score] for link in part.links],
                "aspects": part.aspects,
            },
        }
        for part in heard.parts
    ]
    found += [
        {
            "entity": "other",
            "value": {
                "subject": called,
                "facts": {fact: plain_value(value) for fact, value in facts.items()},
            },
        }
        for called, facts in heard.others.items()
    ]
    if heard.said.contracts:
        told = [contracts.to_json() for contracts in heard.said.contracts]
        found.append({"entity": "contracts", "value": told})
    if heard.named:
        found.append({"entity": "named", "value": True})
    if heard.subject:
        found.append({"entity": "subject", "value": heard.subject})
    return found


def plain_value(value: Value) -> Any:
    """A fact's value as JSON: booleans as they are, everything else as text."""
    return value if isinstance(value, bool) else str(value)
