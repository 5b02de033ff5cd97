"""The real server process for a test: started on a free port, its data in a folder of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SLOWEST_START = 120
"""Seconds; a machine under load."""


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`python -m bot.run`, ready to answer."""

    def __init__(self, var: Path, port: int = 0, root: Path = ROOT, **environment: str) -> None:
        self.port = port or free_port()
        self.var = var
        self._log = (var / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.run"],
            cwd=root,
            env={**os.environ, "PORT": str(self.port), "VAR_DIR": str(var), **environment},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )
        began = time.monotonic()
        while not self._listens():
            if self.process.poll() is not None or time.monotonic() - began > SLOWEST_START:
                self.kill()
                raise RuntimeError((var / "server.log").read_text("utf-8"))
            time.sleep(0.05)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def say(self, sender: str, text: str) -> list[dict[str, Any]]:
        """What comes back over REST; OSError where the server is gone."""
        request = urllib.request.Request(
            self.url("/webhooks/rest/webhook"),
            json.dumps({"sender": sender, "message": text}).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            messages: list[dict[str, Any]] = json.load(answer)
        return messages

    def get(self, path: str) -> tuple[int, Any]:
        """Status and JSON of a page."""
        try:
            with urllib.request.urlopen(self.url(path), timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            return refused.code, json.load(refused)

    def log(self) -> str:
        """What the server wrote so far."""
        return (self.var / "server.log").read_text("utf-8", "replace")

    def reload(self) -> None:
        """Ask for the data to be read again."""
        self.process.send_signal(signal.SIGHUP)

    def kill(self) -> None:
        """As a power cut would: no chance to tidy up."""
        self.process.kill()
        self.process.wait()
        self._log.close()

    def stop(self) -> int:
        """As the operator would; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(30)
        self._log.close()
        return code
