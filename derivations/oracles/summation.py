"""Integrals, sums, products and derivatives of plain functions with mpmath, each with an estimate of its error."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import pairwise
from typing import Any

import mpmath
from mpmath import mp

LONGEST = 4000
"""Terms that are added one by one before a sum is extrapolated."""
QUIET = 12
"""So many negligible terms in a row end a sum."""
FAR_TERMS = (200, 1600)
"""Numbers of terms, counted from the first, at which divergence shows."""
REGROWN = 10_000
"""A term at which an asymptotic series, quiet before, has grown again."""
WINDOW = 6
LATER = 37
"""Terms that the second extrapolation adds up before it begins."""
OFFSET = mpmath.mpf("0.3137084989847604")
"""The grids avoid places of symmetry, where the errors of two of them can agree by accident."""
LEVELS = 8
"""Halvings of the trapezoidal rule."""
FARTHEST = 60
"""An integrand over the whole line that has not decayed there is left to another rule."""
QUIET_LENGTH = 4
"""So long a stretch of negligible values ends an integral over the whole line."""
Function = Callable[[Any], Any]
Rule = Callable[[Function, Any, Any, Sequence[Any]], Any]
"""A quadrature: the integral of a function from a lower to an upper end, with the places of its kinks."""

NEAR_AN_END = (mpmath.mpf("1e-8"), mpmath.mpf("1e-16"))
"""Distances from an end, or one over them from zero for an end at infinity, at which divergence shows."""
_DEADLINE: ContextVar[tuple[float, float]] = ContextVar("deadline", default=(float("inf"), float("inf")))


class UnansweredError(Exception):
    """The value cannot be computed to the digits wanted, or in the time given."""


NO_VALUE = (UnansweredError, ArithmeticError, ValueError, TypeError, KeyError, NotImplementedError, mp.NoConvergence)
"""What evaluation at a point where a claim has no meaning provokes."""


@contextmanager
def within(seconds: float, deadline: float = float("inf")) -> Iterator[None]:
    """Integrals and sums in this block end unanswered after so many seconds of this thread's own work.

    They end at the deadline, a time of ``time.perf_counter``, in any case.
    """
    token = _DEADLINE.set((time.thread_time() + seconds, deadline))
    try:
        yield
    finally:
        _DEADLINE.reset(token)


def _timed(function: Function) -> Function:
    """The function, until the time is over."""
    until, deadline = _DEADLINE.get()

    def value(x: Any) -> Any:
        if time.thread_time() > until or time.perf_counter() > deadline:
            raise UnansweredError("no value within the time given")
        return function(x)

    return value


def integrated(function: Function, low: Any, high: Any, kinks: Sequence[Any] = ()) -> Any:
    """The integral of a function of one variable, by the rule in force: ``double_exponential`` unless told otherwise.

    Raises
    ------
    UnansweredError
        If the error is estimated to be too large for two thirds of the digits in force.
    """
    if low == high:
        return mp.mpf(0)
    if low > high:
        return -integrated(function, high, low, kinks)
    return _RULE.get()(_timed(function), low, high, kinks)


@contextmanager
def integrating_by(rule: Rule) -> Iterator[None]:
    """Integrals in this block, those inside others too, are found by this rule."""
    token = _RULE.set(rule)
    try:
        yield
    finally:
        _RULE.reset(token)


def double_exponential(function: Function, low: Any, high: Any, kinks: Sequence[Any] = ()) -> Any:
    """The tanh-sinh rule, split at kinks and at zero; over the whole line the trapezoidal rule where it converges.

    Raises
    ------
    UnansweredError
        If the error is estimated to be too large for two thirds of the digits in force.
    """
    if low == -mp.inf and high == mp.inf and not kinks:
        found = _over_the_line(function)
        if found is not None:
            return found
    beyond = (-1, 1) if mp.inf in (-low, high) else ()
    inner = sorted({mp.mpf(k) for k in (*kinks, 0, *beyond) if low < k < high})
    total, size = mp.mpf(0), mp.mpf(0)
    places = [low, *inner, high]
    for a, b in pairwise(places):
        steep = _is_steep(function, a, b)
        # The ends at infinity are reached through 1/x, and steep ones closely: digits are lost there.
        with mp.extradps(mp.dps if steep or mp.inf in (-a, b) else 0):
            part, error = mp.quad(function, [a, b], error=True, maxdegree=9)
        if not mp.isfinite(part):
            raise UnansweredError("the integral is not finite")
        total, size = total + part, size + abs(error)
    if size > tolerance() * (1 + abs(total)):
        raise UnansweredError(f"a quadrature estimates its error as {mp.nstr(size, 3)}")
    return total


def _is_steep(function: Function, low: Any, high: Any) -> bool:
    """Whether the function is unbounded at an end.

    Distance times value must fall towards both ends: a quadrature of a divergent integral gives some number too.

    Raises
    ------
    UnansweredError
        Where it does not.
    """
    steep = False
    near, far = NEAR_AN_END
    span = high - low if mp.inf not in (-low, high) else mp.mpf(1)
    for end, inward in ((low, 1), (high, -1)):
        steps = [1 / near, 1 / far] if mp.isinf(end) else [span * near, span * far]
        start = mp.mpf(0) if mp.isinf(end) else end
        with mp.extradps(20):
            first, second = (abs(d * function(start + (-inward if mp.isinf(end) else inward) * d)) for d in steps)
        if not second <= first / 10 and second > mp.eps**2:
            raise UnansweredError("the integral does not converge clearly")
        steep |= bool(mp.isfinite(end) and second > first / 10**6)
    return steep


def _over_the_line(function: Function) -> Any:
    """The trapezoidal rule, whose error is squared as its step is halved where the integrand is analytic and decays.

    None where it does not decay within reach, or the halvings do not agree.
    """
    sums, before = mp.mpf(0), None
    for level in range(LEVELS):
        step = mp.mpf(2) ** (-1 - level)
        more = _both_ways(function, step, fresh=level > 0)
        if more is None:
            return None
        sums = sums + more
        now = sums * step
        if before is not None and abs(now - before) <= tolerance() * (1 + abs(now)):
            return now
        before = now
    return None


def _both_ways(function: Function, step: Any, *, fresh: bool) -> Any:
    """The sum of the values at multiples of the step, odd ones only if the others are known."""
    total, stride = (mp.mpf(0), 2) if fresh else (function(OFFSET), 1)
    for direction in (1, -1):
        quiet, n = 0, 1
        while quiet * stride * step < QUIET_LENGTH:
            if n * step > FARTHEST:
                return None
            here = function(OFFSET + direction * n * step)
            total += here
            quiet = quiet + 1 if abs(here) <= mp.eps * mp.mpf("1e-3") * abs(total) else 0
            n += stride
    return total


def tolerance() -> Any:
    """The error that an integral may have, relative to one plus its size."""
    return mp.mpf(10) ** (-(2 * mp.dps) // 3)


_RULE: ContextVar[Rule] = ContextVar("rule", default=double_exponential)


def summed(term: Function, low: Any, high: Any) -> Any:
    """The sum of ``term`` over the integers from ``low`` to ``high``, either of which may be infinite.

    Raises
    ------
    UnansweredError
        If the range is reversed, where conventions differ, or the sum cannot be extrapolated.
    """
    term = _timed(term)
    if low == -mp.inf:
        upper = mp.mpf(0) if high == mp.inf else high
        downward = summed(lambda n: term(-n), -upper, mp.inf)
        return downward + (summed(term, 1, mp.inf) if high == mp.inf else 0)
    if high == mp.inf:
        return _infinite(term, low)
    return mp.fsum(term(n) for n in _steps(low, high))


def multiplied(factor: Function, low: Any, high: Any) -> Any:
    """The product of ``factor`` over the integers from ``low`` to ``high``.

    Raises
    ------
    UnansweredError
        If the range is reversed.
    """
    if high == mp.inf:
        _require_convergence(lambda n: factor(n) - 1, whole(low))
        return _confirmed(mp.nprod, factor, whole(low), mp.fprod)
    result = mp.mpf(1)
    for n in _steps(low, high):
        result *= factor(n)
    return result


def _steps(low: Any, high: Any) -> list[Any]:
    first, last = whole(low), whole(high)
    if last < first - 1:
        raise UnansweredError(f"the range {first} to {last} is reversed")
    if last - first > LONGEST:
        raise UnansweredError(f"{last - first} terms are too many")
    return [mp.mpf(n) for n in range(first, last + 1)]


def whole(value: Any) -> int:
    """The integer that a bound is.

    Raises
    ------
    UnansweredError
        If it is none.
    """
    nearest = int(mp.nint(mp.re(value)))
    if abs(value - nearest) > mp.mpf(10) ** (-mp.dps // 2):
        raise UnansweredError(f"{value} is no integer")
    return nearest


def _infinite(term: Function, low: Any) -> Any:
    """Term by term while the terms fall fast, by extrapolation otherwise."""
    first = whole(low)
    total, quiet = mp.mpf(0), 0
    for n in range(first, first + LONGEST):
        here = term(mp.mpf(n))
        total += here
        quiet = quiet + 1 if abs(here) <= mp.eps * (abs(total) or 1) else 0
        if quiet >= QUIET:
            _require_quiet(term, n, total)
            return total
        if n == first + 200 and abs(here) > mp.mpf(10) ** -8 * abs(total):
            break
    _require_convergence(term, first)
    return _confirmed(mp.nsum, term, first, mp.fsum)


def _confirmed(extrapolate: Callable[..., Any], term: Function, first: int, combine: Callable[..., Any]) -> Any:
    """What mpmath extrapolates, which may be wrong without a sign of it: from two places on it must be the same.

    Raises
    ------
    UnansweredError
        If it is not.
    """
    at_once, later = (
        combine(
            [
                *(term(mp.mpf(n)) for n in range(first, start)),
                extrapolate(lambda n: term(mp.mpf(n)), [start, mp.inf]),
            ]
        )
        for start in (first, first + LATER)
    )
    if not abs(at_once - later) <= tolerance() * (1 + abs(later)):
        raise UnansweredError("two extrapolations differ")
    return later


def _require_quiet(term: Function, n: int, total: Any) -> None:
    """Refuse a series whose terms grow again after they were negligible, as those of an asymptotic one do."""
    negligible = mp.eps * (abs(total) or 1)
    if any(abs(term(mp.mpf(place))) > negligible for place in (4 * n + 100, max(n, 0) + REGROWN)):
        raise UnansweredError("the terms of the sum grow again")


def _require_convergence(term: Function, first: int) -> None:
    """Refuse to extrapolate a series that does not clearly converge: that gives some number too.

    Raises
    ------
    UnansweredError
        Unless the largest of some terms in a row falls faster than their number grows, or the terms alternate and fall.
    """
    near, far = ([term(mp.mpf(first + n + k)) for k in range(WINDOW)] for n in FAR_TERMS)
    before, after = (max(map(abs, terms)) for terms in (near, far))
    growth = mp.mpf(FAR_TERMS[1]) / FAR_TERMS[0]
    falls = after <= before * mp.mpf("0.9")
    alternates = all(mp.im(a) == mp.im(b) == 0 and a * b < 0 for terms in (near, far) for a, b in pairwise(terms))
    if not (falls and alternates) and after * growth > before * mp.mpf("0.9"):
        raise UnansweredError("the sum does not converge clearly")


def differentiated(function: Callable[..., Any], place: tuple[Any, ...], orders: tuple[int, ...]) -> Any:
    """A derivative by differences at raised precision."""
    with mp.workdps(mp.dps + 12 * sum(orders) + 10):
        if len(place) == 1:
            return mp.diff(function, *place, *orders)
        return mp.diff(function, place, orders)
