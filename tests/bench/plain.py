"""The baseline: a plain Rasa bot of 12 topics, as Rasa's documentation puts one together.

It has an environment of its own with TensorFlow (DIET, TED), a separate action server, and
Rasa's SQL tracker store on SQLite. Environment and model are made once, below build/.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

from tests.bench.processes import Process, seconds_of
from tests.bot.server import ROOT, free_port

SOURCES = Path(__file__).with_name("plain_bot")
HOME = ROOT / "build" / "plain-rasa"
MODELS = ROOT / "build" / "plain-bot"
RASA = HOME / "bin" / "rasa"
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}


def install() -> None:
    """The environment, from the same lock file, with the group that brings TensorFlow."""
    mark, lock = HOME / "installed", (ROOT / "uv.lock").read_bytes()
    wanted = hashlib.sha256(lock).hexdigest()
    if mark.exists() and mark.read_text("utf-8") == wanted:
        return
    uv = shutil.which("uv") or str(ROOT / "build" / "uv" / "bin" / "uv")
    sync = [uv, "sync", "--frozen", "--no-dev", "--group", "tensorflow"]
    seconds_of(sync, ROOT, {"UV_PROJECT_ENVIRONMENT": str(HOME)})
    mark.write_text(wanted, "utf-8")


def train() -> float:
    """Seconds that training takes; measured when it was last necessary."""
    digest = hashlib.sha256()
    for path in sorted(SOURCES.rglob("*.*ml")):
        digest.update(path.read_bytes())
    note = MODELS / "trained.json"
    known = json.loads(note.read_text("utf-8")) if note.exists() else {}
    if known.get("sources") == digest.hexdigest():
        return float(known["seconds"])
    files = ["--config", "config.yml", "--domain", "domain.yml", "--data", "data"]
    where = ["--out", str(MODELS), "--fixed-model-name", "plain", "--force"]
    seconds = seconds_of([str(RASA), "train", *files, *where], SOURCES, QUIET)
    note.write_text(json.dumps({"sources": digest.hexdigest(), "seconds": seconds}), "utf-8")
    return seconds


class PlainBot:
    """Its two servers, running."""

    def __init__(self, folder: Path) -> None:
        self.port, actions_port = free_port(), free_port()
        endpoints = folder / "endpoints.yml"
        endpoints.write_text(
            f"action_endpoint:\n  url: http://127.0.0.1:{actions_port}/webhook\n"
            f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {folder / 'plain.db'}\n",
            "utf-8",
        )
        environment = {**QUIET, "PATH": f"{HOME / 'bin'}:{os.environ['PATH']}"}
        self._actions = Process(
            [str(RASA), "run", "actions", "--actions", "actions.actions", "-p", str(actions_port)],
            SOURCES,
            folder / "actions.log",
            environment,
        )
        model = ["--model", str(MODELS / "plain.tar.gz"), "--credentials", "credentials.yml"]
        where = ["--endpoints", str(endpoints), "-i", "127.0.0.1", "-p", str(self.port)]
        self._rasa = Process(
            [str(RASA), "run", *model, *where], SOURCES, folder / "rasa.log", environment
        )
        self.start = self._rasa.first_answer(self.port)

    @property
    def memory(self) -> float:
        """Resident megabytes of both servers."""
        return self._rasa.memory + self._actions.memory

    def stop(self) -> None:
        self._rasa.stop()
        self._actions.stop()
