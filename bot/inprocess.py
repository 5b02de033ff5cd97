"""The action server inside the server process: no second server, no HTTP hop."""

from __future__ import annotations

import json
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException


class InProcessActions(EndpointConfig):
    """An action endpoint whose calls stay in this process (`rasa run actions` stays possible)."""

    def __init__(self, package: str = "actions") -> None:
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(self, *args: Any, json: dict[str, Any] | None = None, **kwargs: Any) -> Any:  # noqa: ARG002
        """Run one action call as the HTTP server would."""
        try:
            result = await self._executor.run(json)
        except ActionExecutionRejection as rejection:
            raise self._error(400, "rejected", rejection.action_name, rejection.message) from None
        except ActionNotFoundException as missing:
            raise self._error(404, "not found", missing.action_name, missing.message) from None
        return result.model_dump() if hasattr(result, "model_dump") else result

    @staticmethod
    def _error(status: int, message: str, action: str, text: str) -> ClientResponseError:
        body = json.dumps({"action_name": action, "error": text})
        return ClientResponseError(status, message, body)
