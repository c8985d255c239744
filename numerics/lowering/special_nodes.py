"""Special functions in the form in which numerical libraries have them: of a fixed order, scaled, or normalized."""

from __future__ import annotations

from typing import Any

import sympy as sp

from numerics.lowering.nodes import RealFunction


class BesselJ0(RealFunction):
    """J_0(x)."""

    nargs = (1,)


class BesselJ1(RealFunction):
    """J_1(x)."""

    nargs = (1,)


class WholeBesselJ(RealFunction):
    """J_n(x) of a whole order."""

    nargs = (2,)


class WholeBesselY(RealFunction):
    """Y_n(x) of a whole order, for x > 0."""

    nargs = (2,)


class BesselY0(RealFunction):
    """Y_0(x) for x > 0."""

    nargs = (1,)


class BesselY1(RealFunction):
    """Y_1(x) for x > 0."""

    nargs = (1,)


class BesselI0(RealFunction):
    """I_0(x)."""

    nargs = (1,)
    is_positive = True


class BesselI1(RealFunction):
    """I_1(x)."""

    nargs = (1,)


class BesselK0(RealFunction):
    """K_0(x) for x > 0."""

    nargs = (1,)


class BesselK1(RealFunction):
    """K_1(x) for x > 0."""

    nargs = (1,)


class ScaledBesselI(RealFunction):
    """exp(-|x|) I_n(x)."""

    nargs = (2,)


class ScaledBesselI0(RealFunction):
    """exp(-|x|) I_0(x)."""

    nargs = (1,)
    is_positive = True


class ScaledBesselI1(RealFunction):
    """exp(-|x|) I_1(x)."""

    nargs = (1,)


class ScaledBesselK(RealFunction):
    """exp(x) K_n(x) for x > 0."""

    nargs = (2,)


class ScaledBesselK0(RealFunction):
    """exp(x) K_0(x) for x > 0."""

    nargs = (1,)


class ScaledBesselK1(RealFunction):
    """exp(x) K_1(x) for x > 0."""

    nargs = (1,)


class Digamma(RealFunction):
    """The derivative of log gamma(x)."""

    nargs = (1,)


class Trigamma(RealFunction):
    """The second derivative of log gamma(x)."""

    nargs = (1,)


class LogGamma(RealFunction):
    """log(gamma(x)); not a number where gamma is negative."""

    nargs = (1,)


class LogAbsGamma(RealFunction):
    """log(|gamma(x)|)."""

    nargs = (1,)


class GammaRatio(RealFunction):
    """gamma(x + a) / gamma(x), also where both overflow."""

    nargs = (2,)


class LogGammaDifference(RealFunction):
    """log(gamma(x + a) / gamma(x)) for positive x and x + a."""

    nargs = (2,)

    def meaning(self) -> Any:
        """As the difference."""
        return sp.loggamma(self.first + self.second) - sp.loggamma(self.first)


class DigammaDifference(RealFunction):
    """psi(x + a) - psi(x) for positive x and x + a."""

    nargs = (2,)

    def meaning(self) -> Any:
        """As the difference."""
        return sp.digamma(self.first + self.second) - sp.digamma(self.first)


class LogBinomial(RealFunction):
    """log(gamma(a + b + 1) / (gamma(a + 1) gamma(b + 1))) for a and b above -1."""

    nargs = (2,)

    def meaning(self) -> Any:
        """As logarithms of gamma functions."""
        return sp.loggamma(self.first + self.second + 1) - sp.loggamma(self.first + 1) - sp.loggamma(self.second + 1)


class StirlingRemainder(RealFunction):
    """log(gamma(x)) - (x - 1/2) log(x) + x - log(2 pi)/2 for x > 0."""

    nargs = (1,)
    is_positive = True

    def meaning(self) -> Any:
        """As the difference."""
        return (
            sp.loggamma(self.first)
            - (self.first - sp.Rational(1, 2)) * sp.log(self.first)
            + self.first
            - sp.log(2 * sp.pi) / 2
        )


class DigammaGap(RealFunction):
    """psi(x) - log(x) for x > 0."""

    nargs = (1,)
    is_negative = True

    def meaning(self) -> Any:
        """As the difference."""
        return sp.digamma(self.first) - sp.log(self.first)


class LogBeta(RealFunction):
    """log(gamma(a) gamma(b) / gamma(a + b)) for positive a and b."""

    nargs = (2,)

    def meaning(self) -> Any:
        """As logarithms of gamma functions."""
        return sp.loggamma(self.first) + sp.loggamma(self.second) - sp.loggamma(self.first + self.second)


class RegularizedLowerGamma(RealFunction):
    """lowergamma(s, x) / gamma(s) for s > 0."""

    nargs = (2,)


class RegularizedUpperGamma(RealFunction):
    """uppergamma(s, x) / gamma(s) for s > 0."""

    nargs = (2,)


class RegularizedBeta(RealFunction):
    """The incomplete beta function from 0 to x over the complete one, of a, b, x."""

    nargs = (3,)


class Dilogarithm(RealFunction):
    """polylog(2, x) for x <= 1."""

    nargs = (1,)


class Dawson(RealFunction):
    """exp(-x^2) times the integral of exp(t^2) from 0 to x."""

    nargs = (1,)


class ExponentialIntegral(RealFunction):
    """E_1(x) for x > 0."""

    nargs = (1,)


class LambertPrincipal(RealFunction):
    """The solution w >= -1 of w exp(w) = x."""

    nargs = (1,)


class LambertLower(RealFunction):
    """The solution w <= -1 of w exp(w) = x, for -1/e <= x < 0."""

    nargs = (1,)


class EllipticComplement(RealFunction):
    """The complete elliptic integral of the first kind, of 1 - m."""

    nargs = (1,)


class Hyper0F1(RealFunction):
    """The hypergeometric function of b; x."""

    nargs = (2,)


class Hyper1F1(RealFunction):
    """The hypergeometric function of a; b; x."""

    nargs = (3,)


class Hyper2F1(RealFunction):
    """The hypergeometric function of a, b; c; x."""

    nargs = (4,)


class Distance(RealFunction):
    """x - r, where r is the sum of two doubles, of x and these."""

    nargs = (3,)


class ExpSquare(RealFunction):
    """exp(x^2), the square not rounded."""

    nargs = (1,)
    is_positive = True


class LogFactorial(RealFunction):
    """log(gamma(1 + x)) for x > -1."""

    nargs = (1,)


class LogScaledBesselI0(RealFunction):
    """log(exp(-|x|) I_0(x))."""

    nargs = (1,)


class BesselQuotientGap(RealFunction):
    """1 - I_1(x) / I_0(x)."""

    nargs = (1,)
    is_positive = True


class ScaledErfcGap(RealFunction):
    """1 / sqrt(pi) - x exp(x^2) erfc(x)."""

    nargs = (1,)
    is_positive = True


class LogOnePlusGap(RealFunction):
    """x - log(1 + x) for x > -1."""

    nargs = (1,)
    is_nonnegative = True

    def meaning(self) -> Any:
        """As the difference."""
        return self.first - sp.log(1 + self.first)


class ExpDilogarithm(RealFunction):
    """polylog(2, exp(x)) for x <= 0."""

    nargs = (1,)
    is_positive = True


class FermiDilogarithm(RealFunction):
    """-polylog(2, -exp(x)): the integral of a Fermi function times its energy."""

    nargs = (1,)
    is_positive = True


class ComplementDilogarithm(RealFunction):
    """polylog(2, 1 - exp(x))."""

    nargs = (1,)


class LogBesselI0(RealFunction):
    """log(I_0(x))."""

    nargs = (1,)
    is_nonnegative = True
