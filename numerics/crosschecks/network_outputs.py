"""Plain networks, every weight drawn, against the exact correlations: at points where the noise lets them be seen.

At the paper's own points and parameters it does not (`signal_to_noise`): without biases the fourth cumulant is too
small, with biases the products of outputs have moments from networks too rare to be sampled. Inputs of order one and
weights of moderate size show what the formulas say of networks, with errors that are Gaussian.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from numerics.correlators.ensemble import sampled_correlators
from numerics.correlators.random_networks import RandomNetworks
from numerics.correlators.sampled import SampledCorrelators
from numerics.crosschecks.comparison import Comparison
from numerics.crosschecks.crosscheck import CrossCheck, Run
from numerics.crosschecks.network_series import CLAIM, Series, slope_weights

IDENTIFIER = "network-outputs"
POINTS = (0.2, 0.5)
STD = 0.6
WIDTHS = (2, 4, 8)
N_BAGS = {"quick": 40, "default": 40, "full": 200}
N_NETWORKS = {"quick": 60_000, "default": 100_000, "full": 500_000}


def _answer(run: Run) -> tuple[Comparison, ...]:
    found = []
    for done, width in enumerate(WIDTHS, start=1):
        found.append(_sampled(run, width))
        run.report(done, len(WIDTHS), f"width {width}")
    return tuple(series.compared(run, IDENTIFIER) for series in _all_series(found))


def _sampled(run: Run, width: int) -> SampledCorrelators:
    return sampled_correlators(
        POINTS,
        width=width,
        weight_std=STD,
        bias_std=0.0,
        n_bags=N_BAGS[run.scale],
        n_networks=N_NETWORKS[run.scale],
        seed=run.seed,
        store=run.store,
    )


def _all_series(found: list[SampledCorrelators]) -> tuple[Series, ...]:
    networks = [f.networks for f in found]
    widths = np.array(WIDTHS, dtype=float)
    common: dict[str, Any] = {
        "places": widths,
        "estimator": "plain",
        "n_networks": sum(f.n_bags * f.n_networks for f in found),
    }
    fourth = np.array([n.deviation(4).mean() for n in networks])
    first, narrow = networks[0], {**common, "places": widths[:1], "n_networks": found[0].n_bags * found[0].n_networks}
    return (
        Series(
            name="second-deviation",
            title="The second moment of plain networks does not depend on the width",
            quantity="coefficient of 1/N in m_2, averaged over pairs of points",
            weights=slope_weights(1 / widths),
            samples=[f.normalized_bags(2).mean(axis=1) for f in found],
            exact=np.zeros(len(widths)),
            rival=-1 / (widths + 1),
            rival_name="output weights of variance sigma_W^2 / (N + 1)",
            serves=(CLAIM + "3b",),
            **common,
        ),
        Series(
            name="fourth-deviation",
            title="The fourth deviation of plain networks falls as the inverse width",
            quantity="slope of N times the deviation at four points against log N, in units of its value",
            weights=slope_weights(np.log(widths)),
            samples=[f.bags[4].mean(axis=1) / v for f, v in zip(found, fourth, strict=True)],
            exact=np.ones(len(widths)),
            rival=widths / widths[0],
            rival_name="a deviation that does not depend on the width",
            serves=(CLAIM + "3c",),
            **common,
        ),
        Series(
            name="translation",
            title="The fourth deviation of plain networks is not invariant under translations",
            quantity="deviation at four points, averaged over combinations, at width 2",
            weights=np.ones(1),
            samples=[found[0].bags[4].mean(axis=1)],
            exact=[fourth[0]],
            rival=[_about_the_origin(first).deviation(4).mean()],
            rival_name="the same points about the origin",
            serves=(CLAIM + "3a",),
            **narrow,
        ),
        Series(
            name="sixth-cumulant",
            title="The sixth cumulant of plain networks",
            quantity="connected correlation of six points, averaged over combinations, at width 2",
            weights=np.ones(1),
            samples=[found[0].connected_bags(6).mean(axis=1)],
            exact=[first.connected(6).mean()],
            rival=[0.0],
            rival_name="no cumulant beyond the fourth",
            serves=(CLAIM + "3d",),
            **narrow,
        ),
    )


def _about_the_origin(networks: RandomNetworks) -> RandomNetworks:
    points = networks.points - networks.points.mean(axis=0)
    return RandomNetworks(points, width=networks.width, weight_std=networks.weight_std, bias_std=networks.bias_std)


NETWORK_OUTPUTS = CrossCheck(
    identifier=IDENTIFIER,
    title="Outputs of random networks",
    question="Do products of the outputs of sampled networks have the derived means, where these can be seen?",
    answer=_answer,
)
