"""Combinations of means over one law are compared by what is averaged; over several laws they are left alone."""

import pytest
import sympy as sp

from derivations.engine.routes.certificates.common_law import by_common_law
from derivations.engine.routes.normal_forms.normal_form import Equation
from theory import Domain
from theory.averages import GaussianMean

x, y, beta = sp.symbols("x y beta", positive=True)
z, u, h, q = sp.symbols("z u h q", real=True)
DOMAIN = Domain({x: (0, 2), y: (0, 2), beta: (0, 2), h: (-1, 1), q: (0, 1)})


def tanh(power: int, law: sp.Symbol = x) -> sp.Expr:
    return GaussianMean(sp.tanh(z + h) ** power, z, law)


RIGHT = {
    "fourth power of the secant": (1 - 2 * tanh(2) + tanh(4), GaussianMean(sp.sech(u + h) ** 4, u, x)),
    "a weight from outside": (
        beta * tanh(2) - beta * GaussianMean(sp.cosh(z) ** -2, z, x),
        beta * GaussianMean(sp.tanh(u + h) ** 2 - sp.sech(u) ** 2, u, x),
    ),
    "a variance whose set says that it is positive": (
        1 - GaussianMean(sp.tanh(z) ** 2, z, q),
        GaussianMean(sp.sech(z) ** 2, z, q),
    ),
}
WRONG = {
    "second power of the secant": (1 - 2 * tanh(2) + tanh(4), GaussianMean(sp.sech(z + h) ** 2, z, x)),
    "another law": (1 - 2 * tanh(2) + tanh(4), GaussianMean(sp.sech(z + h) ** 4, z, y)),
    "laws mixed": (tanh(2) + tanh(4, y), tanh(4) + tanh(2, y)),
    "a product of means": (tanh(2) * tanh(4), GaussianMean(sp.tanh(z + h) ** 6, z, x)),
    "a missing constant": (2 * tanh(2) - tanh(4), GaussianMean(-(sp.sech(z + h) ** 4), z, x)),
    "a variance that may be negative": (GaussianMean(sp.Abs(z), z, h), GaussianMean(sp.sqrt(u**2), u, h)),
    "another field": (tanh(2), 1 - GaussianMean(sp.sech(z - h) ** 2, z, x)),
}


@pytest.mark.parametrize("name", RIGHT)
def test_equal_integrands_prove_equal_means(name):
    left, right = RIGHT[name]
    assert by_common_law(Equation(left=left, right=right, domain=DOMAIN))


@pytest.mark.parametrize("name", WRONG)
def test_nothing_else_is_proved(name):
    left, right = WRONG[name]
    assert by_common_law(Equation(left=left, right=right, domain=DOMAIN)) == ""
