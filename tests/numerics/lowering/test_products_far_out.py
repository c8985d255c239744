"""Products of exponentials with powers keep their digits where one of them leaves the range of doubles."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import sympy as sp

from numerics.lowering import lower
from numerics.lowering.accuracy import worst_per_condition
from numerics.lowering.arguments import checked_arguments
from numerics.lowering.expressions import formula
from numerics.lowering.rewrites import ranges

AIM = 4.0
x, y = sp.symbols("x y", real=True)
p, q = sp.symbols("p q", positive=True)

ONE = [(u,) for u in (0.3, 37.0, 599.0, 601.0, 650.0, 709.0, 712.3, 725.0, 1e4, 1e8, 1e155, 1e300)]
TWO = [(712.3, -1.6e-4), (710.0, 709.5), (-744.0, 3.0), (3.0, 2.0), (-650.0, 640.0), (-1e4, -2e4)]
PRODUCTS: dict[Any, tuple[tuple[Any, ...], list[tuple[float, ...]]]] = {
    p**3 / (sp.exp(p) - 1): ((p,), ONE),
    p**2 * sp.exp(p) / (sp.exp(p) - 1) ** 2: ((p,), ONE),
    p**2 * sp.exp(p) / (sp.exp(p) + 1) ** 2: ((p,), ONE),
    sp.sqrt(p) / sp.sinh(p): ((p,), ONE),
    x**2 / sp.cosh(x) ** 2: ((x,), [*ONE, (-601.0,), (-712.3,), (-1e155,)]),
    x**4 * sp.exp(-(x**2) / 2): ((x,), [(37.0,), (-38.0,), (1e155,), (0.3,)]),
    sp.exp(p) / (1 + p): ((p,), [(712.3,), (709.0,), (3.0,)]),
    (sp.exp(x) - sp.exp(y)) / (x - y): ((x, y), TWO),
    sp.exp(x + y) - sp.exp(x): ((x, y), [(1000.0, 0.0), (712.0, -1e-3), (3.0, 1e-9), (740.0, -60.0)]),
    q**2 * sp.exp(-p): ((p, q), [(745.0, 1e120), (640.0, 1e150), (1e5, 1.0), (3.0, 2.0)]),
}


def worst(function: Any, expression: Any) -> float:
    arguments, points = PRODUCTS[expression]
    return worst_per_condition(function, formula(expression), checked_arguments(arguments), points)


@pytest.mark.parametrize("backend", ["numpy", "c"])
@pytest.mark.parametrize("expression", PRODUCTS, ids=str)
def test_products_keep_the_digits_that_the_condition_allows(expression: Any, backend: str) -> None:
    assert worst(lower(expression, PRODUCTS[expression][0], backend=backend, accuracy="strict"), expression) <= AIM


@pytest.mark.parametrize("expression", PRODUCTS, ids=str)
def test_the_plain_product_loses_each_of_them(expression: Any) -> None:
    plain = sp.lambdify(PRODUCTS[expression][0], expression, "numpy")
    assert worst(plain, expression) > AIM


@pytest.mark.parametrize("power", [511, 512 + 1e-6])
def test_a_step_that_is_not_the_logarithm_of_the_factor_is_found_out(
    power: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranges, "STEP", power * math.log(2))
    expression = p**2 * sp.exp(-p)
    wrong = lower(ranges.within_range(expression), [p])
    points = [(650.0,), (3.0,)]
    assert worst_per_condition(wrong, formula(expression), checked_arguments([p]), points) > 1e3


def test_ordinary_arguments_give_the_bits_of_the_plain_product() -> None:
    points = np.linspace(-500, 500, 1001)
    assert np.array_equal(lower(x**3 * sp.exp(-x), [x])(points), points * points * points * np.exp(-points))


@pytest.mark.parametrize("backend", ["numpy", "c"])
def test_what_is_not_a_number_stays_so(backend: str) -> None:
    function = lower(x**3 * sp.exp(-y), [x, y], backend=backend)
    assert np.isnan(function([np.nan, np.nan, 1.0], [1.0, 1e6, np.nan])).all()


@pytest.mark.parametrize("backend", ["numpy", "c"])
@pytest.mark.parametrize("point", [(0.3, 0.1, 0.2), (500.0, 0.1, 0.2), (-900.0, 0.1, 0.3), (1e4, 1.0, 2.0)])
def test_a_ratio_of_many_exponentials_loses_no_more_than_its_exponents_are_rounded_by(
    point: tuple[float, ...], backend: str
) -> None:
    levels = range(-4, 5)
    ratio = sum(k * sp.exp(k * x - k**2 * p) for k in levels) / sum(sp.exp(k * x - k**2 * q) for k in levels)
    found = lower(ratio, (x, p, q), backend=backend)(*point)
    exact = sp.N(sp.sympify(ratio).xreplace(dict(zip((x, p, q), map(sp.Rational, point), strict=True))), 40)
    largest = 1 + 4 * abs(point[0]) + 16 * max(point[1:])
    assert abs(found / exact - 1) <= 4 * np.finfo(float).eps * largest
