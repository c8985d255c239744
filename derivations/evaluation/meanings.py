"""What the nodes of ``theory`` mean to the oracles: from their definitions, not from the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any

from mpmath import mp

from derivations.oracles.evaluated import Meaning, Value, kinks
from derivations.oracles.summation import UnansweredError, integrated, summed, whole
from theory.averages import ConfigurationSum, GaussianMean
from theory.sums import Inside, Sigma

MOST_SPINS = 10


def _sigma(node: Any, compiled: Callable[[Any], Value]) -> Value:
    body, low, high = (compiled(part) for part in (node.summand, node.lower, node.upper))
    index = node.index

    def value(point: Any) -> Any:
        first, last = low(point), high(point)
        if last < first:
            return mp.mpf(0)
        return summed(lambda n: body({**point, index: n}), first, last)

    return value


def _inside(node: Any, compiled: Callable[[Any], Value]) -> Value:
    index, low, high = (compiled(a) for a in node.args)
    return lambda point: mp.mpf(1 if low(point) <= index(point) <= high(point) else 0)


def places(ranges: list[tuple[Any, Value, Value]], point: Any) -> Iterator[tuple[dict[Any, Any], tuple[int, ...]]]:
    """The places of a family with the slots put into the point, the first slot outermost."""
    if not ranges:
        yield point, ()
        return
    (slot, low, high), *rest = ranges
    for n in range(whole(low(point)), whole(high(point)) + 1):
        for inner, tail in places(rest, {**point, slot: mp.mpf(n)}):
            yield inner, (n, *tail)


def _ranges(node: Any, compiled: Callable[[Any], Value]) -> list[tuple[Any, Value, Value]]:
    return [(r.args[0], compiled(r.args[1]), compiled(r.args[2])) for r in node.ranges]


def looked_up(table: dict[tuple[int, ...], Any]) -> Callable[..., Any]:
    """A family as a function of its indices."""
    return lambda *indices: table[tuple(int(i) for i in indices)]


def _configurations(node: Any, compiled: Callable[[Any], Value]) -> Value:
    body, ranges, family = compiled(node.body), _ranges(node, compiled), node.family

    def value(point: Any) -> Any:
        spins = [place for _, place in places(ranges, dict(point))]
        if len(spins) > MOST_SPINS:
            raise UnansweredError(f"2^{len(spins)} configurations are too many")
        total = mp.mpf(0)
        for values in product((1, -1), repeat=len(spins)):
            table = {place: mp.mpf(s) for place, s in zip(spins, values, strict=True)}
            total += body({**point, family: looked_up(table)})
        return total

    return value


def _mean(node: Any, compiled: Callable[[Any], Value]) -> Value:
    body, variance, family = compiled(node.body), compiled(node.variance), node.family
    if not node.ranges:
        kinked = kinks(node.body, family, compiled)
        return lambda point: gaussian(lambda z: body({**point, family: z}), variance(point), kinked(point))
    ranges = _ranges(node, compiled)

    def value(point: Any) -> Any:
        entries = [(place, variance(inner)) for inner, place in places(ranges, dict(point))]

        def averaged(rest: list[Any], table: dict[tuple[int, ...], Any]) -> Any:
            if not rest:
                return body({**point, family: looked_up(table)})
            (place, spread), *others = rest
            return gaussian(lambda z: averaged(others, {**table, place: z}), spread)

        return averaged(entries, {})

    return value


def gaussian(function: Callable[[Any], Any], variance: Any, kinked: Sequence[Any] = ()) -> Any:
    """The mean over one centered Gaussian variable; along the imaginary axis for a negative variance."""
    if variance == 0:
        return function(mp.mpf(0))
    scale = mp.sqrt(variance)
    weighted = lambda x: function(scale * x) * mp.exp(-x * x / 2)  # noqa: E731
    return integrated(weighted, -mp.inf, mp.inf, [mp.re(p / scale) for p in kinked]) / mp.sqrt(2 * mp.pi)


MEANINGS: dict[type, Meaning] = {
    Sigma: _sigma,
    Inside: _inside,
    ConfigurationSum: _configurations,
    GaussianMean: _mean,
}
