"""Random networks as fields: deviations from infinite width against the width, and u_4 against sigma_W."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from numerics.correlators.overlaps import coupling, kernel_overlap
from numerics.correlators.sampled import over_bags
from saddlepoint.figures.style import MEASURED, PREDICTED, RIVAL, panels, save

if TYPE_CHECKING:
    from numerics.correlators.experiments import Case

NOISE = "0.88"
PREDICTED_EXPONENT = 3
"""4 - d for one input component: the exponent of equation (4.6)."""


def draw_widths(cases: Sequence[Case], path: Path) -> None:
    """m_2 and m_4 against the width, averaged over all combinations of points; dots are single combinations."""
    with panels(2, width=4.2, height=3.6) as (figure, axes):
        for place, order in zip(axes, (2, 4), strict=True):
            _draw_normalized(place, cases, order)
        axes[0].set_yscale("symlog", linthresh=1e-4)
        axes[1].set_yscale("log")
        axes[1].legend(fontsize=7, loc="upper right")
        save(figure, path)


def _draw_normalized(axes: Any, cases: Sequence[Case], order: int) -> None:
    widths = np.array([c.networks.width for c in cases])
    exact = np.array([(c.networks.deviation(order) / c.networks.gaussian(order)).mean() for c in cases])
    scale = np.array([c.networks.gaussian(order).mean() for c in cases])
    band = np.array([c.noise[order].mean_standard_error for c in cases]) / scale
    low = exact - band
    floor = exact.min() / 100 if order > 2 else None
    axes.fill_between(
        widths, low if floor is None else np.maximum(low, floor), exact + band, color=NOISE, label="exact noise", lw=0
    )
    axes.plot(widths, exact, color=PREDICTED, label="exact")
    for name, color, marker, shift in (("plain", MEASURED[1], "o", 1.0), ("averaged", MEASURED[2], "s", 1.06)):
        bags = [getattr(c, name).normalized_bags(order) for c in cases]
        mean, error = np.array([over_bags(b.mean(axis=1)) for b in bags]).T
        axes.errorbar(widths * shift, mean, yerr=error, fmt=marker, ms=3.5, lw=0.9, color=color, label=_LABELS[name])
        if name == "plain":
            for width, values in zip(widths, bags, strict=True):
                axes.plot(np.full(values.shape[1], width), values.mean(axis=0), ".", ms=1, color=MEASURED[0], zorder=1)
    axes.set_xscale("log")
    axes.set(xlabel="width $N$", ylabel=rf"normalized deviation $m_{order}$")
    if floor is not None:
        axes.set_ylim(bottom=floor, top=3 * (exact + band).max())


_LABELS = {"plain": "plain networks", "averaged": "averaged by formula"}


def draw_couplings(cases: Sequence[Case], path: Path) -> None:
    """The size of u_4, averaged over combinations, against sigma_W: a panel for each width."""
    widths = sorted({c.networks.width for c in cases})
    with panels(len(widths), width=3.1, height=3.4) as (figure, axes):
        for place, width in zip(axes, widths, strict=True):
            _draw_couplings(place, [c for c in cases if c.networks.width == width])
            place.set_title(f"$N = {width}$", fontsize=10)
        axes[0].set_ylabel(r"$|u_4|$, mean over combinations")
        handles, labels = axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, fontsize=7.5, loc="outside lower center", ncols=3)
        save(figure, path)


def _draw_couplings(axes: Any, cases: Sequence[Case]) -> None:
    stds = np.array([c.networks.weight_std for c in cases])
    exact = np.array([coupling(c.networks, 4).mean() for c in cases])
    noise = np.array([_coupling_noise(c) for c in cases])
    least = np.abs(exact).min() / 5
    axes.fill_between(stds, least, noise, color=NOISE, lw=0, label="exact noise, one standard error")
    axes.plot(stds, np.abs(exact), color=PREDICTED, label="exact")
    predicted = abs(exact[0]) * (stds / stds[0]) ** PREDICTED_EXPONENT
    axes.plot(stds, predicted, "--", color=RIVAL, label="slope of (4.6)")
    _draw_signed(axes, stds, [c.plain.coupling_bags(4) for c in cases], MEASURED[1], "o", "plain")
    _draw_signed(axes, stds, [c.averaged.coupling_bags(4) for c in cases], MEASURED[2], "s", "averaged")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set(xlabel=r"$\sigma_W$", ylim=(least, 5 * max(noise.max(), predicted.max())))


def _draw_signed(axes: Any, stds: Any, bags: Sequence[Any], color: str, marker: str, name: str) -> None:
    """Filled where u_4 is found negative, open where positive."""
    mean, error = np.array([over_bags(b.mean(axis=1)) for b in bags]).T
    below = np.minimum(error, 0.999 * np.abs(mean))
    for sign, face in ((-1, color), (1, "white")):
        chosen = np.sign(mean) == sign
        label = f"{_LABELS[name]}, {'negative' if sign < 0 else 'positive'}"
        if not chosen.any():
            continue
        axes.errorbar(
            stds[chosen],
            np.abs(mean[chosen]),
            yerr=[below[chosen], error[chosen]],
            fmt=marker,
            ms=3.5,
            lw=0.8,
            color=color,
            markerfacecolor=face,
            label=label,
        )


def _coupling_noise(case: Case) -> float:
    """The overlaps differ by less than the width of a line between combinations: their mean is taken."""
    return case.noise[4].mean_standard_error / float(kernel_overlap(case.networks, 4).mean())
