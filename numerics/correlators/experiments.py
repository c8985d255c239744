"""The two experiments of Erbin, Lahoche and Samary (2022): correlations against the width, u_4 against sigma_W."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.correlators.ensemble import sampled_correlators
from numerics.correlators.noise import SignalToNoise, signal_to_noise
from numerics.correlators.random_networks import RandomNetworks
from numerics.correlators.sampled import Estimator, SampledCorrelators
from numerics.unit_store import UnitStore

Array = NDArray[np.float64]
POINTS = (-0.01, -0.006, -0.002, 0.002, 0.006, 0.01)
"""The paper's six inputs."""
WIDTHS = (2, 3, 4, 5, 10, 20, 50, 100, 500, 1000)
FIGURE_WIDTHS = (2, 10, 100, 1000)
WEIGHT_STDS = (*np.arange(1.0, 10.1, 0.5).tolist(), 20.0)


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is sampled: bags, networks of the plain and of the averaged estimate in each, the largest width."""

    n_bags: int
    n_networks: int
    n_averaged: int
    largest_width: int


WIDTH_SIZES = {
    "quick": Size(n_bags=20, n_networks=300, n_averaged=10, largest_width=100),
    "default": Size(n_bags=20, n_networks=3000, n_averaged=20, largest_width=1000),
    "full": Size(n_bags=20, n_networks=30_000, n_averaged=100, largest_width=1000),
}
"""Of figure 1; the full one is the paper's."""
WEIGHT_SIZES = {
    "quick": Size(n_bags=30, n_networks=100, n_averaged=20, largest_width=100),
    "default": Size(n_bags=30, n_networks=1000, n_averaged=30, largest_width=1000),
    "full": Size(n_bags=30, n_networks=30_000, n_averaged=100, largest_width=1000),
}
"""Of figure 2; the full one is the paper's."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """One ensemble, with what a plain and an averaged estimate find of it and what the plain one can see.

    Attributes
    ----------
    networks
        The ensemble, its points and its exact correlations.
    plain, averaged
        As sampled.
    noise
        Signal and noise of the plain estimate of the deviation at two and four points.
    """

    networks: RandomNetworks
    plain: SampledCorrelators
    averaged: SampledCorrelators
    noise: dict[int, SignalToNoise]


def width_experiment(scale: str = "default", **how: Any) -> tuple[Case, ...]:
    """Figure 1: sigma_b = sigma_W = 1, widths 2 to 1000, at the six points of the paper.

    Parameters
    ----------
    scale
        ``quick``, ``default``, or ``full`` for the paper's numbers of bags and networks.
    how
        ``seed``, ``workers``, ``store``, ``progress``, as in `weight_experiment`.
    """
    ensembles = [(n, 1.0, 1.0) for n in WIDTHS if n <= _size(WIDTH_SIZES, scale).largest_width]
    return _cases(ensembles, WIDTH_SIZES[scale], "averaged over outputs and biases", **how)


def weight_experiment(scale: str = "default", **how: Any) -> tuple[Case, ...]:
    """Figure 2: no biases, sigma_W from 1 to 20, widths 2, 10, 100 and 1000, at the six points of the paper.

    Parameters
    ----------
    scale
        ``quick``, ``default``, or ``full`` for the paper's numbers of bags and networks.
    how
        ``seed``; ``workers``, threads; ``store``, where finished bags are put at once and found again; ``progress``,
        called with the ensembles done and their number.
    """
    widths = [n for n in FIGURE_WIDTHS if n <= _size(WEIGHT_SIZES, scale).largest_width]
    ensembles = [(n, s, 0.0) for n in widths for s in WEIGHT_STDS]
    return _cases(ensembles, WEIGHT_SIZES[scale], "averaged over outputs", **how)


def _cases(
    ensembles: list[tuple[int, float, float]],
    size: Size,
    averaged: Estimator,
    *,
    seed: int = 0,
    workers: int = 1,
    store: UnitStore | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Case, ...]:
    found = []
    for width, weight_std, bias_std in ensembles:
        ensemble: dict[str, Any] = {"width": width, "weight_std": weight_std, "bias_std": bias_std}
        how: dict[str, Any] = {
            "n_bags": size.n_bags,
            "orders": (2, 4),
            "seed": seed,
            "workers": workers,
            "store": store,
        }
        plain = sampled_correlators(POINTS, **ensemble, **how, n_networks=size.n_networks)
        seen = size.n_bags * size.n_networks
        noise = {k: signal_to_noise(POINTS, **ensemble, n_networks=seen, order=k) for k in (2, 4)}
        less = sampled_correlators(POINTS, **ensemble, **how, n_networks=size.n_averaged, estimator=averaged)
        found.append(Case(networks=plain.networks, plain=plain, averaged=less, noise=noise))
        if progress is not None:
            progress(len(found), len(ensembles))
    return tuple(found)


def _size(sizes: dict[str, Size], scale: str) -> Size:
    if scale not in sizes:
        raise ValueError(f"expected one of the scales {', '.join(sizes)}; found {scale!r}")
    return sizes[scale]
