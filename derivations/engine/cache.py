"""Verdicts kept on disk by what they depend on: a file that several processes share, and that may always be deleted.

Nothing here is needed for an answer. A folder that cannot be written to, a file that is locked for too long or was
deleted in between: each means that a claim is examined once more.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import platformdirs

T = TypeVar("T")

VARIABLE = "SADDLEPOINT_CACHE"
"""Environment variable: a folder for the cache, or ``off``."""
FILE = "verdicts.sqlite"
BUSY_SECONDS = 2.0
KEPT = 50_000
"""The newest verdicts that are kept."""
_SETUP = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "CREATE TABLE IF NOT EXISTS verdicts_1 (key TEXT PRIMARY KEY, seal TEXT NOT NULL, verdict TEXT NOT NULL)",
)
_INSERT = "INSERT OR REPLACE INTO verdicts_1 VALUES (?, ?, ?)"
_PRUNE = "DELETE FROM verdicts_1 WHERE rowid <= (SELECT max(rowid) FROM verdicts_1) - ?"


def folder() -> Path | None:
    """Where verdicts are kept; None if they are not."""
    chosen = os.environ.get(VARIABLE, "").strip()
    if chosen.lower() == "off":
        return None
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("saddlepoint", appauthor=False))


def kept(key: str) -> str | None:
    """The text kept under a key, if it is there and whole."""

    def look(connection: sqlite3.Connection) -> str | None:
        row = connection.execute("SELECT seal, verdict FROM verdicts_1 WHERE key = ?", (key,)).fetchone()
        return str(row[1]) if row is not None and row[0] == _seal(key, row[1]) else None

    return _with_file(look, None)


def keep(key: str, verdict: str) -> None:
    """Keep a text under a key, in place of what was there."""

    def write(connection: sqlite3.Connection) -> None:
        connection.execute(_INSERT, (key, _seal(key, verdict), verdict))
        connection.execute(_PRUNE, (KEPT,))

    _with_file(write, None)


def clear() -> int:
    """Forget every verdict; how many there were."""
    return _with_file(lambda connection: connection.execute("DELETE FROM verdicts_1").rowcount, 0)


def _seal(key: str, verdict: str) -> str:
    """Ties a text to its key, so that a damaged row is no verdict."""
    return hashlib.sha256(f"{key} {verdict}".encode()).hexdigest()


def _with_file(work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
    """Work on the file through a connection of its own, which neither threads nor forked processes share."""
    place = folder()
    if place is None:
        return otherwise
    path = place / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            for command in _SETUP:
                connection.execute(command)
            found = work(connection)
            connection.commit()
            return found
    except (OSError, sqlite3.OperationalError):
        return otherwise  # locked, full, read-only: the claim is examined without the cache
    except sqlite3.DatabaseError as error:
        _set_aside(path, error)
        return otherwise


def _set_aside(path: Path, error: sqlite3.Error) -> None:
    """Move a damaged file out of the way, and its journals with it."""
    aside = path.with_suffix(".damaged")
    with contextlib.suppress(OSError):
        path.replace(aside)
        for journal in ("-wal", "-shm"):
            path.with_name(path.name + journal).unlink(missing_ok=True)
        warnings.warn(
            f"the cache of verdicts was damaged ({error}) and is now {aside}; a new one is begun", stacklevel=2
        )
