"""One negative term below the geometric mean of the others: proved up to the last multiple, and not beyond."""

import pytest
import sympy as sp

from derivations import verify
from theory import Domain, Inequality

x, y, z = sp.symbols("x y z", real=True)
REALS = Domain(dict.fromkeys((x, y, z), sp.S.Reals))
POSITIVE = Domain(dict.fromkeys((x, y, z), (0, sp.oo)))
MOTZKIN = x**4 * y**2 + x**2 * y**4 + 1
ROBINSON = x**4 * y**2 + y**4 * z**2 + z**4 * x**2


@pytest.mark.parametrize(
    ("left", "term", "most", "domain"),
    [
        (MOTZKIN, x**2 * y**2, 3, REALS),
        (ROBINSON, x**2 * y**2 * z**2, 3, REALS),
        (x**6 + y**6 + 1, x**2 * y**2, 3, REALS),
        (x**4 + y**4 + z**4 + 1, x * y * z, 4, REALS),
        (x**3 + y**3 + z**3, x * y * z, 3, POSITIVE),
        (x**4 + 8 * y**4, x**2 * y**2, sp.Integer(5), REALS),
    ],
)
def test_the_geometric_mean_bounds_one_term(left, term, most, domain):
    needed = domain.restricted(left)
    assert verify(Inequality(left, most * term, needed, relation=">=")).status == "proved"
    assert verify(Inequality(left, -most * term, needed, relation=">=")).status == "proved"
    slack = sp.Rational(11, 10) if most != 5 else sp.Rational(12, 10)
    assert verify(Inequality(left, most * slack * term, needed, relation=">=")).status != "proved"


@pytest.mark.parametrize(
    "left", [x**4 * y**2 + x**2 * y**4 - 1, x**3 * y**2 + x**2 * y**4 + 1, x**4 + 1 - y, x**2 * y**2 + 1 - 3 * x]
)
def test_a_term_outside_the_simplex_or_of_unknown_sign_is_not_bounded(left):
    assert verify(Inequality(left, 3 * x**2 * y**2, REALS.restricted(left), relation=">=")).status != "proved"
