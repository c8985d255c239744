"""Equality by a parameter: both sides are equal at one value of it, and their difference has derivative zero.

The parameter may be followed beyond its own range to the base point: what is proved there is proved on the larger
range, closed at the base point, where both sides are proved continuous. A parameter p >= 0 may be written as s^2,
which makes roots of it smooth.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import sympy as sp

from derivations.engine.routes.budget import work_until
from derivations.engine.routes.certificates.continuity import continuous
from derivations.engine.routes.certificates.stretches import Ends, Place, fixed_ends, stretch
from derivations.engine.routes.normal_forms.derivation import BY_NODE, derivative
from derivations.engine.routes.normal_forms.field import Ratio, TooLongError, UnsupportedError
from derivations.engine.routes.normal_forms.normal_form import Equation, by_normal_form, with_tower
from derivations.engine.routes.normal_forms.tower import Tower
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.sums import rename

MAX_DEPTH = 2
MAX_PATHS = 12
MAX_NODES = 400
MAX_EXPONENT = 64
SECONDS = 1.0
"""Time of the processor for one proof of this kind, with all that it rests on."""


@dataclass(frozen=True, kw_only=True)
class Path:
    """A parameter, written by a new symbol that runs through ``range``, and its value at the base point."""

    parameter: sp.Symbol
    symbol: sp.Symbol
    value: sp.Expr
    range: sp.Set
    base: sp.Expr
    """The value of the parameter, not of the new symbol."""


def by_parameter(equation: Equation, depth: int = MAX_DEPTH) -> str:
    """How an equation with a mean or an integral is proved along one of its parameters; an empty text if it is not."""
    if equation.domain.constraints or not _takes_numbers(equation):
        return ""
    equation = replace(equation, until=min(equation.until, work_until(SECONDS)))
    for path in islice(_paths(equation), MAX_PATHS):
        try:
            if _holds_at_base(equation, path, depth) and _is_constant(equation, path, depth):
                return f"equal at {path.parameter} = {path.base}, with equal derivatives in {path.parameter}"
        except TooLongError:
            return ""
        except UnsupportedError:
            continue
    return ""


def _paths(equation: Equation) -> Iterator[Path]:
    """Parameters, of means and integrals if there are any, with base points that are numbers or other symbols."""
    sides, sets = (equation.left, equation.right), equation.domain.sets
    nodes = [n for side in sides for n in side.atoms(GaussianMean, sp.Integral)]
    inner = set().union(*(n.free_symbols for n in nodes or sides)) & set(sets)
    for name in sorted(inner, key=str):
        chosen = sets[name]
        if not isinstance(chosen, sp.Interval) or any(name in s.free_symbols for s in sets.values()):
            continue
        s = sp.Symbol(f"s\u2032{name}", real=True)
        if nodes and (chosen.inf <= 0 <= chosen.sup or chosen.inf > 0):
            yield Path(parameter=name, symbol=s, value=s, range=_with_zero(chosen), base=sp.S.Zero)
        if nodes and chosen.inf >= 0:
            yield Path(parameter=name, symbol=s, value=s**2, range=_root_range(chosen), base=sp.S.Zero)
        numbers = [n for n in (sp.S.One, sp.S.Half) if chosen.contains(n) == sp.true]
        others = [o for o in sorted(inner, key=str) if nodes and o != name and sets[o] == chosen]
        for base in (*numbers, *others):
            yield Path(parameter=name, symbol=s, value=s, range=chosen, base=base)


def _takes_numbers(equation: Equation) -> bool:
    """Whether numbers may be put in: a high power of a number is long, and no derivative is taken by a number."""
    nodes = [n for side in (equation.left, equation.right) for n in sp.preorder_traversal(side)]
    if any(isinstance(n, sp.Derivative | sp.Subs) for n in nodes):
        return False
    exponents = (abs(n.exp) for n in nodes if isinstance(n, sp.Pow) and n.exp.is_Rational)
    return len(nodes) <= MAX_NODES and all(e <= MAX_EXPONENT for e in exponents)


def _with_zero(chosen: sp.Interval) -> sp.Interval:
    if chosen.contains(0) == sp.true:
        return chosen
    low, high = sp.Min(chosen.inf, 0), sp.Max(chosen.sup, 0)
    return sp.Interval(low, high, low != 0 and chosen.left_open, high != 0 and chosen.right_open)


def _root_range(chosen: sp.Interval) -> sp.Interval:
    """From zero to a number whose square is at least the upper end: the end itself where it is a square."""
    if chosen.sup is sp.oo:
        return sp.Interval(0, sp.oo)
    root = sp.sqrt(chosen.sup)
    exact = root.is_Rational is True
    top = root if exact else sp.ceiling(64 * root) / 64
    return sp.Interval(0, top, False, chosen.right_open or not exact)


def _holds_at_base(equation: Equation, path: Path, depth: int) -> bool:
    sets = {n: s for n, s in equation.domain.sets.items() if n != path.parameter}
    left, right = (rename(side, path.parameter, path.base) for side in (equation.left, equation.right))
    base = replace(equation, left=left, right=right, domain=Domain(sets))
    return bool(by_normal_form(base) or (depth == MAX_DEPTH and by_parameter(base, 0)))


def _is_constant(equation: Equation, path: Path, depth: int) -> bool:
    """The difference of the sides is continuous along the path, and its derivative vanishes."""
    sets = {n: s for n, s in equation.domain.sets.items() if n != path.parameter}
    domain = Domain({**sets, path.symbol: path.range})
    sides = [rename(side, path.parameter, path.value) for side in (equation.left, equation.right)]

    def work(tower: Tower) -> sp.Expr | None:
        elements = [tower.convert(side) for side in sides]
        if not all(_is_continuous(tower, *pair, path.symbol) for pair in zip(sides, elements, strict=True)):
            return None
        difference = tower.field.add(elements[0], tower.field.negative(elements[1]))
        slope = derivative(tower, difference, path.symbol)
        if tower.obligations:
            return None
        return sp.S.Zero if tower.field.is_zero(slope) else tower.field.expression(slope)

    slope = with_tower(domain, work, equation.until)
    if slope is None or slope == 0 or depth == 0:
        return slope is not None and slope == 0
    rest = replace(equation, left=slope, right=sp.S.Zero, domain=domain)
    return bool(by_parameter(rest, depth - 1))


def _is_continuous(tower: Tower, side: Any, element: Ratio, name: sp.Symbol) -> bool:
    """As it stands or in its normal form, with means and integrals that have a derivative."""

    def known(node: Any) -> bool:
        rule = BY_NODE.get(node.func)
        try:
            return rule is not None and rule(tower, node, name) is not None
        except UnsupportedError:
            return False

    names = frozenset({name})
    if continuous(tower, side, names, known):
        return True
    return _shrinks_well(tower, side, name) and continuous(tower, tower.field.expression(element), names, known)


def _shrinks_well(tower: Tower, side: Any, name: sp.Symbol) -> bool:
    """Whether ranges and variances that depend on the parameter may shrink to nothing.

    Over no range an integral is zero, whatever it tends to, and its normal form does not know that: from t to 2 t that
    of 1/x is log 2 for all t > 0. An integrand that is jointly continuous, part by part, excludes it.
    Nothing is known of the variances of whole families.
    """
    for node in side.atoms(sp.Integral, GaussianMean):
        if isinstance(node, GaussianMean) and node.ranges and name in node.variance.free_symbols:
            return False
        for x, body, (place, ends) in _ranges_with(node, name):
            y = stretch(tower, *ends, closed=(True, True))
            parts = (rename(n, x, place(y)) for n in sp.preorder_traversal(body) if isinstance(n, sp.Pow | sp.Function))
            if not all(continuous(tower, part, frozenset({name, y})) for part in parts):
                return False
    return True


def _ranges_with(node: Any, name: sp.Symbol) -> Iterator[tuple[Any, Any, tuple[Place, Ends]]]:
    """The variable, the body, and the range as the image of a fixed one, where it depends on the parameter."""
    if isinstance(node, GaussianMean):
        if name in node.variance.free_symbols:
            yield node.family, node.body, ((lambda y: sp.sqrt(node.variance) * y), (-sp.oo, sp.oo))
        return
    for limit in node.limits:
        x, *ends = limit.args
        if any(name in end.free_symbols for end in ends):
            yield x, node.function, fixed_ends((ends[0], ends[1]))
