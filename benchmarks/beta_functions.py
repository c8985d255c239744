"""Beta functions by truncated series beside SymPy's ``series``, in one run.

    python -m benchmarks.beta_functions           orders 10 and 30; some minutes, most of them SymPy's
    python -m benchmarks.beta_functions --quick   order 4 alone, to see that it runs

Both take the derived flow of a potential about the origin, with the optimized regulator in three dimensions and one
component, to the beta functions of all couplings up to the order: ours as a straight-line program, SymPy's as the
coefficients of the expanded series. At a point of random rational couplings both are the same. Seconds of the
processor; ours is the median of several, with SymPy's memory emptied before each.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any

import sympy as sp
from sympy.core.cache import clear_cache

from benchmarks.comparison.local_potential import beta_functions, couplings, flow_on

COMPARED, LONG = 10, 30
REPETITIONS = 7
TARGET = 300


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a low order alone")
    options = parser.parse_args()
    order = 4 if options.quick else COMPARED
    beta_functions(2)  # loads the derivation
    ours = [_timed(beta_functions, order) for _ in range(REPETITIONS)]
    seconds = statistics.median(s for s, _ in ours)
    theirs, expanded = _timed(series_beta_functions, order)
    _check(ours[0][1], expanded, order)
    print(f"order {order}: truncated series {seconds * 1e3:.1f} ms, SymPy's series {theirs:.2f} s")
    print(f"ratio {theirs / seconds:.0f} (target at order {COMPARED}: {TARGET})")
    if not options.quick:
        longer, program = _timed(beta_functions, LONG)
        print(f"order {LONG}: truncated series {longer:.2f} s, {program.operations} operations")


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
