"""What a singular or infinite end contributes to an integral, from the expansion of the integrand about it.

Near a finite end the integrand is t^m U(t) times powers of log t, and the power series is integrated term by term. Far
out it is exp(-rate x) times an algebraic factor, and each power gives an exponential integral; or it is made of
exponentials, and t = exp(-c x) takes infinity to a finite end.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator
from math import lcm
from typing import Any

import sympy as sp
from flint import acb, arb, ctx, fmpq

from derivations.engine.routes.enclosures.germs import INSIDE, Disc, Germ, germ
from derivations.engine.routes.enclosures.points import Frame, UnknownError, VagueError
from derivations.engine.routes.enclosures.segments import enclosed_integral
from derivations.engine.routes.enclosures.summands import Shape, summands
from derivations.engine.routes.enclosures.table import ball, precision

RADII = (2, 8, 32, 128, 1024, 8192)
"""One over the radii of the discs that are tried."""
MAX_LOGARITHMS = 8


def near_end(body: Any, t: sp.Symbol, frame: Frame, least: int = 0) -> tuple[arb, acb]:
    """A small d > 0, one over a whole number that is at least ``least``, and the integral over t from 0 to d.

    Raises
    ------
    UnknownError
        If no expansion about t = 0 is known, or the integral diverges there.
    """
    reason = UnknownError("no expansion about the end")
    for inverse in RADII:
        if INSIDE * inverse < least:
            continue
        disc = Disc(radius=1 / arb(inverse), power=1)
        try:
            with disc.truncated():
                return disc.radius / INSIDE, _from_zero(body, t, frame, disc)
        except VagueError:
            raise
        except UnknownError as error:
            reason = error
    raise reason


def _from_zero(body: Any, t: sp.Symbol, frame: Frame, disc: Disc) -> acb:
    total = acb(0)
    for power, factor in enumerate(_by_logarithms(body, t, frame, disc)):
        if factor != 0:
            total += _integrated(germ(factor, t, frame, disc), power, disc)
    return total


def _by_logarithms(body: Any, t: sp.Symbol, frame: Frame, disc: Disc) -> Iterator[Any]:
    """The coefficients of the powers of log t: log(t^m U) is m log t + log U."""
    logarithm = sp.Dummy("log t")
    table = {}
    for node in body.atoms(sp.log):
        if t in node.free_symbols:
            order = germ(node.args[0], t, frame, disc).order
            rest = sp.log(node.args[0] * t ** sp.Rational(-int(order.p), int(order.q)), evaluate=False)
            table[node] = sp.Rational(int(order.p), int(order.q)) * logarithm + rest if order != 0 else node
    written = body.xreplace(table)
    if not written.is_polynomial(logarithm):
        raise UnknownError("a logarithm that does not enter as a polynomial")
    for power in range(MAX_LOGARITHMS):
        yield written.xreplace({logarithm: sp.S.Zero}) / sp.factorial(power)
        written = sp.diff(written, logarithm)
        if written == 0:
            return
    raise UnknownError("too high a power of a logarithm")


def _integrated(given: Germ, power: int, disc: Disc) -> acb:
    """The integral from 0 to d of t^m U(t) (log t)^power."""
    if not given.order > -1:
        raise VagueError("an integral that diverges at an end")
    end = disc.radius / INSIDE
    total = acb(0)
    coefficients, radius = given.coefficients(), given.radius(disc)
    for place, coefficient in enumerate(coefficients):
        if coefficient != 0:
            total += coefficient * _power_of_log(given.order + place, power, end)
    length = len(coefficients)
    rest = abs(_power_of_log(given.order + length, power, end)) * given.largest() / radius**length
    return total + _spread(rest / (1 - end / radius))


def _power_of_log(exponent: fmpq, power: int, end: arb) -> arb:
    """The integral from 0 to d of t^s (log t)^j, by parts."""
    s, height, log = arb(exponent) + 1, end ** (arb(exponent) + 1), end.log()
    found = height / s
    for j in range(1, power + 1):
        found = (height * log**j - j * found) / s
    return found


def _spread(size: arb) -> acb:
    radius = arb(0, arb(size.upper()))
    return acb(radius, radius)


def far_end(body: Any, x: sp.Symbol, frame: Frame, least: int) -> tuple[int, acb]:
    """A number R >= ``least`` and the integral of ``body`` over x from R to infinity.

    Raises
    ------
    UnknownError
        If no expansion about infinity is known, or the integral diverges.
    """
    try:
        return _algebraic_tail(body, x, frame, least)
    except VagueError:
        raise
    except UnknownError:
        return _exponential_tail(body, x, frame, least)


def _algebraic_tail(body: Any, x: sp.Symbol, frame: Frame, least: int) -> tuple[int, acb]:
    groups = summands(body, x)
    if any(shape.factorials or shape.square != 0 for shape in groups):
        raise UnknownError("no expansion about infinity")
    reason = UnknownError("no expansion about infinity")
    for place in RADII:
        far = INSIDE * place
        if far < least:
            continue
        disc = Disc(radius=1 / arb(place))
        try:
            with disc.truncated():
                parts = [_beyond(germ(g, x, frame, disc), _rate(s, frame), disc, far) for s, g in groups.items()]
            return far, sum(parts, start=acb(0))
        except VagueError:
            raise
        except UnknownError as error:
            reason = error
    raise reason


def _rate(shape: Shape, frame: Frame) -> acb:
    """The rate of decay: x goes with exp(-rate x)."""
    total = acb(0)
    for factor in sp.Mul.make_args(shape.ratio):
        base, exponent = factor.as_base_exp()
        total -= ball(exponent if base is sp.E else exponent * sp.log(base), frame, frame.complex_depth > 0)
    return total


def _beyond(given: Germ, rate: acb, disc: Disc, far: int) -> acb:
    """The integral from R of exp(-c x) x^(-m) U(1/x): R^(1-s) E_s(c R) for each power x^(-s)."""
    if not (rate.real > 0 or rate.real == 0):
        raise VagueError("an integrand that is not known to decay")
    least = given.order
    if rate == 0 and not least > 1:
        raise VagueError("an integral that diverges at infinity")
    if rate.real == 0 and not least > 0:
        raise VagueError("an integral that is not known to converge at infinity")
    total, start = acb(0), arb(far)
    coefficients = given.coefficients()
    for place, coefficient in enumerate(coefficients):
        if coefficient != 0:
            s = acb(least + place)
            tail = 1 / (s - 1) if rate == 0 else _exponential_integral(s, rate * start)
            total += coefficient * acb(start).pow(1 - s) * tail
    beyond = arb(least) + len(coefficients)
    shrink = 1 / (given.radius(disc) * start)
    size = given.largest() * start ** (1 - arb(least)) * shrink ** len(coefficients) / (1 - shrink) / (beyond - 1)
    return total + _spread(size)


def _exponential_integral(order: acb, x: acb) -> acb:
    """E_s(x) for Re x >= 0, with the bits that cancellation eats given back.

    For s > 0, integration by parts bounds |E_s(x)| by 2 / |x|, and so the derivative -E_(s-1) by
    (1 + 2 |s - 1| / |x|) / |x|: the midpoint is evaluated with more precision, and the ball around it added.
    """
    wanted, best = ctx.prec, x.expint(order)
    if not order.real > 0:
        return best
    size, middle = abs(x).lower(), x.mid()
    slope = (1 + 2 * abs(order - 1) / size) / size
    for factor in (2, 3):
        if best.rel_accuracy_bits() > wanted - 16:
            break
        with precision(factor * wanted):
            finer = middle.expint(order) + _spread(abs(x - middle) * slope)
        best = finer if finer.rel_accuracy_bits() > best.rel_accuracy_bits() else best
    return best


def _exponential_tail(body: Any, x: sp.Symbol, frame: Frame, least: int) -> tuple[int, acb]:
    """With t = exp(-c x) and c a common measure of all rates: dx = -dt / (c t)."""
    hyperbolic = (sp.cosh, sp.sinh, sp.tanh, sp.coth, sp.sech, sp.csch)
    body = body.replace(lambda n: isinstance(n, hyperbolic), lambda n: n.rewrite(sp.exp))
    unit = _unit_of_rates(body, x, frame)
    t = sp.Dummy("t", positive=True)
    written = _in_exponentials(body, x, t, unit) / (unit * t)
    size = ball(unit, frame).real
    for inverse in RADII:
        disc = Disc(radius=1 / arb(inverse), power=1)
        far = ((INSIDE * arb(inverse)).log() / size).ceil().unique_fmpz()
        if far is None or int(far) < least:
            continue
        try:
            with disc.truncated():
                piece = _from_zero(written, t, frame, disc)
        except VagueError:
            raise
        except UnknownError:
            continue
        return _joined(piece, disc.radius / INSIDE, int(far), size, body, x, frame)
    raise UnknownError("no expansion in exponentials about infinity")


def _joined(piece: acb, end: arb, far: int, size: arb, body: Any, x: sp.Symbol, frame: Frame) -> tuple[int, acb]:
    """From where t equals ``end`` to the whole number beyond it there is one short stretch more."""
    start = -end.log() / size

    def value(u: acb, analytic: bool) -> acb:
        return ball(body, frame.along(x, u), analytic)

    return far, piece - enclosed_integral(value, acb(start), acb(far))


def _unit_of_rates(body: Any, x: sp.Symbol, frame: Frame) -> Any:
    rates = {_slope(e.exp, x) for e in body.atoms(sp.exp) if x in e.free_symbols}
    rates = {r for r in rates if r is not None}
    if not rates:
        raise UnknownError("no exponential in the integrand")
    first = min(rates, key=str)
    ratios = [q for r in rates if (q := frame.exact(r / first)) is not None]
    size = ball(first, frame)
    if len(ratios) < len(rates) or not (size.imag == 0 and abs(size.real) > 0):
        raise UnknownError("rates without a common measure")
    return (first if size.real > 0 else -first) / lcm(*(int(r.q) for r in ratios))


def _slope(exponent: Any, x: sp.Symbol) -> Any:
    """The coefficient of x in a linear exponent, None where the exponent is not linear."""
    if not exponent.is_polynomial(x) or sp.degree(exponent, x) != 1:
        return None
    return sp.Poly(exponent, x).LC()


def _in_exponentials(node: Any, x: sp.Symbol, t: sp.Symbol, unit: Any) -> Any:
    if x not in node.free_symbols:
        return node
    if node == x:
        return -sp.log(t) / unit
    if isinstance(node, sp.exp):
        slope = _slope(node.exp, x)
        if slope is not None:
            return t ** (-slope / unit) * sp.exp(sp.expand(node.exp - slope * x))
    return node.func(*(_in_exponentials(a, x, t, unit) for a in node.args))
