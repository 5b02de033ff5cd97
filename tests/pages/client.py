"""A web client without a browser: cookies, JSON, and whatever headers a test wants to forge."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

from tests.pages.browser import an_address


@dataclass
class Client:
    """One visitor. `address` is what a trusted proxy would say of them."""

    port: int
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=lambda: {"X-Forwarded-For": an_address()})

    def get(self, path: str) -> tuple[int, Any]:
        return self.send("GET", path, None)

    def post(self, path: str, body: Any, **headers: str) -> tuple[int, Any]:
        return self.send("POST", f"/webhooks/web/{path}", json.dumps(body), **headers)

    def send(
        self, method: str, path: str, body: str | bytes | None, **headers: str
    ) -> tuple[int, Any]:
        """Status and body: JSON where it is any, else text."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Content-Type": "application/json", "Cookie": self.cookie, **self.headers}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body if not isinstance(body, str) else body.encode(), sent)
        answer = connection.getresponse()
        content = answer.read()
        if answer.getheader("Set-Cookie"):
            self.cookie = str(answer.getheader("Set-Cookie")).partition(";")[0]
        self.seen = dict(answer.getheaders())
        connection.close()
        try:
            return answer.status, json.loads(content) if content else None
        except ValueError:
            return answer.status, content.decode("utf-8", "replace")

    def arrive(self) -> Client:
        """Open the page, as it asks for its session."""
        assert self.get("/webhooks/web/session")[0] == 200
        return self

    def say(self, text: str, message_id: str = "") -> tuple[int, Any]:
        return self.post("say", {"id": message_id or uuid.uuid4().hex, "text": text})
