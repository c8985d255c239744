"""Means over laws from their definition: every outcome, every path, and a quadrature for a Gaussian variable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from mpmath import mp

from derivations.evaluation.meanings import MEANINGS, gaussian, looked_up, places
from derivations.oracles.evaluated import Value, evaluator
from derivations.oracles.summation import UnansweredError, whole
from theory.laws import Discrete, Gaussian, MarkovPath

Point = dict[Any, Any]
Body = Callable[[Point], Any]
MOST_OUTCOMES = 5000


def mean(body: Body, laws: tuple[Any, ...], point: Point) -> Any:
    """The mean of a function of a point over the laws, the first outermost.

    Raises
    ------
    UnansweredError
        If a law has too many outcomes or more than one Gaussian variable.
    """
    if not laws:
        return body(point)
    law, *rest = laws
    inner = lambda there: mean(body, tuple(rest), there)  # noqa: E731
    for kind, over in OVER.items():
        if isinstance(law, kind):
            return over(law, inner, point)
    raise UnansweredError(f"the oracle does not know the law {type(law).__name__}")


def _compiled(expression: Any) -> Value:
    return evaluator(expression, MEANINGS)


def _pairs(outcomes: Any, point: Point) -> list[tuple[Any, Any]]:
    """Values and probabilities at a point; probabilities that are none leave the claim without a meaning."""
    found = [(_compiled(v)(point), _compiled(p)(point)) for v, p in outcomes]
    weights = [p for _, p in found]
    if any(mp.im(p) != 0 or mp.re(p) < 0 for p in weights) or abs(mp.fsum(weights) - 1) > mp.mpf(10) ** -20:
        raise UnansweredError("the probabilities of a law are none at this point")
    return found


def _discrete(law: Discrete, inner: Body, point: Point) -> Any:
    if not law.ranges:
        return mp.fsum(p * inner({**point, law.name: v}) for v, p in _pairs(law.outcomes, point))
    ranges = [(slot, _compiled(low), _compiled(high)) for slot, low, high in law.ranges]
    entries = [(place, _pairs(law.outcomes, there)) for there, place in places(ranges, point)]
    if len(law.outcomes) ** len(entries) > MOST_OUTCOMES:
        raise UnansweredError(f"{len(law.outcomes)}^{len(entries)} outcomes are too many")
    return mp.fsum(w * inner({**point, law.name: looked_up(table)}) for table, w in _tables(entries))


def _tables(entries: list[Any]) -> Iterator[tuple[dict[tuple[int, ...], Any], Any]]:
    if not entries:
        yield {}, mp.mpf(1)
        return
    (place, pairs), *rest = entries
    for table, weight in _tables(rest):
        for value, probability in pairs:
            yield {**table, place: value}, weight * probability


def _normal(law: Gaussian, inner: Body, point: Point) -> Any:
    if len(law.names) != 1:
        raise UnansweredError("the oracle takes one Gaussian variable at a time")
    (name,), center, spread = law.names, _compiled(law.mean[0])(point), _compiled(law.covariance[0, 0])(point)
    if mp.im(spread) != 0 or mp.re(spread) < 0:
        raise UnansweredError("the variance of a law is none at this point")
    return gaussian(lambda z: inner({**point, name: center + z}), spread)


def _path(law: MarkovPath, inner: Body, point: Point) -> Any:
    length = whole(_compiled(law.length)(point))
    if len(law.states) ** (length + 1) > MOST_OUTCOMES:
        raise UnansweredError("the paths are too many")
    states = [_compiled(s)(point) for s in law.states]
    start = [p for _, p in _pairs(law.initial, point)]
    rows = [_rows(law, point, t) for t in range(length)]

    def onward(path: list[int], weight: Any) -> Any:
        if len(path) == length + 1:
            table = {(t,): states[place] for t, place in enumerate(path)}
            return weight * inner({**point, law.family: looked_up(table)})
        step = rows[len(path) - 1][path[-1]]
        return mp.fsum(onward([*path, b], weight * step[b]) for b in range(len(states)))

    return mp.fsum(onward([a], p) for a, p in enumerate(start))


def _rows(law: MarkovPath, point: Point, time: int) -> list[list[Any]]:
    there = point if law.time is None else {**point, law.time: mp.mpf(time)}
    weighted = (tuple(zip(law.states, row, strict=True)) for row in law.transition.tolist())
    return [[p for _, p in _pairs(outcomes, there)] for outcomes in weighted]


OVER: dict[type, Callable[[Any, Body, Point], Any]] = {Discrete: _discrete, Gaussian: _normal, MarkovPath: _path}
