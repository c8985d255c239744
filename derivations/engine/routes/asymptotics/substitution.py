"""Limits: by substitution where the expression is continuous, after quotients that vanish together are resolved."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sympy as sp
from flint import acb, arb, fmpq

from derivations.engine.routes import exact
from derivations.engine.routes.asymptotics.cuts import meets_no_cut
from derivations.engine.routes.asymptotics.expansions import at_value, parameters
from derivations.engine.routes.enclosed import decimal
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from derivations.engine.routes.jumps import slope
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.sampling import points
from theory.domain import Assignment, Domain
from theory.statements import Expansion, LimitStatement
from theory.sums import rename

QUOTIENTS = 12
SAMPLES = 4
MEROMORPHIC = (sp.exp, sp.sin, sp.cos, sp.tan, sp.sinh, sp.cosh, sp.tanh, sp.erf)
WIDTH = fmpq(1, 2**40)
"""Half-width of the neighborhood on which continuity is shown."""
BITS = 80
"""Whether a value is finite takes few digits, but more than the neighborhood is narrow."""
JUMPS = (sp.sign, sp.Heaviside, sp.Piecewise, sp.floor, sp.ceiling, sp.arg)


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """A limit brought to a substitution: ``pairs`` must be equal; ``reason`` says why there are none."""

    domain: Domain
    pairs: tuple[tuple[Any, Any], ...] = ()
    technique: str = ""
    reason: str = ""


def resolve(statement: LimitStatement, seed: int) -> Resolved:
    """Find an expression that is continuous at the point and equals the given one beside it."""
    expression, variable, point, domain, side = _at_finite_point(statement)
    beside = domain
    technique = "substitution"
    for attempt in range(QUOTIENTS + 1):
        if is_continuous(expression, variable, point, side, beside, seed):
            value = at_value(expression, variable, point)
            rest = Domain({n: s for n, s in beside.sets.items() if n != variable}, beside.constraints)
            return Resolved(domain=rest, pairs=((value, statement.value),), technique=technique)
        found = _simplified(expression, variable, beside) if attempt == 0 else None
        if found is None:
            found = _next_quotient(expression, variable, point, beside)
            technique = "quotient of derivatives" if found is not None else technique
        if found is None:
            break
        expression = found
    return Resolved(domain=domain, reason=_sequence(statement, seed))


def is_smooth(statement: Expansion, seed: int) -> bool:
    """Whether the derivative of left - right, of the order of the remainder, is finite on a whole neighborhood."""
    derivative = slope(statement.left - statement.right, statement.variable, statement.order)
    return is_continuous(derivative, statement.variable, statement.about, 1, statement.domain, seed)


def quotient_pairs(statement: Expansion, seed: int) -> tuple[list[tuple[Any, Any]], tuple[str, ...]]:
    """The limits of (left - right)/(x - a)^k for k = 0, 1, ... up to the order, each against zero.

    For functions meromorphic at the point they vanish for all k below n exactly where the remainder is O((x - a)^n).
    The list ends at the first quotient that has no limit in sight or one that is not zero.
    """
    difference, x, about = statement.left - statement.right, statement.variable, statement.about
    pairs: list[tuple[Any, Any]] = []
    notes = tuple(f"limit of (left - right)/({x} - {about})^{k}" for k in range(statement.order))
    if not _meromorphic(difference, x):
        return [], ()
    for k in range(statement.order):
        quotient = LimitStatement(difference / (x - about) ** k, 0, statement.domain, variable=x, point=about)
        found = resolve(quotient, seed)
        if not found.pairs:
            break
        pairs.extend(found.pairs)
        if not _vanishes(found.pairs[0][0], found.domain):
            break
    return pairs, notes


def _vanishes(value: Any, domain: Domain) -> bool:
    try:
        return bool(exact.vanishes(value, domain))
    except (UnsupportedError, ValueError):
        return False


def _meromorphic(expression: Any, variable: sp.Symbol) -> bool:
    """Whether the variable enters by functions that are meromorphic everywhere, and by integer powers, alone."""
    if variable not in expression.free_symbols or expression == variable:
        return True
    if isinstance(expression, sp.Pow) and not (
        expression.exp.is_Integer or variable not in expression.base.free_symbols
    ):
        return False
    entire = isinstance(expression, (sp.Add, sp.Mul, sp.Pow, *MEROMORPHIC))
    return entire and all(_meromorphic(a, variable) for a in expression.args)


def _at_finite_point(statement: LimitStatement) -> tuple[Any, sp.Symbol, Any, Domain, int]:
    """An infinite point becomes zero by v = 1/epsilon, approached from above."""
    side = 1 if statement.direction == "+" else -1
    variable, domain = statement.variable, statement.domain
    if not statement.point.is_infinite:
        near = _near(domain, variable, statement.point, side)
        return statement.expression, variable, statement.point, near, side
    sign = 1 if statement.point is sp.oo else -1
    small = sp.Dummy("epsilon", positive=True)
    expression = rename(statement.expression, variable, sign / small)
    sets = {n: s for n, s in domain.sets.items() if n != variable}
    return expression, small, sp.S.Zero, Domain({**sets, small: (0, sp.Rational(1, 4))}, domain.constraints), 1


def _near(domain: Domain, variable: sp.Symbol, point: Any, side: int) -> Domain:
    """The variable close to the point, on its side: integers become reals."""
    if variable not in domain.sets or not point.is_Rational:
        return domain
    step = sp.Rational(1, 4) * side
    low, high = sorted((point, point + step))
    return domain.extended({variable: (low, high)})


def _simplified(expression: Any, variable: sp.Symbol, domain: Domain) -> Any | None:
    """Rational functions of the variable inside the expression in lowest terms: accepted if proved equal."""
    try:
        found = sp.bottom_up(expression, lambda e: _lowest_terms(e, variable))
        if found != expression and exact.equal(expression, found, domain):
            return found
        return exact.normal_form(expression, domain)
    except (UnsupportedError, sp.PolynomialError, RecursionError):
        return None


def _lowest_terms(node: Any, variable: sp.Symbol) -> Any:
    if (
        isinstance(node, sp.Expr)
        and variable in node.free_symbols
        and node.is_rational_function(variable)
        and not node.has(sp.Indexed)
    ):
        return sp.cancel(sp.together(node))
    return node


def _next_quotient(expression: Any, variable: sp.Symbol, point: Any, domain: Domain) -> Any | None:
    """l'Hopital: numerator and denominator are proved to vanish at the point."""
    top, bottom = sp.fraction(sp.together(expression))
    if variable not in bottom.free_symbols:
        return _inner_quotient(expression, variable, point, domain)
    try:
        if all(exact.vanishes(at_value(part, variable, point), domain) for part in (top, bottom)):
            return slope(top, variable) / slope(bottom, variable)
    except (UnsupportedError, ValueError):
        return None
    return _inner_quotient(expression, variable, point, domain)


def _inner_quotient(expression: Any, variable: sp.Symbol, point: Any, domain: Domain) -> Any | None:
    """The same for a part of the expression: what surrounds it must be continuous, which is shown afterwards."""
    for argument in expression.args:
        if isinstance(argument, sp.Expr) and variable in argument.free_symbols and not argument.is_Atom:
            found = _next_quotient(argument, variable, point, domain)
            if found is not None:
                return expression.xreplace({argument: found})
    return None


def is_continuous(expression: Any, variable: sp.Symbol, point: Any, side: int, domain: Domain, seed: int) -> bool:
    """Whether the expression is finite on a whole neighborhood, and made of functions that are continuous there.

    No branch cut may be met: log(-1 - sqrt(-x)) is finite on both sides of one. With complex numbers inside, the
    expression must even be analytic.
    Terms without the variable are continuous in it wherever they are defined.
    """
    expression = sp.Add(*(t for t in sp.Add.make_args(expression) if variable in t.free_symbols))
    if expression.has(*JUMPS):
        return False
    try:
        samples = _samples(domain, variable, seed)
        found = [_finite_around(expression, variable, point, side, sample) for sample in samples]
        return any(found) and False not in found
    except (UnknownError, ValueError, ZeroDivisionError):
        return False


def _samples(domain: Domain, variable: sp.Symbol, seed: int) -> list[Assignment]:
    """Random points, and points at which one other symbol has a special value: continuity can fail there alone."""
    rng = random.Random(seed)
    domain = parameters(domain, variable)
    found = list(islice(points(domain, rng), SAMPLES))
    for name, chosen in domain.sets.items():
        if name == variable or not isinstance(name, sp.Symbol) or not isinstance(chosen, sp.Interval):
            continue
        for value in (sp.S.Zero, sp.S.One, sp.S.NegativeOne, chosen.start, chosen.end):
            if value.is_Rational and chosen.contains(value) == sp.true:
                with suppress(ValueError):  # the constraints exclude it
                    found.append(domain.sample(rng, fixed={name: value}))
    return found


def _finite_around(expression: Any, variable: sp.Symbol, point: Any, side: int, sample: Assignment) -> bool | None:
    """None where the sums are too large at this sample."""
    with precision(BITS), suppress(TooLargeError):
        frame = Frame(free=sample)
        half = arb(WIDTH)
        analytic = expression.has(sp.I)
        around = arb(0, half) if analytic else arb(half, half) * side
        there = frame.with_value(variable, ball(point, frame) + acb(around))
        if not analytic and not meets_no_cut(expression, variable, there):
            return False
        return ball(expression, there, analytic).is_finite()
    return None


def _sequence(statement: LimitStatement, seed: int) -> str:
    """Values on the way to the limit, for the reader: they prove nothing."""
    side = 1 if statement.direction == "+" else -1
    shown = []
    try:
        sample = next(points(statement.domain, random.Random(seed)))
        with precision(340):
            frame = Frame(free=sample)
            for step in (2, 4, 6):
                place = (
                    acb(10**step)
                    if statement.point.is_infinite
                    else acb(fmpq(side, 10**step)) + ball(statement.point, frame)
                )
                there = frame.with_value(statement.variable, place)
                shown.append(decimal(ball(statement.expression, there) - ball(statement.value, there))[:10])
    except (UnknownError, TooLargeError, ValueError) as error:
        return f"no continuous form of the expression was found ({error})"
    return f"no continuous form of the expression was found; expression - value on the way: {', '.join(shown)}"
