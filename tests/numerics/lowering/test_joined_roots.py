"""Products of square roots in C by one root: with the values of two, wherever these are doubles."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
import sympy as sp

from numerics.lowering import lower
from numerics.lowering.backends import C
from numerics.lowering.lowered import written
from numerics.lowering.reference import reference_value

needs_compiler = pytest.mark.usefixtures("needs_compiler")
p, q, r = sp.symbols("p q r", positive=True)
x, y = sp.symbols("x y", real=True)
PLACES = (5e-324, 1e-300, 1e-9, 1.0, 3.7, 1e75, 1e150, 3e153, 1e160, 1e300, 4e307)
KERNEL = sp.asin(x / (sp.sqrt(1 + 2 * p) * sp.sqrt(1 + 2 * q)))


def source(expression: Any, *arguments: Any, accuracy: Any = "fast") -> str:
    return written(expression, arguments, backend=C, domain=None, accuracy=accuracy).source


@needs_compiler
@pytest.mark.parametrize("sign", [1, -1])
def test_the_root_of_a_product_has_the_digits_of_fifty(sign: int) -> None:
    expression = (sp.sqrt(1 + 2 * p) * sp.sqrt(1 + q)) ** sign
    function = lower(expression, (p, q), backend="c")
    assert "root_of_product(" in function.source
    for first, second in itertools.product(PLACES, repeat=2):
        exact = reference_value(expression, {p: sp.Rational(first), q: sp.Rational(second)})
        assert exact is not None
        assert function(first, second) == pytest.approx(float(exact.mid()), rel=3 * 2.0**-52), (first, second)


@needs_compiler
def test_what_is_infinite_or_not_a_number_stays_so() -> None:
    function = lower(sp.sqrt(1 + p) * sp.sqrt(1 + q), (p, q), backend="c")
    assert function(np.inf, 1.0) == math.inf
    assert math.isnan(function(np.nan, 1e300))
    assert math.isnan(function(1.0, np.nan))


def test_only_roots_of_numbers_from_one_on_are_joined_and_only_where_it_is_not_strict() -> None:
    assert "root_of_product(2.0*p + 1.0, 2.0*q + 1.0)" in source(KERNEL, x, p, q)
    assert "root_of_product" not in source(KERNEL, x, p, q, accuracy="strict")
    assert "root_of_product" not in source(sp.sqrt(p) * sp.sqrt(q + 1), p, q)
    assert "root_of_product" not in source(sp.sqrt(1 + x) * sp.sqrt(1 + y), x, y)


def test_a_root_that_is_needed_elsewhere_is_not_computed_twice() -> None:
    expression = sp.sqrt(1 + p) * sp.sqrt(1 + q) + sp.exp(sp.sqrt(1 + p)) + 1 / sp.sqrt(1 + q)
    assert "root_of_product" not in source(expression, p, q)


def test_of_three_roots_two_are_joined() -> None:
    text = source(sp.sin(x) / (sp.sqrt(1 + p) * sp.sqrt(1 + q) * sp.sqrt(1 + r)), x, p, q, r)
    body = text.partition("static void contiguous")[2]
    assert body.count("root_of_product(") == 1
    assert body.count("sqrt(") == 1
