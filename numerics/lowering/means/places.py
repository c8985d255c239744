"""Where an integrand has kinks, jumps, singular and steep places, as expressions of the other arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

from numerics.lowering.means.lifting import Names, lifted

STEEP: tuple[Any, ...] = (sp.tanh, sp.sech, sp.cosh, sp.sinh, sp.coth, sp.erf, sp.erfc, sp.exp, sp.atan)
"""Functions that change within a unit of their argument about zero, and hardly or smoothly beyond."""


@dataclass(frozen=True, kw_only=True)
class Places:
    """What is known of an integrand beforehand.

    Attributes
    ----------
    hard
        Places of kinks, jumps and singularities.
    soft
        Centers of steep places, with one over their widths.
    complete
        Whether every kink was found.
    """

    hard: tuple[Any, ...]
    soft: tuple[tuple[Any, Any], ...]
    complete: bool


def places(body: Any, variable: sp.Symbol) -> Places:
    """Read them off the expression; a mean within it that depends on the variable is taken to be smooth."""
    inner = lifted(body, Names(body))
    body = inner.outer
    hard: dict[Any, None] = {}
    complete = True
    for decider in _deciders(body):
        if variable in decider.free_symbols:
            roots = _roots(decider, variable)
            complete = complete and roots is not None
            hard.update(dict.fromkeys(roots or ()))
    for base in _singular(body):
        hard.update(dict.fromkeys(_roots(base, variable) or ()))
    soft = dict.fromkeys(found for node in sp.preorder_traversal(body) if (found := _steep(node, variable)))
    hidden = {symbol for symbol, node in inner.nodes.items() if variable in node.free_symbols}
    known = {symbol: node for symbol, node in inner.nodes.items() if symbol not in hidden}
    return Places(
        hard=tuple(h.xreplace(known) for h in hard if not h.has(sp.I) and not h.free_symbols & hidden),
        soft=tuple(
            (center.xreplace(known), steepness.xreplace(known))
            for center, steepness in soft
            if not (center.free_symbols | steepness.free_symbols) & hidden
        ),
        complete=complete,
    )


def _deciders(body: Any) -> Iterator[Any]:
    """Expressions at whose zeros the body takes another form."""
    for node in body.atoms(sp.sign, sp.Abs, sp.Heaviside, sp.Max, sp.Min, Relational):
        if isinstance(node, sp.sign | sp.Abs | sp.Heaviside):
            yield node.args[0]
        else:
            first, *others = node.args
            yield from (first - other for other in others)
            yield from (a - b for i, a in enumerate(others) for b in others[i + 1 :])


def _singular(body: Any) -> Iterator[Any]:
    """Expressions at whose zeros the body may be infinite or have an infinite slope."""
    for node in body.atoms(sp.log, sp.Pow):
        if isinstance(node, sp.log):
            yield node.args[0]
        elif not (node.exp.is_integer and node.exp.is_nonnegative):
            yield node.base


def _roots(decider: Any, variable: sp.Symbol) -> list[Any] | None:
    """Zeros of a polynomial of degree one or two, real or not; None for anything else."""
    factors = [f for f in sp.Mul.make_args(decider) if variable in f.free_symbols]
    if len(factors) > 1:
        found = [_roots(f, variable) for f in factors]
        return None if None in found else [r for part in found for r in part or ()]
    if not factors or not factors[0].is_polynomial(variable):
        return [] if not factors or decider.is_positive or decider.is_negative else None
    coefficients = sp.Poly(factors[0], variable).all_coeffs()
    if len(coefficients) == 2:
        return [-coefficients[1] / coefficients[0]]
    if len(coefficients) > 3:
        return None
    a, b, c = coefficients
    square = -c / a if b == 0 else sp.expand(b**2 - 4 * a * c)
    if square.is_negative:
        return []
    root = sp.sqrt(square)
    if b == 0:
        return [root, -root]
    return [(-b - root) / (2 * a), (-b + root) / (2 * a)]


def _steep(node: Any, variable: sp.Symbol) -> tuple[Any, Any] | None:
    """The center of a steep place and one over its width."""
    if isinstance(node, sp.Pow) and node.exp.is_negative:
        return _near_pole(node.base, variable)
    if not isinstance(node, STEEP) or not node.args[0].is_polynomial(variable):
        return None
    coefficients = sp.Poly(node.args[0], variable).all_coeffs()
    if len(coefficients) == 2:
        return -coefficients[1] / coefficients[0], sp.Abs(coefficients[0])
    if len(coefficients) == 3:
        return -coefficients[1] / (2 * coefficients[0]), sp.sqrt(2 * sp.Abs(coefficients[0]))
    return None


def _near_pole(base: Any, variable: sp.Symbol) -> tuple[Any, Any] | None:
    """The vertex of a parabola below a fraction line."""
    if not base.is_polynomial(variable) or sp.Poly(base, variable).degree() != 2:
        return None
    a, b, _ = sp.Poly(base, variable).all_coeffs()
    center = -b / (2 * a)
    return center, sp.sqrt(sp.Abs(a / base.subs(variable, center)))
