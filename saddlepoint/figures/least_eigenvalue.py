"""The least eigenvalue of I - M against temperature: large-layer prediction, sampled networks, a rival theory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.ensemble import ensemble_critical_temperature, ensemble_least_eigenvalue
from numerics.large_layer import large_layer_least_eigenvalue
from numerics.networks.initialization import sample_weights
from numerics.spectra.least_eigenvalue_curve import least_eigenvalue_curve
from saddlepoint.figures.style import MEASURED, PREDICTED, RIVAL, canvas, save

PROPORTIONS = (3, 2, 2, 2, 1)
VARIANCES = (2.0, 2.0, 2.0, 2.0)
WIDTHS = (8, 32, 128)
N_TEMPERATURES = 25


@dataclass(frozen=True, kw_only=True)
class SampledCurves:
    """Curves of sampled networks.

    Attributes
    ----------
    inverse_temperatures
        In units of one over the weights, shape (n,).
    least_eigenvalues
        For each number of spins, shape (n_seeds, n).
    """

    inverse_temperatures: NDArray[np.float64]
    least_eigenvalues: dict[int, NDArray[np.float64]]


def sampled_curves(rng: np.random.Generator, *, n_seeds: int = 8) -> SampledCurves:
    """Networks of growing width in fixed proportion, from small ones that miss the prediction to large ones."""
    critical = 1 / ensemble_critical_temperature(PROPORTIONS, VARIANCES)
    betas = np.linspace(0.0, 1.8 * critical, N_TEMPERATURES)
    found = {}
    for width in WIDTHS:
        sizes = tuple(width * p for p in PROPORTIONS)
        networks = (sample_weights(sizes, VARIANCES, rng) for _ in range(n_seeds))
        found[sum(sizes)] = np.array([least_eigenvalue_curve(w, betas, orientation="in-out") for w in networks])
    return SampledCurves(inverse_temperatures=betas, least_eigenvalues=found)


def draw_least_eigenvalue(curves: SampledCurves, path: Path) -> None:
    """Write the figure."""
    betas = curves.inverse_temperatures
    fine = np.linspace(0.0, betas[-1], 121)
    critical = 1 / ensemble_critical_temperature(PROPORTIONS, VARIANCES)
    with canvas() as (figure, axes):
        _draw_samples(axes, curves, critical)
        predicted = large_layer_least_eigenvalue(PROPORTIONS, VARIANCES, fine)
        axes.plot(fine / critical, predicted, color=PREDICTED, label="predicted, large layers")
        hessian = ensemble_least_eigenvalue(PROPORTIONS, VARIANCES, fine)
        axes.plot(fine / critical, hessian / hessian[0], "--", color=RIVAL, label="replica Hessian, scaled")
        axes.axhline(0.0, color="0.8", linewidth=0.8, zorder=0)
        axes.set(
            xlabel=r"inverse temperature $\beta / \beta_c$", ylabel=r"least eigenvalue of $I - M$", ylim=(-0.15, 1.4)
        )
        axes.legend(ncols=2, fontsize=9, loc="upper center")
        save(figure, path)


def _draw_samples(axes: Any, curves: SampledCurves, critical: float) -> None:
    for color, (n_spins, values) in zip(MEASURED, curves.least_eigenvalues.items(), strict=True):
        mean, spread = values.mean(axis=0), values.std(axis=0, ddof=1)
        label = f"{len(values)} networks of {n_spins} spins"
        places = curves.inverse_temperatures / critical
        axes.errorbar(places, mean, yerr=spread, fmt="o", markersize=3, linewidth=0.8, color=color, label=label)
