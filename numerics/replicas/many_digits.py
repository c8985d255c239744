"""Expressions with Gaussian means to many digits, for equations whose terms cancel where a breaking of symmetry begins.

Means of variances that are small against the scale of their integrand need few nodes of Gauss and Hermite. The others
are sums over a grid: for integrands that are analytic in a strip and do not grow, the error of the trapezoidal rule
under a Gaussian falls exponentially with the inverse of its step. Rules are refined until two of them agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import mpmath
import sympy as sp
from flint import arb, ctx
from sympy.printing.pycode import MpmathPrinter

from numerics.lowering.means.lifting import Names, lifted
from numerics.replicas.cold_functions import in_elementary_functions
from numerics.replicas.gaussian_rules import N_RULES, Rule, gaussian_rule
from numerics.solvers.convergence import NotConvergedError
from theory.sums import rename

# Digits of working precision that two rules need not agree in; as many again for each level of means within.
SPARE = 3
_FUNCTIONS = ("cosh", "exp", "log", "sinh", "sqrt", "tanh")

Numbers = Sequence[Any]


class ManyDigits:
    """Expressions as a function of numbers of mpmath, at its current precision.

    Parameters
    ----------
    expressions
        With Gaussian means over single variables, nested or not.
    arguments
        Symbols.
    """

    def __init__(self, expressions: Sequence[Any], arguments: Sequence[Any]) -> None:
        column = sp.ImmutableDenseMatrix([in_elementary_functions(e) for e in expressions])
        self._function = _Nested(column, tuple(arguments), Names(column, *arguments))

    def __call__(self, *arguments: Any) -> tuple[Any, ...]:
        """Their values, by the rules that were chosen at the first arguments of this precision."""
        kept = ctx.prec
        ctx.prec = mpmath.mp.prec
        try:
            return tuple(_number(v) for v in self._function([arb(mpmath.mpf(a)) for a in arguments]))
        finally:
            ctx.prec = kept

    def settle(self, *arguments: Any) -> tuple[Any, ...]:
        """The same, by rules chosen anew at these arguments."""
        self._function.forget()
        return self(*arguments)


class _Nested:
    """A column of expressions as a function; means of one variance are taken together."""

    def __init__(self, column: Any, arguments: tuple[Any, ...], names: Names) -> None:
        taken = lifted(column, names)
        groups: dict[Any, list[Any]] = {}
        for symbol, node in taken.nodes.items():
            groups.setdefault(node.variance, []).append((symbol, node))
        self._means = [_Mean(v, [n for _, n in group], arguments, names) for v, group in groups.items()]
        symbols = [symbol for group in groups.values() for symbol, _ in group]
        self._outer, self._length = _callable(list(taken.outer), (*arguments, *symbols)), len(column)

    @property
    def levels(self) -> int:
        """How many means stand within one another."""
        return max((mean.levels for mean in self._means), default=0)

    def __len__(self) -> int:
        return self._length

    def forget(self) -> None:
        """No rule is chosen any more."""
        for mean in self._means:
            mean.forget()

    def __call__(self, arguments: Numbers) -> Numbers:
        means = [value for mean in self._means for value in mean(arguments)]
        return self._outer(*arguments, *means)


class _Mean:
    """Means under one Gaussian, by the first rule that agreed with the next finer one at the present precision."""

    def __init__(self, variance: Any, nodes: list[Any], arguments: tuple[Any, ...], names: Names) -> None:
        x = names("x")
        bodies = sp.ImmutableDenseMatrix([rename(n.body, n.family, x) for n in nodes])
        self._body = _Nested(bodies, (*arguments, x), names)
        self._variance = _callable([variance], arguments)
        self.levels = 1 + self._body.levels
        self._places: dict[int, int] = {}

    def forget(self) -> None:
        """No rule is chosen any more, within this mean neither."""
        self._places.clear()
        self._body.forget()

    def __call__(self, arguments: Numbers) -> Numbers:
        deviation = self._variance(*arguments)[0].sqrt()
        if ctx.prec not in self._places:
            self._places[ctx.prec] = self._settled(arguments, deviation)
        return self._sum(gaussian_rule(self._places[ctx.prec], ctx.prec), arguments, deviation)[0]

    def _settled(self, arguments: Numbers, deviation: Any) -> int:
        tolerance = (arb(10) ** (SPARE * self.levels) / arb(2) ** ctx.prec).mid()
        coarse, _ = self._sum(gaussian_rule(0, ctx.prec), arguments, deviation)
        for place in range(1, N_RULES):
            fine, sizes = self._sum(gaussian_rule(place, ctx.prec), arguments, deviation)
            if all(abs(a - b).mid() <= tolerance * s for a, b, s in zip(coarse, fine, sizes, strict=True)):
                return place - 1
            coarse = fine
        raise NotConvergedError(
            f"expected a Gaussian mean to {tolerance.mid().str(2)} of it; found {coarse} and other values on "
            f"a grid of half the step: take a higher temperature"
        )

    def _sum(self, rule: Rule, arguments: Numbers, deviation: Any) -> tuple[Numbers, Numbers]:
        """The means, and those of the absolute values."""
        totals = [arb(0)] * len(self._body)
        sizes = list(totals)
        for node, weight in rule:
            terms = [weight * v for v in self._body([*arguments, deviation * node])]
            totals = [(t + v).mid() for t, v in zip(totals, terms, strict=True)]
            sizes = [(t + abs(v)).mid() for t, v in zip(sizes, terms, strict=True)]
        return totals, sizes


def _callable(expressions: list[Any], arguments: Sequence[Any]) -> Callable[..., Numbers]:
    """In balls, of which only the centers are kept."""
    names: dict[str, Any] = {name: _method(name) for name in _FUNCTIONS}
    printer = MpmathPrinter({"fully_qualified_modules": False, "inline": True, "allow_unknown_functions": False})
    function = sp.lambdify(list(arguments), expressions, modules=[{**names, "mpf": _ball}], printer=printer, cse=True)
    return lambda *values: [arb(v) if isinstance(v, int) else v.mid() for v in function(*values)]


def _ball(value: Any) -> Any:
    return arb(value) if isinstance(value, int) else arb(mpmath.mpf(value))


def _method(name: str) -> Callable[[Any], Any]:
    return lambda value: getattr(value if isinstance(value, arb) else arb(value), name)()


def _number(ball: Any) -> Any:
    mantissa, exponent = ball.mid().man_exp()
    return mpmath.ldexp(mpmath.mpf(int(mantissa)), int(exponent))
