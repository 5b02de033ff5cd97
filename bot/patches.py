"""The few places where Rasa's inside is replaced, for speed, with the same behaviour.

Bound to the Rasa version they were written against: on any other, nothing is patched and
stock behaviour stands.
"""

from __future__ import annotations

import functools
from typing import Any

import jsonschema
import rasa
from rasa.core.actions import action as rasa_action
from rasa.shared.core import events as rasa_events

WRITTEN_FOR = "3.6.21"


def apply() -> bool:
    """Patch once; False where this is not the Rasa the patches were written for."""
    if rasa.__version__ != WRITTEN_FOR:
        return False
    _compile_action_schema()
    _remember_event_classes()
    return True


def _compile_action_schema() -> None:
    """Stock Rasa checks the meta-schema again at every action call: 20 ms of a 40 ms turn."""
    schema = rasa_action.RemoteAction.action_response_format_spec()
    validator = jsonschema.validators.validator_for(schema)(schema)

    def validate(self: Any, result: dict[str, Any]) -> bool:
        error = next(validator.iter_errors(result), None)
        if error is None:
            return True
        error.message += f". Action {self.name()} answered with an invalid format."
        raise error

    rasa_action.RemoteAction._validate_action_result = validate


def _remember_event_classes() -> None:
    """Stock Rasa walks all subclasses of Event for each stored event it reads."""
    remembered = functools.lru_cache(maxsize=256)(rasa_events.Event.resolve_by_type)
    rasa_events.Event.resolve_by_type = staticmethod(remembered)  # type: ignore[method-assign]
