"""Square roots that nearly cancel, and the inverse functions at their branch points."""

from __future__ import annotations

from typing import Any

import sympy as sp

from numerics.lowering.nodes import Hypotenuse, LogCosh, LogErfc, SquareOver
from numerics.lowering.rewrites.terms import argument, cofactors, is_rounded_once, without

HALF = sp.Rational(1, 2)
MOST_SQUARES = 3
"""Of a sum whose root is taken by pairs."""


def conjugate_root(node: Any) -> Any:
    """c sqrt(A) + t = (c^2 A - t^2) / (c sqrt(A) - t) for t of the other sign, if the numerator is a single term."""
    if not isinstance(node, sp.Add):
        return None
    ordered = sorted(node.args, key=sp.default_sort_key)
    for root in ordered:
        if not any(f.as_base_exp()[1] == HALF or isinstance(f, Hypotenuse) for f in sp.Mul.make_args(root)):
            continue
        others = [t for t in ordered if t is not root]
        for partner in dict.fromkeys([sp.Add(*others), *others]):
            form = _conjugated(root, partner)
            if form is not None:
                return node - root - partner + form
    return None


def _conjugated(root: Any, partner: Any) -> Any:
    square = (root**2).replace(lambda n: isinstance(n, Hypotenuse), lambda n: n.meaning())
    above = sp.expand(square - partner**2)
    if above.is_zero or not (len(sp.Add.make_args(above)) == 1 or is_rounded_once(above)):
        return None
    sign = -1 if root.could_extract_minus_sign() else 1
    size, opposed = sign * root, -sign * partner
    if opposed.is_nonpositive:
        return None
    if opposed.is_nonnegative:
        return sign * _over(above, size + opposed)
    both = size + sp.Abs(opposed)
    return sign * sp.Piecewise((_over(above, both), opposed > 0), (both, True), evaluate=False)


def _over(above: Any, below: Any) -> Any:
    number, square = above.as_coeff_Mul()
    root = _root_of_square(square) if square.free_symbols and not square.could_extract_minus_sign() else None
    return above / below if root is None else number * SquareOver(root, below)


def square_over_factor(node: Any) -> Any:
    """(t^2 / y) / t^n without the square: what t vanishes in may be a pole of what it is multiplied by."""
    if not isinstance(node, sp.Mul):
        return None
    for square in (f for f in node.args if isinstance(f, SquareOver)):
        others = [f for f in node.args if f is not square]
        below: Any = sp.fraction(sp.Mul(*others))[1]
        if below.free_symbols & square.first.free_symbols:
            return sp.Mul(square.meaning(), *others)
    return None


def hypotenuse(node: Any) -> Any:
    """sqrt(a^2 + b^2) and its odd powers by a function that needs no squares; other positive terms are squares, too."""
    if not (isinstance(node, sp.Pow) and isinstance(node.base, sp.Add)) or node.exp.is_integer is not False:
        return None
    if not (2 * node.exp).is_Integer:
        return None
    terms = sorted(node.base.args, key=sp.default_sort_key)
    if len(terms) > MOST_SQUARES or not all(t.is_nonnegative for t in terms):
        return None
    roots = [_root_of_square(t) if t.free_symbols else None for t in terms]
    if all(r is None for r in roots):
        return None
    sides = [sp.sqrt(t) if r is None else r for t, r in zip(terms, roots, strict=True)]
    first, *others = sorted(sides, key=lambda side: side.is_number)
    for other in others:
        first = Hypotenuse(first, other)
    return first ** (2 * node.exp)


def root_of_squares(node: Any) -> Any:
    """(1 - x^2)^a = ((1 - x) (1 + x))^a for a fraction a: the square would be rounded."""
    if not (isinstance(node, sp.Pow) and node.exp.is_Rational and not node.exp.is_Integer):
        return None
    if not isinstance(node.base, sp.Add) or len(node.base.args) != 2:
        return None
    first, second = (sp.sqrt(abs(t)) if t.is_number else _root_of_square(t) for t in node.base.args)
    negative = [t.could_extract_minus_sign() for t in node.base.args]
    if first is None or second is None or negative[0] == negative[1] or not (first**2).is_rational is not False:
        return None
    if negative[0]:
        first, second = second, first
    return ((first - second) * (first + second)) ** node.exp


def _root_of_square(term: Any) -> Any:
    size = -term if term.could_extract_minus_sign() else term
    number, rest = size.as_coeff_Mul()
    root = sp.sqrt(number)
    factors = [f.as_base_exp() for f in sp.Mul.make_args(rest)]
    if not root.is_Rational or not all(n.is_Integer and n % 2 == 0 for _, n in factors):
        return None
    return root * sp.Mul(*(b ** (n / 2) for b, n in factors))


def inverse_at_branch_point(node: Any) -> Any:
    """acos(1 - u) = 2 asin(sqrt(u/2)), acos(u - 1) = pi - 2 asin(sqrt(u/2)), acosh(1 + u) = 2 asinh(sqrt(u/2))."""
    if not isinstance(node, sp.acos | sp.acosh) or not isinstance(argument(node), sp.Add):
        return None
    constant, rest = argument(node).as_coeff_Add()
    if constant == 1:
        if isinstance(node, sp.acosh):
            return 2 * sp.asinh(sp.sqrt(rest / 2))
        return 2 * sp.asin(sp.sqrt(-rest / 2))
    if constant == -1 and isinstance(node, sp.acos):
        return sp.pi - 2 * sp.asin(sp.sqrt(rest / 2))
    return None


def inverse_of_function(node: Any) -> Any:
    """atanh(tanh(u)) = u and its like."""
    if node.func not in _INVERSES or argument(node).func is not _INVERSES[node.func]:
        return None
    return argument(argument(node))


def inverse_of_tail(node: Any) -> Any:
    """atanh(erf(u)) beyond |u| = 1/2 by the logarithms of the tails that erf leaves."""
    if not isinstance(node, sp.atanh) or not isinstance(argument(node), sp.erf):
        return None
    u = argument(argument(node))
    if u.has(sp.Piecewise):
        return None
    is_near = sp.Abs(u) < sp.Rational(1, 2)
    near = sp.atanh(sp.erf(sp.Piecewise((u, is_near), evaluate=False)))
    return sp.Piecewise((near, is_near), ((LogErfc(-u) - LogErfc(u)) / 2, True), evaluate=False)


def angle_of_product(node: Any) -> Any:
    """atanh(tanh(u) tanh(v)) = (log(cosh(u + v)) - log(cosh(u - v))) / 2, where both are near 1."""
    if not isinstance(node, sp.atanh) or not isinstance(argument(node), sp.Mul):
        return None
    number, factors = argument(node).as_coeff_mul()
    if abs(number) != 1 or len(factors) != 2 or not all(isinstance(f, sp.tanh) for f in factors):
        return None
    u, v = (argument(f) for f in factors)
    return number * (LogCosh(u + v) - LogCosh(u - v)) / 2


def side_over_hypotenuse(node: Any) -> Any:
    """b - b t / sqrt(t^2 + a^2), over one denominator."""
    for term, factor, rest in cofactors(node) if isinstance(node, sp.Add) else ():
        base, power = factor.as_base_exp()
        if isinstance(base, Hypotenuse) and power == -1:
            sides: tuple[Any, ...] = base.args
            for side in (*sides, *(-s for s in sides)):
                partner = -sp.cancel(rest / side)
                if partner in node.args and not partner.has(side):
                    return without(node, term, partner) + partner * (base - side) / base
    return None


def complementary_angle(node: Any) -> Any:
    """b pi - b acos(u) = b acos(-u), and with pi/2 for pi the other inverse function."""
    for term, factor, rest in cofactors(node) if isinstance(node, sp.Add) else ():
        for angle, form in _TURNS.get(factor.func, ()):
            if -rest * angle in node.args:
                return without(node, term, -rest * angle) - rest * form(argument(factor))
    return None


_INVERSES: dict[Any, Any] = {sp.atanh: sp.tanh, sp.asinh: sp.sinh, sp.erfinv: sp.erf}
_TURNS: dict[Any, Any] = {
    sp.acos: ((sp.pi, lambda u: sp.acos(-u, evaluate=False)), (sp.pi / 2, sp.asin)),
    sp.asin: ((sp.pi / 2, sp.acos),),
    sp.atan: ((sp.pi / 2, lambda u: sp.atan2(1, u)),),
}
