"""Works of both directions of a protocol: their laws cross at the difference of free energies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from numerics.solvable.system import ContinuousWorkLaw, Direction
from saddlepoint.figures.style import MEASURED, PREDICTED, RIVAL, grid, save

if TYPE_CHECKING:
    from numerics.solvable.experiments import WorkSamples

FORWARD, REVERSE = MEASURED[-1], RIVAL
BINS, LEAST_COUNT = 60, 10
RANGE = (0.001, 0.999)
"""Shares of the works between which bins lie."""


def draw_work_histograms(samples: Sequence[WorkSamples], path: Path) -> None:
    """A column for each protocol: both histograms with the densities, and the logarithm of their ratio.

    Reverse works are negated. Error bars are one standard error of the counts. The ratio is shown where ten runs of
    each direction are expected: bins chosen by their own counts would favor ratios that noise draws to zero.
    """
    with grid(2, len(samples), 3.7, 2.6) as (figure, axes):
        for column, one in enumerate(samples):
            edges = _edges(one)
            _draw_laws(axes[0][column], one, edges)
            _draw_ratio(axes[1][column], one, edges)
            axes[0][column].set_title(one.name, fontsize=10)
        handles, labels = axes[0][0].get_legend_handles_labels()
        figure.legend(handles, labels, fontsize=8, loc="outside lower center", ncols=3)
        save(figure, path)


def _edges(one: WorkSamples) -> Any:
    low, high = np.quantile(np.concatenate([one.forward, -one.reverse]), RANGE)
    return np.linspace(low, high, BINS + 1)


def _draw_laws(axes: Any, one: WorkSamples, edges: Any) -> None:
    works = np.linspace(edges[0], edges[-1], 801)
    for sample, density, color, line, name in (
        (one.forward, _density(one, "forward")(works), FORWARD, "-", "forward"),
        (-one.reverse, _density(one, "reverse")(-works), REVERSE, "--", "reverse, negated"),
    ):
        counts, _ = np.histogram(sample, edges)
        heights = counts / (sample.size * np.diff(edges))
        axes.stairs(heights, edges, fill=True, color=color, alpha=0.25, label=f"{name}: sampled")
        axes.plot(works, density, line, color=color, lw=1.3, label=f"{name}: exact")
    axes.axvline(one.system.free_energy_difference, color=PREDICTED, lw=0.9, ls=":", label=r"exact $\Delta F$")
    axes.set(ylabel=r"density (1 / $k_B T$)", ylim=(0, None), xlim=(edges[0], edges[-1]))


def _density(one: WorkSamples, direction: Direction) -> Callable[[Any], Any]:
    law = one.system.work_law(direction)
    if not isinstance(law, ContinuousWorkLaw):
        raise TypeError(f"expected works that have a density; found {type(law).__name__} of the {one.name}")
    return law.density


def _draw_ratio(axes: Any, one: WorkSamples, edges: Any) -> None:
    ahead, back = np.histogram(one.forward, edges)[0], np.histogram(-one.reverse, edges)[0]
    expected = (
        one.forward.size * np.diff(one.system.work_law("forward").cumulative(edges)),
        -one.reverse.size * np.diff(one.system.work_law("reverse").cumulative(-edges)),
    )
    seen = (np.minimum(*expected) >= LEAST_COUNT) & (np.minimum(ahead, back) > 0)
    centers = (edges[1:] + edges[:-1])[seen] / 2
    ratio = np.log(ahead[seen] / one.forward.size) - np.log(back[seen] / one.reverse.size)
    error = np.sqrt(1 / ahead[seen] + 1 / back[seen])
    difference = one.system.free_energy_difference
    axes.plot(edges[[0, -1]], edges[[0, -1]] - difference, color=PREDICTED, lw=1.0, label=r"$W - \Delta F$")
    axes.errorbar(centers, ratio, yerr=error, fmt="o", ms=2.5, lw=0.9, color=MEASURED[1], label="sampled")
    axes.axhline(0, color=PREDICTED, lw=0.6, ls=":")
    axes.axvline(difference, color=PREDICTED, lw=0.9, ls=":")
    axes.set(
        xlabel=r"work $W$ ($k_B T$)",
        ylabel=r"$\ln\,[P_F(W)\,/\,P_R(-W)]$",
        xlim=(edges[0], edges[-1]),
        ylim=(1.25 * np.min(ratio - error), 1.25 * np.max(ratio + error)),
    )
    axes.legend(fontsize=8, loc="lower right")
