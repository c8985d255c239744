"""Short protocols with exact numbers, handed to the oracle of a Gaussian path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.oracles.gaussian_path import path_transform
from theory.models import driven_oscillator as model

MOST_CHANGES = 3
STIFFNESSES = tuple(sp.symbols(f"k_0:{MOST_CHANGES + 1}", positive=True))
CENTERS = tuple(sp.symbols(f"c_0:{MOST_CHANGES + 1}", real=True))
EXPONENT = sp.Symbol("exponent", real=True)
TRAPS = (
    ((1, 3), (0, 2)),
    ((5, 2), (1, Fraction(1, 3))),
    ((1, 2, 7), (0, 1, -1)),
    ((3, Fraction(5, 2), 2), (Fraction(2, 7), 0, 1)),
    ((3, 1, 2, Fraction(7, 5)), (0, 1, Fraction(1, 2), 2)),
    ((Fraction(2, 3), 1, 4, 2), (1, 1, -1, Fraction(3, 5))),
)
"""Stiffnesses and centers, one for each value of the schedule."""
CHOICES = ((Fraction(2, 5), Fraction(1)), (Fraction(3, 7), Fraction(1, 3)), (Fraction(1, 9), Fraction(-1, 11)))
"""The share retained and the power."""


def path_terms(work: Any, motion: Any) -> Callable[[], Evidence]:
    """Compare the maps of a step, one after another, with the integral over all positions of the path."""

    def examine() -> Evidence:
        found = [_of_paths(work, motion, changes) for changes in range(1, MOST_CHANGES + 1)]
        return next((e for e in found if e.outcome != "agrees"), _all_of(found))

    return examine


def _of_paths(work: Any, motion: Any, changes: int) -> Evidence:
    return against_oracle("integral over the whole path", _squared(work, motion, changes), lambda: _instances(changes))


def _all_of(found: list[Evidence]) -> Evidence:
    return replace(
        found[0],
        points=sum(e.points for e in found),
        digits=min(e.digits for e in found),
        seconds=sum(e.seconds for e in found),
        instances=tuple(label for e in found for label in e.instances),
    )


def _squared(work: Any, motion: Any, changes: int) -> Any:
    """The square of the mean of exp(-s W), without the exponent that the oracle gives by itself."""
    mean, precision, total = CENTERS[0], STIFFNESSES[0], sp.S.Zero
    for t in range(changes):
        trap = {
            model.stiffness: STIFFNESSES[t],
            model.center: CENTERS[t],
            model.next_stiffness: STIFFNESSES[t + 1],
            model.next_center: CENTERS[t + 1],
        }
        mass, mean, precision = (e.xreplace({**trap, model.mean: mean, model.precision: precision}) for e in work)
        total += mass
        after = {**trap, model.mean: mean, model.next_precision: precision}
        _, mean, precision = (e.xreplace(after) for e in motion)
    return sp.exp(2 * (total - EXPONENT))


def _instances(changes: int) -> Iterator[Instance]:
    for stiffnesses, centers in TRAPS:
        if len(stiffnesses) != changes + 1:
            continue
        for retained, power in CHOICES:
            numbers = [Fraction(k) for k in stiffnesses], [Fraction(c) for c in centers]
            ratio, exponent = path_transform(*numbers, retained, power)
            values: dict[Any, Any] = {model.retained: retained, model.power: power, EXPONENT: exponent}
            values |= dict(zip(STIFFNESSES, numbers[0], strict=False)) | dict(zip(CENTERS, numbers[1], strict=False))
            label = f"k = {_row(stiffnesses)}, c = {_row(centers)}, a = {retained}, s = {power}"
            yield Instance(values=values, low=ratio, high=ratio, label=label)


def _row(numbers: tuple[Any, ...]) -> str:
    return "(" + ", ".join(map(str, numbers)) + ")"
