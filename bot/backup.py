"""Backup and restore of the service's databases while it runs, by SQLite's own copying.

A backup is a whole, checked copy of one moment; a restore goes into the living file as one
transaction, so that the service reads either the old content or the restored one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from policy_kb.errors import PolicyError
from policy_kb.store.atomic import read_only

WAIT = 30.0
"""Seconds to wait for the service to end its transaction."""


def backup(var: Path, folder: Path) -> list[Path]:
    """Copy every database of `var` into the folder; PolicyError where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_copied(path, folder / path.name) for path in _databases(var)]


def _copied(source: Path, target: Path) -> Path:
    fresh = target.with_suffix(".partial")
    fresh.unlink(missing_ok=True)
    with closing(read_only(source)) as old, closing(sqlite3.connect(fresh)) as new:
        old.backup(new)
    _sound(fresh)
    return fresh.replace(target)


def restore(var: Path, folder: Path) -> list[Path]:
    """Put every database of the folder in the place of the one in `var`.

    All are checked before the first is touched; PolicyError names the one that is damaged.
    """
    kept = list(_databases(folder))
    for path in kept:
        _sound(path)
    var.mkdir(parents=True, exist_ok=True)
    for path in kept:
        with (
            closing(read_only(path)) as old,
            closing(sqlite3.connect(var / path.name, timeout=WAIT)) as new,
        ):
            old.backup(new)
    return [var / path.name for path in kept]


def _databases(folder: Path) -> Iterable[Path]:
    found = sorted(folder.glob("*.db"))
    if not found:
        raise PolicyError(f"{folder} 里没有数据库（*.db）。")
    return found


def _sound(path: Path) -> None:
    try:
        with closing(read_only(path)) as connection:
            told = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        told = str(error)
    if told != "ok":
        raise PolicyError(f"{path} 损坏了（{told}），没有动现在的数据。")
