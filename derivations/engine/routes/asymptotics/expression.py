"""The series of an expression: one rule a node; whatever has no rule is refused."""

# pyright: reportOperatorIssue=false, reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derivations.engine.routes.asymptotics.functions import (
    BOUNDED,
    ENTIRE,
    INSIDE_ONE,
    ON_THE_POSITIVE,
    Functions,
)
from derivations.engine.routes.asymptotics.scale import UNIT, VARIABLE, UnknownScaleError
from derivations.engine.routes.asymptotics.series import Algebra, Series, constant, monomial
from derivations.engine.routes.asymptotics.signs import Signs
from derivations.engine.routes.asymptotics.smooth import SMOOTH, smooth_series
from derivations.engine.routes.jumps import LostJumpError, carried_out

QUOTIENTS = {
    sp.tan: (sp.sin, sp.cos), sp.cot: (sp.cos, sp.sin), sp.sec: (None, sp.cos), sp.csc: (None, sp.sin),
    sp.coth: (sp.cosh, sp.sinh), sp.csch: (None, sp.sinh),
}  # fmt: skip
MOST_STEPS = 12
"""How far a gamma function is moved to a positive argument."""


@dataclass(frozen=True, kw_only=True)
class Expander:
    """Expressions as series while ``variable`` tends to ``point`` from one side; everything else is a number."""

    variable: sp.Symbol
    point: Any
    side: int
    signs: Signs
    count: int

    @property
    def algebra(self) -> Algebra:
        """Arithmetic with as many terms."""
        return Algebra(sign=self.signs, count=self.count)

    @property
    def functions(self) -> Functions:
        """Functions of series."""
        return Functions(algebra=self.algebra)

    def place(self) -> Series:
        """The variable itself: a + 1/x, a - 1/x, x or -x with x tending to infinity."""
        if self.point in (sp.oo, -sp.oo):
            return monomial(VARIABLE, sp.Integer(1 if self.point is sp.oo else -1))
        step = monomial(VARIABLE.power(sp.S.NegativeOne), sp.Integer(self.side))
        return self.algebra.add(self._number(self.point), step)

    def series(self, node: Any) -> Series:
        """The series of an expression.

        Raises
        ------
        UnknownScaleError
            If a node has no rule, or its argument leaves the set where the rule holds.
        TooFewTermsError, UndecidedSignError
            If more terms are needed, or a sign that is not known.
        """
        if node == self.variable:
            return self.place()
        if self.variable not in node.free_symbols:
            return self._number(node)
        if isinstance(node, sp.Add):
            return self.algebra.add(*map(self.series, node.args))
        if isinstance(node, sp.Mul):
            return self._product(node)
        if isinstance(node, sp.exp) or (isinstance(node, sp.Pow) and node.base is sp.E):
            return self.algebra.exponential(self.series(node.exp))
        if isinstance(node, sp.Pow):
            return self._power(*node.args)
        if isinstance(node, sp.Piecewise):
            return self._piecewise(node)
        if isinstance(node, sp.log):
            return self._logarithm(node)
        return self._function(node)

    def _number(self, node: Any) -> Series:
        if node.is_infinite or not (node.is_Rational or self.signs.real(node)):
            raise UnknownScaleError(f"{node} is not known to be a real number")
        return constant(node)

    def _product(self, node: Any) -> Series:
        result = self.series(node.args[0])
        for factor in node.args[1:]:
            result = self.algebra.multiply(result, self.series(factor))
        return result

    def _power(self, base: Any, exponent: Any) -> Series:
        if self.variable not in exponent.free_symbols:
            self._number(exponent)
            return self.algebra.power(self.series(base), exponent)
        if base == -1 and exponent.is_integer:
            return Series((), UNIT)
        log = self.algebra.logarithm(self.series(base))
        return self.algebra.exponential(self.algebra.multiply(self.series(exponent), log))

    def _logarithm(self, node: Any) -> Series:
        parts = [self.algebra.logarithm(self.series(a)) for a in node.args]
        return parts[0] if len(parts) == 1 else self.functions.quotient(*parts)

    def _piecewise(self, node: Any) -> Series:
        for value, condition in node.args:
            if self._holds(condition):
                return self.series(value)
        raise UnknownScaleError("no case of a Piecewise holds beside the point")

    def _holds(self, condition: Any) -> bool:
        """Whether a condition holds beside the point; a sign that is not known raises."""
        if condition in (sp.true, sp.false):
            return bool(condition)
        if isinstance(condition, sp.And | sp.Or):
            return (all if isinstance(condition, sp.And) else any)([self._holds(c) for c in condition.args])
        if isinstance(condition, sp.Not):
            return not self._holds(condition.args[0])
        table = {
            sp.Gt: {1}, sp.Ge: {0, 1}, sp.Lt: {-1}, sp.Le: {-1, 0}, sp.Eq: {0}, sp.Ne: {-1, 1},
        }  # fmt: skip
        if condition.func not in table:
            raise UnknownScaleError(f"no truth for {condition}")
        return self.functions.eventual_sign(self.series(condition.lhs - condition.rhs)) in table[condition.func]

    def _function(self, node: Any) -> Series:
        function = node.func
        if isinstance(node, sp.Abs | sp.sign | sp.Heaviside | sp.Max | sp.Min):
            return self._by_sign(node)
        if function in QUOTIENTS:
            return self._quotient(node)
        if isinstance(node, sp.factorial):
            return self.series(sp.gamma(node.args[0] + 1))
        if isinstance(node, sp.binomial):
            top, bottom = node.args
            return self.series(sp.gamma(top + 1) / (sp.gamma(bottom + 1) * sp.gamma(top - bottom + 1)))
        if isinstance(node, sp.acosh):
            w = node.args[0]
            return self.series(sp.log(w + sp.sqrt(w - 1) * sp.sqrt(w + 1)))
        if isinstance(node, sp.floor | sp.ceiling):
            return self._rounded(node)
        if function in ENTIRE:
            return self._entire(node)
        if function in ON_THE_POSITIVE:
            return self._gamma_like(node)
        if function in INSIDE_ONE:
            return self._inside_one(node)
        if isinstance(node, sp.Derivative):
            return self._derivative(node)
        if isinstance(node, SMOOTH):
            return smooth_series(node, self.variable, self.point, self.side, self.signs.domain, self.count)
        raise UnknownScaleError(f"no series for {function.__name__}")

    def _by_sign(self, node: Any) -> Series:
        """Functions that are another formula on each side of zero: the argument keeps one sign beside the point."""
        argument = self.series(node.args[0])
        if isinstance(node, sp.Max | sp.Min):
            return self._extremum(node)
        sign = self.functions.eventual_sign(argument)
        if isinstance(node, sp.Abs):
            return self.algebra.scaled(argument, sp.Integer(sign or 1))
        if isinstance(node, sp.sign):
            return constant(sp.Integer(sign))
        if sign == 0:
            return self._number(sp.Heaviside(0, *node.args[1:]))
        return constant(sp.Integer(1 if sign > 0 else 0))

    def _extremum(self, node: Any) -> Series:
        wanted = 1 if isinstance(node, sp.Max) else -1
        best = self.series(node.args[0])
        for other in map(self.series, node.args[1:]):
            difference = self.algebra.add(other, self.functions.negative(best))
            best = other if self.functions.eventual_sign(difference) == wanted else best
        return best

    def _rounded(self, node: Any) -> Series:
        """The integer below or above what tends to a rational number; else what is rounded, but for less than 1."""
        argument = self.series(node.args[0])
        if self.functions.towards(argument):
            return self.algebra.add(argument, Series((), UNIT))
        _, middle, small = self.algebra.split(argument)
        if not middle.is_Rational:
            raise UnknownScaleError(f"{middle} is not known to be off the integers")
        side = self.functions.eventual_sign(small) if middle.is_Integer else 0
        return constant(node.func(middle + sp.Rational(side, 2)))

    def _derivative(self, node: Any) -> Series:
        """The derivative carried out; one that stays, of an undetermined function, has no series."""
        try:
            result = carried_out(node)
        except LostJumpError as error:
            raise UnknownScaleError(str(error)) from error
        if result.has(sp.Derivative):
            raise UnknownScaleError(f"no series for {node}")
        return self.series(result)

    def _quotient(self, node: Any) -> Series:
        top, bottom = QUOTIENTS[node.func]
        below = self.series(bottom(node.args[0]))
        return self.functions.quotient(self.series(top(node.args[0])) if top else constant(sp.S.One), below)

    def _entire(self, node: Any) -> Series:
        functions, argument = self.functions, self.series(node.args[0])
        if node.func in BOUNDED and any(self.algebra.compare(s, UNIT) > 0 for s in argument.scales()):
            return Series((), UNIT)
        side = functions.towards(argument)
        if side == 0:
            _, middle, small = self.algebra.split(argument)
            return functions.taylor(node.func, middle, small)
        far = argument if side > 0 else functions.negative(argument)
        return self._entire_far(node.func, far, side)

    def _entire_far(self, function: Any, far: Series, side: int) -> Series:
        """The function of ``side`` times what tends to plus infinity."""
        algebra, functions = self.algebra, self.functions
        if function in (sp.erf, sp.erfc):
            tail = functions.erfc_far(far)
            if function is sp.erf:
                return algebra.scaled(functions.plus(functions.negative(tail), 1), sp.Integer(side))
            return tail if side > 0 else functions.plus(functions.negative(tail), 2)
        if function is sp.atan:
            turned = functions.taylor(sp.atan, sp.S.Zero, functions.inverse(far))
            return algebra.scaled(functions.plus(functions.negative(turned), sp.pi / 2), sp.Integer(side))
        if function is sp.asinh:
            root = functions.square_root(functions.plus(algebra.multiply(far, far), 1))
            return algebra.scaled(algebra.logarithm(algebra.add(far, root)), sp.Integer(side))
        return self._hyperbolic_far(function, far, side)

    def _hyperbolic_far(self, function: Any, far: Series, side: int) -> Series:
        algebra, functions = self.algebra, self.functions
        up, down = algebra.exponential(far), algebra.exponential(functions.negative(far))
        cosh = algebra.scaled(algebra.add(up, down), sp.S.Half)
        sinh = algebra.scaled(algebra.add(up, functions.negative(down)), sp.S.Half * side)
        table = {sp.cosh: lambda: cosh, sp.sinh: lambda: sinh, sp.sech: lambda: functions.inverse(cosh)}
        if function is sp.tanh:
            return functions.quotient(sinh, cosh)
        if function not in table:
            raise UnknownScaleError(f"no series for {function.__name__} far out")
        return table[function]()

    def _gamma_like(self, node: Any) -> Series:
        functions, argument = self.functions, self.series(node.args[-1])
        side = functions.towards(argument)
        if side < 0:
            raise UnknownScaleError(f"no series for {node.func.__name__} at minus infinity")
        if side == 0:
            return self._gamma_near(node, argument)
        if isinstance(node, sp.polygamma) and not isinstance(node, sp.digamma) and node.args[0] != 0:
            if not (node.args[0].is_Integer and node.args[0] > 0):
                raise UnknownScaleError(f"no series for {node}")
            return functions.polygamma_far(int(node.args[0]), argument)
        if isinstance(node, sp.polygamma):
            return functions.digamma_far(argument)
        log = functions.log_gamma_far(argument)
        return log if isinstance(node, sp.loggamma) else self.algebra.exponential(log)

    def _gamma_near(self, node: Any, argument: Series) -> Series:
        """At a positive number by Taylor; gamma at others by gamma(u) = gamma(u + 1)/u."""
        functions = self.functions
        _, middle, small = self.algebra.split(argument)
        if self.signs(middle) > 0:
            return functions.taylor(lambda w: node.func(*node.args[:-1], w), middle, small)
        if not isinstance(node, sp.gamma) or not middle.is_Rational or middle < -MOST_STEPS:
            raise UnknownScaleError(f"no series for {node.func.__name__} where its argument is not positive")
        return functions.quotient(self._gamma_near(node, functions.plus(argument, 1)), argument)

    def _inside_one(self, node: Any) -> Series:
        argument = self.series(node.args[0])
        if self.functions.towards(argument):
            raise UnknownScaleError(f"no series for {node.func.__name__} beyond its interval")
        _, middle, small = self.algebra.split(argument)
        ends = [self.signs(1 - middle), self.signs(1 + middle)]
        if min(ends) > 0:
            return self.functions.taylor(node.func, middle, small)
        if min(ends) < 0:
            raise UnknownScaleError(f"no series for {node.func.__name__} beyond its interval")
        return self._at_an_end(node, ends[0] == 0)

    def _at_an_end(self, node: Any, upper: bool) -> Series:
        """acos u = 2 asin sqrt((1 - u)/2), which is pi - acos(-u); asin and atanh by acos and log."""
        u = node.args[0]
        if isinstance(node, sp.atanh):
            return self.series((sp.log(1 + u) - sp.log(1 - u)) / 2)
        near = 2 * sp.asin(sp.sqrt((1 - u if upper else 1 + u) / 2))
        arccosine = near if upper else sp.pi - near
        return self.series(arccosine if isinstance(node, sp.acos) else sp.pi / 2 - arccosine)
