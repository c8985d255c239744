"""Points at which a lowered function is measured: ordinary ones, and those at which formulas lose their digits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np
import sympy as sp

from numerics.lowering.arguments import Argument
from theory.domain import Domain
from theory.sums import Sigma

NASTY = (0.0, 1e-8, -1e-8, 1.0, -1.0, 1e3, -1e3, 1e-3, 1 - 1e-8, -1 + 1e-8)
ORDINARY = (0.3, 1.7, -0.6, -2.3, 0.05, 0.9, 4.1, -7.7, 19.3, -31.0)
FAR = (1e8, -1e8, 1e155, -1e155, 1e300, -1e300, 1e-155, -1e-155, 1e-310, -1e-310, 5e-324, -5e-324)
"""Where differences cancel all digits, where squares overflow or vanish, and where numbers have few digits left."""
WHOLE = (1.0, 2.0, 3.0, 0.0, 7.0, 10.0, 1000.0, -1.0, -2.0)
# Where terms are counted; the exact value takes them one by one, too.
COUNTS = (1.0, 2.0, 3.0, 0.0, 7.0, 40.0, 101.0, -1.0, -2.0)
# All combinations up to this many points; beyond, one argument at a time and random combinations.
FULL_GRID = 400
RANDOM_POINTS = 120

Point = tuple[float, ...]


def probes(expression: Any, arguments: Sequence[Argument], domain: Domain | None) -> list[Point]:
    """Points of the domain, or without one of the arguments' assumptions, in the arguments' order."""
    edges = branch_edges(expression)
    counted = counts(expression)
    axes = [_axis(argument, domain, edges, argument.atom in counted) for argument in arguments]
    return [p for p in dict.fromkeys(_combined(axes)) if _satisfies(p, arguments, domain)]


def far_probes(expression: Any, arguments: Sequence[Argument], domain: Domain | None) -> list[Point]:
    """One argument after another far out, or next to zero, and the others ordinary; of a domain, what lies in it."""
    counted = counts(expression)
    axes = [_axis(argument, domain, (), argument.atom in counted) for argument in arguments]
    base = [axis[i % len(axis)] for i, axis in enumerate(axes)] if all(axes) else []
    points = [
        (*base[:place], x, *base[place + 1 :])
        for place, argument in enumerate(arguments if base else ())
        if not argument.symbol.is_integer and argument.atom not in counted
        for x in FAR
        if _allowed(x, argument, _set_of(argument, domain))
    ]
    return [p for p in points if _satisfies(p, arguments, domain)]


def counts(expression: Any) -> set[Any]:
    """Symbols in the bounds of sums and products, whose values are whole numbers."""
    found: set[Any] = set()
    for node in sp.preorder_traversal(expression):
        if isinstance(node, sp.Sum | sp.Product):
            found = found.union(*(bound.free_symbols for limit in node.limits for bound in limit[1:]))
        elif isinstance(node, Sigma):
            found |= node.lower.free_symbols | node.upper.free_symbols
    return found


def branch_edges(expression: Any) -> tuple[float, ...]:
    """Constants that a relation of a Piecewise compares a symbol with, and their neighbors among the doubles."""
    relations = expression.atoms(sp.core.relational.Relational)
    numbers = {float(side) for r in relations for side in (r.lhs, r.rhs) if side.is_number and side.is_finite}
    ordered = sorted(numbers)
    return tuple(x for edge in ordered for x in (np.nextafter(edge, -np.inf), edge, np.nextafter(edge, np.inf)))


def _axis(argument: Argument, domain: Domain | None, edges: Sequence[float], counted: bool) -> list[float]:
    allowed = _set_of(argument, domain)
    whole = argument.symbol.is_integer or (allowed is not None and allowed.is_subset(sp.S.Integers))
    candidates = COUNTS if counted else WHOLE if whole else (*ORDINARY, *NASTY, *edges, *_ends(allowed))
    return [float(x) for x in dict.fromkeys(candidates) if _allowed(float(x), argument, allowed)]


def _set_of(argument: Argument, domain: Domain | None) -> Any:
    if domain is None:
        return None
    found = domain.set_of(argument.atom)
    # Bounds in other symbols, such as 0..L, restrict combinations; the points are then taken from the assumptions.
    return None if found.free_symbols else found


def _ends(allowed: Any) -> tuple[float, ...]:
    """Finite ends of an interval and points just inside; the set itself decides whether the ends belong to it."""
    if not isinstance(allowed, sp.Interval):
        return ()
    low, high = float(sp.N(allowed.start)), float(sp.N(allowed.end))
    span = high - low if np.isfinite(high - low) else 1.0
    inside = [low, low + 1e-8 * span, high, high - 1e-8 * span]
    inside += [low + f * span for f in (0.21, 0.5, 0.83)] if np.isfinite(high - low) else []
    return tuple(x for x in inside if np.isfinite(x))


def _allowed(x: float, argument: Argument, allowed: Any) -> bool:
    if allowed is not None:
        return allowed.contains(sp.Rational(x)) == sp.true
    symbol = argument.symbol
    excluded = (
        (symbol.is_positive and x <= 0)
        or (symbol.is_nonnegative and x < 0)
        or (symbol.is_negative and x >= 0)
        or (symbol.is_nonpositive and x > 0)
    )
    return not excluded


def _combined(axes: Sequence[Sequence[float]]) -> Iterator[Point]:
    if np.prod([len(a) for a in axes], dtype=float) <= FULL_GRID:
        yield from product(*axes)
        return
    bases = [[axis[i % len(axis)] for i, axis in enumerate(axes)], [axis[-1] for axis in axes]]
    for base in bases if sum(len(axis) for axis in axes) <= FULL_GRID else bases[:1]:
        for place, axis in enumerate(axes):
            yield from ((*base[:place], x, *base[place + 1 :]) for x in axis)
    rng = np.random.default_rng(0)  # fixed: the measurement belongs to the function, not to the moment
    for _ in range(RANDOM_POINTS):
        yield tuple(float(rng.choice(axis)) for axis in axes)


def _satisfies(point: Point, arguments: Sequence[Argument], domain: Domain | None) -> bool:
    """Whether no inequality of the domain fails; equations only tie arguments that the function takes one by one."""
    if domain is None or not domain.constraints:
        return True
    values = {a.atom: sp.Rational(x) for a, x in zip(arguments, point, strict=True)}
    return not any(c.xreplace(values) == sp.false for c in domain.constraints if not isinstance(c, sp.Eq))
