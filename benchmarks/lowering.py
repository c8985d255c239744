"""Time of lowered NumPy functions over that of SymPy's lambdify, and the worst error of both.

    python -m benchmarks.lowering            about twenty seconds
    python -m benchmarks.lowering --quick    one repetition, to see that it runs

All are timed in turn within one process on one thread; a ratio is the median over repetitions, with its quartiles.
Two formulas are derived ones; those marked "stated" wait for their derivation.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is imported, so it stands before

import numpy as np
import sympy as sp

from derivations.spin_glass import results
from numerics.lowering import Lowered, lower
from numerics.lowering.accuracy import measured
from numerics.lowering.arguments import checked_arguments
from numerics.lowering.probes import probes
from theory.models import multilayer as model

LENGTHS = (1, 64, 10_000, 1_000_000)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A formula and the symbols it is a function of."""

    name: str
    expression: Any
    arguments: tuple[Any, ...]


def subjects() -> tuple[Subject, ...]:
    """What is timed."""
    z, q, beta, h = sp.symbols("z q beta h", positive=True)
    integrand = sp.exp(-(z**2) / 2) / sp.sqrt(2 * sp.pi) * sp.log(2 * sp.cosh(beta * sp.sqrt(q) * z))
    residual = sp.atanh(z / 4) - beta * h + beta**2 * q * (1 - z**2 / 16) * z / 4
    polynomial = sum(sp.Rational(1, k + 1) * z**k * (1 + q) ** (k % 5) for k in range(24))
    sizes = (model.inverse_temperature, model.layer_size, model.weight_variance, model.n_bonds)
    return (
        Subject(name="least Hessian eigenvalue", expression=results.equal_layer_least_eigenvalue(), arguments=sizes),
        Subject(name="melting temperature", expression=results.equal_layer_critical_temperature(), arguments=sizes[2:]),
        Subject(name="replica integrand (stated)", expression=integrand, arguments=(beta, q, z)),
        Subject(name="TAP residual (stated)", expression=residual, arguments=(beta, q, h, z)),
        Subject(name="polynomial of degree 23 (stated)", expression=polynomial, arguments=(q, z)),
    )


def seconds(function: Callable[..., Any], values: Sequence[Any]) -> float:
    """One timing, over as many calls as make a millisecond."""
    calls = max(1, int(1e-3 / max(1e-7, _once(function, values))))
    start = time.perf_counter()
    for _ in range(calls):
        function(*values)
    return (time.perf_counter() - start) / calls


def _once(function: Callable[..., Any], values: Sequence[Any]) -> float:
    start = time.perf_counter()
    function(*values)
    return time.perf_counter() - start


def report(subject: Subject, repetitions: int) -> None:
    """Print one formula's block."""
    start = time.perf_counter()
    ours = lower(subject.expression, subject.arguments)
    lowering_time = time.perf_counter() - start
    plain = sp.lambdify(subject.arguments, subject.expression, "numpy")
    shared = sp.lambdify(subject.arguments, subject.expression, "numpy", cse=True)
    print(f"\n{subject.name}: lowered in {1e3 * lowering_time:.1f} ms")
    print(f"  worst error, ulp: ours {ours.max_ulp:.3g}, lambdify {_error(plain, ours):.3g}")
    rng = np.random.default_rng(0)
    for length in LENGTHS:
        values = [rng.uniform(0.5, 2.0, length) for _ in subject.arguments]
        rows = [[seconds(f, values) for f in (ours, plain, shared)] for _ in range(repetitions)]
        own = 1e6 * statistics.median(r[0] for r in rows)
        ratios = [_ratio([r[0] / r[k] for r in rows]) for k in (1, 2)]
        print(f"  n = {length:>9,}: {own:9.1f} us, over lambdify {ratios[0]}, over lambdify(cse) {ratios[1]}")


def _error(function: Callable[..., Any], ours: Lowered) -> float:
    arguments = checked_arguments(ours.arguments)
    points = probes(ours.expression, arguments, ours.domain)
    return measured(function, ours.expression, arguments, points).max_ulp


def _ratio(values: Sequence[float]) -> str:
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75])
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one repetition of each timing")
    repetitions = 1 if parser.parse_args().quick else 9
    for subject in subjects():
        report(subject, repetitions)


if __name__ == "__main__":
    main()
