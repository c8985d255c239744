"""u_4 against sigma_W without biases: what sections 3 and 4 of Erbin, Lahoche and Samary say of figure 2.

Three answers at the paper's six points: the exact u_4 is negative on average, has both signs, and falls as 1/sigma_W;
so do estimates that are averaged by formula over the output weights; plain estimates are noise, which falls as
sigma_W^-3. None grows as sigma_W^3, the flow's prediction (4.6).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.correlators.combinations import combinations
from numerics.correlators.ensemble import sampled_correlators
from numerics.correlators.experiments import POINTS
from numerics.correlators.noise import signal_to_noise
from numerics.correlators.overlaps import coupling, kernel_overlap
from numerics.correlators.random_networks import RandomNetworks
from numerics.correlators.sampled import Estimator, SampledCorrelators
from numerics.crosschecks.comparison import Comparison
from numerics.crosschecks.crosscheck import CrossCheck, Run
from numerics.crosschecks.network_series import CLAIM, Series, slope_weights

Array = NDArray[np.float64]
IDENTIFIER = "network-couplings"
WIDTH = 10
WEIGHT_STDS = (1.0, 2.0, 5.0, 10.0, 20.0)
N_BAGS = {"quick": 60, "default": 100, "full": 400}
N_AVERAGED = {"quick": 200, "default": 400, "full": 1000}
N_PLAIN = {"quick": 500, "default": 3000, "full": 30_000}
OPPOSITE = (0, 0, 5, 5)
"""Places of points twice at one end and twice at the other."""
PREDICTED, NOISE = 3.0, -3.0
"""Exponents of sigma_W: of equation (4.6) with one input component, and of the noise of u_4."""


def _answer(run: Run) -> tuple[Comparison, ...]:
    total, averaged, plain = 2 * len(WEIGHT_STDS), [], []
    for place, std in enumerate(WEIGHT_STDS):
        averaged.append(_sampled(run, std, "averaged over outputs", N_AVERAGED[run.scale]))
        run.report(2 * place + 1, total, f"sigma_W = {std}, averaged")
        plain.append(_sampled(run, std, "plain", N_PLAIN[run.scale]))
        run.report(2 * place + 2, total, f"sigma_W = {std}, plain")
    series = (*_averaged_series(averaged), _noise_series(plain))
    return tuple(s.compared(run, IDENTIFIER) for s in series)


def _sampled(run: Run, weight_std: float, estimator: Estimator, n_networks: int) -> SampledCorrelators:
    return sampled_correlators(
        POINTS,
        width=WIDTH,
        weight_std=weight_std,
        bias_std=0.0,
        n_bags=N_BAGS[run.scale],
        n_networks=n_networks,
        seed=run.seed,
        estimator=estimator,
        orders=(4, 6) if estimator != "plain" else (4,),
        store=run.store,
    )


def _averaged_series(found: list[SampledCorrelators]) -> tuple[Series, ...]:
    stds, networks = np.array(WEIGHT_STDS), [f.networks for f in found]
    u_4 = np.array([coupling(n, 4).mean() for n in networks])
    u_6 = np.array([coupling(n, 6).mean() for n in networks])
    unit = 1 / u_4[0]
    common: dict[str, Any] = {
        "places": stds,
        "estimator": "averaged over outputs",
        "n_networks": sum(f.n_bags * f.n_networks for f in found),
    }
    place = int(np.flatnonzero((combinations(len(POINTS), 4) == OPPOSITE).all(axis=1))[0])
    means = np.full(len(stds), 1 / len(stds))
    opposite = np.array([coupling(n, 4)[place] for n in networks])
    return (
        Series(
            name="growth",
            title="The fourth coupling without biases falls as the inverse of the weights' standard deviation",
            quantity="slope of sigma_W u_4 against log sigma_W, in units of its value at sigma_W = 1",
            weights=slope_weights(np.log(stds)),
            samples=[f.coupling_bags(4).mean(axis=1) * s * unit for f, s in zip(found, stds, strict=True)],
            exact=stds * u_4 * unit,
            rival=stds ** (PREDICTED + 1),
            rival_name="u_4 proportional to sigma_W^3, equation (4.6)",
            more={"exact_exponents": np.diff(np.log(-u_4)) / np.diff(np.log(stds))},
            serves=(CLAIM + "4f",),
            **common,
        ),
        Series(
            name="sign",
            title="The fourth coupling without biases is positive at points on both sides of the origin",
            quantity="N sigma_W u_4 at the two outermost points, twice each, averaged over sigma_W",
            weights=means,
            samples=[f.coupling_bags(4)[:, place] * s * WIDTH for f, s in zip(found, stds, strict=True)],
            exact=stds * opposite * WIDTH,
            rival=stds * u_4 * WIDTH,
            rival_name="u_4 the same at all combinations",
            more={"share_negative": [float((coupling(n, 4) < 0).mean()) for n in networks]},
            serves=(CLAIM + "3h",),
            **common,
        ),
        Series(
            name="sixth-coupling",
            title="The sixth coupling without biases is negative on average",
            quantity="u_6 of the deviation, averaged over combinations and sigma_W, in units of its exact size",
            weights=means,
            samples=[f.coupling_bags(6).mean(axis=1) / abs(u) for f, u in zip(found, u_6, strict=True)],
            exact=np.sign(u_6),
            rival=-np.sign(u_6),
            rival_name="u_6 positive and of this size",
            more={
                "share_positive": [float((coupling(n, 6) > 0).mean()) for n in networks],
                "mean_of_connected": [float(coupling(n, 6, n.connected(6)).mean()) for n in networks],
                "share_positive_of_connected": [float((coupling(n, 6, n.connected(6)) > 0).mean()) for n in networks],
            },
            serves=(CLAIM + "3i",),
            **common,
        ),
    )


def _noise_series(found: list[SampledCorrelators]) -> Series:
    stds, networks = np.array(WEIGHT_STDS), [f.networks for f in found]
    unit = _mean_square(networks[0], found[0].n_networks) * stds ** (2 * NOISE)
    exact = np.array([_mean_square(n, f.n_networks) for n, f in zip(networks, found, strict=True)])
    start = coupling(networks[0], 4).mean()
    paper = [_ratio(n) for n in networks]
    return Series(
        name="noise",
        title="What plain networks show of the fourth coupling without biases is noise",
        quantity="slope of the mean square over bags of u_4 against log sigma_W, in units of sigma_W^-6",
        places=stds,
        weights=slope_weights(np.log(stds)),
        samples=[f.coupling_bags(4).mean(axis=1) ** 2 / u for f, u in zip(found, unit, strict=True)],
        exact=exact / unit,
        rival=(exact[0] - start**2 + (start * stds**PREDICTED) ** 2) / unit,
        rival_name="u_4 proportional to sigma_W^3, equation (4.6), out of the noise at sigma_W = 1",
        serves=(CLAIM + "4f",),
        estimator="plain",
        n_networks=sum(f.n_bags * f.n_networks for f in found),
        more={"signal_to_noise_of_the_paper": paper, "networks_of_the_paper": PAPER_NETWORKS},
    )


PAPER_NETWORKS = 30 * 30_000


def _mean_square(networks: RandomNetworks, n_networks: int) -> float:
    """Of u_4 in one bag: its square and its variance."""
    seen = _seen(networks, n_networks)
    overlap = float(kernel_overlap(networks, 4).mean())  # the same for all combinations to a part in a thousand
    return float(coupling(networks, 4).mean()) ** 2 + (seen.mean_standard_error / overlap) ** 2


def _ratio(networks: RandomNetworks) -> float:
    return _seen(networks, PAPER_NETWORKS).mean_ratio


def _seen(networks: RandomNetworks, n_networks: int) -> Any:
    return signal_to_noise(
        networks.points,
        width=networks.width,
        weight_std=networks.weight_std,
        bias_std=networks.bias_std,
        n_networks=n_networks,
    )


NETWORK_COUPLINGS = CrossCheck(
    identifier=IDENTIFIER,
    title="The couplings of random networks without biases",
    question="Does u_4 change with the weights' standard deviation as the flow equation of Erbin, Lahoche and Samary "
    "predicts, and what can plain networks show of it?",
    answer=_answer,
)
