"""The least time that a loop can take on this machine: what its memory and its arithmetic take, measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from benchmarks.comparison.native_code import native, pointer
from benchmarks.comparison.timing import interleaved

DOUBLE_BYTES = 8
IN_CACHE = 1024
"""Elements for rates of arithmetic: two arrays of them stay in the first-level cache."""
CHAIN, CHAINS = 8, 4
"""Sums and products are measured in several polynomials of this degree: independent, so that none waits for another."""
REPETITIONS = 5
DIVIDER = ("divide", "sqrt")
"""Operations of a unit of their own, which works beside those of sums, products and functions."""
FORMS: Mapping[str, str] = {"divide": "1.5/x[i]"}
"""What is measured for an operation; else the call of the function of its name."""
RANGE = (0.1, 0.9)
"""Within the domain of every function."""

TIMES = 64
"""How often they are gone through in one call, so that the call does not count."""
_LOOP = """\
static __attribute__((noinline)) void once(size_t n, double *restrict out, const double *restrict x)
{{
    for (size_t i = 0; i < n; i++)
        out[i] = {value};
}}

void rate(size_t times, size_t n, double *restrict out, const double *restrict x)
{{
    for (size_t k = 0; k < times; k++)
        once(n, out, x);
}}
"""
_POLYNOMIALS = " + ".join(f"({k}.5 + x[i]*" * CHAIN + "x[i]" + ")" * CHAIN for k in range(CHAINS))
_FLOPS = CHAINS * 2 * CHAIN + CHAINS - 1


@dataclass(frozen=True, kw_only=True)
class Floor:
    """Least seconds for one call.

    Attributes
    ----------
    memory
        The bytes read and written, at the bandwidth of a copy of as many bytes.
    divider
        Divisions and square roots, each at its own measured rate.
    arithmetic
        The other operations, likewise.
    bandwidth
        Of that copy: bytes a second, read and written.
    rates
        Seconds an element, by operation.
    """

    memory: float
    divider: float
    arithmetic: float
    bandwidth: float
    rates: Mapping[str, float]

    @property
    def part(self) -> str:
        """Which of them takes longest."""
        return max(("memory", "divider", "arithmetic"), key=lambda name: getattr(self, name))

    @property
    def seconds(self) -> float:
        """The largest of the three: they can overlap."""
        return getattr(self, self.part)


def floor(counted: Mapping[str, int], n_arrays: int, length: int) -> Floor:
    """That of a loop with so many operations an element, over arrays of a length."""
    rates = {name: seconds_per_element(name) for name in counted}
    times = {name: length * number * rates[name] for name, number in counted.items()}
    n_bytes = DOUBLE_BYTES * n_arrays * length
    bandwidth = copy_bandwidth(n_bytes)
    return Floor(
        memory=n_bytes / bandwidth,
        divider=sum(time for name, time in times.items() if name in DIVIDER),
        arithmetic=sum(time for name, time in times.items() if name not in DIVIDER),
        bandwidth=bandwidth,
        rates=rates,
    )


@cache
def copy_bandwidth(n_bytes: int) -> float:
    """Bytes read and written a second by a copy that reads and writes so many."""
    length = max(1, n_bytes // (2 * DOUBLE_BYTES))
    return 2 * DOUBLE_BYTES * length / _fastest("x[i]", length, times=max(1, TIMES * IN_CACHE // length))


@cache
def seconds_per_element(operation: str) -> float:
    """Time of one operation on one element in the first-level cache."""
    if operation == "flop":
        return _fastest(_POLYNOMIALS, IN_CACHE, TIMES) / (_FLOPS * IN_CACHE)
    return _fastest(FORMS.get(operation, f"{operation}(x[i])"), IN_CACHE, TIMES) / IN_CACHE


def _fastest(value: str, length: int, times: int) -> float:
    """Least seconds of a loop over an expression in ``x[i]``, gone through many times."""
    loop: Any = native(_LOOP.format(value=value))
    x = np.random.default_rng(0).uniform(*RANGE, length)
    out = np.empty(length)
    arguments = (times, length, pointer(out), pointer(x))
    return min(interleaved({"loop": lambda: loop(*arguments)}, REPETITIONS)["loop"]) / times
