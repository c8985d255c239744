"""Functions of one variable that are least where they touch, or at the ends of their interval.

An expression that is analytic on an interval is nowhere negative where it is not negative at a point and slopes
away from it on both sides, as a convex one does from where its slope vanishes; and where its limits at both ends are
not negative and its slope changes its sign at most once, from plus to minus.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import sympy as sp

from derivations.engine.routes import exact
from derivations.engine.routes.asymptotics.limit import limit_of
from derivations.engine.routes.asymptotics.scale import UnknownScaleError
from derivations.engine.routes.asymptotics.signs import Signs, UndecidedSignError
from derivations.engine.routes.budget import work_until
from derivations.engine.routes.certificates.analytic import analytic
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.domain import Domain
from theory.sums import free_names, unfold

PROOF_SECONDS = 0.5
"""For a proof that an expression vanishes at a point."""


class Prove(Protocol):
    """Whether an expression is proved to be >= 0, or > 0, on a domain."""

    def __call__(self, expression: Any, domain: Domain, *, strict: bool = False) -> bool: ...


def away_from_a_point(expression: Any, domain: Domain, name: Any, prove: Prove, *, strict: bool) -> str:
    """Nowhere negative (``strict``: positive) since it grows on both sides of a point at which it is not negative."""
    rest = domain.without(name)
    slope = sp.diff(expression, name)
    if rest is None or not analytic(expression, domain):
        return ""
    for point in _stationary(slope, domain, name):
        start = unfold(expression, name, point)
        if not prove(start, rest, strict=strict):
            continue
        quotient = sp.cancel(sp.together(slope / (name - point)))
        if prove(quotient, domain) or prove(sp.diff(slope, name), domain):
            return f"least in {name.name} at {point}"
    return ""


def touching_point(expression: Any, domain: Domain) -> dict[Any, Any] | None:
    """A number, of a single variable that runs through an interval, at which an analytic expression is proved zero."""
    names = free_names(expression)
    if len(names) != 1 or set(domain.sets) != names or domain.constraints:
        return None
    (name,) = names
    if not isinstance(domain.sets[name], sp.Interval) or not analytic(expression, domain):
        return None
    points = _stationary(sp.diff(expression, name), domain, name)
    zeros = ({name: point} for point in points if _vanishes(unfold(expression, name, point), Domain({})))
    return next(zeros, None)


def _stationary(slope: Any, domain: Domain, name: Any) -> Iterator[Any]:
    """Points of the interval at which the slope is proved to vanish: other symbols, and roots of linear factors."""
    chosen, rest = domain.sets[name], domain.without(name)
    if rest is None:
        return
    symbols = [n for n in sorted(free_names(slope), key=str) if n != name and domain.sets.get(n) == chosen]
    for point in (*symbols, *_roots(slope, name)):
        inside = point in symbols or _is_inside(point, rest, chosen)
        if inside and _vanishes(unfold(slope, name, point), rest):
            yield point


def _roots(slope: Any, name: Any) -> Iterator[Any]:
    """Where a factor that is linear in the variable vanishes."""
    for factor in sp.Mul.make_args(sp.factor(sp.together(slope))):
        base = factor.as_base_exp()[0]
        if base.is_polynomial(name) and sp.degree(base, name) == 1:
            high, low = sp.Poly(base, name).all_coeffs()
            yield -low / high


def _is_inside(point: Any, domain: Domain, chosen: Any) -> bool:
    """Whether a point is certain to lie in the inside of an interval."""
    try:
        if not analytic(point, domain):
            return False
        signs = Signs(domain)
        ends = [(1, point - chosen.start), (1, chosen.end - point)]
        return all(gap.is_infinite or signs(gap) == side for side, gap in ends)
    except UndecidedSignError:
        return False


def _vanishes(expression: Any, domain: Domain) -> bool:
    try:
        until = work_until(PROOF_SECONDS)
        is_finite = not expression.has(sp.nan, sp.zoo, sp.oo)
        return is_finite and bool(exact.equal(expression, sp.S.Zero, domain, until))
    except (UnsupportedError, ValueError):
        return False


def between_its_ends(expression: Any, domain: Domain, name: Any, prove: Prove, *, strict: bool) -> str:
    """Not negative at the ends, and without a minimum between them."""
    slope = sp.diff(expression, name)
    if not analytic(expression, domain):
        return ""
    ends = [_is_bounded_at(expression, domain, name, upper, prove, strict=strict) for upper in (False, True)]
    if (ends[1] and prove(-slope, domain, strict=strict)) or (ends[0] and prove(slope, domain, strict=strict)):
        return f"monotone in {name.name}, by its limit at an end"
    if all(ends) and any(prove(-sp.diff(m, name), domain, strict=strict) for m in _signs_of(slope, domain, prove)):
        return f"without a minimum in {name.name}, by its limits at both ends"
    return ""


def _is_bounded_at(expression: Any, domain: Domain, name: Any, upper: bool, prove: Prove, *, strict: bool) -> bool:
    """Whether the limit at an end is proved to be at least zero, and above it where a strict claim includes the end."""
    chosen = domain.sets[name]
    end, side, left_out = (chosen.end, -1, chosen.right_open) if upper else (chosen.start, 1, chosen.left_open)
    rest = domain.without(name)
    if rest is None:
        return False
    try:
        value = limit_of(expression, name, end, side, Signs(rest))
    except (UnknownScaleError, UndecidedSignError, UnsupportedError):
        return False
    return value is sp.oo or (value.is_finite is not False and prove(value, rest, strict=strict and not left_out))


def _signs_of(slope: Any, domain: Domain, prove: Prove) -> Iterator[Any]:
    """The slope, and the slope without its positive factors: each has the sign of the slope."""
    yield slope
    factors = sp.Mul.make_args(sp.factor(sp.together(slope)))
    kept = [f for f in factors if not prove(f, domain, strict=True)]
    rest = sp.expand(sp.Mul(*kept))
    if 0 < len(kept) < len(factors) and analytic(rest, domain):
        yield rest
