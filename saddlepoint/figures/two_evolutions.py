"""One density evolved by diffusion and as a wave: where they part, how fast, and what foretells it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from saddlepoint.figures.style import MEASURED, PREDICTED, RIVAL, grid, save

if TYPE_CHECKING:
    from numerics.evolution.phase_scales import PhaseScales

SHOWN = 8
"""Of the times of the histories, for the densities."""
NEAR = 5.0
"""The densities are shown up to there."""


def draw_two_evolutions(found: PhaseScales, path: Path) -> None:
    """Six panels: densities, distances over time, over the phase's scale, constraints, and differences in the plane."""
    with grid(2, 3, 3.7, 3.1) as (figure, ((densities, distances, scaled), (constraints, measured, predicted))):
        _draw_densities(densities, found)
        _draw_distances(distances, found)
        _draw_scales(scaled, found)
        _draw_constraints(constraints, found)
        _draw_plane(measured, predicted, found, figure)
        save(figure, path)


def _draw_densities(axes: Any, found: PhaseScales) -> None:
    (still, *_, strong) = found.histories.values()
    (x,) = still.wave.grid.points
    axes.plot(x, still.wave.densities[0], ":", color=PREDICTED, lw=1.1, label="both at $t = 0$")
    axes.plot(x, still.diffused.densities[SHOWN], color=MEASURED[-1], lw=1.4, label="diffused")
    axes.plot(x, still.wave.densities[SHOWN], color=RIVAL, lw=1.4, label="wave, no phase")
    axes.plot(
        x, strong.wave.densities[SHOWN], "--", color="#ef8a62", lw=1.2, label=f"wave, $g = {list(found.histories)[-1]}$"
    )
    axes.set(
        xlim=(-NEAR, NEAR),
        ylim=(0, 1.5 * np.max(still.wave.densities[0])),
        xlabel="$Q$",
        ylabel=f"density at $t = {still.times[SHOWN]:.1f}$",
    )
    axes.legend(fontsize=7, loc="upper left")


def _draw_distances(axes: Any, found: PhaseScales) -> None:
    for color, (scale, both) in zip((MEASURED[-1], MEASURED[1], RIVAL), found.histories.items(), strict=True):
        axes.plot(both.times, both.wasserstein_distances, color=color, lw=1.4, label=f"$g = {scale:.2g}$")
        axes.plot(both.times, both.wasserstein_bounds, ":", color=color, lw=1.1)
    axes.plot([], [], ":", color=PREDICTED, lw=1.1, label="bound of the terms")
    axes.set(xlabel="time $t$", ylabel="Wasserstein distance $W_2$", xlim=(0, None), ylim=(0, None))
    axes.legend(fontsize=7, loc="upper left")


def _draw_scales(axes: Any, found: PhaseScales) -> None:
    fine = np.geomspace(found.scales[0], found.scales[-1], 201)
    axes.plot(fine, found.predicted_rates(fine), color=PREDICTED, lw=1.1, label="kept, cross and dropped term")
    axes.plot(fine, found.predicted_held_rates(fine), "--", color=PREDICTED, lw=1.1, label="dropped term alone")
    axes.plot(found.scales, found.rates, "o", color=MEASURED[-1], ms=3.5, label="free diffusion")
    axes.plot(found.scales, found.held_rates, "s", color=RIVAL, ms=3, label="constrained, at equilibrium")
    axes.axvline(found.nearest_scale, color=PREDICTED, lw=0.6, ls=":")
    axes.set(xscale="log", yscale="log", xlabel="scale $g$ of the phase", ylabel=r"$W_2 / t$ at short times")
    axes.legend(fontsize=7, loc="upper left")


def _draw_constraints(axes: Any, found: PhaseScales) -> None:
    both, names = found.constrained, (r"$Q$", r"$Q^2$", r"$\cos 2Q$")
    kept = both.diffused.constraint_residuals
    for k, (name, color) in enumerate(zip(names, (MEASURED[-1], MEASURED[1], RIVAL), strict=True)):
        axes.plot(both.times, both.wave_residuals[:, k], color=color, lw=1.4, label=f"wave, {name}")
        axes.plot(both.times, kept[:, k], ":", color=PREDICTED, lw=1.1)
    axes.plot([], [], ":", color=PREDICTED, lw=1.1, label="diffusion with multipliers, all three")
    axes.set(xlabel="time $t$", ylabel=r"constraint $\int p\,\Theta_k$", xlim=(0, None))
    axes.set_ylim(top=1.4 * float(np.max(both.wave_residuals)))
    axes.legend(fontsize=7, loc="upper left")


def _draw_plane(measured: Any, predicted: Any, found: PhaseScales, figure: Any) -> None:
    plane = found.plane
    time = float(plane.times[-1])
    fields = plane.differences[-1] / time, plane.at_start.apart
    most = max(float(np.abs(f).max()) for f in fields)
    x, y = (axis.centers for axis in plane.wave.grid.axes)
    titles = (f"wave less diffused, at $t = {time}$, by $t$", "from both currents at $t = 0$")
    look: dict[str, Any] = {"cmap": "RdBu_r", "vmin": -most, "vmax": most, "shading": "nearest", "rasterized": True}
    meshes = [axes.pcolormesh(x, y, f.T, **look) for axes, f in zip((measured, predicted), fields, strict=True)]
    for axes, title in zip((measured, predicted), titles, strict=True):
        axes.set(xlim=(-3.5, 3.5), ylim=(-3.5, 3.5), aspect="equal", xlabel="$Q_1$", ylabel="$Q_2$")
        axes.set_title(title, fontsize=9)
    figure.colorbar(meshes[0], ax=[measured, predicted], shrink=0.85)
