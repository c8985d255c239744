"""Stretches of integration, each taken with more and more nodes until its own estimate is small enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.quadrature.estimates import Doubles, Estimate
from numerics.quadrature.rules import Rule, half_line_rule, interval_rule, window_rule
from numerics.quadrature.spectrum import EPSILON, estimate, observed

# Samples at a time: the temporaries of an integrand then stay in the second-level cache.
BLOCK = 32768

SIZES = (64, 96, 144, 216, 324, 486, 729, 1094, 1640, 2460)
"""Nodes of the rules of a ladder."""
WINDOW, INTERVAL, UPWARD, DOWNWARD = range(4)
"""Kinds of stretches: see `Stretches`."""

Samples = tuple[Doubles, Doubles | None]
Integrand = Callable[[Any, Doubles], Samples]
"""Values at the points of given numbers and at places, shape (n, n_samples) or (1, n_samples); and errors, if any."""


@dataclass(frozen=True, kw_only=True)
class Stretches:
    """Pieces of the lines that are integrated over.

    Attributes
    ----------
    owner
        The number of the point that each belongs to, shape (n_stretches,).
    low, high
        Ends, shape (n_stretches,); the missing one of a half-line is not looked at.
    kind
        ``WINDOW`` where the integrand is negligible at both ends, ``INTERVAL`` where it need not be, ``UPWARD`` from
        the lower end to infinity, ``DOWNWARD`` from minus infinity to the higher end; shape (n_stretches,).
    """

    owner: np.ndarray[Any, np.dtype[np.intp]]
    low: Doubles
    high: Doubles
    kind: np.ndarray[Any, np.dtype[np.intp]]

    def at(self, places: Any) -> Stretches:
        """Some of them."""
        return Stretches(owner=self.owner[places], low=self.low[places], high=self.high[places], kind=self.kind[places])


def ladders() -> tuple[tuple[Rule, ...], ...]:
    """The rules for each kind of stretch."""
    return (
        tuple(window_rule(n) for n in SIZES),
        tuple(interval_rule(n) for n in SIZES),
        tuple(half_line_rule(n, 1) for n in SIZES),
        tuple(half_line_rule(n, -1) for n in SIZES),
    )


def climbed(
    rules: Sequence[Sequence[Rule]],
    integrand: Integrand,
    stretches: Stretches,
    tolerance: float,
    first: Any = 0,
    rungs: int = 1,
    smooth: bool = True,
) -> Estimate:
    """The integral over each stretch.

    Parameters
    ----------
    rules
        For each kind of stretch a ladder of rules, each with more nodes than the one before.
    integrand
        A vectorized integrand.
    stretches
        In any order.
    tolerance
        The error wanted in all stretches of a point together, relative to the integral of the absolute value.
    first
        The rung that a stretch begins with, one for all or one for each.
    rungs
        How many it is taken up at a time.
    smooth
        Whether the integrand is known to be smooth inside stretches; if not, errors are taken to fall slowly.
    """
    owner = stretches.owner
    found = Estimate.empty(len(owner))
    share = tolerance / np.maximum(1, np.bincount(owner))
    top = len(rules[0]) - 1
    due = np.minimum(first, top) + np.zeros(len(owner), dtype=np.intp)
    for level in range(top + 1):
        now = due == level
        if not now.any():
            continue
        for kind in np.unique(stretches.kind[now]):
            places = np.flatnonzero(now & (stretches.kind == kind))
            _improve(found, places, over(rules[kind][level], integrand, stretches.at(places), smooth))
        scale = np.bincount(owner, found.scale)
        failed = now & ~(found.error <= share[owner] * scale[owner])
        # From the last rung but one it is taken to the last.
        due[failed] = max(level + 1, min(level + rungs, top))
    return found


def together(found: Estimate, owner: Any, n_points: int) -> Estimate:
    """The sums over the stretches of each point."""
    value, error, scale = (_per_owner(column, owner, n_points) for column in (found.value, found.error, found.scale))
    return Estimate(value=value, error=error, scale=scale)


def _per_owner(column: Doubles, owner: Any, n_points: int) -> Doubles:
    total = np.zeros(n_points)
    np.add.at(total, owner, column)
    return total


def _improve(found: Estimate, places: Any, newer: Estimate) -> None:
    """Take the newer estimates, unless they say less."""
    better = newer.error <= found.error[places]
    found.update(places[better], newer.at(better))


def over(rule: Rule, integrand: Integrand, stretches: Stretches, smooth: bool = True) -> Estimate:
    """The integral over each stretch by one rule, a block at a time; see `climbed`."""
    n_stretches = len(stretches.owner)
    rows, errors = np.empty((rule.matrix.shape[1] + 1, n_stretches)), np.zeros(n_stretches)
    length = stretches.high - stretches.low if rule.stretched else np.ones(n_stretches)
    count = max(1, BLOCK // rule.n_samples)
    with np.errstate(all="ignore"):  # what is not finite is refused later
        for start in range(0, n_stretches, count):
            part = slice(start, start + count)
            rows[:, part], errors[part] = _block(rule, integrand, stretches.at(part), length[part])
        found = estimate(rows, smooth)
        return Estimate(value=found.value * length, error=found.error * length + errors, scale=found.scale * length)


def _block(rule: Rule, integrand: Integrand, stretches: Stretches, length: Doubles) -> tuple[Doubles, Any]:
    """What is observed of the samples, and what their errors and those of their places amount to."""
    places = rule.place(stretches.low[:, None], stretches.high[:, None])
    values, errors = integrand(stretches.owner, places)
    shape = (len(length), rule.n_samples)
    values = values if values.shape == shape else np.broadcast_to(values, shape)
    inherited: Any = 0.0 if errors is None else length * (np.abs(errors) @ np.abs(rule.matrix[:, 0]))
    if not rule.weighs:
        # Places are rounded: beside a steep place that costs what the integrand rises there.
        inherited = inherited + EPSILON * np.abs(places * values).max(axis=1) / 2
    return observed(values, rule.matrix), inherited
