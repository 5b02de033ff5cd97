"""Rasa's REST channel, on loopback only, for typed text only."""

from __future__ import annotations

from rasa.core.channels.rest import RestInput
from sanic.exceptions import Forbidden
from sanic.request import Request

from actions.publicity import contacts
from bot.masking import safe_text

LOOPBACK = {"127.0.0.1", "::1"}
FORWARDED = ("forwarded", "via", "x-real-ip", "x-forwarded")
"""Beginnings of the headers that a proxy adds."""


class LoopbackRest(RestInput):
    """Answers at /webhooks/rest/webhook; what is typed can never trigger an intent."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    async def _extract_sender(self, req: Request) -> str | None:
        if req.ip not in LOOPBACK or any(
            header.lower().startswith(FORWARDED) for header in req.headers
        ):
            raise Forbidden("REST 通道只接受本机请求。")
        return await super()._extract_sender(req)

    def _extract_message(self, req: Request) -> str | None:
        text = super()._extract_message(req)
        if isinstance(text, str):
            contacts.hold(str((req.json or {}).get("sender")), text)
        return safe_text(text)[0] if isinstance(text, str) else None

    def get_metadata(self, request: Request) -> dict[str, bool]:
        """Whether the message was longer than what is read."""
        text = (request.json or {}).get("message")
        return {"cut": safe_text(text)[1]} if isinstance(text, str) else {}
