"""The nodes that a document may hold, by name."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.containers import Tuple
from sympy.functions.elementary.piecewise import ExprCondPair

from theory import averages, determinants, field_derivative, paths, spheres, sums, tensors

CONSTANTS: dict[str, Any] = {
    "pi": sp.pi, "E": sp.E, "I": sp.I, "oo": sp.oo, "-oo": -sp.oo, "EulerGamma": sp.EulerGamma, "Catalan": sp.Catalan,
    "GoldenRatio": sp.GoldenRatio, "true": sp.true, "false": sp.false, "EmptySet": sp.S.EmptySet, "Reals": sp.S.Reals,
    "Integers": sp.S.Integers, "Naturals": sp.S.Naturals, "Naturals0": sp.S.Naturals0, "Rationals": sp.S.Rationals,
    "Complexes": sp.S.Complexes,
}  # fmt: skip

_ORDINARY = (
    "Abs Add And Chi Ci Derivative DiracDelta Eq Ei FiniteSet Ge Gt Heaviside Indexed Integral Intersection Interval "
    "KroneckerDelta LambertW Le LeviCivita Limit Lt Max Min Mod Mul Ne Not Or Order Piecewise Pow Product Range Shi Si "
    "Subs Sum Union Xor "
    "acos acosh airyai airyaiprime airybi airybiprime acot acoth acsc acsch arg asec asech asin asinh atan atan2 atanh "
    "assoc_laguerre assoc_legendre bell bernoulli beta besseli besselj besselk bessely binomial catalan cbrt ceiling "
    "chebyshevt chebyshevu conjugate cos cosh cot coth csc csch digamma dirichlet_eta elliptic_e elliptic_f elliptic_k "
    "erf erfc erfi erfinv erfcinv euler exp expint factorial factorial2 fibonacci floor frac gamma gegenbauer harmonic "
    "hermite hyper im jacobi laguerre legendre lerchphi li log loggamma lowergamma lucas polygamma polylog re "
    "rf ff sec sech sign sin sinc sinh sqrt stirling subfactorial tan tanh trigamma uppergamma zeta"
)


def _kinds() -> dict[str, Any]:
    found = {name: getattr(sp, name) for name in _ORDINARY.split() if isinstance(getattr(sp, name, None), type)}
    made = (
        sums.Sigma, sums.Inside, averages.GaussianMean, averages.ConfigurationSum, averages.OverlapIntegral,
        averages.MagnetizationIntegral, spheres.SphericalMean, paths.PathSum, field_derivative.FieldDerivative,
        determinants.Determinant, Tuple, ExprCondPair, tensors.SymmetricTensorField, tensors.Contracted,
        tensors.FirstVariation, *tensors.ENTRIES,
    )  # fmt: skip
    return {kind.__name__: kind for kind in (*found.values(), *made)}


KINDS = _kinds()
"""Classes by the name under which they are written; each is rebuilt from its arguments."""

UNORDERED = (
    sp.Add, sp.Mul, sp.Max, sp.Min, sp.And, sp.Or, sp.FiniteSet, sp.Union, sp.Intersection,
)  # fmt: skip
"""Classes whose arguments have no order; they are written in the order of their texts."""
