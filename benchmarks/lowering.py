"""Time of SymPy's lambdify over that of lowered functions in NumPy and C, and the worst errors of all.

    python -m benchmarks.lowering            about a minute
    python -m benchmarks.lowering --quick    one repetition, to see that it runs

All are timed in turn within one process on one thread; a ratio is the median over repetitions, with its quartiles: 3
says that lambdify takes three times as long. Errors are also given over max(1, condition number). Without a C compiler
the lines of C are left out.
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
from numerics.lowering.c.toolchain import CompilerMissingError, compiler
from numerics.lowering.probes import probes
from theory.models import multilayer as model

LENGTHS = (1, 64, 10_000, 1_000_000)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A formula, the symbols it is a function of, and the range of their values."""

    name: str
    expression: Any
    arguments: tuple[Any, ...]
    range: tuple[float, float] = (0.5, 2.0)


def subjects() -> tuple[Subject, ...]:
    """What is timed."""
    z, q, beta, h = sp.symbols("z q beta h", positive=True)
    integrand = sp.exp(-(z**2) / 2) / sp.sqrt(2 * sp.pi) * sp.log(2 * sp.cosh(beta * sp.sqrt(q) * z))
    residual = sp.atanh(z / 4) - beta * h + beta**2 * q * (1 - z**2 / 16) * z / 4
    arc_cosine = (sp.sqrt(1 - z**2) + z * (sp.pi - sp.acos(z))) / sp.pi
    arcsine = 2 / sp.pi * sp.asin(2 * z * sp.sqrt(q * h) / sp.sqrt((1 + 2 * q) * (1 + 2 * h)))
    polynomial = sum(sp.Rational(1, k + 1) * z**k * (1 + q) ** (k % 5) for k in range(24))
    sizes = (model.inverse_temperature, model.layer_size, model.weight_variance, model.n_bonds)
    return (
        Subject(name="least Hessian eigenvalue", expression=results.equal_layer_least_eigenvalue(), arguments=sizes),
        Subject(name="melting temperature", expression=results.equal_layer_critical_temperature(), arguments=sizes[2:]),
        Subject(name="replica integrand (stated)", expression=integrand, arguments=(beta, q, z)),
        Subject(
            name="integrand of one array (stated)",
            expression=integrand.subs({beta: sp.Rational(7, 5), q: 1}),
            arguments=(z,),
        ),
        Subject(name="arc-cosine kernel (stated)", expression=arc_cosine, arguments=(z,), range=(0.05, 0.95)),
        Subject(name="error-function kernel (stated)", expression=arcsine, arguments=(z, q, h), range=(0.05, 0.95)),
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
    ours: dict[str, Lowered] = {}
    for backend in ("numpy", "c") if _has_compiler() else ("numpy",):
        start = time.perf_counter()
        ours[backend] = lower(subject.expression, subject.arguments, backend=backend)
        ours[backend](*(1.0 for _ in subject.arguments))
        milliseconds = 1e3 * (time.perf_counter() - start)
        errors = f"{ours[backend].max_ulp:.3g} ulp, {ours[backend].max_ulp_per_condition:.3g} over condition"
        print(f"  {backend}: lowered and called in {milliseconds:.0f} ms, worst error {errors}")
    plain = sp.lambdify(subject.arguments, subject.expression, "numpy")
    shared = sp.lambdify(subject.arguments, subject.expression, "numpy", cse=True)
    print(f"  lambdify: worst error {_error(plain, ours['numpy']):.3g} ulp")
    rng = np.random.default_rng(0)
    for length in LENGTHS:
        values = [rng.uniform(*subject.range, length) for _ in subject.arguments]
        functions = (plain, shared, *ours.values())
        rows = [[seconds(f, values) for f in functions] for _ in range(repetitions)]
        for place, backend in enumerate(ours, start=2):
            own = 1e6 * statistics.median(r[place] for r in rows)
            over = [_ratio([r[k] / r[place] for r in rows]) for k in (0, 1)]
            print(f"  n = {length:>9,} {backend:>5}: {own:9.1f} us; lambdify {over[0]}, lambdify(cse) {over[1]}")


def _has_compiler() -> bool:
    try:
        compiler()
    except CompilerMissingError:
        return False
    return True


def _error(function: Callable[..., Any], ours: Lowered) -> float:
    arguments = checked_arguments(ours.arguments)
    points = probes(ours.expression, arguments, ours.domain)
    return measured(function, [ours.expression], arguments, points).max_ulp


def _ratio(values: Sequence[float]) -> str:
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75])
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one repetition of each timing")
    repetitions = 1 if parser.parse_args().quick else 9
    for subject in subjects():
        print(f"\n{subject.name}")
        report(subject, repetitions)


if __name__ == "__main__":
    main()
