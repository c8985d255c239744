"""One formula measured: every peer at every length, the time to make each, and the floor."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

import numpy as np
from sympy.core.cache import clear_cache

from benchmarks.comparison.floor import DOUBLE_BYTES, Floor, floor
from benchmarks.comparison.native_code import handwritten
from benchmarks.comparison.operations import operations
from benchmarks.comparison.peers import NUMPY, C, Peer, Program, has_compiler
from benchmarks.comparison.subjects import Subject
from benchmarks.comparison.timing import Spread, interleaved, ratio, seconds_with_children
from derivations.engine.cache import VARIABLE

SAME = 1e-9
"""Two programs for one formula differ by rounding, far less than this; for different formulas, by more."""
FEWEST = 1000
"""Elements from which a call is more than its overhead, so that the floor means something."""


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """What was measured of one formula.

    Attributes
    ----------
    subject
        The formula.
    missing
        Peers that were left out, with the reason.
    cold, warm
        Seconds until the first value: of each peer; of ours once more, with the compiled object at hand.
    times
        Seconds a call, by length, peer and repetition.
    operations
        Of the C by hand, an element.
    floors
        By length, of long arrays; empty without a compiler, or without C by hand.
    """

    subject: Subject
    missing: Mapping[str, str]
    cold: Mapping[str, Spread]
    warm: Mapping[str, Spread]
    times: Mapping[int, Mapping[str, Sequence[float]]]
    operations: Mapping[str, int]
    floors: Mapping[int, Floor]

    def ratio(self, length: int, above: str, below: str) -> Spread | None:
        """How many times longer one peer takes than another; None where one of them is missing."""
        times = self.times.get(length, {})
        return ratio(times[above], times[below]) if above in times and below in times else None

    def over_floor(self, length: int, peer: str) -> Spread | None:
        """Its time over the least one; None where there is none."""
        if length not in self.floors or peer not in self.times[length]:
            return None
        return Spread.of([t / self.floors[length].seconds for t in self.times[length][peer]])


def measured(subject: Subject, peers: Sequence[Peer], lengths: Sequence[int], repetitions: int) -> Measurement:
    """Measure a formula.

    Raises
    ------
    ArithmeticError
        If two peers disagree.
    """
    missing = {p.name: why for p in peers if (why := p.missing(subject))}
    present = [p for p in peers if p.name not in missing]
    rng = np.random.default_rng(0)
    cold, warm = _times_to_make(present, subject, repetitions)
    programs = {p: p.build(subject) for p in present}
    times: dict[int, Mapping[str, Sequence[float]]] = {}
    for length in lengths:
        values = subject.values(length, rng)
        _check(subject, programs, values)
        times[length] = interleaved({p.name: _call(f, p.prepare(values)) for p, f in programs.items()}, repetitions)
    counted = operations(handwritten(subject.handwritten)) if subject.handwritten else {}
    floors = (
        {n: floor(counted, subject.n_arrays, n) for n in lengths if n >= FEWEST} if counted and has_compiler() else {}
    )
    return Measurement(
        subject=subject, missing=missing, cold=cold, warm=warm, times=times, operations=counted, floors=floors
    )


def _call(program: Program, parameters: Sequence[Any]) -> Any:
    return lambda: program(*parameters)


def _check(subject: Subject, programs: Mapping[Peer, Program], values: Sequence[Any]) -> None:
    """Refuse to time programs that compute something else."""
    length = len(values[0])
    found = {p.name: _rows(f(*p.prepare(values)), len(subject.results), length) for p, f in programs.items()}
    name, expected = next(iter(found.items()))
    for other, rows in found.items():
        largest = np.abs(expected).max(axis=1, keepdims=True)
        if not np.all(np.abs(rows - expected) <= SAME * largest):
            raise ArithmeticError(
                f"expected {name} and {other} to agree on {subject.name}; found {expected} and {rows}"
            )


def _rows(result: Any, n_results: int, length: int) -> np.ndarray[Any, Any]:
    """One row for each result: some peers have the results as their last axis."""
    rows = np.asarray(result, dtype=np.float64)
    return rows.T if rows.shape == (length, n_results) and length != n_results else rows.reshape(n_results, length)


def _times_to_make(
    peers: Sequence[Peer], subject: Subject, repetitions: int
) -> tuple[dict[str, Spread], dict[str, Spread]]:
    rng = np.random.default_rng(0)
    parameters = {p: p.prepare(subject.values(1, rng)) for p in peers}
    cold: dict[str, list[float]] = {p.name: [] for p in peers}
    warm: dict[str, list[float]] = {p.name: [] for p in (C, NUMPY) if p in peers}
    for peer in peers:
        for _ in range(repetitions if peer.name in warm else 1):
            with _empty_cache():
                cold[peer.name].append(_time_to_make(peer, subject, parameters[peer]))
                if peer.name in warm:
                    warm[peer.name].append(_time_to_make(peer, subject, parameters[peer]))
    return {n: Spread.of(t) for n, t in cold.items()}, {n: Spread.of(t) for n, t in warm.items()}


def _time_to_make(peer: Peer, subject: Subject, parameters: Sequence[Any]) -> float:
    clear_cache()  # SymPy's memory of what it has computed: a new process has none
    return seconds_with_children(lambda: peer.build(subject)(*parameters))


@contextmanager
def _empty_cache() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, {VARIABLE: folder}):
        yield


def bytes_per_element(subject: Subject) -> int:
    """Read and written."""
    return DOUBLE_BYTES * subject.n_arrays
