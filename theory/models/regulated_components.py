"""Any number of degrees of freedom with a regulator: components, sites or momenta, one index for all.

Z(j) = int dphi exp(-S(phi) - sum R_ab phi_a phi_b / 2 + sum j_a phi_a) and W = log Z; the effective average action is
Gamma(phi) = sum j_a phi_a - W(j) - sum R_ab phi_a phi_b / 2 at phi_a = dW/dj_a. At one scale and one source a first
derivative by the scale and two by the source are all that the flow equation knows of them: Z and W are given to that
order, with any coefficients, and so is the regulator. Source: C. Wetterich, Physics Letters B 301, 90 (1993).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models.regulated_field import time
from theory.sums import Sigma
from theory.symbols import family

size = sp.Symbol("N", integer=True, positive=True)
a, b, c, _e = sp.symbols("a b c e", integer=True)
source, field = family("j", real=True), family("phi", real=True)
action = sp.Symbol("S", real=True)
"""Its value at one configuration of the field."""
regulator_here, regulator_rate = family("R", real=True), family("\\dot{R}", real=True)
"""The regulator at t = 0, and its derivative there; only their symmetric parts enter."""
propagator = family("G", real=True)
second_derivative = family("Gamma", real=True)
weight_name, generator_name, action_name = sp.symbols("w W Gamma", real=True)

_constants = sp.symbols("Z_0 W_0 W_1", real=True)
_z_slope, _z_bend = family("Z'", real=True), family("Z''", real=True)
_w_slope, _w_bend, _w_slope_rate = family("W'", real=True), family("W''", real=True), family("\\dot{W}'", real=True)


def over(body: Any, *indices: sp.Symbol) -> Any:
    """The sum of ``body`` over all values of the indices."""
    return Sigma(body, *[(index, 1, size) for index in indices])


def rate(first: sp.Symbol, second: sp.Symbol) -> Any:
    """dR/dt between two indices."""
    return (regulator_rate[first, second] + regulator_rate[second, first]) / 2


def regulator(first: sp.Symbol, second: sp.Symbol) -> Any:
    """R between two indices, near one scale."""
    return (regulator_here[first, second] + regulator_here[second, first]) / 2 + time * rate(first, second)


def partition_function() -> Any:
    """Z near one source."""
    squares = over(_z_bend[a, b] * source[a] * source[b], a, b) / 2
    return _constants[0] + over(_z_slope[a] * source[a], a) + squares


def generator() -> Any:
    """W near one source and one scale."""
    slopes = over((_w_slope[a] + time * _w_slope_rate[a]) * source[a], a)
    return _constants[1] + time * _constants[2] + slopes + over(curvature(a, b) * source[a] * source[b], a, b) / 2


def mean_field(index: sp.Symbol) -> Any:
    """phi = dW/dj."""
    return _w_slope[index] + time * _w_slope_rate[index] + over(curvature(index, _e) * source[_e], _e)


def curvature(first: sp.Symbol, second: sp.Symbol) -> Any:
    """The second derivative of W by two sources."""
    return (_w_bend[first, second] + _w_bend[second, first]) / 2


def domain() -> Domain:
    """Any number of degrees of freedom, any source, any derivatives."""
    names = (source, field, regulator_here, regulator_rate, _z_slope, _z_bend, _w_slope, _w_bend)
    rest = (time, action, *_constants[1:], _w_slope_rate)
    indices = dict.fromkeys((a, b), sp.Range(1, size + 1))
    return Domain(
        {size: sp.Range(1, sp.oo), **dict.fromkeys((*names, *rest), (-1, 1)), _constants[0]: (1, 2), **indices}
    )
