r"""Bounds of analytic integrands in strips about the real axes: \|Im x\| <= w for each variable x, with its own w.

Each bound is a constant times factors (1 + \|Re x\|)^n exp(a \|Re x\| + b Re(x)^2), one a variable. What has one is
analytic in the strips. Trusted: the errors of the trapezoidal rule rest on it.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import sympy as sp
from flint import acb, arb

from derivations.engine.routes.enclosures.growth import Growth
from derivations.engine.routes.enclosures.joint_growth import Joint, constant_bound, product_bound, sum_bound
from derivations.engine.routes.enclosures.points import Frame, UnknownError
from derivations.engine.routes.enclosures.table import ball


@dataclass(frozen=True, kw_only=True)
class Strips:
    """Half-widths of the strips, zero for a variable that stays real; ``frame`` has the values of everything else."""

    widths: dict[sp.Basic, arb]
    frame: Frame

    @property
    def names(self) -> tuple[sp.Basic, ...]:
        """The variables."""
        return tuple(self.widths)

    def bound(self, node: Any) -> Joint:
        """The bound of a node.

        Raises
        ------
        UnknownError
            If there is no rule, or the node may have a singularity in the strips.
        """
        if not node.free_symbols & set(self.names):
            return self._constant(arb(abs(ball(node, self.frame)).upper()))
        if node in self.widths:
            size = arb((1 + self.widths[node]).upper())
            return {n: Growth(size if n == node else arb(1), power=int(n == node)) for n in self.names}
        if isinstance(node, sp.Add):
            return reduce(sum_bound, map(self.bound, node.args))
        if isinstance(node, sp.Mul):
            return reduce(product_bound, map(self.bound, node.args))
        if isinstance(node, sp.exp):
            return self._exponential(node.exp)
        if isinstance(node, sp.Pow) and node.exp.is_Integer and 0 < abs(node.exp) <= 64:
            single = self.bound(node.base) if node.exp > 0 else self._inverse(node.base)
            return reduce(product_bound, [single] * abs(int(node.exp)))
        if isinstance(node, sp.log) and isinstance(node.args[0], sp.cosh):
            return self._log_cosh(node.args[0].args[0])
        if node.func in SIZES:
            return self._constant(SIZES[node.func](self._height(node.args[0])))
        if isinstance(node, sp.cosh | sp.sinh):
            return sum_bound(self._exponential(node.args[0]), self._exponential(-node.args[0]))
        raise UnknownError(f"no bound in a strip for {node}")

    def _constant(self, size: arb) -> Joint:
        return constant_bound(arb(size.upper()), self.names)

    def _terms(self, argument: Any) -> dict[tuple[int, ...], acb]:
        """The coefficients of a polynomial of degree two at most, by its exponents."""
        if not argument.is_polynomial(*self.names):
            raise UnknownError(f"no bound in a strip for a function of {argument}")
        polynomial = sp.Poly(argument, *self.names)
        if polynomial.total_degree() > 2:
            raise UnknownError(f"no bound in a strip for a function of {argument}")
        return {powers: ball(c, self.frame) for powers, c in polynomial.terms()}

    def _height(self, argument: Any) -> arb:
        """How far the imaginary part of c + sum of a_i x_i, with real a_i, may be from zero."""
        height = arb(0)
        for powers, coefficient in self._terms(argument).items():
            if sum(powers) == 0:
                height += abs(coefficient.imag)
            elif sum(powers) == 1 and coefficient.imag == 0:
                height += abs(coefficient) * self.widths[self.names[powers.index(1)]]
            else:
                raise UnknownError(f"no bound in a strip for a function of {argument}")
        return arb(height.upper())

    def _exponential(self, argument: Any) -> Joint:
        r"""exp of a real quadratic: its real part is that at Re x, less a_ij Im(x_i) Im(x_j); \|2xy\| <= x^2 + y^2."""
        rates, curvatures = dict.fromkeys(self.names, arb(0)), dict.fromkeys(self.names, arb(0))
        height = arb(0)
        for powers, coefficient in self._terms(argument).items():
            inside = [n for n, power in zip(self.names, powers, strict=True) for _ in range(power)]
            if not inside:
                height += coefficient.real
                continue
            if coefficient.imag != 0:
                raise UnknownError(f"no bound in a strip for the exponential of {argument}")
            if len(inside) == 1:
                rates[inside[0]] += abs(coefficient.real)
                continue
            height += abs(coefficient.real) * self.widths[inside[0]] * self.widths[inside[1]]
            if inside[0] == inside[1]:
                curvatures[inside[0]] += coefficient.real
            else:
                for name in inside:
                    curvatures[name] += abs(coefficient.real) / 2
        first = arb(height.exp().upper())
        return {
            n: Growth(first if n == self.names[0] else arb(1), 0, arb(rates[n].upper()), arb(curvatures[n].upper()))
            for n in self.names
        }

    def _inverse(self, base: Any) -> Joint:
        """1 / cosh u, and 1 / (c + a exp u + ...) with positive numbers: the real part of exp u is positive there."""
        if isinstance(base, sp.cosh):
            return self._constant(_inverse_cosine(self._height(base.args[0])))
        constant, rest = base.as_independent(*self.names, as_Add=True)
        below = ball(constant, self.frame)
        if not (below.imag == 0 and below.real > 0):
            raise UnknownError(f"no bound in a strip for 1/({base})")
        for term in sp.Add.make_args(rest):
            factor, power = term.as_independent(*self.names, as_Add=False)
            size = ball(factor, self.frame)
            if not (isinstance(power, sp.exp) and size.imag == 0 and size.real > 0):
                raise UnknownError(f"no bound in a strip for 1/({base})")
            _below_quarter_turn(self._height(power.exp))
        return self._constant(1 / arb(below.real.lower()))

    def _log_cosh(self, argument: Any) -> Joint:
        r"""\|log cosh u\| <= \|u\| max \|tanh\|, on the way from 0 to u."""
        slope = SIZES[sp.tanh](self._height(argument))
        return product_bound(self._constant(slope), self.bound(argument))


def _below_quarter_turn(height: arb) -> arb:
    if not height < arb.pi() / 2:
        raise UnknownError("a singularity in the strip")
    return height


def _inverse_cosine(height: arb) -> arb:
    return 1 / _below_quarter_turn(height).cos()


def _tangent(height: arb) -> arb:
    r"""\|tanh(p + i q)\|^2 = (sinh^2 p + sin^2 q) / (sinh^2 p + cos^2 q) lies between tan^2 q and 1."""
    return arb(_below_quarter_turn(height).tan().max(arb(1)))


def _error_function(height: arb) -> arb:
    r"""\|erf(p + i q)\| <= 1 + 2 / sqrt(pi) q exp(q^2), from erf(p) along the imaginary direction."""
    return 1 + 2 / arb.pi().sqrt() * height * (height**2).exp()


SIZES: dict[Any, Callable[[arb], arb]] = {
    sp.tanh: _tangent, sp.sech: _inverse_cosine, sp.erf: _error_function, sp.erfc: lambda q: 1 + _error_function(q),
    sp.sin: lambda q: q.cosh(), sp.cos: lambda q: q.cosh(),
}  # fmt: skip
"""Bounds of functions of a real linear form, by how far its imaginary part may be from zero."""
