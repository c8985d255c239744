r"""Integrals and infinite sums that diverge: x f(x) has a limit other than zero at an end where it should vanish.

Where x f(x) tends to L != 0 for x -> oo, f keeps one sign from some point on and is at least |L| / (2 x) there, so that
its integral has no finite value, and neither has the sum of f over the integers. At a finite end a it is |x - a| f(x).
A sum whose terms do not tend to zero diverges whatever their signs.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sympy as sp
from flint import acb

from derivations.engine.evidence import Counterexample, Evidence
from derivations.engine.routes import enclosed
from derivations.engine.routes.asymptotics.approach import approaches
from derivations.engine.routes.asymptotics.limit import limit_of
from derivations.engine.routes.asymptotics.scale import UnknownScaleError
from derivations.engine.routes.asymptotics.signs import Signs, UndecidedSignError
from derivations.engine.routes.enclosures.balls import UnknownError, ball
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from theory.averages import GaussianMean
from theory.domain import Assignment

UNKNOWN = (UnknownScaleError, UndecidedSignError, UnknownError, TooLargeError, ValueError, NotImplementedError)
DIVERGES = "diverges"


def refutation(pairs: enclosed.Pairs, points: Iterable[Assignment], claim: str) -> Evidence | None:
    """The first point at which one side of an equation diverges and the other has a value."""
    for point in points:
        for pair in pairs:
            found = _at(pair[0], pair[1], point)
            if found is not None:
                return Evidence(
                    route="enclosed", outcome="refutes", technique="the leading term at an end of a range",
                    engine=enclosed.ENGINE, points=1, claim=claim, counterexample=found,
                )  # fmt: skip
    return None


def _at(left: Any, right: Any, point: Assignment) -> Counterexample | None:
    values = tuple(sorted(point.values.items(), key=lambda item: str(item[0])))
    for side, other in ((left, right), (right, left)):
        note = divergence(_at_values(side, dict(values)))
        if not note:
            continue
        value = _value(other, Frame(free=point))
        if value is None:
            continue
        shown = (DIVERGES, enclosed.decimal(value))
        first, second = shown if side is left else shown[::-1]
        return Counterexample(values=values, left=first, right=second, note=note)
    return None


def _at_values(side: Any, values: dict[Any, Any]) -> Any:
    """The side in numbers; zero where SymPy writes none, as for a derivative by a number."""
    try:
        return side.xreplace(values)
    except (ValueError, TypeError):
        return sp.S.Zero


def divergence(side: Any) -> str:
    """How one integral, sum or mean in a closed expression diverges, where nothing else in it can make up for that."""
    for node in side.atoms(sp.Integral, sp.Sum, GaussianMean):
        note = _note(node)
        if note and _enters_alone(node, side):
            return note
    return ""


def _enters_alone(node: Any, side: Any) -> bool:
    """Whether the side is a d + b in the node d, with a number a != 0 and a number b."""
    place = sp.Dummy()
    written = side.xreplace({node: place})
    if not written.is_polynomial(place) or sp.degree(written, place) != 1:
        return False
    slope, rest = (_value(part, Frame(free=lambda name: name)) for part in sp.Poly(written, place).all_coeffs())
    return slope is not None and rest is not None and not slope.contains(0)


def _value(expression: Any, frame: Frame) -> acb | None:
    try:
        value = ball(expression, frame)
    except UNKNOWN:
        return None
    return value if value.is_finite() else None


def _note(node: Any) -> str:
    """What the integrand or the term does at an end; empty where nothing is known."""
    if node.free_symbols:
        return ""
    for body, name, end, side in _ends(node):
        factor = name if end.is_infinite else sp.Abs(name - end)
        limit = _limit(body * factor, name, end, side)
        if limit is not None:
            return f"{factor} times ({body}) tends to {limit} for {name} -> {end}"
    return _note_on_terms(node) if isinstance(node, sp.Sum) else ""


def _note_on_terms(node: sp.Sum) -> str:
    """Terms that do not tend to zero along the even numbers, or along the odd ones: there every sign is known."""
    half = sp.Dummy("k", integer=True)
    for body, name, end, side in _ends(node):
        for first in (0, 1):
            term = sp.expand_power_exp(body.xreplace({name: 2 * half + first}))
            if any(map(_alternates, sp.preorder_traversal(term))):
                continue
            limit = _limit(term.xreplace({half: name}), name, end, side)
            if limit is not None:
                return f"({body}) tends to {limit} for {'odd' if first else 'even'} {name} -> {end}"
    return ""


def _alternates(node: Any) -> bool:
    return isinstance(node, sp.Pow) and node.base.is_negative is True and node.exp.is_integer is True


def _ends(node: Any) -> Iterator[tuple[Any, Any, Any, int]]:
    """The integrand or the term, its variable, and each end with the side from which it is approached."""
    if isinstance(node, GaussianMean):
        if isinstance(node.family, sp.Symbol) and node.variance.is_positive:
            density = sp.exp(-(node.family**2) / (2 * node.variance))
            yield from ((node.body * density, node.family, end, 1) for end in (sp.oo, -sp.oo))
        return
    if len(node.limits) != 1 or len(node.limits[0].args) != 3:
        return
    name, low, high = node.limits[0].args
    if (high - low).is_extended_positive:
        inside = not isinstance(node, sp.Sum)
        yield from (
            (node.function, name, end, side) for end, side in ((low, 1), (high, -1)) if inside or end.is_infinite
        )


def _limit(expression: Any, name: Any, end: Any, side: int) -> Any | None:
    """The limit of an expression, where it is proved not to be zero and the values on the way approach it."""
    x = sp.Dummy("x", real=True)
    written = expression.xreplace({name: x})
    try:
        limit = limit_of(written, x, end, side, Signs())
        if not limit.is_infinite and Signs()(limit) == 0:
            return None
        return limit if approaches(written, x, end, side, limit) else None
    except UNKNOWN:
        return None
