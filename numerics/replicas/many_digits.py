"""Expressions with Gaussian means to many digits, for equations whose terms cancel near a critical temperature.

The means are sums over a grid: for integrands that are analytic in a broad strip and do not grow, the error of the
trapezoidal rule under a Gaussian falls like exp(-2 pi^2 / step^2).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mpmath
import sympy as sp

from numerics.lowering.means.lifting import Names, lifted
from numerics.replicas.cold_functions import in_elementary_functions
from theory.sums import rename

# Poles narrow the strip: a finer grid leaves room for those of tanh at small variances.
MARGIN = 0.75


class ManyDigits:
    """One expression as a function of numbers of mpmath, at its current precision.

    Parameters
    ----------
    expression
        With Gaussian means over single variables, not nested.
    arguments
        Symbols.
    """

    def __init__(self, expression: Any, arguments: Sequence[Any]) -> None:
        expression = in_elementary_functions(expression)
        names = Names(expression, *arguments)
        taken = lifted(expression, names)
        self._means = [self._mean(node, arguments, names("x")) for node in taken.nodes.values()]
        self._outer = sp.lambdify([*arguments, *taken.nodes], taken.outer, modules="mpmath")

    @staticmethod
    def _mean(node: Any, arguments: Sequence[Any], x: sp.Symbol) -> tuple[Any, Any]:
        body = sp.lambdify([*arguments, x], rename(node.body, node.family, x), modules="mpmath")
        return body, sp.lambdify(list(arguments), node.variance, modules="mpmath")

    def __call__(self, *arguments: Any) -> Any:
        """Its value."""
        return self._outer(*arguments, *(self._averaged(b, v, arguments) for b, v in self._means))

    def _averaged(self, body: Any, variance: Any, arguments: Sequence[Any]) -> Any:
        deviation = mpmath.sqrt(variance(*arguments))
        needed = mpmath.mp.prec * mpmath.log(2)
        step = MARGIN * mpmath.pi * mpmath.sqrt(2 / needed)
        half = int(mpmath.ceil(mpmath.sqrt(2 * needed) / step))
        total = mpmath.fsum(
            body(*arguments, deviation * k * step) * mpmath.exp(-((k * step) ** 2) / 2) for k in range(-half, half + 1)
        )
        return total * step / mpmath.sqrt(2 * mpmath.pi)
