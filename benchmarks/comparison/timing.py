"""Times of several programs, taken in turn within one process, in seconds of the processor.

What other processes do meanwhile then counts little: on a busy machine a clock on the wall measures those.
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CLOCK_SECONDS = 1e-3
"""A timing takes at least so long: short calls are repeated within it."""
ENOUGH_SECONDS = 20.0
FEWEST = 3
"""After so many seconds the repetitions end, if there were so many."""

Call = Callable[[], Any]


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Median and quartiles of a number over repetitions."""

    median: float
    lower: float
    upper: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """That of some values; one value is its own quartiles."""
        if len(values) == 1:
            return cls(median=values[0], lower=values[0], upper=values[0])
        lower, median, upper = statistics.quantiles(values, n=4, method="inclusive")
        return cls(median=median, lower=lower, upper=upper)


def seconds(call: Call, times: int = 1) -> float:
    """The time of one call, as the mean over so many."""
    start = time.thread_time()
    for _ in range(times):
        call()
    return (time.thread_time() - start) / times


def seconds_with_children(call: Call) -> float:
    """The time of one call that may start other programs, with what those take."""
    before = _of_children()
    own = seconds(call)
    return own + _of_children() - before


def interleaved(calls: Mapping[str, Call], repetitions: int) -> dict[str, list[float]]:
    """Seconds a call, by repetition: in each one every program has its turn, and another one begins.

    A turn starts with a call that is not timed: where the program before gave memory back to the system, the first one
    to ask for some pays for it.
    """
    times = {name: max(1, int(CLOCK_SECONDS / max(1e-7, _settled(call)))) for name, call in calls.items()}
    names, found = list(calls), {name: list[float]() for name in calls}
    start = time.thread_time()
    for k in range(repetitions):
        if k >= FEWEST and time.thread_time() - start > ENOUGH_SECONDS:
            break
        for name in names[k % len(names) :] + names[: k % len(names)]:
            calls[name]()
            found[name].append(seconds(calls[name], times[name]))
    return found


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ratio(above: Sequence[float], below: Sequence[float]) -> Spread:
    """One time over another, each pair from one repetition."""
    return Spread.of([a / b for a, b in zip(above, below, strict=True)])


def _settled(call: Call) -> float:
    """The time of a second call: the first one may compile, or fetch memory."""
    call()
    return seconds(call)
