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

    @property
    def first(self) -> Any:
        """The first argument, typed as an expression."""
        return self.args[0]

    @property
    def second(self) -> Any:
        """The second one."""
        return self.args[1]

    def meaning(self) -> Any:
        """The same in SymPy's own functions, whatever digits that loses."""
        raise NotImplementedError(type(self).__name__)


class LogCosh(RealFunction):
    """log(cosh(x)) for real x: even, x^2 / 2 near zero, |x| - log 2 far out."""

    nargs = (1,)
    is_nonnegative = True

    def meaning(self) -> Any:
        """As the logarithm."""
        return sp.log(sp.cosh(self.first))


class LogTwoCosh(RealFunction):
    """log(2 cosh(x)) for real x, which is nowhere small: two calls where `LogCosh` takes more."""

    nargs = (1,)
    is_positive = True

    def meaning(self) -> Any:
        """As the logarithm."""
        return sp.log(2 * sp.cosh(self.first))


class LogErfc(RealFunction):
    """log(erfc(x)) for real x, also where erfc underflows."""

    nargs = (1,)

    def meaning(self) -> Any:
        """As the logarithm."""
        return sp.log(sp.erfc(self.first))


class LogHalfErfc(RealFunction):
    """log(erfc(x) / 2) for real x: the logarithm of a Gaussian tail, accurate where the tail is all or nothing."""

    nargs = (1,)

    def meaning(self) -> Any:
        """As the logarithm."""
        return sp.log(sp.erfc(self.first) / 2)


class Erfc(RealFunction):
    """erfc(x), which SymPy's own would turn into 2 - erfc(-x) for a negative argument."""

    nargs = (1,)
    is_positive = True

    def meaning(self) -> Any:
        """As SymPy's own."""
        return sp.erfc(self.first)


class ErfDifference(RealFunction):
    """erf(x) - erf(y) for real x and y, with their difference, which x and y may have lost, as third argument."""

    nargs = (3,)

    def meaning(self) -> Any:
        """As the difference."""
        return sp.erf(self.first) - sp.erf(self.second)


class ScaledErfc(RealFunction):
    """exp(x^2) erfc(x) for real x."""

    nargs = (1,)
    is_positive = True

    def meaning(self) -> Any:
        """As the product."""
        return sp.exp(self.first**2) * sp.erfc(self.first)


class Logistic(RealFunction):
    """1 / (1 + exp(-x)) for real x."""

    nargs = (1,)
    is_positive = True

    def meaning(self) -> Any:
        """As the quotient."""
        return 1 / (1 + sp.exp(-self.first))


class LogAddExp(RealFunction):
    """log(exp(x) + exp(y)) for real x and y."""

    nargs = (2,)

    def meaning(self) -> Any:
        """As the logarithm."""
        return sp.log(sp.exp(self.first) + sp.exp(self.second))


class LogOnePlus(RealFunction):
    """log(1 + x) for real x > -1."""

    nargs = (1,)

    def meaning(self) -> Any:
        """As the logarithm."""
        return sp.log(1 + self.first)


class LogNear(RealFunction):
    """log(x) for x > 0, with x - 1, to all its digits, as second argument."""

    nargs = (2,)

    def meaning(self) -> Any:
        """As the logarithm."""
        return sp.log(self.first)


class ExpMinusOne(RealFunction):
    """exp(x) - 1 for real x."""

    nargs = (1,)

    def meaning(self) -> Any:
        """As the difference."""
        return sp.exp(self.first) - 1


class ExpMinusOneOver(RealFunction):
    """(exp(x) - 1) / x, and 1 at 0."""

    nargs = (1,)
    is_positive = True

    def meaning(self) -> Any:
        """As the quotient."""
        return (sp.exp(self.first) - 1) / self.first


class LogOnePlusOver(RealFunction):
    """log(1 + x) / x for x > -1, and 1 at 0."""

    nargs = (1,)
    is_positive = True

    def meaning(self) -> Any:
        """As the quotient."""
        return sp.log(1 + self.first) / self.first


class SinOver(RealFunction):
    """sin(x) / x, and 1 at 0."""

    nargs = (1,)

    def meaning(self) -> Any:
        """As the quotient."""
        return sp.sin(self.first) / self.first


class Hypotenuse(RealFunction):
    """sqrt(x^2 + y^2) for real x and y, whose squares may be larger or smaller than any double."""

    nargs = (2,)
    is_nonnegative = True

    def _eval_is_positive(self) -> Any:
        return True if any(a.is_nonzero for a in self.args) else None

    def meaning(self) -> Any:
        """As the root."""
        return sp.sqrt(self.first**2 + self.second**2)


class SquareOver(RealFunction):
    """x^2 / y, by x / y: the square may be larger or smaller than any double. Infinite where both are."""

    nargs = (2,)

    def meaning(self) -> Any:
        """As the quotient."""
        return self.first**2 / self.second


class TimesLog(RealFunction):
    """x log(y) for real x and y > 0; 0 where both vanish, by continuity."""

    nargs = (2,)

    def meaning(self) -> Any:
        """As the product."""
        return self.first * sp.log(self.second)


class TimesLogOnePlus(RealFunction):
    """x log(1 + y) for real x and y > -1; 0 where x and 1 + y vanish, by continuity."""

    nargs = (2,)

    def meaning(self) -> Any:
        """As the product."""
        return self.first * sp.log(1 + self.second)


def spelled_out(expression: Any) -> Any:
    """The expression in SymPy's own functions."""
    return expression.replace(
        lambda node: isinstance(node, RealFunction) and type(node).meaning is not RealFunction.meaning,
        lambda node: node.meaning(),
    )
