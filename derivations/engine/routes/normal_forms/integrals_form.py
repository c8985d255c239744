"""Normal form of definite integrals: linear, monomials in closed form where they have one, letters where not.

Splitting an integral into its terms is valid even where a term alone diverges: cut off near the ends, the equation
holds between what is finite, and the claim speaks of the limit of the whole. A closed form is put in only where its
own convergence is proved, and no letter is brought to another variable.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from flint import fmpq

from derivations.engine.claims import encode
from derivations.engine.routes.certificates.convergence import integral_converges
from derivations.engine.routes.certificates.exponential_integrals import exponential_integral
from derivations.engine.routes.certificates.gaussian_parts import as_mean
from derivations.engine.routes.certificates.kinks import folded, is_between, kink
from derivations.engine.routes.certificates.power_integrals import beta_integral, gamma_integral, power_integral
from derivations.engine.routes.certificates.shapes import shape_of
from derivations.engine.routes.normal_forms.derivation import without_derivatives
from derivations.engine.routes.normal_forms.field import Letter, Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.monomials import Factors, over_monomials, undivided
from derivations.engine.routes.normal_forms.signs import is_real, ratio_nonnegative
from derivations.engine.routes.normal_forms.tower import RULES, Tower
from theory.sums import rename

Ends = tuple[sp.Expr, sp.Expr]
LINE: Ends = (sp.S.NegativeInfinity, sp.oo)
CORNERS = (sp.Abs, sp.sign, sp.Max, sp.Min, sp.Heaviside)


class _OpenError(Exception):
    """An integral without a closed form."""


def integral(tower: Tower, node: sp.Integral) -> Ratio:
    """The normal form of a definite integral, the innermost limits first."""
    *inner, outer = node.limits
    if len(outer.args) != 3:
        raise UnsupportedError("an indefinite integral")
    name, low, high = outer.args
    body = sp.Integral(node.function, *inner) if inner else node.function
    if low is sp.oo or high is sp.S.NegativeInfinity or _reversed(low, high):
        return tower.field.negative(integral(tower, sp.Integral(body, (name, high, low))))
    if low is sp.S.NegativeInfinity and high is not sp.oo:
        return _between(tower, rename(body, name, -name), name, (-high, sp.oo))
    return _between(tower, body, name, (low, high))


def _reversed(low: sp.Expr, high: sp.Expr) -> bool:
    return low.is_Rational and high.is_Rational and bool(low > high)


def _between(tower: Tower, body: Any, name: sp.Symbol, ends: Ends) -> Ratio:
    if ends[0] == ends[1]:
        return tower.field.zero
    body, name = without_derivatives(tower, body, name)
    moved = _to_fixed_ends(ends) if body.has(sp.Integral) and body.has(*CORNERS) else None
    if moved is not None:
        return _moved(tower, body, name, moved)
    x = _variable(tower, ends)
    tower.depth += 1
    try:
        element = tower.convert(rename(body, name, x))
    finally:
        tower.depth -= 1
    split = _at_kink(tower, rename(body, name, x), element, x, ends)
    if split is not None:
        return split
    try:
        return over_monomials(tower, element, x, lambda factors: _closed(tower, factors, x, ends), undivided)
    except _OpenError:
        moved = _to_fixed_ends(ends)
        if moved is not None:
            return _moved(tower, body, name, moved)
        return over_monomials(tower, element, x, lambda factors: _monomial(tower, factors, x, ends))


def _at_kink(tower: Tower, body: Any, element: Ratio, x: sp.Symbol, ends: Ends) -> Ratio | None:
    """The integral in two parts, on either side of a corner or a jump that is proved to lie in its range."""
    place, t = kink(tower, element, x), sp.Symbol("t\u2032", real=True)
    if place is None:
        return None
    if ends == LINE:
        return _between(tower, folded(body, x, place, t), t, (sp.S.Zero, sp.oo))
    if not is_between(tower, place, ends):
        return None
    parts = ((-1, place - ends[0]), (1, ends[1] - place))
    first, last = (_between(tower, rename(body, x, place + side * t), t, (sp.S.Zero, far)) for side, far in parts)
    return tower.field.add(first, last)


def _moved(tower: Tower, body: Any, name: Any, moved: tuple[Callable[[sp.Symbol], sp.Expr], Ends]) -> Ratio:
    """The integral of a whole body over a new variable."""
    (place, fixed), t = moved, sp.Symbol("t\u2032", real=True)
    at = place(t)
    return _between(tower, rename(body, name, at) * sp.diff(at, t), t, fixed)


def _to_fixed_ends(ends: Ends) -> tuple[Callable[[sp.Symbol], sp.Expr], Ends] | None:
    """An affine change of the variable of a whole integral after which its ends are numbers."""
    low, high = ends
    if all(end.is_infinite or end.is_Rational for end in ends):
        return None
    if high is sp.oo:
        return (lambda t: low + t), (sp.S.Zero, sp.oo)
    if sp.expand(low + high) == 0:
        return (lambda t: high * t), (sp.S.NegativeOne, sp.S.One)
    return (lambda t: low + (high - low) * t), (sp.S.Zero, sp.S.One)


def _variable(tower: Tower, ends: Ends) -> sp.Symbol:
    """The letter of integration, which knows between what ends it runs."""
    x = sp.Symbol(f"t\u2032{encode(ends[0])}\u2032{encode(ends[1])}\u2032{tower.depth}", real=True)
    tower.place(f"atom {encode(x)}", lambda: _variable_letter(tower, x, ends))
    return x


def _variable_letter(tower: Tower, x: sp.Symbol, ends: Ends) -> Letter:
    values = [None if end.is_infinite else tower.convert(end) for end in ends]
    if not all(v is None or (is_real(tower.field, v.num) and is_real(tower.field, v.den)) for v in values):
        raise UnsupportedError("an integral between ends that are not proved real")
    numbers = [None if v is None else tower.field.rational(v) for v in values]
    known = all(v is None or n is not None for v, n in zip(values, numbers, strict=True))
    bounds = (numbers[0], numbers[1], True, True) if known and numbers != [None, None] else None
    nonneg = _all_above(tower, ends, values, strict=False)
    return Letter(
        kind="symbol", node=x, real=True, bounds=bounds, nonnegative=nonneg,
        positive=nonneg or _all_above(tower, ends, values, strict=True),
    )  # fmt: skip


def _all_above(tower: Tower, ends: Ends, values: list[Ratio | None], *, strict: bool) -> bool:
    """Whether both ends are nonnegative. Inside the open interval the variable is then positive."""
    finite = [v for v in values if v is not None]
    bounded = all(end is not sp.S.NegativeInfinity for end in ends)
    return bounded and all(ratio_nonnegative(tower.field, v, strict=strict) for v in finite)


def _closed(tower: Tower, factors: Factors, x: sp.Symbol, ends: Ends) -> Ratio:
    shape = shape_of(tower, factors, x)
    found = (
        power_integral(tower, shape, ends)
        or exponential_integral(tower, shape, ends)
        or gamma_integral(tower, shape, ends, x)
        or beta_integral(tower, shape, ends, x)
    )
    if found is not None:
        return tower.field.multiply(shape.scale, found)
    found = as_mean(tower, shape, x) if ends == LINE else None
    if found is None:
        found = _symmetric(tower, factors, x, ends)
    if found is None:
        raise _OpenError
    return found


def _monomial(tower: Tower, factors: Factors, x: sp.Symbol, ends: Ends) -> Ratio:
    try:
        return _closed(tower, factors, x, ends)
    except _OpenError:
        return _letter(tower, factors, x, ends)


def _symmetric(tower: Tower, factors: Factors, x: sp.Symbol, ends: Ends) -> Ratio | None:
    """Between -h and h: zero for an odd integrand whose integral converges, twice the half for an even one."""
    if ends[1] != -ends[0]:
        return None
    body = sp.Mul(*(f**p for f, p in factors))
    here, mirrored = tower.convert(body), tower.convert(body.xreplace({x: -x}))
    if tower.field.is_zero(tower.field.add(here, mirrored)):
        converges = integral_converges(tower, body, x, ends) or _has_value(tower, body, x, ends[1])
        return tower.field.zero if converges else None
    if not tower.field.same(here, mirrored):
        return None
    half = _between(tower, body, x, (sp.S.Zero, ends[1]))
    return tower.field.multiply(tower.field.constant(fmpq(2)), half)


def _has_value(tower: Tower, body: sp.Expr, x: sp.Symbol, high: sp.Expr) -> bool:
    """Whether the integral from zero up has a closed form, whose own conditions are proved."""
    ends = (sp.S.Zero, high)
    y = _variable(tower, ends)
    try:
        over_monomials(tower, tower.convert(body.xreplace({x: y})), y, lambda f: _closed(tower, f, y, ends), undivided)
    except _OpenError:
        return False
    return True


def _letter(tower: Tower, factors: Factors, x: sp.Symbol, ends: Ends) -> Ratio:
    """An integral without a closed form."""
    body, name = sp.Mul(*(f**p for f, p in factors)), sp.Symbol(f"y\u2032{tower.depth}", real=True)
    real = all(letter.real for letter in tower.field.letters if x in letter.node.free_symbols)
    return tower.structural(sp.Integral(body.xreplace({x: name}), (name, *ends)), real=real)


RULES[sp.Integral] = integral
