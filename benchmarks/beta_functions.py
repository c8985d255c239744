"""Beta functions by truncated series beside SymPy's ``series``, in one run.

    python -m benchmarks.beta_functions           orders 6, 10 and 30; at most five minutes, nearly all of them SymPy's
    python -m benchmarks.beta_functions --quick   order 4 alone, to see that it runs

Both take the derived flow of a potential about the origin, with the optimized regulator in three dimensions and one
component, to the beta functions of all couplings up to the order: ours as a straight-line program, SymPy's as the
coefficients of the expanded series. At the lowest order both must be the same at a point of rational couplings. Seconds
of the processor; ours is the median of several, with SymPy's memory emptied before each. At order 10 SymPy is ended
after a limit, and the ratio is a lower bound.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import time
from typing import Any

import sympy as sp
from sympy.core.cache import clear_cache

from benchmarks.comparison.local_potential import beta_functions, couplings, flow_on

QUICK, CHECKED, COMPARED, LONG = 4, 6, 10, 30
LIMIT = 240.0
"""Seconds that SymPy is given at the order compared."""
REPETITIONS = 7
TARGET = 300


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a low order alone")
    options = parser.parse_args()
    beta_functions(2)  # loads the derivation
    order = QUICK if options.quick else CHECKED
    seconds, program = _ours(order)
    theirs, expanded = _timed(series_beta_functions, order)
    _check(program, expanded, order)
    print(f"order {order}: truncated series {seconds * 1e3:.1f} ms, SymPy's series {theirs:.2f} s")
    print(f"ratio {theirs / seconds:.0f}")
    if options.quick:
        return
    seconds, _ = _ours(COMPARED)
    bound = _series_seconds(COMPARED)
    word = "more than " if bound >= LIMIT else ""
    print(f"order {COMPARED}: truncated series {seconds * 1e3:.1f} ms, SymPy's series {word}{bound:.0f} s")
    print(f"ratio {word}{bound / seconds:.0f} (target: {TARGET})")
    longer, program = _timed(beta_functions, LONG)
    print(f"order {LONG}: truncated series {longer:.2f} s, {program.operations} operations")


def _ours(order: int) -> tuple[float, Any]:
    runs = [_timed(beta_functions, order) for _ in range(REPETITIONS)]
    return statistics.median(seconds for seconds, _ in runs), runs[0][1]


def _series_seconds(order: int) -> float:
    """How long SymPy takes, in a process that is ended at the limit."""
    process = multiprocessing.get_context("spawn").Process(target=series_beta_functions, args=(order,))
    start = time.perf_counter()
    process.start()
    process.join(LIMIT)
    if process.is_alive():
        process.terminate()
        process.join()
        return LIMIT
    return time.perf_counter() - start


def series_beta_functions(order: int) -> list[Any]:
    """The same by SymPy's ``series``, as expanded coefficients."""
    flow, rho = flow_on(order)
    expansion = sp.series(flow, rho, 0, order + 1).removeO()
    coefficients = sp.Poly(sp.expand(expansion), rho)
    return [sp.factorial(k) * coefficients.coeff_monomial(rho**k) for k in range(1, order + 1)]


def _timed(make: Any, order: int) -> tuple[float, Any]:
    clear_cache()
    start = time.process_time()
    made = make(order)
    return time.process_time() - start, made


def _check(program: Any, expanded: list[Any], order: int) -> None:
    point = {u: sp.Rational(k + 1, 3 * k + 7) for k, u in enumerate(couplings(order))}
    values = program.at(point)
    differences = [sp.nsimplify(a - b.xreplace(point)) for a, b in zip(values, expanded, strict=True)]
    if any(differences):
        raise SystemExit("the two disagree: neither timing means anything")


if __name__ == "__main__":
    main()
