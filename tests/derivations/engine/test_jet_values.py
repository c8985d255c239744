"""Values of densities at jets against components written out and differentiated by SymPy."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp

from derivations.engine.routes.jet_values.euler import Sides
from derivations.engine.routes.jet_values.leaves import JetPoint, framed
from derivations.engine.routes.jet_values.rings import MOST_SUMMED, Rationals, Residues
from theory.models import metric_field as model
from theory.tensors import Contracted, InverseMetric, ScalarCurvature, Slope, VolumeElement

PRIME = 134217689


def polynomial_metric(n: int, point: JetPoint, x: Any) -> Any:
    """The metric whose Taylor coefficients up to the fourth order are the jet."""
    metric = model.metric_field(n)

    def entry(a: int, b: int) -> Any:
        total, words = sp.S.Zero, [()]
        for order in range(5):
            for word in words:
                value = point.number(metric.component(a, b), tuple(sorted(word)))
                total += sp.Rational(int(value)) * sp.prod([x[k] for k in word]) / sp.factorial(order)
            words = [(*w, k) for w in words for k in range(n)]
        return total

    return sp.Matrix(n, n, lambda a, b: entry(int(a), int(b)))


def at_origin(expression: Any, x: Any) -> Any:
    return sp.nsimplify(expression.subs(dict.fromkeys(x, 0)))


def curvature_at_origin(g: Any, x: Any) -> Any:
    """The scalar curvature from Christoffel symbols, by the definition of the Riemann tensor."""
    n = len(x)
    inverse = g.inv() if n < 3 else None
    values = at_origin(g, x)
    flat = values.inv()
    slopes = [at_origin(flat * -1, x) * at_origin(g.diff(c), x) * flat for c in x]
    up = [[flat, slopes[c]] for c in range(n)]
    assert inverse is None or at_origin(inverse, x) == flat

    def lowered(d: int, b: int, c: int) -> Any:
        return (g[d, b].diff(x[c]) + g[d, c].diff(x[b]) - g[b, c].diff(x[d])) / 2

    def symbol(a: int, b: int, c: int) -> Any:
        return sum(flat[a, d] * at_origin(lowered(d, b, c), x) for d in range(n))

    def slope(a: int, b: int, c: int, e: int) -> Any:
        return sum(
            up[e][1][a, d] * at_origin(lowered(d, b, c), x) + flat[a, d] * at_origin(lowered(d, b, c).diff(x[e]), x)
            for d in range(n)
        )

    def riemann(a: int, b: int, c: int, d: int) -> Any:
        quadratic = sum(symbol(a, c, e) * symbol(e, d, b) - symbol(a, d, e) * symbol(e, c, b) for e in range(n))
        return slope(a, d, b, c) - slope(a, c, b, d) + quadratic

    return sum(flat[b, d] * riemann(a, b, a, d) for a in range(n) for b in range(n) for d in range(n))


def drawn(n: int, seed: int) -> JetPoint:
    rng = random.Random(seed)
    return framed((model.metric_field(n),), lambda *_: rng.randint(-2, 2), rng, 2)


@pytest.mark.parametrize("n", [2, 3])
def test_the_curvature_is_that_of_the_components(n: int) -> None:
    x, metric = model.coordinates(n), model.metric_field(n)
    for seed in range(2):
        point = drawn(n, seed)
        mine, _ = Sides(ScalarCurvature(metric), sp.S.Zero, (), True).at(Rationals(), point, {})
        theirs = curvature_at_origin(polynomial_metric(n, point, x), x)
        assert Fraction(int(mine.p), int(mine.q)) == Fraction(int(theirs.p), int(theirs.q))


def test_the_curvature_of_a_sphere_is_positive() -> None:
    """At the equator of the unit sphere, with metric diag(1, sin^2), it is 2."""
    metric = model.metric_field(2)
    second = (metric.component(1, 1), (0, 0))
    numbers = {(metric.component(0, 0), ()): 1, (metric.component(1, 1), ()): 1, (metric.component(0, 1), ()): 0}
    point = JetPoint(draw=lambda *key: -2 if key == second else 0, numbers=numbers, frames={metric: (None, 1)})
    assert Sides(ScalarCurvature(metric), sp.S.Zero, (), True).at(Rationals(), point, {})[0] == 2


def test_the_euler_operator_is_that_of_the_components_in_two_dimensions() -> None:
    """Against SymPy's Euler equations for a density with explicit components."""
    x, metric = model.coordinates(2), model.metric_field(2)
    fields = metric.components
    g = metric.matrix()
    root = sp.sqrt(g[0, 0] * g[1, 1] - g[0, 1] ** 2)
    explicit = root * (g.inv() * g.diff(x[0])).trace() * (g.inv() * g.diff(x[1])).trace()
    tensors = VolumeElement(metric) * _product_of_traces(metric)
    equations = sp.calculus.euler.euler_equations(explicit, list(fields), list(x))
    point = framed((metric,), lambda *_: 1, random.Random(3), 2)
    while point.frames[metric][0].det() < 0:
        point = drawn(2, random.Random(int(point.frames[metric][1])).randint(0, 10**6))
    polynomial = polynomial_metric(2, point, x)
    table = {f: polynomial[i] for f, i in zip(fields, (0, 1, 3), strict=True)}
    for field, equation in zip(fields, equations, strict=True):
        mine, _ = Sides(tensors, sp.S.Zero, fields, False).at(Rationals(), point, {field: 1})
        theirs = equation.lhs.subs(table).doit().subs(dict.fromkeys(x, 0))
        assert sp.nsimplify(theirs) == sp.Rational(int(mine.p), int(mine.q))


def _product_of_traces(metric: Any) -> Any:
    def trace(k: int) -> Any:
        return Contracted(InverseMetric(metric, "alpha", "beta") * Slope(metric, "alpha", "beta", k))

    return trace(0) * trace(1)


def test_residues_are_those_of_the_rational_values() -> None:
    metric = model.metric_field(3)
    point = drawn(3, 5)
    sides = Sides(model.curvature_density(metric), sp.S.Zero, metric.components, False)
    point.numbers[model.coupling, ()] = Fraction(3, 7)
    weights = {f: k + 1 for k, f in enumerate(metric.components)}
    exact, _ = sides.at(Rationals(), point, weights)
    residue, _ = sides.at(Residues(PRIME), point, weights)
    assert int(residue) == int(exact.p) * pow(int(exact.q), -1, PRIME) % PRIME


def test_sums_that_would_overflow_are_refused() -> None:
    ring = Residues(PRIME)
    many = np.ones(MOST_SUMMED + 1, dtype=np.int64)
    with pytest.raises(OverflowError, match="sums more than"):
        ring.contracted("a,a->", many, many)
    with pytest.raises(ValueError, match="bits"):
        Residues(2**61 - 1)
