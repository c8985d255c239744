"""Shared objects, compiled once and kept in a folder that is the user's alone.

An object's name holds the hash of all it depends on and of its own bytes. One whose bytes no longer have that hash, or
that others may write, is never loaded: it is compiled again.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from derivations.engine import cache
from numerics.lowering.c.toolchain import Accuracy, Compiler

PRIVATE = 0o700
DIGITS = 40
MOST_KEPT = 1000
"""Objects in the folder beyond which those not used for the longest time go; each has some 20 kB."""


def folder() -> Path:
    """Where objects are kept: ``lowered`` in the folder of the cache; without a cache, in one for this process.

    Raises
    ------
    PermissionError
        If it belongs to someone else, or others may write there.
    """
    base = cache.folder()
    return _of_this_process() if base is None else _private(base / "lowered")


@lru_cache(maxsize=1)
def _of_this_process() -> Path:
    place = tempfile.mkdtemp(prefix="saddlepoint-lowered-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return Path(place)


def _private(place: Path) -> Path:
    place.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    found = place.stat()
    if not _is_own(found):
        raise PermissionError(
            f"expected {place} to be yours alone, since code is loaded from it; found owner {found.st_uid} and mode "
            f"{stat.filemode(found.st_mode)}: remove it, or name another folder in SADDLEPOINT_CACHE"
        )
    return place


def _is_own(found: os.stat_result) -> bool:
    """Whether it belongs to the user, and nobody else may write it."""
    return not hasattr(os, "getuid") or (
        found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )


def shared_object(source: str, compiler: Compiler, accuracy: Accuracy, threads: int = 1) -> Path:
    """The object for a source: from the folder if it is there unaltered, else compiled now.

    Processes that compile the same source at once each write a file of their own, and the last one stays.
    """
    place, key = folder(), _key(source, compiler, accuracy, threads)
    for found in sorted(place.glob(f"{key}-*.so")):
        if _is_own(found.lstat()) and found.stem == f"{key}-{_digest(found.read_bytes())}":
            found.touch()  # it was used
            return found
        found.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(dir=place) as scratch:
        text, made = Path(scratch) / "lowered.c", Path(scratch) / "lowered.so"
        text.write_text(source, encoding="utf-8")
        compiler.compile(text, made, accuracy, threads)
        made.chmod(PRIVATE)
        target = place / f"{key}-{_digest(made.read_bytes())}.so"
        made.replace(target)
    _prune(place)
    return target


def _prune(place: Path) -> None:
    """Remove what was not used for the longest time; a process that has it loaded keeps it."""
    by_use: list[tuple[float, Path]] = []
    for kept in place.glob("*.so"):
        with suppress(FileNotFoundError):  # another process was faster
            by_use.append((kept.stat().st_mtime, kept))
    for _, oldest in sorted(by_use)[: max(0, len(by_use) - MOST_KEPT)]:
        oldest.unlink(missing_ok=True)


def _key(source: str, compiler: Compiler, accuracy: Accuracy, threads: int) -> str:
    parts = (source, *compiler.command, compiler.version, *compiler.options(accuracy, threads))
    return _digest("\0".join(parts).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:DIGITS]
