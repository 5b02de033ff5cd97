"""Server processes of the bench: how long until the first answer, how much memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.bench.load import User

SLOWEST_START = 300
"""Seconds."""


class Process:
    """A process of ours, its chatter kept in a log, stopped by its own id."""

    def __init__(
        self, command: Sequence[str], cwd: Path, log: Path, environment: Mapping[str, str]
    ) -> None:
        self._log = log
        with log.open("wb") as chatter:
            self._process = subprocess.Popen(
                command,
                cwd=cwd,
                env={**os.environ, "RASA_TELEMETRY_ENABLED": "false", **environment},
                stdin=subprocess.DEVNULL,
                stdout=chatter,
                stderr=chatter,
            )
        self._began = time.monotonic()

    def first_answer(self, port: int) -> float:
        """Seconds from the start of the process to its first answer."""
        while time.monotonic() - self._began < SLOWEST_START and self._process.poll() is None:
            with suppress(OSError):
                User(port).say("您好")
                return time.monotonic() - self._began
            time.sleep(0.02)
        raise RuntimeError(self._log.read_text("utf-8", "replace")[-3000:])

    @property
    def memory(self) -> float:
        """Resident megabytes."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("utf-8")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def seconds_of(command: Sequence[str], cwd: Path, environment: Mapping[str, str]) -> float:
    """How long a command takes; CalledProcessError with its output where it fails."""
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, check=False
    )
    if done.returncode:
        raise RuntimeError((done.stdout + done.stderr).decode("utf-8", "replace")[-3000:])
    return time.monotonic() - began


def size_of(folder: Path) -> float:
    """Megabytes of all files below a folder."""
    files = (path for path in folder.resolve().rglob("*") if not path.is_symlink())
    return sum(path.stat().st_size for path in files if path.is_file()) / 1024**2
