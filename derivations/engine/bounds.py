"""What a process that examines claims may use: memory, time and depth of calls."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

MEMORY_BYTES = 4 * 2**30
"""Address space: a claim that needs more fails alone."""
WORN_BYTES = 2**30
"""A process that has grown beyond this is replaced once it has answered."""
STACK_BYTES = 2**28
CALL_DEPTH = 8000
"""Nested calls: SymPy needs several for each level of an expression."""


def _resource() -> ModuleType | None:
    try:
        import resource
    except ImportError:  # not on this system: then memory is not bounded
        return None
    return resource


def bound_memory() -> None:
    """Let allocations fail beyond the limit, counted from what this process uses now."""
    resource = _resource()
    if resource is not None:
        limit = _address_space(resource) + MEMORY_BYTES
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _address_space(resource: ModuleType) -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):  # a system that does not say
        return 0
    return pages * resource.getpagesize()


def is_worn() -> bool:
    """Whether this process has once needed so much memory that a new one is better."""
    resource = _resource()
    if resource is None:
        return False
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024) > WORN_BYTES


def end_after(seconds: float) -> None:
    """Have the system end this process after some seconds, also in the middle of compiled code; 0 calls it off.

    For a process whose client is gone: one that still has a client is ended by it, earlier.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def with_deep_stack(work: Callable[[], None]) -> None:
    """Run ``work`` in a thread in which calls may nest deeply."""
    sys.setrecursionlimit(CALL_DEPTH)
    with contextlib.suppress(ValueError, RuntimeError):
        threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
