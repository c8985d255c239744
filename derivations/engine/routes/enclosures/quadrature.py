"""Rigorous one-dimensional integrals: ``acb.integral`` on a finite stretch, and bounds for what lies beyond."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from functools import reduce
from itertools import combinations, pairwise, permutations
from typing import Any

import sympy as sp
from flint import acb, arb, ctx

from derivations.engine.routes.enclosures import joint_growth  # noqa: F401 (it adds the bounds of inner integrals)
from derivations.engine.routes.enclosures.ends import far_end, near_end
from derivations.engine.routes.enclosures.gaussian_pieces import gaussian_piece
from derivations.engine.routes.enclosures.growth import Growth, growth
from derivations.engine.routes.enclosures.integrands import plain
from derivations.engine.routes.enclosures.kinks import Kink, branch, factored, kinks
from derivations.engine.routes.enclosures.lower_bounds import is_complex, is_real
from derivations.engine.routes.enclosures.points import Frame, UnknownError, VagueError
from derivations.engine.routes.enclosures.segments import enclosed_integral
from derivations.engine.routes.enclosures.table import NAN, ball
from derivations.engine.routes.jumps import without_derivatives

MAX_KINKS = 4
NESTED_EVALUATIONS = 12_000
"""Of integrands in all, once an integral without a closed form stands in another."""
NEAR = 40
"""Where a tail is negligible beyond this number, it is not worth an expansion."""
NEIGHBORHOOD = 1e-4
"""The radius of the disc about an end on which a regular integrand is analytic."""


def tail(bound: Growth, start: arb) -> arb:
    r"""An upper bound of the integral of the growth bound from ``start`` to infinity.

    With (1 + x)^n <= (1 + R)^n exp(n (x - R)/(1 + R)) the exponent has slope s = n/(1+R) + a + 2 b R at R, and it
    is concave for b <= 0: the tail is at most its value at R divided by -s.
    """
    slope = bound.power / (1 + start) + bound.rate + 2 * bound.curvature * start
    if not (slope < 0 and bound.curvature <= 0):
        raise UnknownError("the integrand is not known to decay")
    height = bound.scale * (1 + start) ** bound.power * (bound.rate * start + bound.curvature * start**2).exp()
    return arb((height / -slope).upper())


def cutoff(bound: Growth) -> arb:
    """A point beyond which the tail is below the working precision."""
    start = arb(4)
    for _ in range(60):
        try:
            if tail(bound, start) < arb(2) ** (-ctx.prec - 8):
                return start
        except UnknownError:
            pass
        start = arb((start * arb("1.25")).mid())
    raise UnknownError("the integrand decays too slowly for a rigorous tail")


def integral(node: sp.Integral, frame: Frame) -> acb:
    """A definite integral, the innermost limits first.

    Raises
    ------
    UnknownError
        If it is indefinite, or infinite without a bound on the tails.
    """
    *inner, outer = node.limits
    body = sp.Integral(node.function, *inner) if inner else node.function
    if len(outer.args) != 3:
        raise UnknownError(f"an indefinite integral has no value: {node}")
    name, low, high = outer.args
    body = without_derivatives(body)
    if low is sp.oo or high is sp.S.NegativeInfinity:
        return -_oriented(body, name, high, low, frame)
    return _oriented(body, name, low, high, frame)


def _oriented(body: Any, name: Any, low: Any, high: Any, frame: Frame) -> acb:
    """From the lower to the upper end; of what is real the value is real, and need not straddle the cut of a root."""
    ends = [end for end in (low, high) if not end.is_infinite]
    real = all(is_real(e, frame) and not is_complex(e, frame) for e in ends) and not is_complex(body, frame)
    value = _by_kinks(body, name, low, high, frame)
    return acb(value.real) if real and is_real(body, frame.between(name, low, high)) else value


def _by_kinks(body: Any, name: Any, low: Any, high: Any, frame: Frame) -> acb:
    """In pieces between the kinks."""
    body = factored(plain(body))
    found = kinks(body, name)
    if not 0 < len(found) <= MAX_KINKS:
        return _smooth(body, name, low, high, frame)
    if _is_reversed(low, high, frame):
        return -_in_pieces(body, name, high, low, found, frame)
    return _in_pieces(body, name, low, high, found, frame)


def _is_reversed(low: Any, high: Any, frame: Frame) -> bool:
    """Whether the first end lies above the second: of every kink the side of the range must be known."""
    if low.is_infinite or high.is_infinite or _stays_inside(high - low, frame):
        return False
    gap = ball(high - low, frame).real
    if not (gap >= 0 or gap < 0):
        raise VagueError("an integral with kinks whose ends are in no certain order")
    return bool(gap < 0)


def _in_pieces(body: Any, name: Any, low: Any, high: Any, found: tuple[Kink, ...], frame: Frame) -> acb:
    """Over every order of the kinks that is possible at this point, the union of the values."""
    places = {kink: -kink[0] / kink[1] for kink in found}
    rises = {kink: _certain_sign(kink[1], frame) for kink in found}
    inside, signs = [], {}
    for kink, place in places.items():
        side = _side(place, low, high, frame)
        if side == 0:
            inside.append(kink)
        signs[kink] = -rises[kink] if side >= 0 else rises[kink]
    orders = _orders(inside, {k: ball(places[k], frame).real for k in inside} if len(inside) > 1 else {})
    if len(orders) > 1 and is_complex(body, frame):
        raise VagueError("kinks that change their order are no analytic function of an outer variable")
    values = [
        _along(body, name, (low, *(places[k] for k in order), high), (None, *order), dict(signs), rises, frame)
        for order in orders
    ]
    return reduce(acb.union, values)


def _along(
    body: Any, name: Any, ends: tuple[Any, ...], order: tuple[Kink | None, ...], signs: dict[Kink, int],
    rises: dict[Kink, int], frame: Frame,
) -> acb:  # fmt: skip
    total = acb(0)
    for (start, stop), kink in zip(pairwise(ends), order, strict=True):
        if kink is not None:
            signs[kink] = rises[kink]
        form = branch(body, name, tuple(signs.items()))
        if form != 0 and start != stop:
            total += _smooth(form, name, start, stop, frame)
    return total


def _orders(inside: list[Kink], values: dict[Kink, arb]) -> list[tuple[Kink, ...]]:
    """The orders of kinks that the balls of their places allow."""
    found = []
    for order in permutations(inside):
        if not any(values[b] < values[a] for a, b in combinations(order, 2)):
            found.append(order)
    return found


def _certain_sign(slope: Any, frame: Frame) -> int:
    value = ball(slope, frame)
    sign = int(bool(value.real > 0)) - int(bool(value.real < 0))
    if not sign or value.imag != 0:
        raise VagueError("a kink whose side is not certain")
    return sign


def _side(place: Any, low: Any, high: Any, frame: Frame) -> int:
    """-1, 0, 1: whether a kink lies below, inside or above the range."""
    value = ball(place, frame).real
    for end, side in ((low, -1), (high, 1)):
        if end.is_infinite or _stays_inside(side * (end - place), frame):
            continue
        beyond = side * (value - ball(end, frame).real)
        if beyond > 0 or place == end or beyond == 0:
            return side
        if not beyond < 0:
            raise VagueError("a kink that may lie outside the range of its integral")
    return 0


def _stays_inside(gap: Any, frame: Frame) -> bool:
    """Whether a distance is at least zero for all real values of the outer variables, in which it is linear.

    The pieces of the integral are then one analytic function of these variables, whatever ball they have.
    """
    moving = [n for n in frame.ranges if n in gap.free_symbols]
    if not moving:
        return False
    key = (gap, *((n, frame.ranges[n]) for n in moving))
    if key not in frame.budget.known:
        frame.budget.known[key] = acb(int(_is_nonnegative(gap, frame)))
    return frame.budget.known[key] == 1


def _is_nonnegative(gap: Any, frame: Frame) -> bool:
    """By its values at the ends of every range, the innermost first."""
    gap = sp.expand(gap)
    moving = [n for n in frame.ranges if n in gap.free_symbols]
    if not moving:
        value = ball(gap, frame)
        return bool(value.imag == 0 and value.real >= 0)
    if not gap.is_polynomial(moving[-1]) or sp.degree(gap, moving[-1]) > 1:
        return False
    ends = frame.ranges[moving[-1]]
    return all(not end.is_infinite and _is_nonnegative(gap.xreplace({moving[-1]: end}), frame) for end in ends)


def _smooth(body: Any, name: Any, low: Any, high: Any, frame: Frame) -> acb:
    if frame.complex_depth:
        ends = [None if end.is_infinite else ball(end, frame, analytic=True) for end in (low, high)]
        try:
            return gaussian_piece(body, name, *ends, frame, True)
        except UnknownError:
            frame.budget.evaluations = min(frame.budget.evaluations, NESTED_EVALUATIONS)
    if low.is_infinite and high.is_infinite:
        return _half_line(body, name, sp.S.Zero, frame) + _half_line(_mirrored(body, name), name, sp.S.Zero, frame)
    if high.is_infinite:
        return _half_line(body, name, low, frame)
    if low.is_infinite:
        return _half_line(_mirrored(body, name), name, -high, frame)
    return _between(body, name, low, high, frame)


def _mirrored(body: Any, name: Any) -> Any:
    return body.xreplace({name: -name})


def _half_line(body: Any, name: Any, end: Any, frame: Frame) -> acb:
    """From a finite end to infinity."""
    edge = ball(end, frame)
    least = arb(abs(edge).upper()).ceil().unique_fmpz() if edge.is_finite() else None
    if least is None:
        return NAN
    x = sp.Dummy(name.name, positive=True)
    far, beyond = _beyond(body.xreplace({name: x}), x, frame, int(least) + 1)
    return _between(body, name, end, sp.Integer(far), frame) + beyond


def _beyond(body: Any, x: Any, frame: Frame, least: int) -> tuple[int, acb]:
    """A whole number R >= ``least``, and the integral from R to infinity: bounded, or by an expansion."""
    found = _bounded(body, x, frame, least)
    if isinstance(found, tuple) and found[0] <= NEAR:
        return found
    for rule in (far_end, _brought_near):
        try:
            return rule(body, x, frame, least)
        except VagueError:
            raise
        except UnknownError:
            continue
    if isinstance(found, UnknownError):
        raise found
    return found


def _brought_near(body: Any, x: Any, frame: Frame, least: int) -> tuple[int, acb]:
    """From R to infinity with t = 1/x: powers of log x are there as they are at a finite end."""
    t = sp.Dummy("t", positive=True)
    near, value = near_end(body.xreplace({x: 1 / t}) / t**2, t, frame, least)
    far = (1 / near).unique_fmpz()
    if far is None:
        raise UnknownError("a stretch at infinity that does not begin at a whole number")
    return int(far), value


def _bounded(body: Any, x: Any, frame: Frame, least: int) -> tuple[int, acb] | UnknownError:
    try:
        bound = growth(body, x, frame.far_out(x), acb(1))
        far = max(int(cutoff(bound).ceil().unique_fmpz()), least)
        return far, around_zero(tail(bound, arb(far)))
    except VagueError:
        raise
    except UnknownError as error:
        return error


def _between(body: Any, name: Any, low: Any, high: Any, frame: Frame) -> acb:
    """Between finite ends, with what a singular end contributes from its expansion."""
    first, last = ball(low, frame), ball(high, frame)
    below, left = _at_end(body, name, low, 1, frame)
    above, right = _at_end(body, name, high, -1, frame)
    if not (last - first).real > below + above:
        below, left, above, right = arb(0), acb(0), arb(0), acb(0)

    inside = frame.between(name, low, high)

    def value(x: acb, analytic: bool) -> acb:
        frame.budget.spend_evaluation()
        # Inside another integral the value must be analytic in its variable as well.
        return ball(body, inside.at(name, x), analytic or frame.complex_depth > 0)

    return left + enclosed_integral(value, first + below, last - above) + right


def _at_end(body: Any, name: Any, end: Any, side: int, frame: Frame) -> tuple[arb, acb]:
    """A stretch at an end at which the integrand is singular, and its integral; zero for a regular end."""
    edge = ball(end, frame)
    nothing = (arb(0), acb(0))
    if edge.imag != 0 or not edge.is_finite() or _is_regular(body, name, edge, frame):
        return nothing
    t = sp.Dummy("t", positive=True)
    try:
        return near_end(body.xreplace({name: end + side * t}), t, frame)
    except VagueError:
        raise
    except UnknownError:
        return _inverted(body.xreplace({name: end + side / t}), t, frame)


def _inverted(body: Any, u: Any, frame: Frame) -> tuple[arb, acb]:
    """With u = 1 / t, where the integrand falls faster than every power of t as t tends to 0."""
    try:
        found = _bounded(body / u**2, u, frame, 1)
    except UnknownError:
        found = None
    if not isinstance(found, tuple):
        return arb(0), acb(0)
    return 1 / arb(found[0]), found[1]


def _is_regular(body: Any, name: Any, edge: acb, frame: Frame) -> bool:
    """Whether the integrand is analytic on a small disc about the end."""
    spread = arb(0, NEIGHBORHOOD)
    try:
        return ball(body, frame.along(name, edge + acb(spread, spread)), analytic=True).is_finite()
    except UnknownError:
        return False


def around_zero(radius: arb) -> acb:
    """The complex ball of a quantity whose modulus is at most ``radius``."""
    spread = arb(0, radius)
    return acb(spread, spread)
