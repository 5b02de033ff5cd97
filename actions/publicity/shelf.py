"""Material ordered in conversation: an order is kept at once, its files are made when fetched."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import time
from datetime import date
from pathlib import Path
from threading import Lock

from actions.knowledge import knowledge
from actions.publicity.brief import Brief
from actions.publicity.material import Material
from actions.publicity.pack import listing, written
from policy_kb.errors import PolicyError
from policy_kb.store.sources import DATA

ORDER_ID = re.compile(r"[a-f0-9]{20}")
ORDER = "order.json"
KEPT_DAYS = 60

_one_at_a_time = Lock()
"""Setting pages takes a processor for a second; a crowd at the links must not take them all."""

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "png": "image/png",
}
"""Content types, for whoever serves the files."""


def folder() -> Path:
    """Where orders are: VAR_DIR/material (var/material)."""
    return Path(os.environ.get("VAR_DIR") or DATA.parent / "var") / "material"


def order(brief: Brief) -> str:
    """Keep an order for KEPT_DAYS; its id cannot be guessed."""
    sweep()
    order_id = secrets.token_hex(10)
    place = folder() / order_id
    place.mkdir(parents=True)
    raw = {**vars(brief), "day": brief.day.isoformat(), "topics": list(brief.topics)}
    _write(place / ORDER, json.dumps(raw, ensure_ascii=False).encode())
    return order_id


def url(order_id: str, name: str) -> str:
    """The address of a file: absolute where BASE_URL is set (WeChat needs that), else relative."""
    return f"{os.environ.get('BASE_URL', '').rstrip('/')}/material/{order_id}/{name}"


def find(order_id: str, name: str) -> Path | None:
    """The file of an order, made now if it is not there yet (up to some seconds); None if the
    order or the name is none of ours. Names never lead out of the order's folder.
    Raises PolicyError (one Chinese line) where this machine cannot make the file.
    """
    if not ORDER_ID.fullmatch(order_id):
        return None
    place = folder() / order_id
    brief = _read(place / ORDER)
    if brief is None or name not in {file.name for file in listing(brief.audience)}:
        return None
    path = place / name
    with _one_at_a_time:
        if not path.is_file():
            _write(path, written(Material(knowledge(), brief), name))
    return path


def _read(path: Path) -> Brief | None:
    try:
        raw = json.loads(path.read_text("utf-8"))
        return Brief(
            **{**raw, "day": date.fromisoformat(raw["day"]), "topics": tuple(raw["topics"])}
        )
    except (OSError, ValueError, TypeError, KeyError, PolicyError):
        return None  # gone, or from before the topics changed


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing: a killed process leaves no half file under this name."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    part.write_bytes(data)
    part.replace(path)


def sweep(days: int = KEPT_DAYS) -> int:
    """Delete orders older than `days`; the number of them."""
    if not folder().is_dir():
        return 0
    limit = time.time() - days * 86400
    old = [
        p for p in folder().iterdir() if ORDER_ID.fullmatch(p.name) and p.stat().st_mtime < limit
    ]
    for place in old:
        shutil.rmtree(place, ignore_errors=True)
    return len(old)
