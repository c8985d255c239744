"""Proved signs of the numbers in front of the scales, at one point or on a whole domain."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass, field
from math import gcd, lcm, prod
from typing import Any

import sympy as sp

from derivations.engine.routes import exact
from derivations.engine.routes.certificates.nonzero import negative, positive
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.averages import GaussianMean
from theory.domain import Domain

PRECISIONS = (170, 680)
NOWHERE = Domain({})
ALWAYS_REAL = (
    sp.exp, sp.sin, sp.cos, sp.tan, sp.sinh, sp.cosh, sp.tanh, sp.sech, sp.coth, sp.erf, sp.erfc, sp.erfi, sp.atan,
    sp.asinh, sp.sign, sp.gamma, sp.factorial, sp.polygamma, sp.zeta,
)  # fmt: skip
"""Functions that are real for real arguments, wherever they are finite."""


class UndecidedSignError(Exception):
    """A number whose sign has no proof: ``expression``."""

    def __init__(self, expression: Any) -> None:
        super().__init__(f"the sign of {expression} is not known")
        self.expression = expression


@dataclass(frozen=True)
class Signs:
    """Signs on a domain: of closed numbers by balls and the exact route, of others by the exact route alone.

    ``assumed`` are the signs that distinguish one case from the others.
    """

    domain: Domain = NOWHERE
    assumed: tuple[tuple[Any, int], ...] = ()
    known: dict[Any, int] = field(default_factory=dict, compare=False)

    def __call__(self, expression: Any) -> int:
        """1, -1 or 0.

        Raises
        ------
        UndecidedSignError
            If there is no proof.
        """
        if expression.is_Rational:
            return int(sp.sign(expression))
        if expression not in self.known:
            self.known[expression] = self._decided(expression)
        return self.known[expression]

    def _decided(self, expression: Any) -> int:
        if not self.real(expression):
            raise UndecidedSignError(expression)
        for other, sign in self.assumed:
            factor = sp.cancel(expression / other)
            if factor.is_Rational:
                return int(sp.sign(factor)) * sign
        found = _by_ball(expression) if not expression.free_symbols else self._on_domain(expression)
        if found is None and not self._vanishes(expression):
            return self._by_structure(expression)
        return found or 0

    def _by_structure(self, expression: Any) -> int:
        """Of a product by its factors; of a sum of logarithms by what it is the logarithm of, against 1."""
        if isinstance(expression, sp.Mul):
            return prod(map(self, expression.args))
        terms = [term.as_coeff_Mul() for term in sp.Add.make_args(expression)]
        if not all(isinstance(rest, sp.log) and len(rest.args) == 1 and c.is_Rational for c, rest in terms):
            raise UndecidedSignError(expression)
        shared = sp.Rational(lcm(*(int(c.q) for c, _ in terms)), gcd(*(int(c.p) for c, _ in terms)))
        above = sp.Mul(*(rest.args[0] ** (c * shared) for c, rest in terms if c > 0))
        below = sp.Mul(*(rest.args[0] ** (-c * shared) for c, rest in terms if c < 0))
        return self(above - below)

    def resolved(self, value: Any) -> Any:
        """The value without Max, Min, Abs and sign, as far as the signs in them are known."""
        return value.replace(lambda node: isinstance(node, sp.Max | sp.Min | sp.Abs | sp.sign), self._chosen)

    def _chosen(self, *nodes: Any) -> Any:
        (node,) = nodes
        try:
            if isinstance(node, sp.Abs | sp.sign):
                sign = sp.Integer(self(node.args[0]))
                return sign if isinstance(node, sp.sign) else sign * node.args[0]
            wanted, best = (1 if isinstance(node, sp.Max) else -1), node.args[0]
            for other in node.args[1:]:
                best = other if self(other - best) == wanted else best
        except UndecidedSignError:
            return node
        return best

    def _on_domain(self, expression: Any) -> int | None:
        try:
            return exact.with_tower(self.domain, lambda tower: _by_tower(tower, expression))
        except (UnsupportedError, ValueError):
            return None

    def _vanishes(self, expression: Any) -> bool:
        try:
            return bool(exact.vanishes(expression, self.domain))
        except (UnsupportedError, ValueError):
            return False

    def real(self, node: Any) -> bool:
        """Whether a number is proved to be real."""
        if node.is_Rational or isinstance(node, sp.NumberSymbol):
            return True
        if isinstance(node, sp.Symbol):
            return node in self.domain.sets and self.domain.sets[node].is_subset(sp.S.Reals) is True
        if isinstance(node, sp.Add | sp.Mul | sp.Max | sp.Min | sp.Abs):
            return all(map(self.real, node.args))
        if isinstance(node, sp.Pow) and node.base is not sp.E:
            return all(map(self.real, node.args)) and (node.exp.is_Integer or self._positive(node.base))
        if isinstance(node, sp.log | sp.loggamma):
            return self.real(node.args[0]) and self._positive(node.args[0])
        if isinstance(node, sp.Integral | GaussianMean):
            return self._real_integral(node)
        return isinstance(node, ALWAYS_REAL) and all(map(self.real, node.args))

    def _real_integral(self, node: Any) -> bool:
        """An integral over real numbers of what is real."""
        if isinstance(node, GaussianMean):
            if node.ranges or not self._positive(node.variance):
                return False
            names, body = (node.family,), node.body
        else:
            ends = [end for limit in node.limits for end in limit.args[1:] if not end.is_infinite]
            if any(len(limit.args) != 3 for limit in node.limits) or not all(map(self.real, ends)):
                return False
            names, body = tuple(node.variables), node.function
        return Signs(self.domain.extended(dict.fromkeys(names, sp.S.Reals))).real(body)

    def _positive(self, node: Any) -> bool:
        try:
            return self(node) > 0
        except UndecidedSignError:
            return False


def _by_tower(tower: Any, expression: Any) -> int | None:
    element = tower.convert(exact.determined(expression, tower.domain))
    if positive(tower, element):
        return 1
    return -1 if negative(tower, element) else None


def _by_ball(expression: Any) -> int | None:
    """The sign of a closed real number, if its ball excludes zero."""
    try:
        for bits in PRECISIONS:
            with precision(bits):
                value = ball(expression, Frame(free=lambda name: name)).real
                if value > 0 or value < 0:
                    return 1 if value > 0 else -1
    except (UnknownError, TooLargeError, ValueError, ZeroDivisionError):
        pass
    return None
