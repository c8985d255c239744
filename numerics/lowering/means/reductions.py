"""Means in fewer variables, or none: exact rewrites before any quadrature.

Each rule takes a mean over one variable and returns an equal expression, or None.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import sympy as sp

from derivations.engine.routes.jumps import without_derivatives
from numerics.lowering.means.lifting import ARRAYS, has_means
from theory.averages import GaussianMean
from theory.sums import rename

_PLACES = tuple(sp.Dummy(real=True) for _ in range(8))
Rule = Callable[[GaussianMean], Any]


def reduced(expression: Any) -> Any:
    """The expression with its means over single variables, in as few variables as the rules reach."""
    if isinstance(expression, ARRAYS):
        return expression.applyfunc(reduced)
    if not has_means(expression):
        return expression
    node = expression.func(*(reduced(a) for a in expression.args))
    if not isinstance(node, GaussianMean):
        return node
    for rule in RULES:
        simpler = rule(node)
        if simpler is not None:
            return reduced(simpler)
    return node


def with_own_variables(expression: Any) -> Any:
    """The expression with real variables of integration that nothing else is called, families written out.

    Equal means stay equal: each is computed once.
    """
    return _with_own(expression, {})


def _with_own(expression: Any, known: dict[Any, Any]) -> Any:
    if isinstance(expression, ARRAYS):
        return expression.applyfunc(lambda entry: _with_own(entry, known))
    if not has_means(expression):
        return expression
    if expression not in known:
        known[expression] = _own(expression, known)
    return known[expression]


def _own(expression: Any, known: dict[Any, Any]) -> Any:
    if isinstance(expression, GaussianMean) and expression.ranges:
        return _with_own(expression.written_out(lambda atom: atom), known)
    node: Any = expression.func(*(_with_own(a, known) for a in expression.args))
    if isinstance(node, sp.Integral):
        limits: Any = node.limits
        if any(len(limit) != 3 for limit in limits):
            raise TypeError(f"expected an integral between two ends; found {expression}: give both")
        return _shared(node.xreplace, [limit[0] for limit in limits], known)
    if isinstance(node, GaussianMean):
        family, variance = node.family, node.variance
        return _shared(
            lambda own: GaussianMean(rename(node.body, family, own[family]), own[family], variance), [family], known
        )
    return node


def _shared(renamed: Callable[[dict[Any, Any]], Any], variables: list[Any], known: dict[Any, Any]) -> Any:
    """A node in variables of its own; the same for nodes that differ by the names of their variables alone."""
    key = renamed(dict(zip(variables, _PLACES, strict=False)))
    if key not in known:
        known[key] = renamed({x: sp.Dummy(str(x), real=True) for x in variables})
    return known[key]


def derivatives_done(node: GaussianMean) -> Any:
    """Derivatives in the body carried out."""
    return node.with_body(without_derivatives(node.body)) if node.body.has(sp.Derivative) else None


def constant(node: GaussianMean) -> Any:
    """A body that does not depend on the variable, or a variable that does not vary."""
    if node.family not in node.body.free_symbols:
        return node.body
    return node.body.subs(node.family, 0) if node.variance == 0 else None


def factors_outside(node: GaussianMean) -> Any:
    """Factors that do not depend on the variable, before the mean."""
    if not isinstance(node.body, sp.Mul):
        return None
    outside, inside = node.body.as_independent(node.family, as_Add=False)
    return outside * node.with_body(inside) if outside != 1 else None


def point_masses(node: GaussianMean) -> Any:
    """Terms with delta functions of linear arguments, which derivatives of jumps leave: values of the density."""
    if not node.body.has(sp.DiracDelta):
        return None
    terms: Any = sp.Add.make_args(cast(sp.Expr, sp.expand_mul(node.body)))
    masses = [_mass(term, node) for term in terms if term.has(sp.DiracDelta)]
    rest = sp.Add(*(term for term in terms if not term.has(sp.DiracDelta)))
    return sp.Add(*masses, node.with_body(rest) if rest != 0 else 0)


def _mass(term: Any, node: GaussianMean) -> Any:
    """E g(z) delta^(k)(a + b z) = (-1)^k (g density)^(k) / (b^k |b|) at z = -a / b."""
    z: Any = node.family
    deltas: list[Any] = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.DiracDelta)]
    argument = deltas[0].args[0] if len(deltas) == 1 else None
    if argument is None or not argument.is_polynomial(z) or sp.Poly(argument, z).degree() != 1:
        raise TypeError(
            f"expected delta functions of linear arguments under a Gaussian mean; found {term}: "
            "carry that mean out by hand"
        )
    order = int(deltas[0].args[1]) if len(deltas[0].args) > 1 else 0
    slope, offset = sp.Poly(argument, z).all_coeffs()
    density = sp.exp(-(z**2) / (2 * node.variance)) / sp.sqrt(2 * sp.pi * node.variance)
    smooth = sp.diff(term / deltas[0] * density, z, order)
    return (-1) ** order * smooth.subs(z, -offset / slope) / (slope**order * sp.Abs(slope))


def continued(node: GaussianMean) -> Any:
    """A negative variance: the body along the imaginary axis, if it is real there."""
    if node.variance.is_negative is not True:
        return None
    y = sp.Dummy(str(node.family), real=True)
    body = rename(node.body, node.family, sp.I * y)
    if body.is_real is not True or body.has(sp.I):
        raise TypeError(
            f"expected an even integrand for the negative variance {node.variance}; found {node.body}: "
            "its continuation is not seen to be real"
        )
    return GaussianMean(body, y, -node.variance)


def one_combination(node: GaussianMean) -> Any:
    """Two variables that enter through a u + b v alone: one, of variance a^2 V(u) + b^2 V(v)."""
    inner = node.body
    if not isinstance(inner, GaussianMean) or inner.variance.has(node.family):
        return None
    pair = (node.family, inner.family)
    weights = next((w for n in sp.preorder_traversal(inner.body) if (w := _weights(n, pair)) is not None), None)
    if weights is None:
        return None
    joint = sp.Dummy(str(inner.family), real=True)
    body = _through(inner.body, pair, weights, joint)
    if body is None:
        return None
    return GaussianMean(body, joint, weights[0] ** 2 * node.variance + weights[1] ** 2 * inner.variance)


def _weights(node: Any, pair: tuple[Any, Any]) -> tuple[Any, Any] | None:
    """The coefficients of both variables in an expression that is linear in them."""
    if not isinstance(node, sp.Expr) or not node.is_polynomial(*pair):
        return None
    polynomial = sp.Poly(node, *pair)
    if polynomial.total_degree() != 1:
        return None
    found = polynomial.coeff_monomial(pair[0]), polynomial.coeff_monomial(pair[1])
    return found if 0 not in found else None


def _through(node: Any, pair: tuple[Any, Any], weights: tuple[Any, Any], joint: Any) -> Any:
    """The node in terms of the combination, or None."""
    if not node.free_symbols & set(pair):
        return node
    own = _weights(node, pair)
    if own is not None and sp.cancel(own[0] * weights[1] - own[1] * weights[0]) == 0:
        rest = node.subs(dict.fromkeys(pair, 0), simultaneous=True)
        return sp.cancel(own[0] / weights[0]) * joint + rest
    if own is not None or not node.args or isinstance(node, GaussianMean | sp.Integral):
        return None
    parts = [_through(a, pair, weights, joint) for a in node.args]
    return None if None in parts else node.func(*parts)


RULES: tuple[Rule, ...] = (
    derivatives_done,
    constant,
    point_masses,
    factors_outside,
    continued,
    one_combination,
)
"""In this order: a factor taken out of an inner mean lets the outer one see it."""
