"""The edge of the spectrum of I - M, against large sampled matrices, closed forms and the replica Hessian."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest

from numerics.chain import layer_chain
from numerics.ensemble import ensemble_critical_temperature, ensemble_least_eigenvalue
from numerics.large_layer import ResolventEquations, edge, large_layer_least_eigenvalue, resolvent_equations

CHAINS = (
    ((5, 5), (1.0,)),
    ((784, 512, 512, 512, 10), (2.0,) * 4),
    ((100, 30, 70), (0.5, 2.0)),
    ((1000, 1, 1000), (1.0, 1.0)),
    ((7,) * 30, (0.8,) * 29),
)


def critical_beta(sizes: Any, variances: Any) -> float:
    return 1 / ensemble_critical_temperature(sizes, variances)


def sampled_least_eigenvalue(sizes: Any, variances: Any, beta: float, seed: int) -> float:
    rng = np.random.default_rng(seed)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    bonds = np.zeros((ends[-1], ends[-1]))
    for k, variance in enumerate(variances):
        block = rng.standard_normal((sizes[k], sizes[k + 1])) * sqrt(variance / sizes[k])
        bonds[ends[k] : ends[k + 1], ends[k + 1] : ends[k + 2]] = block
    bonds += bonds.T
    return np.linalg.eigvalsh(np.eye(len(bonds)) - beta * bonds + beta**2 * np.diag((bonds**2).sum(axis=0)))[0]


@pytest.mark.parametrize(("sizes", "variances"), CHAINS)
@pytest.mark.parametrize("fraction", [1e-3, 0.3, 0.9, 0.999, 1.0, 1.001, 1.4, 10.0])
def test_bounds_from_both_sides_meet(sizes: Any, variances: Any, fraction: float) -> None:
    beta = fraction * critical_beta(sizes, variances)
    found = edge(resolvent_equations(layer_chain(sizes, variances), beta))
    assert found.upper_bound - found.least_eigenvalue < 1e-12 * max(1, beta**2)
    assert (found.resolvent > 0).all() and (found.weights >= 0).all()


def test_two_equal_layers_have_the_edge_of_the_free_sum() -> None:
    # For L = 1 every spin sees one layer: 1 + beta^2 C - 2 beta sqrt(C).
    for beta in (0.2, 1.0, 2.7):
        assert large_layer_least_eigenvalue((9, 9), (1.0,), beta) == pytest.approx((1 - beta) ** 2, abs=1e-13)


@pytest.mark.parametrize(("sizes", "variances"), CHAINS)
def test_the_edge_touches_zero_quadratically_where_the_replica_hessian_is_singular(sizes: Any, variances: Any) -> None:
    critical = critical_beta(sizes, variances)
    near = [large_layer_least_eigenvalue(sizes, variances, critical * (1 + e)) for e in (-1e-3, 0.0, 1e-3, 2e-3)]
    assert abs(near[1]) < 1e-13
    assert near[0] > 0 and near[3] / near[2] == pytest.approx(4, rel=0.01)


def test_the_edge_is_not_the_least_eigenvalue_of_the_hessian() -> None:
    beta = 1.3 * critical_beta((5, 5, 5), (1.0, 1.0))
    assert (
        ensemble_least_eigenvalue((5, 5, 5), (1.0, 1.0), beta)
        < 0
        < large_layer_least_eigenvalue((5, 5, 5), (1.0, 1.0), beta)
    )


@pytest.mark.parametrize("beta", [0.2, 0.5, 0.65])
def test_deep_equal_layers_approach_the_interior_form_below_the_critical_beta(beta: float) -> None:
    limit = (1 - beta * sqrt(2)) ** 2
    gaps = [large_layer_least_eigenvalue((3,) * (L + 1), (1.0,) * L, beta) - limit for L in (40, 80)]
    # The correction of an open chain falls as 1 / L^2.
    assert 0 < gaps[1] < 0.35 * gaps[0]


def test_the_end_layers_begin_the_spectrum_above_the_critical_beta() -> None:
    # They feel half of the reaction term, so the interior form fails there however deep the network is.
    beta, depths = 1.5, (40, 80, 160)
    values = [large_layer_least_eigenvalue((3,) * (L + 1), (1.0,) * L, beta) for L in depths]
    assert abs(values[2] - values[1]) < 1e-6
    assert values[2] < 0.9 * (1 - beta * sqrt(2)) ** 2
    weights = edge(resolvent_equations(layer_chain((3,) * 81, (1.0,) * 80), beta)).weights
    assert weights[:5].sum() + weights[-5:].sum() > 0.9


@pytest.mark.parametrize(("sizes", "variances"), [((600,) * 3, (1.0, 1.0)), ((800, 200, 500), (0.5, 2.0))])
@pytest.mark.parametrize("fraction", [0.5, 1.0, 1.5])
def test_one_large_network_begins_there(sizes: Any, variances: Any, fraction: float) -> None:
    beta = fraction * critical_beta(sizes, variances)
    found = sampled_least_eigenvalue(sizes, variances, beta, seed=5)
    predicted = large_layer_least_eigenvalue(sizes, variances, beta)
    # Edges of random matrices fluctuate by the power -2/3 of the size; the rival without the Onsager term is far off.
    assert abs(found - predicted) < 3 * (1 + beta**2) * sum(sizes) ** (-2 / 3)
    rival = ResolventEquations(
        diagonal=np.ones(len(sizes)), coupling=resolvent_equations(layer_chain(sizes, variances), beta).coupling
    )
    assert abs(found - edge(rival).least_eigenvalue) > 10 * (1 + beta**2) * sum(sizes) ** (-2 / 3)


def test_the_lowered_equations_are_the_derived_ones_at_every_layer() -> None:
    import sympy as sp

    from derivations.spin_glass import large_layers, results
    from theory.models import multilayer as model
    from theory.sums import unroll

    sizes, variances, beta = (4, 6, 3, 5), (sp.Rational(1, 2), sp.Integer(2), sp.Rational(3, 4)), sp.Rational(4, 5)
    resolvent = [sp.Rational(n, 10) for n in (7, 9, 12, 8)]
    found = resolvent_equations(layer_chain(sizes, tuple(map(float, variances))), float(beta))
    values = found.spectral_parameters(np.array(resolvent, dtype=float))
    for layer in range(4):

        def entry(name: Any, layer: int = layer) -> Any:
            if isinstance(name, sp.Indexed):
                place = int(name.indices[0])
                families = {
                    large_layers.resolvent: dict(enumerate(resolvent)),
                    model.layer_sizes: dict(enumerate(sizes)),
                    model.weight_variances: dict(enumerate(variances, start=1)),
                }
                # Outside the chain only brackets that vanish may ask.
                return sp.sympify(families[name.base].get(place, 1))
            return {model.k: sp.Integer(layer), model.n_bonds: sp.Integer(3), model.inverse_temperature: beta}[name]

        assert values[layer] == pytest.approx(float(unroll(results.edge_equation(), entry)), rel=1e-14)


def test_at_infinite_temperature_nothing_is_unstable() -> None:
    assert large_layer_least_eigenvalue((4, 2), (1.0,), 0.0) == 1.0


def test_an_impossible_temperature_is_refused() -> None:
    with pytest.raises(ValueError, match="finite inverse temperatures"):
        large_layer_least_eigenvalue((5, 5), (1.0,), -1.0)
