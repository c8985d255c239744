"""Measurements as a table to read, and as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.comparison.measurement import Measurement, bytes_per_element
from benchmarks.comparison.peers import HANDWRITTEN, NUMPY, C
from benchmarks.comparison.targets import FLOOR, Target, met, missed, targets
from benchmarks.comparison.timing import Spread

REASONS = {
    FLOOR: "out of reach here, since the floor itself misses them",
    HANDWRITTEN.name: "missed by C by hand, too",
    "": "missed",
}


def lines(measurement: Measurement) -> Iterator[str]:
    """The block of one formula."""
    subject = measurement.subject
    counted = ", ".join(f"{number} {name}" for name, number in measurement.operations.items())
    moved = f"{bytes_per_element(subject)} bytes"
    yield f"{subject.name} ({subject.origin}): an element takes {moved}; {counted or 'operations not counted'}"
    for name, why in measurement.missing.items():
        yield f"  {name}: left out, {why}"
    yield "  milliseconds until the first value: " + "; ".join(_until_first(measurement))
    yield f"  {'':>9}  {'':<17}{'us a call':>12}   over {C.name:<22}over {NUMPY.name:<18}over the floor"
    for length in measurement.times:
        yield from _rows(measurement, length)
    if measurement.floors:
        yield "  " + _rates(measurement)
    for target in targets(measurement):
        yield "  " + _verdict(target)


def summary(measurements: Sequence[Measurement], stated: Sequence[str]) -> Iterator[str]:
    """The last lines."""
    yield "targets met: {} of {}".format(*met(measurements))
    for bound, pairs in missed(measurements).items():
        if pairs:
            yield f"  {REASONS[bound]}: {len(pairs)}"
        yield from (f"    {m.subject.name}: {_verdict(t)}" for m, t in pairs)
    yield f"stated, until a derivation reaches them: {', '.join(stated) or 'none'}"


def data(measurement: Measurement) -> dict[str, Any]:
    """All of it, for JSON; times in seconds."""
    subject = measurement.subject
    return {
        "name": subject.name,
        "origin": subject.origin,
        "bytes_per_element": bytes_per_element(subject),
        "operations": dict(measurement.operations),
        "missing": dict(measurement.missing),
        "cold": {name: asdict(spread) for name, spread in measurement.cold.items()},
        "warm": {name: asdict(spread) for name, spread in measurement.warm.items()},
        "times": {str(n): {p: list(t) for p, t in row.items()} for n, row in measurement.times.items()},
        "floors": {str(n): asdict(floor) for n, floor in measurement.floors.items()},
        "targets": [{**asdict(t), "is_met": t.is_met} for t in targets(measurement)],
    }


def _until_first(measurement: Measurement) -> Iterator[str]:
    for name, spread in measurement.cold.items():
        again = measurement.warm.get(name)
        yield f"{name} {1e3 * spread.median:.1f}" + (f" (again {1e3 * again.median:.1f})" if again else "")


def _rows(measurement: Measurement, length: int) -> Iterator[str]:
    for name, times in measurement.times[length].items():
        over = [_ratio(measurement.ratio(length, name, ours)) for ours in (C.name, NUMPY.name)]
        least = _ratio(measurement.over_floor(length, name))
        yield f"  {length:>9,}  {name:<17}{1e6 * Spread.of(times).median:>12.1f}   {over[0]:<27}{over[1]:<23}{least}"
    if length in measurement.floors:
        bound = measurement.floors[length]
        yield f"  {length:>9,}  {'floor: ' + bound.part:<17}{1e6 * bound.seconds:>12.1f}"


def _rates(measurement: Measurement) -> str:
    copies = ", ".join(f"{1e-9 * f.bandwidth:.3g} GB/s at n = {n:,}" for n, f in measurement.floors.items())
    rates = next(iter(measurement.floors.values())).rates
    listed = ", ".join(f"{1e9 * seconds:.2g} {name}" for name, seconds in rates.items())
    return f"this machine copies {copies}; in its first-level cache an element takes, in ns: {listed}"


def _ratio(spread: Spread | None) -> str:
    return "-" if spread is None else f"{spread.median:.3g} ({spread.lower:.3g} to {spread.upper:.3g})"


def _verdict(target: Target) -> str:
    bound = "at least" if target.at_least else "at most"
    found = _ratio(target.found)
    verdict = f"{target.words}: {found}, aim {bound} {target.aim:g}: {'met' if target.is_met else 'MISSED'}"
    others = "; ".join(f"{name} reaches {spread.median:.3g}" for name, spread in target.reached.items())
    return verdict if target.is_met or not others else f"{verdict} ({others})"
