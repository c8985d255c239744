"""A term that is tiny beside another one is seen, or the claim is not accepted."""

from random import Random

import pytest
import sympy as sp

from derivations.engine.routes.enclosures.hidden import MOST_BITS, SPARE_BITS, bits_to_see, visible_at
from derivations.engine.routes.sampling import points
from derivations.engine.verify import verify
from theory.domain import Domain
from theory.statements import Identity

x = sp.Symbol("x")
n = sp.Symbol("n", integer=True)
HALF = Domain({x: (sp.Rational(1, 2), 1)})
SMALL = Domain({x: (0, sp.Rational(1, 4))})
WRONG = {
    "a sine beside an exponential": (sp.exp(10**4 * x) + sp.sin(x), sp.exp(10**4 * x), HALF),
    "a tiny number": (sp.sin(x) + sp.Rational(1, 10**500), sp.sin(x), HALF),
    "a tiny exponential": (sp.log(1 + x) + sp.exp(-5000 * x), sp.log(1 + x), HALF),
    "a high power": (sp.sqrt(x) + x**3000, sp.sqrt(x), SMALL),
    "the other half of a cosine": (sp.cosh(10**4 * x), sp.exp(10**4 * x) / 2, HALF),
    "a saturated tangent": (sp.tanh(10**4 * x), sp.Integer(1), HALF),
    "a saturated error function": (sp.erf(100 * x), sp.Integer(1), HALF),
    "a number beside a power": (sp.cosh(x) ** 10**4 + 1, sp.cosh(x) ** 10**4, HALF),
}
BEYOND = {
    "an exponential of a million": (sp.exp(10**6 * x) + 1, sp.exp(10**6 * x), HALF),
    "a root beside a huge power": (sp.sqrt(x) * (x + 1) ** 10**6 + sp.sqrt(x), sp.sqrt(x) * (x + 1) ** 10**6, HALF),
}
RIGHT = {
    "no small term": (sp.besselj(0, x) + sp.besselj(2, x), 2 * sp.besselj(1, x) / x, HALF),
    "a visible small term": (sp.besselj(0, x) + sp.exp(-50 * x), sp.exp(-50 * x) + sp.besselj(0, x), HALF),
    "a huge rational power": ((x + 1) ** 10**6 * x + (x + 1) ** 10**6, (x + 1) ** (10**6 + 1), HALF),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_hidden_term_is_found(name):
    left, right, domain = WRONG[name]
    assert verify(Identity(left, right, domain)).status == "refuted"


def test_sides_that_look_the_same_are_shown_with_their_difference():
    found = verify(Identity(*WRONG["a tiny number"])).counterexample
    assert found is not None
    assert "1.00e-500" in found.note


@pytest.mark.parametrize("name", BEYOND)
def test_what_no_feasible_precision_shows_is_not_accepted(name):
    left, right, domain = BEYOND[name]
    verdict = verify(Identity(left, right, domain))
    assert verdict.status in ("inconclusive", "refuted")


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_claim_is_still_accepted(name):
    left, right, domain = RIGHT[name]
    assert verify(Identity(left, right, domain)).holds is True


def test_the_bits_that_show_a_term_are_counted():
    point = next(points(Domain({x: sp.FiniteSet(sp.Integer(1))}), Random(0)))
    assert bits_to_see(point, [(x + sp.Rational(1, 2**1000), x)]) == pytest.approx(1000 + SPARE_BITS, abs=2)
    assert bits_to_see(point, [(sp.tanh(100 * x), x)]) == pytest.approx(200 / 0.6931 + SPARE_BITS, abs=2)
    assert bits_to_see(point, [(x + sp.sin(sp.pi * x), x)]) == SPARE_BITS, "a term that may be zero hides nothing"


def test_a_point_is_chosen_where_the_terms_show():
    domain = Domain({x: sp.FiniteSet(1, 10**7)})
    drawn = [domain.sample(Random(seed)) for seed in range(12)]
    found = visible_at(drawn, [(sp.exp(x) + 1, sp.exp(x))], 100)
    assert found is not None
    assert found[0](x) == 1
    assert found[1] < 200
    far = [point for point in drawn if point(x) != 1]
    assert bits_to_see(far[0], [(sp.exp(x) + 1, sp.exp(x))]) > MOST_BITS
