"""Bias, standard deviation and reliability of free energies against the mean dissipated work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from saddlepoint.figures.style import MEASURED, PREDICTED, RIVAL, panels, save

if TYPE_CHECKING:
    from numerics.solvable.estimator_errors import SampledErrors
    from numerics.solvable.experiments import Dissipation

KINDS = (
    ("exponential", "exponential average", RIVAL, "o"),
    ("acceptance", "acceptance ratio", MEASURED[-1], "s"),
)
SMALL_BIAS = 0.01
"""In k_B T: below it the scale is linear."""


def draw_estimator_errors(found: Dissipation, path: Path) -> None:
    """Three panels: bias, standard deviation beside the error bars that estimates report, share called reliable.

    Both estimators spend the same number of runs. Lines are of leading order in its inverse; error bars are one
    standard error over the repeated samples.
    """
    with panels(3, width=3.2, height=3.4) as (figure, (bias, deviation, reliable)):
        for kind, label, color, marker in KINDS:
            look: dict[str, Any] = {"color": color, "marker": marker, "ms": 4, "lw": 0, "elinewidth": 0.9}
            _draw_errors(bias, found, kind, "bias", **look)
            _draw_errors(deviation, found, kind, "deviation", **look, label=label)
            dissipated, estimates = _sampled(found, kind)
            deviation.plot(dissipated, [e.reported for e in estimates], "--", color=color, lw=1.0)
            reliable.plot(dissipated, [e.reliable for e in estimates], ":", marker=marker, ms=4, lw=0.8, color=color)
        for style, label in (("-", "leading order"), ("--", "error bar reported")):
            deviation.plot([], [], style, color=PREDICTED, lw=1.0, label=label)
        _scale(bias, deviation, reliable, found)
        runs = found.sampled[0].n_samples
        figure.suptitle(f"{runs} runs: all forward, or half of them in each direction", fontsize=10)
        figure.legend(*deviation.get_legend_handles_labels(), fontsize=8, loc="outside lower center", ncols=4)
        save(figure, path)


def _sampled(found: Dissipation, kind: str) -> tuple[list[float], list[SampledErrors]]:
    return [c.mean_dissipated_work for c in found.sampled], [getattr(c, kind) for c in found.sampled]


def _draw_errors(axes: Any, found: Dissipation, kind: str, name: str, **look: Any) -> None:
    """What was sampled, and the line of leading order."""
    dissipated, estimates = _sampled(found, kind)
    values, errors = ([getattr(e, field) for e in estimates] for field in (name, f"{name}_error"))
    axes.errorbar(dissipated, values, yerr=errors, **look)
    axes.plot(found.dissipated_works, [getattr(e, name) for e in getattr(found, kind)], color=look["color"], lw=1.0)


def _scale(bias: Any, deviation: Any, reliable: Any, found: Dissipation) -> None:
    """Somewhat more than what was sampled: the leading order leaves it."""
    bias.axhline(0, color=PREDICTED, lw=0.6, ls=":")
    bias.set_yscale("symlog", linthresh=SMALL_BIAS, linscale=0.6)
    ends = [(e.bias - e.bias_error, e.bias + e.bias_error) for kind, *_ in KINDS for e in _sampled(found, kind)[1]]
    bias.set(ylabel=r"bias of $\Delta F$ ($k_B T$)", ylim=(1.5 * min(0, *np.min(ends, axis=0)), 1.5 * np.max(ends)))
    spreads = [e.deviation for kind, *_ in KINDS for e in _sampled(found, kind)[1]]
    deviation.set(ylabel=r"standard deviation of $\Delta F$ ($k_B T$)", yscale="log")
    deviation.set_ylim(min(spreads) / 2, 2 * max(spreads))
    reliable.set(ylabel="share called reliable", ylim=(-0.03, 1.03))
    for axes in (bias, deviation, reliable):
        axes.set(xscale="log", xlabel=r"mean dissipated work ($k_B T$)")
