"""The formulas of the benchmark of lowering, their C by hand, and how operations are counted."""

from __future__ import annotations

from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp

from benchmarks.comparison.floor import Floor
from benchmarks.comparison.local_potential import beta_functions, couplings, expanded_beta_functions
from benchmarks.comparison.native_code import handwritten
from benchmarks.comparison.operations import operations
from benchmarks.comparison.peers import HANDWRITTEN, PEERS
from benchmarks.comparison.subjects import Subject, formulas, stated
from benchmarks.comparison.targets import FLOOR, Target
from benchmarks.comparison.timing import Spread

DIGITS = 50
POINTS = 7
# 200 roundings of half a unit each, and 4 units for each of four vector functions; no sum of these cancels badly.
ROUNDING = 200 * 2.0**-53


def exact(subject: Subject, values: list[Any]) -> Any:
    """The results by mpmath at 50 digits, one row for each."""
    columns = values
    functions = [sp.lambdify(subject.arguments, r, "mpmath") for r in subject.results]
    with mpmath.workdps(DIGITS):
        return np.array(
            [[float(f(*map(mpmath.mpf, point))) for point in zip(*columns, strict=True)] for f in functions]
        )


def test_the_formulas_still_stated_are_known() -> None:
    assert stated(formulas()) == (
        "error-function kernel",
        "rational function of 500 operations",
    )


def test_names_begin_with_different_words() -> None:
    words = [s.name.split()[0] for s in formulas()]
    assert len(set(words)) == len(words)


def test_the_rational_function_has_about_500_operations() -> None:
    subject = next(s for s in formulas() if s.name.startswith("rational"))
    assert 490 <= sp.count_ops(subject.results[0]) <= 510


def test_expanded_beta_functions_are_the_taylor_coefficients_of_the_flow() -> None:
    order = 4
    rho = sp.Symbol("rho")
    u = couplings(order)
    potential = sum(u[k - 1] * rho**k / sp.factorial(k) for k in range(1, order + 1))
    flow = -3 * potential + rho * potential.diff(rho) + 1 / (1 + potential.diff(rho) + 2 * rho * potential.diff(rho, 2))
    for k, beta in enumerate(expanded_beta_functions(order), start=1):
        assert sp.simplify(flow.diff(rho, k).subs(rho, 0) - beta) == 0


def test_the_program_of_the_beta_functions_equals_the_expanded_ones() -> None:
    order = 10
    at = {u: sp.Rational(k + 2, 7) for k, u in enumerate(couplings(order))}
    pairs = zip(beta_functions(order).at(at), expanded_beta_functions(order), strict=True)
    assert all(value == expanded.subs(at) for value, expanded in pairs)


@pytest.mark.usefixtures("needs_compiler")
@pytest.mark.parametrize("subject", formulas(), ids=lambda s: s.name.split()[0])
def test_c_by_hand_computes_the_formula(subject: Subject) -> None:
    values = subject.values(POINTS, np.random.default_rng(1))
    found = HANDWRITTEN.build(subject)(*HANDWRITTEN.prepare(values)).reshape(len(subject.results), POINTS)
    expected = exact(subject, values)
    scale = np.abs(expected).max(axis=1, keepdims=True)
    assert np.all(np.abs(found - expected) <= ROUNDING * scale)


def test_peers_that_are_not_installed_say_what_to_install() -> None:
    numba = next(p for p in PEERS if p.name == "numba")
    absent = type(numba)(name="x", build=numba.build, packages=("no_such_package",))
    assert absent.missing(formulas()[0]) == "not installed: pip install no_such_package"


def test_operations_are_counted_in_the_loop_alone() -> None:
    text = """
    /* a*b */
    void f(size_t n, double *out, const double *x) {
        const double once = 2.0*x[0];
        for (size_t i = 0; i < n; i++) {
            const double third = 1.0/3.0*x[3*i + 1];
            out[i] = -(once + 1e-3*third)/exp(fabs(x[i]) - 0.5);
        }
    }
    """
    assert operations(text) == {"flop": 4, "divide": 1, "exp": 1}


def test_operations_of_the_beta_functions_are_those_of_the_recurrence() -> None:
    inverse_mass, masses, last_lines = 1, 2 * 9, 2 + 2 + 1 + 2 + 6 * 3
    recurrence = sum(min(k, 9) + min(k, 9) - 1 for k in range(1, 11))
    found = operations(handwritten("beta_functions.c"))
    assert found == {"flop": inverse_mass + masses + recurrence + last_lines, "divide": 1}


def spread(value: float) -> Spread:
    return Spread.of([value])


@pytest.mark.parametrize(
    ("at_least", "found", "floor", "by_hand", "bound"),
    [
        (True, 2.0, 2.5, 2.2, FLOOR),
        (True, 2.0, 4.0, 2.2, HANDWRITTEN.name),
        (True, 2.0, 4.0, 3.5, ""),
        (False, 4.0, 3.5, 3.6, FLOOR),
        (False, 4.0, 2.0, 3.6, HANDWRITTEN.name),
    ],
)
def test_a_target_says_who_misses_it_too(
    at_least: bool, found: float, floor: float, by_hand: float, bound: str
) -> None:
    reached = {HANDWRITTEN.name: spread(by_hand), FLOOR: spread(floor)}
    target = Target(words="", aim=3.0, found=spread(found), at_least=at_least, reached=reached)
    assert not target.is_met
    assert target.bound == bound


def test_the_floor_takes_the_divider_beside_the_other_operations() -> None:
    floor = Floor(memory=1.0, divider=3.0, arithmetic=2.0, bandwidth=1.0, rates={})
    assert (floor.part, floor.seconds) == ("divider", 3.0)
