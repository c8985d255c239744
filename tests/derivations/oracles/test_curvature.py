"""The oracle of curvature: spaces whose curvature is known, and the variation of the scalar curvature."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy as sp

from derivations.oracles.curvature import MetricJet
from derivations.oracles.metric_variation import curvature_density, form_density, variational_derivative
from derivations.oracles.one_loop import Matrix
from derivations.oracles.power_series import Series, determinant, matrix_inverse, matrix_product

FIVE = ("an bd mc", "ac bd mn", "ab cd mn", "ab mc nd", "am cn bd")
"""All ways to join the indices of two forces by three inverse metrics, up to symmetries of the forces."""
x = sp.symbols("x0:4", real=True)
PRINTED = {
    "an bd mc": Fraction(1, 4),
    "ac bn md": Fraction(1, 4),
    "ac bd mn": Fraction(-1, 4),
    "ab cd mn": Fraction(-1, 4),
}
"""Twice kappa times the tensor of Vanchurin (2020), (12.9)."""
CORRECTED = {
    "an bd mc": Fraction(1, 2),
    "ac bd mn": Fraction(-1, 4),
    "ab cd mn": Fraction(1, 4),
    "ab mc nd": Fraction(-1, 2),
}


def jet_of(metric: Any, point: tuple[Any, ...]) -> MetricJet:
    """The jet of a matrix of rational functions, differentiated by a computer algebra system."""
    n, at = metric.rows, dict(zip(x, point, strict=False))

    def value(expression: Any) -> Fraction:
        found: Any = sp.Rational(sp.together(expression).subs(at))
        return Fraction(int(found.p), int(found.q))

    def table(orders: tuple[Any, ...]) -> Matrix:
        return [[value(sp.diff(metric[a, b], *orders) if orders else metric[a, b]) for b in range(n)] for a in range(n)]

    first = [table((x[k],)) for k in range(n)]
    return MetricJet(table(()), first, [[table((x[k], x[l])) for l in range(n)] for k in range(n)])


def random_jet(n: int, seed: int, sparse: bool = False) -> tuple[MetricJet, Matrix]:
    """A jet of Lorentzian signature and a symmetric direction, small rationals."""
    rng = random.Random(seed)

    def symmetric(density: float = 1.0) -> Matrix:
        drawn = {
            (a, b): Fraction(rng.randint(-6, 6), rng.randint(1, 4)) if rng.random() < density else Fraction(0)
            for a in range(n)
            for b in range(a, n)
        }
        return [[drawn[min(a, b), max(a, b)] for b in range(n)] for a in range(n)]

    share = 0.3 if sparse else 1.0
    metric = symmetric(share)
    for a in range(n):
        metric[a][a] += 8 if a else -8
    second = {(k, l): symmetric(share) for k in range(n) for l in range(k, n)}
    places = [[second[min(k, l), max(k, l)] for l in range(n)] for k in range(n)]
    return MetricJet(metric, [symmetric(share) for _ in range(n)], places), symmetric()


def along(jet: MetricJet, direction: Matrix) -> Fraction:
    """G^ab h_ab."""
    return sum((jet.raised_einstein[a][b] * direction[a][b] for a, b in product(jet.indices, repeat=2)), Fraction(0))


@pytest.mark.parametrize("n", [2, 3, 4])
def test_a_sphere_of_radius_one_has_curvature_n_times_n_minus_one(n: int) -> None:
    squares = sp.Add(*[v**2 for v in x[:n]])
    jet = jet_of(sp.eye(n) * 4 / (1 + squares) ** 2, (sp.Rational(1, 2), -2, sp.Rational(3, 5), 1))
    assert jet.scalar == n * (n - 1)
    assert jet.ricci == [[(n - 1) * g for g in row] for row in jet.metric]


@pytest.mark.parametrize("n", [2, 3, 4])
def test_the_hyperbolic_space_has_the_opposite_curvature(n: int) -> None:
    jet = jet_of(sp.eye(n) / x[0] ** 2, (sp.Rational(2, 3), 5, -1, sp.Rational(7, 2)))
    assert jet.scalar == -n * (n - 1)
    assert jet.raised_einstein == [
        [Fraction((n - 1) * (n - 2), 2) * jet.inverse[a][b] for b in range(n)] for a in range(n)
    ]


def black_hole() -> MetricJet:
    """Mass 1 and cosmological constant 3 / 5, at radius 3 and another angle; the polar angle by its cosine."""
    f = 1 - 2 / x[1] - x[1] ** 2 / 5
    sphere = (x[1] ** 2 / (1 - x[2] ** 2), x[1] ** 2 * (1 - x[2] ** 2))
    return jet_of(sp.diag(-f, 1 / f, *sphere), (1, 3, sp.Rational(1, 3), 2))


def test_a_black_hole_beside_a_cosmological_constant_solves_the_field_equations() -> None:
    jet = black_hole()
    assert jet.ricci == [[Fraction(3, 5) * g for g in row] for row in jet.metric]
    assert jet.riemann(0, 1, 0, 1) != 0


def test_the_square_of_the_curvature_of_a_black_hole_is_known() -> None:
    # 48 M^2 / r^6 + 8 Lambda^2 / 3.
    jet = black_hole()
    g, up, total = jet.metric, jet.inverse, Fraction(0)
    for a, b, c, d in product(range(4), repeat=4):
        total += jet.riemann(a, b, c, d) ** 2 * g[a][a] * up[b][b] * up[c][c] * up[d][d]
    assert total == Fraction(48, 3**6) + Fraction(8, 3) * Fraction(3, 5) ** 2


def test_a_flat_metric_in_polar_coordinates_has_no_curvature_but_products_of_christoffel_symbols() -> None:
    jet = jet_of(sp.diag(1, x[0] ** 2), (sp.Rational(3, 2), 1))
    assert jet.scalar == 0
    assert jet.christoffel[0][1][1] == -Fraction(3, 2)
    assert jet.christoffel[1][0][1] == Fraction(2, 3)


@pytest.mark.parametrize(("n", "seed"), [(2, 1), (2, 2), (3, 3), (4, 4)])
def test_the_ricci_tensor_is_symmetric_and_the_christoffel_products_are_one_quadratic_form(n: int, seed: int) -> None:
    jet, _ = random_jet(n, seed, sparse=n == 4)
    assert all(jet.ricci[a][b] == jet.ricci[b][a] for a, b in product(range(n), repeat=2))
    assert jet.products_of_christoffels == jet.contracted(CORRECTED)
    assert jet.products_of_christoffels != jet.contracted(PRINTED)


@pytest.mark.parametrize(("n", "seed"), [(2, 5), (3, 6)])
def test_the_curvature_varies_as_the_einstein_tensor(n: int, seed: int) -> None:
    jet, direction = random_jet(n, seed)
    assert variational_derivative(curvature_density, jet, direction, 2) == -along(jet, direction)


@pytest.mark.slow
def test_the_curvature_varies_as_the_einstein_tensor_in_four_dimensions() -> None:
    jet, direction = random_jet(4, 7, sparse=True)
    assert along(jet, direction) != 0
    assert variational_derivative(curvature_density, jet, direction, 2) == -along(jet, direction)


@pytest.mark.parametrize(("n", "seed"), [(2, 8), (3, 9), (4, 10)])
def test_the_corrected_form_varies_as_the_curvature_and_the_printed_one_does_not(n: int, seed: int) -> None:
    jet, direction = random_jet(n, seed, sparse=n == 4)
    true, printed = (variational_derivative(form_density(w), jet, direction, 1) for w in (CORRECTED, PRINTED))
    assert true == -along(jet, direction)
    assert printed != true


def variations(n: int, seeds: range) -> Any:
    """A row for each jet: the variations of the five forms, and that of the curvature."""
    rows = []
    for seed in seeds:
        jet, direction = random_jet(n, seed, sparse=n == 4)
        forms = [variational_derivative(form_density({w: Fraction(1)}), jet, direction, 1) for w in FIVE]
        rows.append([*forms, -along(jet, direction)])
    return sp.Matrix([[sp.Rational(v.numerator, v.denominator) for v in row] for row in rows])


@pytest.mark.parametrize(("n", "independent"), [(1, 1), (2, 4), (3, 5), (4, 5)])
def test_the_five_forms_are_independent_above_two_dimensions(n: int, independent: int) -> None:
    jets = [random_jet(n, seed)[0] for seed in range(40, 46)]
    values = [[jet.contracted({w: Fraction(1)}) for w in FIVE] for jet in jets]
    found = sp.Matrix([[sp.Rational(v.numerator, v.denominator) for v in row] for row in values])
    assert found.rank() == independent


@pytest.mark.parametrize(("n", "rank"), [(2, 3), (3, 5)])
def test_the_form_that_varies_as_the_curvature_is_unique_above_two_dimensions(n: int, rank: int) -> None:
    found = variations(n, range(20, 27))
    coefficients = sp.Matrix([sp.Rational(str(CORRECTED.get(w, Fraction(0)))) for w in FIVE])
    assert found[:, :5] * coefficients == found[:, 5]
    assert found[:, :5].rank() == rank


@pytest.mark.slow
def test_the_form_is_unique_in_four_dimensions() -> None:
    found = variations(4, range(30, 37))
    assert found[:, :5].rank() == found.rank() == 5


def test_inverse_root_and_determinant_of_series() -> None:
    one, t = Series({(0, 0): Fraction(1)}, 4), Series({(1, 0): Fraction(1)}, 4)
    rows = [[one + t, t * t], [t * t, one.times(Fraction(3)) - t]]
    inverse = matrix_product(rows, matrix_inverse(rows))
    assert {e: c for e, c in inverse[0][0].terms.items() if c} == {(0, 0): 1}
    assert not any(inverse[0][1].terms.values())
    det = determinant(rows).times(Fraction(1, 3))
    square = det.root() * det.root() - det
    assert not any(square.terms.values())
    assert (one + t).root().terms[2, 0] == Fraction(-1, 8)
