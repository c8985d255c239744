"""Errors of the schemes for both evolutions against steps and spacings, and what long runs do not conserve."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from saddlepoint.figures.style import MEASURED, PREDICTED, RIVAL, panels, save

if TYPE_CHECKING:
    from numerics.evolution.convergence import Convergence, Convergences

DIFFUSED, WAVE = (MEASURED[-1], MEASURED[1], MEASURED[0]), (RIVAL, "#ef8a62", "#fddbc7")
MARKERS = "osD"
LEAST = 1e-17
"""Drawn in place of a deviation of 0."""


def draw_convergence(found: Convergences, path: Path) -> None:
    """Three panels: errors over time steps, over spacings, and deviations over time.

    An error is int |p - exact| at time 1. Dotted lines show the order that a scheme should have, through its first
    error.
    """
    with panels(3, width=3.7, height=3.9) as (figure, (steps, spacings, kept)):
        _draw_errors(steps, [c for c in found.errors if c.of_time], "lower right")
        _draw_errors(spacings, [c for c in found.errors if not c.of_time], "center left")
        steps.set(xlabel="time step", ylabel=r"error $\int |p - p_{\mathrm{exact}}|$ at $t = 1$")
        spacings.set(xlabel="spacing")
        for color, line, one in zip(_colors(len(found.conservation)), "-----:", found.conservation, strict=False):
            kept.plot(one.times, np.maximum(one.deviations, LEAST), line, color=color, lw=1.1, label=one.name)
        kept.set(xlabel="time", ylabel="relative deviation", yscale="log", xscale="log", ylim=(LEAST, 1))
        kept.legend(fontsize=7, loc="center left", bbox_to_anchor=(0.0, 0.55))
        save(figure, path)


def _colors(count: int) -> list[str]:
    return [WAVE[0], WAVE[1], MEASURED[-1], MEASURED[1], PREDICTED, "#5aae61"][:count]


def _draw_errors(axes: Any, cases: list[Convergence], place_of_legend: str) -> None:
    used = {"diffusion": 0, "wave": 0}
    for one in cases:
        kind = one.name.split(",")[0]
        place = used[kind]
        used[kind] += 1
        color = (DIFFUSED if kind == "diffusion" else WAVE)[place]
        axes.plot(one.sizes, one.errors, "-", marker=MARKERS[place], ms=4, lw=1.0, color=color, label=one.name)
        if one.order is not None:
            # From the largest error on, where neither rounding nor the other size counts.
            ideal = one.errors[0] * (one.sizes[:3] / one.sizes[0]) ** one.order
            axes.plot(one.sizes[:3], ideal, ":", color=PREDICTED, lw=0.9)
    axes.plot([], [], ":", color=PREDICTED, lw=0.9, label="order of the scheme")
    axes.set(xscale="log", yscale="log")
    axes.legend(fontsize=7, loc=place_of_legend)
