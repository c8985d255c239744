"""The exact connected correlations of random networks with an exponential activation, from their derivation."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import ArrayLike

from numerics.lowering.reference import reference_value
from theory.models import random_network as model

MOST_POINTS = 10
"""Beyond it the sum over partitions has too many terms."""


def connected_correlator(points: ArrayLike, *, width: int, weight_std: float, bias_std: float) -> float:
    """The cumulant of f(x_1), ..., f(x_n) over an ensemble of networks of one hidden layer.

    The activation is that of Erbin, Lahoche and Samary (2022), equation (3.1); weights of the first layer have variance
    weight_std^2 / d, those of the second weight_std^2 / width, all biases bias_std^2.

    Parameters
    ----------
    points
        The inputs, shape (n, d); shape (n,) is taken as d = 1.
    width
        N, at least 1.
    weight_std, bias_std
        sigma_W > 0 and sigma_b >= 0.

    Returns
    -------
    float
        Correctly rounded, also where the terms of the cumulant cancel. Zero for odd n.

    Raises
    ------
    ValueError
        If an argument has no such meaning, or there are more than 10 points.

    Examples
    --------
    >>> connected_correlator([0.5, -0.5], width=10, weight_std=1.0, bias_std=1.0)
    1.6065306597126334
    >>> connected_correlator([0.1] * 4, width=100, weight_std=1.0, bias_std=0.0)
    0.0012243232257716469
    """
    x = checked_points(points)
    values = ensemble_values(width, weight_std, bias_std)
    return 0.0 if len(x) % 2 else rounded(exact_correlator(x, values), x)


def exact_correlator(x: Any, values: dict[Any, Any]) -> Any:
    """The cumulant at an even number of points of shape (n, d), as an exact expression of numbers."""
    n = len(x)
    if n > MOST_POINTS:
        raise ValueError(f"expected at most {MOST_POINTS} points; found {n}")
    moments = {
        model.letter(model.moment, block): at_points(derived_moment(), x[[k - 1 for k in block]], values)
        for size in range(2, n + 1, 2)
        for block in combinations(range(1, n + 1), size)
    }
    return _derived(n).xreplace(moments).xreplace(values)


def rounded(exact: Any, x: Any) -> float:
    """The float next to an exact expression of numbers.

    Raises
    ------
    ValueError
        If it is too large.
    """
    found = reference_value(exact, {})
    if found is None:
        raise ValueError(f"found no finite value for {len(x)} points of {x.shape[1]} components: they are too large")
    return float(found)


@cache
def _derived(n: int) -> Any:
    """The connected correlation of n points, in the moments of one neuron."""
    from derivations.rules.network_moments import cumulant_of_neurons

    width, variance = model.width, model.weight_std**2 / model.width
    return cumulant_of_neurons(n, width, variance, model.bias_std**2, model.moment)


@cache
def derived_moment() -> Any:
    """The mean of a product of activations of one neuron, for any number of points of any dimension."""
    from derivations.engine.derivation import Derivation
    from derivations.renormalization.network_correlators import neuron_moment

    return neuron_moment(Derivation("moments of one neuron")).result


def at_points(derived: Any, x: Any, values: dict[Any, Any]) -> Any:
    """What is derived for any number of points, at exact points of shape (n, d)."""
    from theory.sums import unroll

    n, d = x.shape
    known = {**values, model.n_points: sp.Integer(n), model.input_dimension: sp.Integer(d)}
    known.update({model.points[i + 1, j + 1]: _exact(x[i, j]) for i in range(n) for j in range(d)})
    return unroll(derived, lambda atom: known.get(atom, atom))


def _exact(value: Any) -> Any:
    ratio = Fraction(float(value))
    return sp.Rational(ratio.numerator, ratio.denominator)


def checked_points(points: ArrayLike) -> Any:
    """Points as an array of shape (n, d), refused where they are none."""
    x = np.asarray(points, dtype=float)
    x = x[:, np.newaxis] if x.ndim == 1 else x
    if x.ndim != 2 or 0 in x.shape:
        raise ValueError(f"expected points of shape (n, d); found shape {np.shape(points)}")
    if not np.isfinite(x).all():
        raise ValueError("expected finite points; found infinities or values that are not numbers")
    return x


def check_ensemble(width: Any, weight_std: float, bias_std: float) -> None:
    """Refuse a width or standard deviations that have no meaning."""
    if isinstance(width, bool) or not isinstance(width, int | np.integer) or width < 1:
        raise ValueError(f"expected a width of at least 1, an integer; found {width!r}")
    if not (math.isfinite(weight_std) and weight_std > 0):
        raise ValueError(f"expected weight_std as a positive number; found {weight_std!r}")
    if not (math.isfinite(bias_std) and bias_std >= 0):
        raise ValueError(f"expected bias_std as a number of at least 0; found {bias_std!r}")


def ensemble_values(width: Any, weight_std: float, bias_std: float) -> dict[Any, Any]:
    """The parameters of the ensemble as exact numbers."""
    check_ensemble(width, weight_std, bias_std)
    return {
        model.width: sp.Integer(int(width)),
        model.weight_std: _exact(weight_std),
        model.bias_std: _exact(bias_std),
    }
