"""Functions that SymPy has no name for and that have an accurate program."""

from __future__ import annotations

from typing import Any

import sympy as sp


class RealFunction(sp.Function):
    """A real function of real arguments; never evaluated by SymPy."""

    is_real = True

    def __new__(cls, *arguments: Any, **options: Any) -> Any:
        """Typed as an expression: SymPy's own signature says less."""
        return super().__new__(cls, *arguments, **options)


class LogCosh(RealFunction):
    """log(cosh(x)) for real x: even, x^2 / 2 near zero, |x| - log 2 far out."""

    nargs = (1,)
    is_nonnegative = True


class LogTwoCosh(RealFunction):
    """log(2 cosh(x)) for real x, which is nowhere small: two calls where `LogCosh` takes more."""

    nargs = (1,)
    is_positive = True


class LogErfc(RealFunction):
    """log(erfc(x)) for real x, also where erfc underflows."""

    nargs = (1,)


class LogHalfErfc(RealFunction):
    """log(erfc(x) / 2) for real x: the logarithm of a Gaussian tail, accurate where the tail is all or nothing."""

    nargs = (1,)


class Erfc(RealFunction):
    """erfc(x), which SymPy's own would turn into 2 - erfc(-x) for a negative argument."""

    nargs = (1,)
    is_positive = True


class ScaledErfc(RealFunction):
    """exp(x^2) erfc(x) for real x."""

    nargs = (1,)
    is_positive = True


class Logistic(RealFunction):
    """1 / (1 + exp(-x)) for real x."""

    nargs = (1,)
    is_positive = True


class LogAddExp(RealFunction):
    """log(exp(x) + exp(y)) for real x and y."""

    nargs = (2,)


class LogOnePlus(RealFunction):
    """log(1 + x) for real x > -1."""

    nargs = (1,)


class ExpMinusOne(RealFunction):
    """exp(x) - 1 for real x."""

    nargs = (1,)
