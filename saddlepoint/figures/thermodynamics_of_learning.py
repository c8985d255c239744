"""Spectra of G before and after training, and the extrema of two groups of eigenvalues."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from saddlepoint.figures.style import MEASURED, PREDICTED, RIVAL, panels, save

if TYPE_CHECKING:
    from numerics.learning.experiments import Branches, ExtremaCurve, TrainedSpectra

N_BINS = 60
COLORS = ("#08519c", "#238b45", "#d95f0e", "#6a51a3")
SHOWN = 6.0
"""The largest |log lambda| of the diagram."""


def draw_spectra(found: Sequence[TrainedSpectra], path: Path) -> None:
    """A panel for each architecture: eigenvalues of log G for each network, before and after training.

    Those that are 0 whatever the weights are left out; the traces are over one network, averaged.
    """
    with panels(len(found), width=4.0, height=3.4) as (figure, axes):
        low = min(min(one.untrained.min(), one.trained.min()) for one in found)
        high = max(max(one.untrained.max(), one.trained.max()) for one in found)
        edges = np.linspace(low, high, N_BINS + 1)
        for place, one in zip(axes, found, strict=True):
            _draw_spectrum(place, one, edges)
            sizes = "-".join(map(str, one.layer_sizes))
            place.set_title(f"{one.name}: {sizes}", fontsize=10)
        axes[0].set_ylabel("eigenvalues in a bin, for each network")
        figure.suptitle(r"Spectrum of $\log G$ of tanh networks before and after training on digits", fontsize=11)
        save(figure, path)


def _draw_spectrum(axes: Any, one: TrainedSpectra, edges: Any) -> None:
    for values, color, name, error in (
        (one.untrained, "0.55", "untrained", one.errors[0]),
        (one.trained, COLORS[0], f"after {one.epochs} epochs", one.errors[1]),
    ):
        counts, _ = np.histogram(values, edges)
        second, third = (np.mean(np.sum(values**power, axis=1)) for power in (2, 3))
        label = (
            f"{name}: error {error:.2g},\n"
            rf"Tr$(\log G)^2$ = {second:.0f}, Tr$(\log G)^3$ = {_signed(third)}"
        )
        axes.stairs(counts / len(values), edges, fill=name == "untrained", color=color, alpha=0.9, lw=1.2, label=label)
    axes.axvline(0, color=PREDICTED, lw=0.7, ls=":")
    axes.set(xlabel=r"$\log \lambda$", ylim=(0, 1.55 * axes.get_ylim()[1]))
    axes.legend(fontsize=7.5, loc="upper left")


def _signed(value: float) -> str:
    return f"{value:.0f}".replace("-", "\N{MINUS SIGN}")


def draw_extrema(found: Sequence[Sequence[ExtremaCurve]], path: Path) -> None:
    """A panel for each fraction: -Delta F against log lambda at some temperatures, all extrema, and the printed one."""
    with panels(len(found), width=3.5, height=3.5) as (figure, axes):
        for place, curves in zip(axes, found, strict=True):
            for color, one in zip(COLORS, curves, strict=False):
                _draw_curve(place, one, color)
            place.set_title(rf"$\gamma$ = {curves[0].fraction}", fontsize=10)
            place.set(xlabel=r"$\log \lambda$", ylim=(0, 1.06 * max(c.values.max() for c in curves)))
        axes[0].set_ylabel(r"$-\Delta F$, $N = 854$")
        _legend(figure, found[0])
        figure.suptitle(
            r"Minus the Laplacian of the free energy where a fraction $\gamma$ of the eigenvalues of $G$ is $\lambda$",
            fontsize=11,
        )
        save(figure, path)


def _draw_curve(axes: Any, one: ExtremaCurve, color: str) -> None:
    axes.plot(one.log_eigenvalues, one.values, color=color, lw=1.2)
    for extremum, height in zip(one.extrema, one.at_extrema, strict=True):
        face = {"minimum": "white", "maximum": color, "inflection": "0.75"}[extremum.kind]
        axes.plot(extremum.log_eigenvalue, height, "o", ms=5.5, mec=color, mfc=face, zorder=3)
    axes.plot(one.printed, one.at_printed, "x", color=RIVAL, ms=6.5, mew=1.4, zorder=4)


def _legend(figure: Any, curves: Sequence[ExtremaCurve]) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], color=color, lw=1.2, label=rf"$\beta$ = {one.inverse_temperature:g}")
        for color, one in zip(COLORS, curves, strict=False)
    ]
    look: dict[str, Any] = {"ls": "none", "marker": "o", "ms": 5.5, "mec": PREDICTED}
    handles += [
        Line2D([], [], mfc=face, label=kind, **look)
        for kind, face in (("minimum", "white"), ("maximum", PREDICTED), ("inflection", "0.75"))
    ]
    handles.append(
        Line2D([], [], ls="none", marker="x", color=RIVAL, ms=6.5, mew=1.4, label="Vanchurin (2020), eq. (9.4)")
    )
    figure.legend(handles=handles, fontsize=8, loc="outside lower center", ncols=8, columnspacing=1.2)


def draw_branches(found: Sequence[Branches], path: Path) -> None:
    """A panel for each fraction: log lambda of the extrema against the inverse temperature, and (9.4)."""
    with panels(len(found), width=2.9, height=3.4) as (figure, axes):
        for place, one in zip(axes, found, strict=True):
            _draw_branches(place, one)
        axes[0].set_ylabel(r"$\log \lambda$ of an extremum")
        figure.suptitle(
            r"Extrema of $-\Delta F$ where a fraction $\gamma$ of the eigenvalues of $G$ is $\lambda$", fontsize=11
        )
        figure.legend(*axes[0].get_legend_handles_labels(), fontsize=8, loc="outside lower center", ncols=3)
        save(figure, path)


def _draw_branches(axes: Any, one: Branches) -> None:
    largest = float(one.printed_temperatures[-1])
    for minima, style, name in ((True, "-", "minimum"), (False, "--", "maximum")):
        kept = np.where(one.minima == minima, one.log_eigenvalues, np.nan)
        axes.plot(one.inverse_temperatures, kept, style, color=MEASURED[-1], lw=1.4, label=name)
    axes.plot([0, 0.5], [0, 0], "--", color=MEASURED[-1], lw=1.4)
    axes.plot([0.5, largest], [0, 0], "-", color=MEASURED[-1], lw=1.4)
    axes.plot(one.printed_temperatures, one.printed, ":", color=RIVAL, lw=1.3, label="Vanchurin (2020), eq. (9.4)")
    axes.set(xlim=(0, largest), ylim=(-SHOWN, SHOWN), xlabel=r"$\beta$")
    axes.set_title(rf"$\gamma$ = {one.fraction}", fontsize=10)
