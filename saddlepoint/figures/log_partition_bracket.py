"""Bounds of log Z from forward and reverse annealing against the number of temperatures, where log Z is known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from saddlepoint.figures.style import MEASURED, PREDICTED, RIVAL, panels, save

if TYPE_CHECKING:
    from numerics.solvable.experiments import Bracket

LOWER, UPPER, BOTH = MEASURED[1], RIVAL, PREDICTED
APART = 1.09
"""Between markers of one number of temperatures, as a factor."""


def draw_bracket(brackets: Sequence[Bracket], path: Path) -> None:
    """Left: estimates of log Z less its exact value. Right: dissipated works, half the variance, and the error bar.

    Error bars are one standard error over the chains; open markers are estimates that are called unreliable.
    """
    with panels(2, width=3.7, height=3.5) as (figure, (left, right)):
        _draw_estimates(left, brackets)
        _draw_dissipation(right, brackets)
        for axes in (left, right):
            axes.set(xscale="log", xlabel="number of temperatures")
            axes.legend(fontsize=7.5, loc="upper right")
        save(figure, path)


def _draw_estimates(axes: Any, brackets: Sequence[Bracket]) -> None:
    steps = np.array([b.n_temperatures for b in brackets])
    lower, upper = (_with_errors(brackets, d) for d in ("forward", "reverse"))
    axes.axhline(0, color=PREDICTED, lw=0.8, ls=":")
    axes.fill_between(steps, -lower[0], upper[0], color="0.93", lw=0)
    axes.errorbar(steps, upper[0], yerr=upper[1], fmt="v", ms=5, lw=1.0, color=UPPER, label="upper bound (reverse)")
    both = np.array([b.found.log_partition - b.exact for b in brackets])
    errors = np.array([b.found.standard_error for b in brackets])
    for kept, face, label in ((True, BOTH, "acceptance ratio"), (False, "white", "the same, unreliable")):
        chosen = np.array([b.found.reliable == kept for b in brackets])
        if chosen.any():
            look: dict[str, Any] = {"fmt": "o", "ms": 4, "lw": 1.0, "color": BOTH, "mfc": face, "zorder": 3}
            axes.errorbar(steps[chosen], both[chosen], yerr=errors[chosen], **look, label=label)
    axes.errorbar(steps, -lower[0], yerr=lower[1], fmt="^", ms=5, lw=1.0, color=LOWER, label="lower bound (forward)")
    axes.set(ylabel=r"estimate of $\log Z$, less the exact one")


def _draw_dissipation(axes: Any, brackets: Sequence[Bracket]) -> None:
    """Means that noise makes negative are left out."""
    steps = np.array([b.n_temperatures for b in brackets])
    error_bars = np.array([b.found.standard_error for b in brackets])
    least = error_bars.min()
    for direction, marker, style, color, shift in (
        ("reverse", "v", "--", UPPER, APART),
        ("forward", "^", "-", LOWER, 1 / APART),
    ):
        mean, error = _with_errors(brackets, direction)
        positive = mean > 0
        bars = [np.minimum(error, 0.999 * mean)[positive], error[positive]]
        look: dict[str, Any] = {"fmt": marker, "ms": 5, "lw": 1.0, "color": color}
        axes.errorbar(
            steps[positive] * shift, mean[positive], yerr=bars, **look, label=f"mean dissipated work, {direction}"
        )
        half = np.array([np.var(_works(b, direction), ddof=1) / 2 for b in brackets])
        axes.plot(steps, half, style, color=color, lw=1.0, label=f"half the variance, {direction}")
        least = min(least, half.min())
    axes.plot(steps, error_bars, "o:", ms=4, lw=1.0, color=BOTH, label="error bar, acceptance ratio")
    axes.set(yscale="log", ylabel=r"energy ($k_B T$)")
    axes.set_ylim(least / 4, 4 * axes.get_ylim()[1])


def _with_errors(brackets: Sequence[Bracket], direction: str) -> tuple[Any, Any]:
    """Mean dissipated works, and their standard errors."""
    sign = 1 if direction == "forward" else -1
    known = np.array([sign * (b.exact - b.found.base_log_partition) for b in brackets])
    works = [_works(b, direction) for b in brackets]
    mean = np.array([w.mean() for w in works]) + known
    return mean, np.array([w.std(ddof=1) / np.sqrt(w.size) for w in works])


def _works(bracket: Bracket, direction: str) -> Any:
    both = bracket.found.combined
    return both.work if direction == "forward" else both.reverse_work
