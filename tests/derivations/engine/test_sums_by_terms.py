"""Inequalities of sums over any number of terms, and logarithms of positive sums; with wrong claims next to them."""

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.routes.exact import vanishes
from theory import Domain, Inequality
from theory.sums import Sigma
from theory.symbols import family

n = sp.Symbol("n", integer=True, positive=True)
N = sp.Symbol("N", integer=True, nonnegative=True)
x, y = sp.symbols("x y", integer=True)
E, a = family("E", real=True), family("a", real=True)
r, m = family("r", positive=True), family("m", positive=True)
DOMAIN = Domain({n: sp.Range(1, sp.oo), N: sp.Range(0, sp.oo), E: sp.S.Reals, a: (-2, 2), r: (0, sp.oo), m: (0, sp.oo)})


def total(summand, index=x):
    """The sum over all states."""
    return Sigma(summand, (index, 1, n))


def q(state):
    """Any law."""
    return r[state] / total(r[x])


def p(state):
    """The Boltzmann law."""
    return sp.exp(-E[state]) / total(sp.exp(-E[x]))


DIVERGENCE = total(q(x) * sp.log(q(x) / p(x)))
HELLINGER = total((sp.sqrt(q(x)) - sp.sqrt(p(x))) ** 2)

TRUE = {
    "relative entropy": (DIVERGENCE, 0),
    "relative entropy above the distance of the roots": (DIVERGENCE, HELLINGER),
    "Gibbs free energy above that of Helmholtz": (
        total(q(x) * E[x]) + total(q(x) * sp.log(q(x))),
        -sp.log(total(sp.exp(-E[x]))),
    ),
    "two weighted laws": (total(q(x) * sp.log(q(x) / m[x] * total(m[x]))), 0),
    "chi square": (total(q(x) ** 2 / p(x)) - 1, DIVERGENCE),
    "variance": (total(p(x) * (E[x] - total(p(y) * E[y], y)) ** 2), 0),
    "a double sum": (Sigma(r[x] * (E[x] - E[y]) ** 2, (x, 1, n), (y, 1, n)), 0),
}
FALSE = {
    "the other sign": (0, DIVERGENCE),
    "twice the distance": (DIVERGENCE, 2 * HELLINGER),
    "weights that are not normalized": (total(r[x] * sp.log(r[x] / m[x])), 0),
    "the lost normalization of one law": (total(q(x) * sp.log(q(x) / sp.exp(-E[x]))), 0),
    "a lost square": (Sigma(r[x] * (E[x] - E[y]), (x, 1, n), (y, 1, n)), 0),
    "signed terms": (total(a[x] * r[x]), 0),
    "half of the chi square": ((total(q(x) ** 2 / p(x)) - 1) / 2, DIVERGENCE),
    "one term too many": (Sigma(q(x) * sp.log(q(x) / p(x)), (x, 1, n - 1)), 0),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_sum_of_terms_that_are_nowhere_negative(name):
    left, right = TRUE[name]
    assert verify(Inequality(left, right, DOMAIN.restricted(left - right), relation=">=")).status == "proved"


@pytest.mark.parametrize("name", FALSE)
def test_what_is_wrong_is_refuted(name):
    left, right = FALSE[name]
    found = verify(Inequality(left, right, DOMAIN.restricted(left - right), relation=">="))
    assert found.status == "refuted"
    assert found.counterexample is not None


def test_equality_makes_a_strict_claim_false():
    domain = DOMAIN.restricted(DIVERGENCE)
    assert verify(Inequality(DIVERGENCE, 0, domain, relation=">")).status == "refuted"


def test_an_empty_sum_is_not_positive():
    assert verify(Inequality(total(r[x]), 0, DOMAIN, relation=">")).status == "proved"
    assert verify(Inequality(Sigma(r[x], (x, 1, N)), 0, DOMAIN, relation=">")).status == "refuted"


@pytest.mark.parametrize(
    "positive", [total(r[x]), total(sp.exp(-E[x])), Sigma(r[x] * m[y], (x, 1, n), (y, 1, x)), total(sp.sqrt(r[x]) + 2)]
)
def test_the_logarithm_of_a_positive_sum_splits(positive):
    assert vanishes(sp.log(1 / positive) + sp.log(positive), DOMAIN)


@pytest.mark.parametrize(
    "other",
    [
        Sigma(r[x], (x, 1, N)),
        Sigma(r[x], (x, 2, n)),
        Sigma(r[x] * m[y], (x, 1, n), (y, 2, x)),
        total(a[x]),
        total(r[x] - 1),
        total(a[x] ** 2 - 1),
    ],
)
def test_no_logarithm_splits_at_what_may_be_zero_or_negative(other):
    assert not vanishes(sp.log(1 / other) + sp.log(other), DOMAIN)
