"""Threshold functions as numbers: by derived closed forms where there are some, else by quadrature."""

from __future__ import annotations

from functools import cache
from numbers import Integral
from typing import Any, cast

import numpy as np
import sympy as sp

from numerics.lowering import lower
from theory.domain import Domain
from theory.models.scalar_field import anomalous_dimension as eta
from theory.models.scalar_field import dimension as d
from theory.models.scalar_field import threshold
from theory.regulators import LitimRegulator, Regulator, checked, y
from theory.threshold_functions import factor, kernel, slow_kernel

mass = sp.Symbol("w", real=True)
TOLERANCE = 1e-12
DOMAIN = Domain({mass: (-sp.Rational(9, 10), 100), d: (0, 10), eta: (-1, 1)})


class Threshold(sp.Function):
    """l_n(w) of some regulator, known by its derivative alone: ``Threshold(n, w)``."""

    nargs = 2
    is_real = True
    is_finite = True

    def fdiff(self, argindex: int = 2) -> Any:
        """The derivative by the mass.

        Raises
        ------
        ValueError
            If it is asked for by the order.
        """
        if argindex != 2:
            raise ValueError("a threshold function is differentiated by its mass")
        order, at = cast(Any, self.args)
        return -factor(int(order)) * cast(Any, Threshold)(order + 1, at)


@cache
def closed_form(regulator: Regulator) -> Any:
    """l_0 in terms of ``mass``, the dimension and the anomalous dimension; None where no closed form is derived."""
    from derivations.renormalization import threshold_functions as derived

    if isinstance(regulator, LitimRegulator):
        return derived.optimized().result.xreplace({derived.mass: mass})
    if regulator.is_sharp:
        first = derived.sharp().result.xreplace({derived.mass: mass})
        return -sp.integrate(first, mass)
    return None


def with_thresholds(flow: Any, regulator: Regulator) -> Any:
    """A derived flow with l_0 of the regulator in place of the model's: in closed form, or as `Threshold`."""
    known = closed_form(regulator)
    if known is None:
        return flow.replace(threshold, lambda at: Threshold(sp.S.Zero, at))
    here = known if flow.has(eta) else known.xreplace({eta: sp.S.Zero})
    return flow.replace(threshold, lambda at: here.xreplace({mass: at}))


@cache
def lowered_threshold(regulator: Regulator, order: int) -> Any:
    """l_n as a function of the mass, the dimension and the anomalous dimension."""
    known = closed_form(regulator)
    if known is not None:
        expression: Any = known
        for n in range(order):
            expression = -sp.diff(expression, mass) / factor(n)
        return lower(expression, (mass, d, eta), domain=DOMAIN)
    return lower(_in_two_parts(regulator, order), (mass, d, eta), domain=DOMAIN, tolerance=TOLERANCE)


def _in_two_parts(regulator: Regulator, order: int) -> Any:
    """The integral with slow modes written by the reciprocal of the shape: neither end overflows, nor does an edge."""
    choices: dict[str, Any] = {"order": order, "mass": mass, "dimension": d, "anomalous_dimension": eta}
    between = sp.Min(1, regulator.edge / 2)
    slow = sp.Integral(slow_kernel(regulator.shape, **choices), (y, 0, between))
    return slow + sp.Integral(kernel(regulator.shape, **choices), (y, between, regulator.edge))


def threshold_function(
    order: int, masses: Any, *, dimension: float, regulator: Regulator, anomalous_dimension: float = 0.0
) -> Any:
    """l_n(w) at given masses, in the conventions of ``theory.threshold_functions``.

    Parameters
    ----------
    order
        n, at least 0. For the sharp cutoff l_0 is known up to a constant, which is left out.
    masses
        Squared masses over Z k^2, above -1; any shape.
    dimension
        d > 0.
    regulator
        Of ``theory.regulators``.
    anomalous_dimension
        eta, in the scale derivative of the regulator.

    Returns
    -------
    float or array
        In the shape of the masses.

    Raises
    ------
    TypeError
        If the regulator is none.
    ValueError
        If the order is negative or no integer, the dimension not positive, or a mass not above the pole at -1.
    numerics.quadrature.QuadratureError
        If the integral does not meet its tolerance, as where it diverges.

    Examples
    --------
    >>> from theory import LitimRegulator
    >>> threshold_function(1, 0.5, dimension=3, regulator=LitimRegulator())
    0.2962962962962963
    """
    if not isinstance(order, Integral) or order < 0:
        raise ValueError(f"expected an integer order of at least 0; found {order}")
    if not 0 < dimension < np.inf:
        raise ValueError(f"expected a dimension above 0; found {dimension}")
    values = np.asarray(masses, dtype=float)
    allowed = values > -1 if closed_form(checked(regulator)) is not None else np.isfinite(values)
    if not allowed.all():
        raise ValueError(f"expected masses above -1, where the propagator has its pole; found {masses}")
    found = lowered_threshold(regulator, order)(values, float(dimension), float(anomalous_dimension))
    return found if values.ndim else float(found)
