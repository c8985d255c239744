"""Time for one route: seconds of its own work, so that a busy machine changes no verdict before the deadline."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import inf
from typing import Self


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
        """So many seconds of work from now on, but not beyond the deadline."""
        return cls(until=time.thread_time() + seconds, deadline=deadline)

    @property
    def is_spent(self) -> bool:
        """Whether the work or the time is over."""
        return time.thread_time() > self.until or time.perf_counter() > self.deadline

    @property
    def left(self) -> float:
        """Seconds of work that are left."""
        return self.until - time.thread_time()


BOUNDLESS = Budget(until=inf, deadline=inf)
