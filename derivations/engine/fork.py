"""Claims with classes that only the calling process knows: examined in a copy of it, which can be killed too."""

from __future__ import annotations

import os
import pickle
import select
import signal
import time
import warnings
from collections.abc import Callable
from typing import Any

from derivations.engine.bounds import bound_memory
from derivations.engine.failure import failure
from derivations.engine.worker import WorkerLostError, WorkerTimeoutError

CHUNK = 2**16


def can_fork() -> bool:
    """Whether this system can copy a process."""
    return hasattr(os, "fork")


def in_a_copy(work: Callable[[], Any], timeout: float) -> Any:
    """What ``work`` returns in a copy of this process.

    Raises
    ------
    WorkerTimeoutError
        If there is no answer in time.
    WorkerLostError
        If the copy ended without an answer, or answered what cannot be sent.
    """
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Newer versions of Python warn where the process has threads; the copy takes no lock of theirs and only counts.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _work_and_end(work, writing)
    os.close(writing)
    try:
        return _received(reading, time.monotonic() + timeout)
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _work_and_end(work: Callable[[], Any], writing: int) -> None:
    """The child's whole life: it never returns, and no cleanup of the parent runs in it."""
    try:
        bound_memory()
        message = pickle.dumps(_attempt(work))
        while message:
            message = message[os.write(writing, message) :]
    finally:
        os._exit(0)


def _attempt(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except Exception as error:  # whatever a claim provokes is an answer about that claim
        return failure(error)


def _received(reading: int, deadline: float) -> Any:
    parts = []
    while True:
        if not select.select([reading], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise WorkerTimeoutError
        part = os.read(reading, CHUNK)
        if not part:
            break
        parts.append(part)
    if not parts:
        raise WorkerLostError("a copy of this process ended before it answered")
    try:
        return pickle.loads(b"".join(parts))
    except Exception as error:  # cut off in the middle, or of classes that do not load: no answer
        raise WorkerLostError(f"an unreadable answer: {error}") from error
