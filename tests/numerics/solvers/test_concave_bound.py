"""The chord between two temperatures bounds the ratio at all those between."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.solvers.concave_bound import CurvePoint, bound_between
from numerics.solvers.ritz_pair import weights_at


def ratio(bonds: Any, reaction: Any, log_beta: float) -> float:
    p, q = weights_at(log_beta)
    return float(scipy.linalg.eigh(bonds, np.diag(p + q * reaction), eigvals_only=True)[-1])


@given(
    seed=st.integers(0, 10**6),
    left=st.one_of(st.just(-math.inf), st.floats(-3, 2.9)),
    width=st.one_of(st.just(math.inf), st.floats(1e-3, 6)),
    between=st.floats(0, 1),
)
@settings(max_examples=200, deadline=None)
def test_no_temperature_between_exceeds_the_bound(seed: int, left: float, width: float, between: float) -> None:
    rng = np.random.default_rng(seed)
    half = rng.standard_normal((6, 6)) * np.exp(rng.standard_normal((6, 1)))
    bonds = half + half.T
    reaction = np.exp(2 * rng.standard_normal(6))
    right = max(left, -3.0) + width
    bound = bound_between(
        CurvePoint(log_beta=left, ratio=ratio(bonds, reaction, left)),
        CurvePoint(log_beta=right, ratio=ratio(bonds, reaction, right)),
    )
    inside = max(left, -8.0) + between * (min(right, 8.0) - max(left, -8.0))
    assert ratio(bonds, reaction, inside) <= bound.ratio * (1 + 1e-9)


def test_the_bound_is_attained_where_all_neurons_react_alike() -> None:
    """D = d I: gamma is linear, and the ratio is largest at beta = 1 / sqrt(d)."""
    d, largest = 2.5, 3.0
    points = [CurvePoint(log_beta=s, ratio=largest / (math.exp(-s) + d * math.exp(s))) for s in (-1.3, 0.4)]
    bound = bound_between(*points)
    assert bound.log_beta == pytest.approx(-0.5 * math.log(d), abs=1e-12)
    assert bound.ratio == pytest.approx(largest / (2 * math.sqrt(d)), rel=1e-12)


@pytest.mark.parametrize("spacing", [0.5, 0.09, 0.01])
def test_points_near_each_other_exclude_more_than_an_eighth_of_their_squared_distance(spacing: float) -> None:
    points = [CurvePoint(log_beta=s, ratio=1.0) for s in (0.3, 0.3 + spacing)]
    assert bound_between(*points).ratio == pytest.approx(math.cosh(spacing / 2), rel=1e-12)
    assert bound_between(*points).ratio <= math.exp(spacing**2 / 8)
