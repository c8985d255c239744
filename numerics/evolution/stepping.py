"""Steps from one wanted time to the next, with word of how far they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil
from typing import Any

import numpy as np

from numerics.evolution.grid import Array
from numerics.evolution.inputs import Progress

AT_ONCE = 200
"""Steps between two words of progress."""
ROUNDING = 1e-12


def steps(times: Array, time_step: float) -> Iterator[tuple[int, float]]:
    """For each of the times how many equal steps lead there from the one before, and their length."""
    last = 0.0
    for interval in np.diff(times, prepend=0.0).tolist():
        if interval == 0:
            yield 0, 0.0
            continue
        # A step that fits up to rounding does not become two; one as long as the last up to rounding is the last.
        n = max(1, ceil(interval / time_step * (1 - ROUNDING)))
        length = interval / n
        last = last if abs(length - last) <= ROUNDING * length else length
        yield n, last


def evolved(
    start: Any,
    times: Array,
    time_step: float,
    advance: Callable[[Any, int, float], Any],
    *,
    check: Callable[[Any, float], None],
    progress: Progress | None,
    at_once: int = AT_ONCE,
) -> list[Any]:
    """States at the times.

    Parameters
    ----------
    start
        At time 0.
    times
        Ascending.
    time_step
        The longest; infinite where an evolution is exact.
    advance
        From a state, a number of steps and their length to the state after them.
    check
        Raises an error for a state, and its time, that is none.
    progress
        Called with the steps done and their number, at each of the times and every ``at_once`` steps.
    at_once
        How many.
    """
    found, now, done = [], start, 0
    plan = list(steps(times, time_step))
    total = sum(n for n, _ in plan)
    for time, (n, length) in zip(times.tolist(), plan, strict=True):
        for part in [min(at_once, n - k) for k in range(0, n, at_once)] or [0]:
            now = advance(now, part, length) if part else now
            done += part
            if progress is not None:
                progress(done, total)
        check(now, time)
        found.append(now)
    return found
