"""Fixed points of the local potential approximation without truncation: the potential at every field.

Found by collocation from the Gaussian fixed point on, so that multicritical ones are there too, and in dimensions in
which expansions about the minimum do not converge. Source for the Wilson-Fisher fixed point to many digits:
C. Bervillier, A. Juettner, D. F. Litim, Nuclear Physics B 783, 213 (2007).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from numbers import Real
from typing import Any

import mpmath
import numpy as np
from numpy.typing import NDArray

from numerics.flows.collocation import Profile
from numerics.flows.gaussian_branch import followed, upper_dimension
from numerics.flows.profile_spectrum import Findings, in_digits, in_doubles
from numerics.flows.slope_flow import SlopeFlow
from numerics.solvers.convergence import NotConvergedError
from theory.regulators import Regulator, checked

LOWEST = 2
DIGITS = 12
IN_DOUBLES = 9
"""Digits from threshold functions by quadrature."""
Vector = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class GlobalFixedPoint:
    """A fixed point of the potential at every field, in units in which 4 v_d / d is absorbed.

    Numbers are of mpmath, with the digits that were asked for. Uncertainties are the differences from a second
    solution, on a wider interval with more points.

    Attributes
    ----------
    dimension, components, regulator, multicritical_order, digits
        As given.
    profile
        The slope m = du/drho in doubles at the points of a grid: ``profile.grid.points``, ``profile.slopes``.
    extrema
        Positive invariants rho where the slope vanishes, in growing order.
    couplings
        kappa, lambda_2, ..., of u(rho) = sum_n lambda_n (rho - kappa)^n / n! about the outermost minimum.
    slope_at_origin
        m(0), the squared mass at vanishing field.
    eigenvalues
        The lowest ones of the stability matrix of d/dt, t = log k, for even perturbations without the constant, in
        growing order, real: negative ones are relevant.
    uncertainties
        Of the eigenvalues, absolute.
    coupling_uncertainties
        Of the couplings, absolute.
    """

    dimension: Fraction
    components: Fraction
    regulator: Regulator
    multicritical_order: int
    digits: int
    profile: Profile
    extrema: tuple[Any, ...]
    couplings: tuple[Any, ...]
    slope_at_origin: Any
    eigenvalues: tuple[Any, ...]
    uncertainties: tuple[float, ...]
    coupling_uncertainties: tuple[float, ...]

    @property
    def minimum(self) -> Any:
        """kappa, the outermost minimum of the potential: rho = phi^2/2 there; 0 for the Gaussian fixed point."""
        return self.couplings[0] if self.couplings else mpmath.mpf(0)

    @property
    def relevant_eigenvalues(self) -> tuple[Any, ...]:
        """The negative ones."""
        return tuple(v for v in self.eigenvalues if v < 0)

    @property
    def correlation_length_exponent(self) -> Any:
        """nu, minus one over the lowest eigenvalue."""
        with mpmath.workdps(self.digits + 15):
            return -1 / self.eigenvalues[0]

    @property
    def correction_exponents(self) -> tuple[Any, ...]:
        """omega and the subleading exponents, in growing order."""
        return tuple(v for v in self.eigenvalues if v > 0)

    @property
    def correction_exponent(self) -> Any:
        """omega, the smallest irrelevant eigenvalue."""
        return self.correction_exponents[0]

    @property
    def uncertainty(self) -> float:
        """Of the correlation-length exponent, absolute."""
        return float(self.uncertainties[0] * self.correlation_length_exponent**2)


def global_fixed_point(
    *,
    dimension: Any,
    components: Any,
    regulator: Regulator,
    multicritical_order: int = 2,
    digits: int | None = None,
) -> GlobalFixedPoint:
    """A fixed point of an O(N) potential at every field, with a given number of minima, to many digits.

    Parameters
    ----------
    dimension
        Above 2, and below 2n/(n - 1) for n minima; a float is taken as it stands, a Fraction exactly.
    components
        N > -2, any real number.
    regulator
        Of ``theory.regulators``.
    multicritical_order
        The number n of minima of the potential of one component, as a function of the field: 2 for the Wilson-Fisher
        fixed point, 3 for the tricritical one, 1 for the Gaussian one. There are n - 1 relevant even directions.
    digits
        Correct ones that are asked for; by default 12 where threshold functions have a closed form, 9 and no more where
        they are quadratures.

    Returns
    -------
    GlobalFixedPoint
        With `minimum`, `couplings`, `eigenvalues`, exponents and uncertainties.

    Raises
    ------
    TypeError
        If the regulator is none.
    ValueError
        If there is no such fixed point in the dimension, or more digits are asked for than quadrature gives.
    NotConvergedError
        If the way from the Gaussian fixed point to this one is lost, or its digits do not settle.
    numerics.quadrature.QuadratureError
        If threshold functions do not exist.

    Examples
    --------
    >>> from theory import LitimRegulator
    >>> ising = global_fixed_point(dimension=3, components=1, regulator=LitimRegulator())
    >>> print(ising.correlation_length_exponent, ising.uncertainty < 1e-12)
    0.649561773880648 True
    """
    d, n = _exact(dimension, "a dimension"), _exact(components, "a number of components")
    _check(d, n, multicritical_order)
    flow = SlopeFlow(checked(regulator))
    case = f"d = {float(d):g}, N = {float(n):g}, {regulator!r}"
    wanted = _digits(flow, digits)
    profile = followed(flow, float(d), float(n), multicritical_order)
    if profile is None:
        raise NotConvergedError(
            f"lost the fixed point with {multicritical_order} minima on its way from the Gaussian one to {case}: take "
            "a dimension further from 2"
        )
    if flow.has_closed_form:
        found = in_digits(profile, multicritical_order, wanted, d, n)
    else:
        found = in_doubles(profile, multicritical_order, wanted)
    _check_found(found, multicritical_order, case)
    return GlobalFixedPoint(
        dimension=d,
        components=n,
        regulator=regulator,
        multicritical_order=multicritical_order,
        digits=wanted,
        profile=profile,
        extrema=found.extrema,
        couplings=found.couplings,
        slope_at_origin=found.slope_at_origin,
        eigenvalues=found.eigenvalues,
        uncertainties=found.uncertainties,
        coupling_uncertainties=found.coupling_uncertainties,
    )


def _exact(value: Any, what: str) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise ValueError(f"expected {what} as a finite real number; found {value!r}")
    return Fraction(value)  # type: ignore[arg-type]


def _check(d: Fraction, n: Fraction, order: Any) -> None:
    if isinstance(order, bool) or not isinstance(order, int | np.integer) or order < 1:
        raise ValueError(f"expected an integer number of minima of at least 1; found {order!r}")
    if not LOWEST < d < upper_dimension(int(order)):
        raise ValueError(
            f"expected a dimension between {LOWEST} and {upper_dimension(int(order)):g}, where a fixed point with "
            f"{order} minima is; found {float(d):g}"
        )
    if n <= -2:
        raise ValueError(f"expected more than -2 components; found {float(n):g}")


def _digits(flow: SlopeFlow, digits: Any) -> int:
    most = math.inf if flow.has_closed_form else IN_DOUBLES
    if digits is None:
        return DIGITS if flow.has_closed_form else IN_DOUBLES
    if isinstance(digits, bool) or not isinstance(digits, int | np.integer) or not 1 <= digits <= most:
        raise ValueError(f"expected a number of digits between 1 and {most:g} for {flow.regulator!r}; found {digits!r}")
    return int(digits)


def _check_found(found: Findings, order: int, case: str) -> None:
    relevant = sum(v < 0 for v in found.eigenvalues)
    if order > 1 and relevant != order - 1:
        raise NotConvergedError(
            f"expected {order - 1} relevant directions for {case}; found {relevant}: take a dimension further from the "
            "ends of its range"
        )
