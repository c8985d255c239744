"""Claims that hold at all small sizes and fail at large ones are refuted there, sums included."""

import random

import pytest
import sympy as sp

from derivations.engine.examine import answered
from derivations.engine.routes.sampling import distant_points
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma

n, m, k, j = sp.symbols("n m k j", integer=True)
x = sp.Symbol("x", real=True)
SIZES = Domain({n: sp.Range(1, sp.oo), x: (0, 1)})
VANISHING = sp.FallingFactorial(n - 1, 79)
"""Zero at n = 1, ..., 79."""
WALKS = Sigma(sp.binomial(2 * n, k) * sp.Abs(n - k), (k, 0, 2 * n))
SUMS = {
    "absolute values": (WALKS, n * sp.binomial(2 * n, n)),
    "two indices": (Sigma(sp.binomial(n, k) * sp.binomial(n - k, j), (k, 0, n), (j, 0, n - k)), 3**n),
    "roots": (Sigma(sp.sqrt(k + x), (k, 0, n)), Sigma(sp.sqrt(k + x), (k, 0, n - 1)) + sp.sqrt(n + x)),
}


def status(left, right):
    return answered(Identity(left, right, SIZES), 30.0, 0).status


@pytest.mark.parametrize("name", SUMS)
def test_a_sum_is_looked_at_far_out(name):
    left, right = SUMS[name]
    assert status(left, right) in ("proved", "enumerated")
    assert status(left, right + VANISHING) == "refuted"
    assert status(left, right * (1 + VANISHING)) == "refuted"


def test_distant_points_lie_in_the_domain_and_grow():
    domain = Domain({n: sp.Range(0, 50, 2), m: sp.Range(3, sp.oo)})
    found = [(point(n), point(m)) for point in distant_points(domain, random.Random(0))]
    assert len(found) == len(set(found))
    assert all(low in sp.Range(0, 50, 2) and high >= 3 for low, high in found)
    assert max(high for _, high in found) == 1003 and (30, 33) in found and (48, 100) in found


def test_a_domain_without_sizes_has_no_distant_points():
    assert not list(distant_points(Domain({x: (0, 1)}), random.Random(0)))
