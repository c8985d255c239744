"""The terms of an infinite sum, as geometric, factorial and algebraic factors of the index."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import permutations
from typing import Any

import sympy as sp

from derivations.engine.routes.enclosures.points import UnknownError

MAX_TERMS = 64


@dataclass(frozen=True)
class Shape:
    """What terms must share to be summed together.

    Attributes
    ----------
    ratio
        The base z of z^k.
    square
        The coefficient c of exp(c k^2).
    factorials
        Pairs of an argument a k + b and the power of its factorial.
    """

    ratio: sp.Expr = sp.S.One
    square: sp.Expr = sp.S.Zero
    factorials: tuple[tuple[sp.Expr, int], ...] = ()

    def times(self, other: Shape) -> Shape:
        """The shape of a product."""
        powers = dict(self.factorials)
        for argument, power in other.factorials:
            powers[argument] = powers.get(argument, 0) + power
        kept = tuple(sorted(((a, p) for a, p in powers.items() if p), key=str))
        return Shape(self.ratio * other.ratio, self.square + other.square, kept)


@dataclass
class Product:
    """A product under construction: its shape, and the factor that is algebraic in the index."""

    shape: Shape = field(default_factory=Shape)
    algebraic: sp.Expr = sp.S.One


def summands(body: Any, index: sp.Symbol) -> dict[Shape, sp.Expr]:
    """The body as a sum over shapes, each with its algebraic factor.

    Raises
    ------
    UnknownError
        If a factor is of no known kind.
    """
    total: dict[Shape, sp.Expr] = {}
    terms = sp.Add.make_args(_expanded(body, index))
    if len(terms) > MAX_TERMS:
        raise UnknownError("too many different terms under an infinite sum")
    for term in terms:
        product = Product()
        for factor in sp.Mul.make_args(term):
            _multiply(product, factor, index)
        _cancel(product)
        total[product.shape] = total.get(product.shape, sp.S.Zero) + product.algebraic
    return {shape: factor for shape, factor in total.items() if factor != 0}


def _expanded(body: Any, index: sp.Symbol) -> Any:
    """Trigonometric and hyperbolic functions as exponentials, multiplied out where such factors are sums."""
    waves = [a for a in body.atoms(sp.sin, sp.cos, sp.sinh, sp.cosh) if _is_linear(a.args[0], index)]
    written = body.xreplace({a: a.rewrite(sp.exp) for a in waves})
    return sp.Add(*(_distributed(term, index) for term in sp.Add.make_args(written)))


def _distributed(term: Any, index: sp.Symbol) -> Any:
    """Factors that are sums of different kinds are multiplied out; algebraic ones and denominators stay together."""
    total = [sp.S.One]
    for factor in sp.Mul.make_args(term):
        if _is_sum_of_products(factor, index):
            factor = sp.expand(factor, deep=False, power_base=False, power_exp=False, log=False)
            total = [a * b for a in total for b in factor.args]
        else:
            total = [a * factor for a in total]
        if len(total) > MAX_TERMS:
            raise UnknownError("too many different terms under an infinite sum")
    return sp.Add(*total)


def _is_sum_of_products(factor: Any, index: sp.Symbol) -> bool:
    base = factor.base if isinstance(factor, sp.Pow) and factor.exp.is_Integer and factor.exp > 0 else factor
    return isinstance(base, sp.Add) and not is_algebraic(base, index)


def is_algebraic(node: Any, index: sp.Symbol) -> bool:
    """Whether the index enters only through powers with constant exponents."""
    if index not in node.free_symbols or node == index:
        return True
    if isinstance(node, sp.Add | sp.Mul):
        return all(is_algebraic(a, index) for a in node.args)
    return isinstance(node, sp.Pow) and index not in node.exp.free_symbols and is_algebraic(node.base, index)


def _is_linear(node: Any, index: sp.Symbol) -> bool:
    return bool(node.is_polynomial(index)) and sp.degree(node, index) == 1


def _multiply(product: Product, factor: Any, index: sp.Symbol) -> None:
    shape = _geometric(factor, index) or _factorial(factor, index)
    if shape is None:
        product.algebraic = product.algebraic * factor
        return
    product.shape = product.shape.times(shape[0])
    product.algebraic = product.algebraic * shape[1]


def _cancel(product: Product) -> None:
    """(a k + b + n)! / (a k + b)! is a polynomial."""
    powers = dict(product.shape.factorials)
    for high, low in permutations(powers, 2):
        shift = sp.expand(high - low)
        common = min(powers[high], -powers[low])
        if shift.is_Integer and 0 < shift <= MAX_TERMS and common > 0:
            factor = sp.Mul(*(low + j for j in range(1, int(shift) + 1)))
            product.algebraic = product.algebraic * factor**common
            powers[high] -= common
            powers[low] += common
    kept = tuple(sorted(((a, p) for a, p in powers.items() if p), key=str))
    product.shape = replace(product.shape, factorials=kept)


def _geometric(factor: Any, index: sp.Symbol) -> tuple[Shape, Any] | None:
    """base^(a k + b) and exp(c k^2 + a k + b), which hold for integer k whatever the branch of the base."""
    exponential = isinstance(factor, sp.exp) or (isinstance(factor, sp.Pow) and factor.base is sp.E)
    if exponential:
        base, exponent = sp.E, factor.exp
    elif isinstance(factor, sp.Pow) and index not in factor.base.free_symbols:
        base, exponent = factor.base, factor.exp
    else:
        return None
    if index not in exponent.free_symbols or not exponent.is_polynomial(index):
        return None
    constant, linear, square, *more = [*reversed(sp.Poly(exponent, index).all_coeffs()), 0, 0]
    if any(m != 0 for m in more):
        return None
    squared = square if exponential else square * sp.log(base)
    return Shape(ratio=base**linear, square=squared), base**constant


def _factorial(factor: Any, index: sp.Symbol) -> tuple[Shape, Any] | None:
    base, power = (factor.base, factor.exp) if isinstance(factor, sp.Pow) else (factor, sp.S.One)
    if not power.is_Integer or index not in base.free_symbols:
        return None
    if isinstance(base, sp.binomial):
        top, below = base.args
        parts = [(top, 1), (below, -1), (top - below, -1)]
    elif isinstance(base, sp.factorial | sp.gamma):
        parts = [(base.args[0] - (1 if isinstance(base, sp.gamma) else 0), 1)]
    else:
        return None
    shape, constant = Shape(), sp.S.One
    for argument, sign in parts:
        expanded = sp.expand(argument)
        if index not in expanded.free_symbols:
            constant *= sp.factorial(expanded) ** (sign * power)
            continue
        step: Any = expanded.coeff(index)
        if not (_is_linear(expanded, index) and step.is_Integer and step > 0):
            raise UnknownError(f"no bound for {factor} under an infinite sum")
        shape = shape.times(Shape(factorials=((expanded, int(sign * power)),)))
    return shape, constant
