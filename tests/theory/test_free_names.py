"""Which names of an expression need a domain: the free ones, whatever binds the others."""

import pytest
import sympy as sp

from theory.averages import GaussianMean
from theory.sums import Sigma, free_names

x, y, z = sp.symbols("x y z")
k, n = sp.symbols("k n", integer=True)
q = sp.IndexedBase("q")
f = sp.Function("f")

CASES = [
    (Sigma(x**k, (k, 0, n)), {x, n}),
    (sp.Integral(f(z) * y, (z, 0, x)), {x, y}),
    (GaussianMean(f(z + x), z, y), {x, y}),
    (q[k] * x, {q, k, x}),
    (sp.Derivative(f(x**2), x).doit(), {x}),
    (sp.Subs(sp.Derivative(f(y), y), y, x + y), {x, y}),
]


@pytest.mark.parametrize(("expression", "names"), CASES)
def test_bound_names_are_left_out(expression, names):
    assert free_names(expression) == names
