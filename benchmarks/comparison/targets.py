"""What the speed is meant to be, and whether it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.comparison.measurement import Measurement
from benchmarks.comparison.peers import HANDWRITTEN, LAMBDIFY, LAMBDIFY_CSE, NUMPY, C
from benchmarks.comparison.timing import Spread

LONG, SHORT = 1_000_000, 64
FLOOR = "the floor"
C_OVER_LAMBDIFY = {"one-array": 3.0, "TAP": 5.0, "arc-cosine": 8.0, "error-function": 8.0, "beta": 200.0}
"""How many times faster than lambdify C is to be at long arrays, by the first word of the formula's name."""
NUMPY_OVER_LAMBDIFY = {"beta": 20.0}
C_OVER_LAMBDIFY_SHORT = 3.0
NUMPY_OVER_CSE = 1.0
WITHIN_HAND = 1.2
WITHIN_FLOOR = 2.0
WARM_SECONDS, COLD_SECONDS = 5e-3, 200e-3


@dataclass(frozen=True, kw_only=True)
class Target:
    """A number that is to be at least, or at most, another one.

    Attributes
    ----------
    words
        What is compared.
    aim
        The bound.
    found
        What was measured.
    at_least
        Whether larger is better.
    reached
        What others reach of the same: C by hand, and a loop that does nothing but what the machine's floor counts.
    """

    words: str
    aim: float
    found: Spread
    at_least: bool
    reached: Mapping[str, Spread] = field(default_factory=dict[str, Spread])

    @property
    def is_met(self) -> bool:
        """By the median."""
        return self._is_met_by(self.found)

    @property
    def bound(self) -> str:
        """Who misses it, too: the floor, which nothing can pass; C by hand; or nobody."""
        found = [name for name in (FLOOR, HANDWRITTEN.name) if name in self.reached]
        return next((name for name in found if not self._is_met_by(self.reached[name])), "")

    def _is_met_by(self, spread: Spread) -> bool:
        return spread.median >= self.aim if self.at_least else spread.median <= self.aim


def targets(measurement: Measurement) -> list[Target]:
    """Those that apply to a formula and were measured."""
    word = measurement.subject.name.split()[0]
    wanted = [
        _faster(measurement, LONG, LAMBDIFY.name, C.name, C_OVER_LAMBDIFY.get(word)),
        _faster(measurement, SHORT, LAMBDIFY.name, C.name, C_OVER_LAMBDIFY_SHORT),
        _faster(measurement, LONG, LAMBDIFY.name, NUMPY.name, NUMPY_OVER_LAMBDIFY.get(word)),
        _faster(measurement, LONG, LAMBDIFY_CSE.name, NUMPY.name, NUMPY_OVER_CSE),
        _within("C over C by hand at 10^6", measurement.ratio(LONG, C.name, HANDWRITTEN.name), WITHIN_HAND),
        _within("C over the floor at 10^6", measurement.over_floor(LONG, C.name), WITHIN_FLOOR),
        _within(
            "seconds to lower to C, cold",
            measurement.cold.get(C.name),
            COLD_SECONDS,
            measurement.cold.get(HANDWRITTEN.name),
        ),
        _within("seconds to lower to C, warm", measurement.warm.get(C.name), WARM_SECONDS),
        _within("seconds to lower to NumPy", measurement.warm.get(NUMPY.name), WARM_SECONDS),
    ]
    return [target for target in wanted if target is not None]


def met(measurements: Sequence[Measurement]) -> tuple[int, int]:
    """How many targets are met, and of how many."""
    found = [t.is_met for m in measurements for t in targets(m)]
    return sum(found), len(found)


def missed(measurements: Sequence[Measurement]) -> dict[str, list[tuple[Measurement, Target]]]:
    """The others, by who misses them, too; those that nobody else does come last."""
    pairs = [(m, t) for m in measurements for t in targets(m) if not t.is_met]
    return {bound: [pair for pair in pairs if pair[1].bound == bound] for bound in (FLOOR, HANDWRITTEN.name, "")}


def _faster(measurement: Measurement, length: int, slower: str, faster: str, aim: float | None) -> Target | None:
    found = measurement.ratio(length, slower, faster)
    if aim is None or found is None:
        return None
    bounds = {HANDWRITTEN.name: measurement.ratio(length, slower, HANDWRITTEN.name)} if faster == C.name else {}
    bounds[FLOOR] = measurement.over_floor(length, slower)
    return Target(
        words=f"{slower} over {faster} at n = {length:,}",
        aim=aim,
        found=found,
        at_least=True,
        reached={name: spread for name, spread in bounds.items() if spread is not None},
    )


def _within(words: str, found: Spread | None, aim: float, by_hand: Spread | None = None) -> Target | None:
    if found is None:
        return None
    reached = {} if by_hand is None else {HANDWRITTEN.name: by_hand}
    return Target(words=words, aim=aim, found=found, at_least=False, reached=reached)
