"""Long sums of products nested by Horner's scheme: the same values, fewer operations, no less accurate."""

from __future__ import annotations

import itertools
import random
from typing import Any

import numpy as np
import pytest
import sympy as sp

from numerics.lowering import lower, taylor_program
from numerics.lowering.accuracy import worst_per_condition
from numerics.lowering.arguments import checked_arguments
from numerics.lowering.backends import BACKENDS
from numerics.lowering.expressions import checked_expression, formula
from numerics.lowering.formula import Formula
from numerics.lowering.lowered import written
from numerics.lowering.numpy_function import NumpyFunction
from numerics.lowering.polynomials import LONG_SUM, factored, operations
from numerics.lowering.probes import probes
from numerics.lowering.program import numpy_source

x, y, z = sp.symbols("x y z", real=True)
p, q = sp.symbols("p q", positive=True)
DENSE = sum(
    sp.Rational(1 + i + 2 * j + 3 * k, 2 + k) * p**i * q**j * z**k
    for i, j, k in itertools.product(range(5), repeat=3)
    if i + j + k < 5
)
POWERS = sum(sp.Rational(1, k + 1) * p**k * (1 + q) ** (k % 5) for k in range(24))
EXAMPLES: dict[str, Any] = {
    "powers of two quantities": POWERS,
    "quotient of dense polynomials": DENSE / (1 + sp.expand((1 + p + q + z**2) ** 3)),
    "polynomial in a function": sp.expand((1 + sp.tanh(x) + y) ** 4),
    "powers of a reciprocal": sum((k + 1) * y ** (k % 3) / (1 + p) ** k for k in range(12)),
    "roots beside powers": sum(sp.sqrt(p) * p**k * y ** (k % 4) / (k + 2) for k in range(10)),
    "exponentials of sums": sp.exp(-sum(q**k / sp.factorial(k) for k in range(1, 12))),
    "gaps": sum(k * x ** (3 * k) for k in range(1, 10)) - 7,
    "several at once": [sp.expand((1 + x + y) ** 4), sp.expand((1 + x + y) ** 4 * x), x + y],
}


def whole(expression: Any) -> Formula:
    return formula(checked_expression(expression))


def values(these: Formula, at: dict[Any, Any]) -> list[Any]:
    known = dict(at)
    for name, value in these.steps:
        known[name] = value.xreplace(known)
    return [sp.expand(entry.xreplace(known)) for entry in these.entries]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_nested_form_has_the_same_exact_values_and_takes_fewer_operations(name: str) -> None:
    before = whole(EXAMPLES[name])
    after = factored(before)
    assert operations(after) < operations(before)
    rng = random.Random(1)
    for _ in range(3):
        at = {s: sp.Rational(rng.randint(1, 20), rng.randint(1, 9)) for s in (x, y, z, p, q)}
        assert values(after, at) == values(before, at)


@pytest.mark.parametrize("name", ["powers of two quantities", "quotient of dense polynomials", "gaps"])
def test_the_nested_form_is_no_less_accurate(name: str) -> None:
    before = whole(EXAMPLES[name])
    arguments = checked_arguments(sorted(EXAMPLES[name].free_symbols, key=str))
    inner = {a.atom: a.symbol for a in arguments}
    renamed = before.map(lambda e: e.xreplace(inner))
    points = probes(EXAMPLES[name], arguments, None)[:60]
    errors = [
        worst_per_condition(_callable(form, arguments), before, arguments, points)
        for form in (factored(renamed), renamed)
    ]
    assert errors[0] <= errors[1]


def _callable(form: Formula, arguments: Any) -> Any:
    function = NumpyFunction(numpy_source(form, arguments))
    return lambda *columns: function(columns, columns[0].shape, np.dtype(np.float64))


def test_errors_stay_within_the_bound_for_horners_scheme(backend: str) -> None:
    # Each of n steps rounds a product and a sum, and each coefficient is rounded: (2 n + 1) units of the sum of moduli.
    degree, unit = 15, sp.Rational(1, 2**53)
    coefficients = [sp.Rational((-1) ** k * (3 * k + 1), k + 2) for k in range(degree + 1)]
    polynomial = sp.Add(*(c * x**k for k, c in enumerate(coefficients)))
    points = np.linspace(-2.0, 2.0, 41)
    found = lower(polynomial, (x,), backend=backend, accuracy="strict")(points)
    for at, value in zip(points, found, strict=True):
        exact_at = sp.Rational(float(at))
        moduli = sum(abs(c * exact_at**k) for k, c in enumerate(coefficients))
        error = abs(sp.Rational(float(value)) - polynomial.subs(x, exact_at))
        assert error <= (2 * degree + 2) * unit * moduli


def test_a_dense_polynomial_takes_one_product_and_one_sum_a_term() -> None:
    polynomial = sp.Add(*(sp.Rational(1, 3 * k + 2) * x**k for k in range(31)))
    assert operations(factored(whole(polynomial))) == 60


def test_reciprocals_are_computed_once_and_multiplied() -> None:
    parts = list(factored(whole(EXAMPLES["powers of a reciprocal"])).parts())
    assert [f for part in parts for f in part.atoms(sp.Pow) if f.exp.is_negative] == [1 / (1 + p)]


def test_brackets_are_cut_before_they_are_too_deep() -> None:
    degree = 400
    rng = random.Random(2)
    coefficients = [rng.randint(-9, 9) or 1 for _ in range(degree + 1)]
    polynomial = sp.Add(*(c * x**k for k, c in enumerate(coefficients)))
    found = lower(polynomial, (x,))(np.array([1.0, -1.0, 0.0]))
    assert found.tolist() == [
        sum(coefficients),
        sum(c * (-1) ** k for k, c in enumerate(coefficients)),
        coefficients[0],
    ]


def test_short_sums_and_programs_stay_as_they_are() -> None:
    short = sp.Add(*(x**k * y for k in range(1, LONG_SUM)))
    assert factored(whole(short)) == whole(short)
    program = whole(taylor_program(1 / (1 + x * z + z**2), z, 6, series={}))
    assert factored(program) is program


def test_constants_come_first_where_a_compiler_fuses_products_into_sums() -> None:
    plane = 1 + 2 * x + 3 * y

    def source(accuracy: Any) -> str:
        return written(plane, (x, y), backend=BACKENDS["c"], domain=None, accuracy=accuracy).source

    assert "1.0 + 2.0*x + 3.0*y" in source("fast")
    assert "2.0*x + 3.0*y + 1.0" in source("strict")


def test_a_mistaken_exponent_would_be_seen() -> None:
    before = whole(POWERS)
    wrong = whole(POWERS + p**7 - p**8)
    at = {p: sp.Rational(2, 3), q: sp.Rational(1, 5)}
    assert values(factored(wrong), at) != values(before, at)
