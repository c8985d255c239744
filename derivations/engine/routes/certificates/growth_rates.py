r"""Rates of growth in one real variable: |f(z)| <= C (1 + |z|)^n sum of exp(r z + b z^2), one (b, r) for each term.

C and n need no value. C is locally bounded in the parameters of the domain, since every rule keeps it a continuous
function of them: a bound at every point is then a bound locally uniform in the parameters.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import sympy as sp

from derivations.engine.routes.gaussian_tails import as_tail

Rates = frozenset[tuple[sp.Expr, sp.Expr]]
Decided = Callable[[sp.Expr], bool]
NEITHER: Rates = frozenset({(sp.S.Zero, sp.S.Zero)})
BOUNDED = (sp.tanh, sp.sech, sp.erf, sp.erfc, sp.atan, sp.sin, sp.cos, sp.sign, sp.Heaviside)
MAX_TERMS = 64


class Growth:
    """Rules over one variable, with what decides whether an expression is real, or positive, everywhere."""

    def __init__(self, name: sp.Symbol, real: Decided, positive: Decided) -> None:
        self.name, self.real, self.positive = name, real, positive

    def rates(self, node: Any) -> Rates | None:
        """The rates, or None where no rule bounds the expression."""
        if self.name not in node.free_symbols or node == self.name:
            return NEITHER
        if isinstance(node, sp.Add | sp.Max | sp.Min):
            return self._together(node.args)
        if isinstance(node, sp.Mul):
            return self._times([self.rates(a) for a in node.args])
        if isinstance(node, sp.exp):
            return self._exponential(node.args[0])
        if isinstance(node, sp.Pow):
            return self._power(node)
        if isinstance(node, sp.Abs):
            return self.rates(node.args[0])
        if isinstance(node, BOUNDED):
            return NEITHER if self.real(node.args[0]) else None
        if isinstance(node, sp.cosh | sp.sinh):
            first, second = (self._exponential(side * node.args[0]) for side in (1, -1))
            return first | second if first is not None and second is not None else None
        if isinstance(node, sp.log):
            return self._logarithm(node.args[0])
        return None

    def _together(self, parts: Any) -> Rates | None:
        found = [self.rates(a) for a in parts]
        return frozenset().union(*found) if None not in found else None

    def _times(self, found: list[Rates | None]) -> Rates | None:
        if None in found:
            return None
        choices = list(product(*(f for f in found if f is not None)))
        if len(choices) > MAX_TERMS:
            return None
        return frozenset((sp.Add(*(b for b, _ in c)), sp.Add(*(r for _, r in c))) for c in choices)

    def _exponential(self, exponent: Any) -> Rates | None:
        exponent = sp.expand(exponent)
        if not exponent.is_polynomial(self.name) or not self.real(exponent):
            return None
        terms = sp.Poly(exponent, self.name).all_coeffs()[::-1]
        if len(terms) > 3:
            return None
        return frozenset({(terms[2] if len(terms) > 2 else sp.S.Zero, terms[1] if len(terms) > 1 else sp.S.Zero)})

    def _power(self, node: Any) -> Rates | None:
        base, exponent = node.args
        if not exponent.is_Rational:
            return None
        if exponent > 0:
            whole = [self.rates(base)] * int(sp.ceiling(exponent))
            # |f|^p <= (1 + |f|)^ceil(p)
            return self._times([w | NEITHER if w is not None else None for w in whole])
        inverse = self._inverse(base)
        return self._times([inverse] * int(sp.ceiling(-exponent))) if inverse is not None else None

    def _inverse(self, base: Any) -> Rates | None:
        """Rates of 1/|f|: of erfc(u) at most sqrt(pi) (1 + |u|) exp(u^2) for u > 0, and 1 for u < 0."""
        if self.bounded_below(base):
            return NEITHER
        if isinstance(base, sp.Mul):
            return self._times([self._inverse(factor) for factor in base.args])
        tail = as_tail(base)
        if tail is None or not self.real(tail[1]):
            return None
        found = self._exponential(tail[1] ** 2)
        return found | NEITHER if found is not None else None

    def _logarithm(self, argument: Any) -> Rates | None:
        """|log f| is below a polynomial where f > 0 and 1/f grow like exponentials of polynomials."""
        known = self.is_positive(argument) and self.rates(argument) is not None and self._inverse(argument) is not None
        return NEITHER if known else None

    def is_positive(self, node: Any) -> bool:
        """Whether an expression is positive for all real z."""
        if isinstance(node, sp.Mul):
            return all(map(self.is_positive, node.args))
        tail = as_tail(node)
        return (tail is not None and bool(tail[0] > 0) and self.real(tail[1])) or self.bounded_below(node)

    def bounded_below(self, node: Any) -> bool:
        """Whether an expression stays above a positive number for all z, locally uniformly in the parameters."""
        if self.name not in node.free_symbols:
            return self.positive(node)
        if isinstance(node, sp.Add):
            return all(self.nonnegative(a) for a in node.args) and any(self.bounded_below(a) for a in node.args)
        if isinstance(node, sp.Mul):
            return all(self.bounded_below(a) for a in node.args)
        if isinstance(node, sp.Pow):
            return node.exp.is_Rational and bool(node.exp > 0) and self.bounded_below(node.base)
        return isinstance(node, sp.cosh) and self.real(node.args[0])

    def nonnegative(self, node: Any) -> bool:
        """Whether an expression is nonnegative for all real z."""
        if self.name not in node.free_symbols:
            return self.positive(node)
        if isinstance(node, sp.exp | sp.cosh):
            return self.real(node.args[0])
        if isinstance(node, sp.Mul | sp.Add):
            return all(self.nonnegative(a) for a in node.args)
        if isinstance(node, sp.Pow) and node.exp.is_Integer:
            return (node.exp.is_even and self.real(node.base)) or self.nonnegative(node.base)
        return isinstance(node, sp.Abs)
