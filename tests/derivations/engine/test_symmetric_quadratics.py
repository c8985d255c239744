"""Means over Gaussian families of any size of exponentials of quadratics that permutations leave alone; their balls."""

import numpy as np
import pytest
import sympy as sp
from flint import acb

from derivations import verify
from derivations.engine.routes import exact
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from derivations.engine.routes.enclosures.quadratic_exponents import quadratic_mean
from derivations.engine.routes.enclosures.separation import NotSeparableError, separate
from theory import Domain, Identity
from theory.averages import GaussianMean
from theory.sums import Sigma
from theory.symbols import family

s = family("s", real=True)
a, b = sp.symbols("a b", integer=True)
m, n = sp.symbols("m n", integer=True, positive=True)
x, y, c, v = sp.symbols("x y c v", real=True)
RUN = (a, 1, m)
TOTAL, SQUARES = Sigma(s[a], RUN), Sigma(s[a] ** 2, RUN)
ACROSS, ALONG = 1 - v * c, 1 - v * (c + m * x)
SETS = {m: sp.Range(1, sp.oo), x: (-1, 1), y: (-1, 1), c: (-1, 1), v: (0, 2)}
WHERE = Domain(SETS, [sp.Lt(v * c, 1), sp.Lt(v * (c + m * x), 1)])
MEAN = GaussianMean(sp.exp(x * TOTAL**2 / 2 + y * TOTAL + c * SQUARES / 2), s, v, RUN)


def closed(across=ACROSS, along=ALONG, power=m - 1, push=sp.S.Half):
    return across ** (-power / 2) / sp.sqrt(along) * sp.exp(push * v * m * y**2 / along)


def test_a_form_with_two_eigenvalues_is_proved_for_any_size():
    verdict = verify(Identity(MEAN, closed(), WHERE))
    assert verdict.status == "proved"
    assert any("eigenvalues" in e.technique for e in verdict.evidence)


@pytest.mark.parametrize(
    "wrong",
    [
        closed(power=m),
        closed(push=1),
        closed(along=1 - v * (c + x)),
        closed(across=1 + v * c),
        closed(along=1 - v * (c + (m - 1) * x)),
    ],
)
def test_a_wrong_multiplicity_or_eigenvalue_is_refuted_and_not_proved(wrong):
    assert not exact.equal(MEAN, wrong, WHERE)
    assert verify(Identity(MEAN, wrong, WHERE), repair=False).status == "refuted"


def test_a_double_sum_is_the_square_of_the_sum_and_its_logarithm_splits():
    twice = GaussianMean(sp.exp(Sigma(x * s[a] * s[b] / 2, RUN, (b, 1, m)) + c * SQUARES / 2), s, 1, RUN)
    logarithm = -(m - 1) * sp.log(1 - c) / 2 - sp.log(1 - c - m * x) / 2
    sets = {name: values for name, values in SETS.items() if name in (m, x, c)}
    where = Domain(sets, [sp.Lt(c, 1), sp.Lt(c + m * x, 1)])
    assert exact.equal(twice, closed().subs({y: 0, v: 1}), where)
    assert exact.equal(sp.log(twice), logarithm, where)


def test_nothing_is_proved_where_the_mean_may_diverge():
    assert not exact.equal(MEAN, closed(), Domain(SETS, [sp.Lt(v * c, 1)]))


def test_blocks_of_replicas_have_an_eigenvalue_for_each_set_of_slots():
    q, d = sp.symbols("q d", positive=True)
    places = ((a, 1, n), (b, 1, m))
    whole, blocks = Sigma(s[a, b], *places) ** 2, Sigma(Sigma(s[a, b], (b, 1, m)) ** 2, (a, 1, n))
    block, along = 1 + d * m, 1 + d * m + q * n * m
    value = block ** (-(n - 1) / sp.Integer(2)) / sp.sqrt(along)
    where = Domain({m: sp.Range(1, sp.oo), n: sp.Range(1, sp.oo), q: (0, 1), d: (0, 1)})
    mean = GaussianMean(sp.exp(-(q * whole + d * blocks) / 2), s, 1, *places)
    assert exact.equal(mean, value, where, until=float("inf"))
    assert not exact.equal(mean, value / sp.sqrt(block), where)


def test_balls_complete_squares_as_determinants_and_inverses_do():
    names = sp.symbols("z_0:3", real=True)
    form = np.array([[0.5, 0.25, -0.125], [0.25, -1.0, 0.5], [-0.125, 0.5, 0.25]])
    push, sizes = np.array([0.5, -0.25, 1.0]), np.array([0.5, 2.0, 1.0])
    exponent = sum(sp.Rational(form[i, j]) * names[i] * names[j] / 2 for i in range(3) for j in range(3))
    exponent += sum(sp.Rational(p) * z for p, z in zip(push, names, strict=True))
    variances = {z: acb(float(size)) for z, size in zip(names, sizes, strict=True)}
    found = quadratic_mean(3 * sp.exp(exponent), variances, Frame(free=lambda name: name))
    assert found is not None
    matrix = np.eye(3) - np.diag(sizes) @ form
    exact_value = 3 * np.exp(push @ np.linalg.solve(matrix, sizes * push) / 2) / np.sqrt(np.linalg.det(matrix))
    assert abs(float(found.real) - exact_value) < 1e-12 * exact_value


def test_a_mean_that_diverges_has_no_finite_ball():
    z, w = sp.symbols("z w", real=True)
    sizes, frame = {z: acb(1), w: acb(1)}, Frame(free=lambda name: name)
    found = quadratic_mean(sp.exp(2 * z * w), sizes, frame)
    assert found is not None and not found.is_finite()
    assert quadratic_mean(sp.exp(z * w) * sp.cosh(z * w), sizes, frame) is None
    assert quadratic_mean(sp.exp(z**2 * w), sizes, frame) is None


def test_exponents_of_very_many_terms_are_not_multiplied_out():
    names = sp.symbols("z_0:400", real=True)
    with pytest.raises(TooLargeError, match="too many terms"):
        separate(sp.exp(sp.Add(*names) ** 2), frozenset(names))
    with pytest.raises(NotSeparableError):
        separate(sp.exp(sp.Add(*names[:5]) ** 2), frozenset(names))
