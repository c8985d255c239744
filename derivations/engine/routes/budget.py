"""Time for one route: seconds of its own work, so that a busy machine changes no verdict before the deadline.

Each route names the work that suffices on an ordinary machine within the usual time limit. Whoever asks with a longer
limit gives every route more, in proportion.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import inf
from typing import Self

USUAL_TIMEOUT = 30.0
"""Seconds of a claim for which the work of the routes is meant."""

_PATIENCE: ContextVar[float] = ContextVar("patience", default=1.0)


@contextmanager
def patient(timeout: float) -> Iterator[None]:
    """In this block routes work longer if the time limit of the claim is longer than usual; never shorter."""
    token = _PATIENCE.set(max(1.0, timeout / USUAL_TIMEOUT))
    try:
        yield
    finally:
        _PATIENCE.reset(token)


def share(seconds: float) -> float:
    """The work of a route that names so many seconds, under the time limit of the claim."""
    return seconds * _PATIENCE.get()


def work_until(seconds: float) -> float:
    """Where the clock of this thread stands when a route that names so many seconds has done its work."""
    return time.thread_time() + share(seconds)


@dataclass(frozen=True, kw_only=True)
class Budget:
    """A limit on the work of this thread, and the moment at which the claim must be answered.

    Attributes
    ----------
    until
        Of ``time.thread_time``.
    deadline
        Of ``time.perf_counter``.
    """

    until: float
    deadline: float

    @classmethod
    def of(cls, seconds: float, deadline: float) -> Self:
        """The work of a route that names so many seconds, from now on, but not beyond the deadline."""
        return cls(until=work_until(seconds), deadline=deadline)

    @property
    def is_spent(self) -> bool:
        """Whether the work or the time is over."""
        return time.thread_time() > self.until or time.perf_counter() > self.deadline

    @property
    def left(self) -> float:
        """Seconds of work that are left."""
        return self.until - time.thread_time()


BOUNDLESS = Budget(until=inf, deadline=inf)
