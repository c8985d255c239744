"""Random networks with biases against the width: what section 3 of Erbin, Lahoche and Samary says of figure 1.

sigma_b = sigma_W = 1 at the paper's six points. Plain products of outputs have moments from networks too rare to be
sampled there (`signal_to_noise`), so the means over output weights and biases are taken by formula, and each network's
first weights are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from numerics.correlators.combinations import combinations
from numerics.correlators.ensemble import sampled_correlators
from numerics.correlators.experiments import POINTS
from numerics.correlators.overlaps import coupling
from numerics.correlators.random_networks import RandomNetworks
from numerics.correlators.sampled import SampledCorrelators
from numerics.crosschecks.comparison import Comparison
from numerics.crosschecks.crosscheck import CrossCheck, Run
from numerics.crosschecks.network_series import CLAIM, Series, slope_weights

IDENTIFIER = "network-widths"
STD = 1.0
WIDTHS = {"quick": (2, 5, 10, 20), "default": (2, 5, 10, 20, 50), "full": (2, 5, 10, 20, 50, 100, 500)}
N_BAGS = {"quick": 30, "default": 40, "full": 200}
N_NETWORKS = {"quick": 10, "default": 30, "full": 30}
ESTIMATOR = "averaged over outputs and biases"


def _answer(run: Run) -> tuple[Comparison, ...]:
    widths, found = WIDTHS[run.scale], []
    for done, width in enumerate(widths, start=1):
        found.append(_sampled(run, width))
        run.report(done, len(widths), f"width {width}")
    return tuple(series.compared(run, IDENTIFIER) for series in _all_series(found))


def _sampled(run: Run, width: int) -> SampledCorrelators:
    return sampled_correlators(
        POINTS,
        width=width,
        weight_std=STD,
        bias_std=STD,
        n_bags=N_BAGS[run.scale],
        n_networks=N_NETWORKS[run.scale],
        seed=run.seed,
        estimator=ESTIMATOR,
        store=run.store,
    )


def _all_series(found: Sequence[SampledCorrelators]) -> tuple[Series, ...]:
    networks = [f.networks for f in found]
    widths = np.array([float(n.width) for n in networks])
    common: dict[str, Any] = {
        "places": widths,
        "estimator": ESTIMATOR,
        "n_networks": sum(f.n_bags * f.n_networks for f in found),
    }
    slope, mean = slope_weights(np.log(widths)), np.full(len(widths), 1 / len(widths))
    fourth = np.array([_normalized(n, 4) for n in networks])
    sixth = np.array([_normalized(n, 6) for n in networks])
    cumulant = np.array([n.connected(6).mean() for n in networks])
    u_4 = np.array([coupling(n, 4).mean() for n in networks])
    u_6 = np.array([coupling(n, 6, n.connected(6)).mean() for n in networks])
    edge, edges = _edge_excess(networks[0]), [_edge_bags(f) for f in found]
    without = [coupling(_without_biases(n), 4).mean() for n in networks]
    return (
        Series(
            name="second-deviation",
            title="The second moment does not depend on the width",
            quantity="coefficient of 1/N in m_2, averaged over pairs of points",
            weights=slope_weights(1 / widths),
            samples=[f.normalized_bags(2).mean(axis=1) for f in found],
            exact=np.zeros(len(widths)),
            rival=[_second_of_rival(n) for n in networks],
            rival_name="output weights of variance sigma_W^2 / (N + 1)",
            serves=(CLAIM + "3b", CLAIM + "3e"),
            **common,
        ),
        Series(
            name="fourth-deviation",
            title="The fourth deviation falls as the inverse width",
            quantity="slope of N m_4 against log N, in units of its value",
            weights=slope,
            samples=[
                f.normalized_bags(4).mean(axis=1) * n / (m * n) for f, n, m in zip(found, widths, fourth, strict=True)
            ],
            exact=np.ones(len(widths)),
            rival=np.sqrt(widths / widths[0]),
            rival_name="m_4 of order N^(-1/2), through its value at the least width",
            serves=(CLAIM + "3c", CLAIM + "3e"),
            **common,
        ),
        Series(
            name="sixth-deviation",
            title="The sixth deviation falls faster than the inverse width until networks are wide",
            quantity="slope of N m_6 against log N, in units of its value at the least width",
            weights=slope,
            samples=[
                f.normalized_bags(6).mean(axis=1) * n / (widths[0] * sixth[0])
                for f, n in zip(found, widths, strict=True)
            ],
            exact=widths * sixth / (widths[0] * sixth[0]),
            rival=np.ones(len(widths)),
            rival_name="m_6 proportional to 1/N at these widths",
            more={"local_exponents": np.diff(np.log(sixth)) / np.diff(np.log(widths))},
            serves=(CLAIM + "3c",),
            **common,
        ),
        Series(
            name="sixth-cumulant",
            title="The sixth cumulant falls as the inverse square of the width",
            quantity="slope of N^2 times the sixth cumulant against log N, in units of its value",
            weights=slope,
            samples=[f.connected_bags(6).mean(axis=1) / c for f, c in zip(found, cumulant, strict=True)],
            exact=np.ones(len(widths)),
            rival=widths / widths[0],
            rival_name="sixth cumulant of order 1/N, through its value at the least width",
            serves=(CLAIM + "3d",),
            **common,
        ),
        Series(
            name="fourth-coupling",
            title="With biases the fourth coupling is negative",
            quantity="N u_4, averaged over combinations and widths",
            weights=mean,
            samples=[f.coupling_bags(4).mean(axis=1) * n for f, n in zip(found, widths, strict=True)],
            exact=widths * u_4,
            rival=widths * np.array(without),
            rival_name="the moments of one neuron without its bias",
            serves=(CLAIM + "3h",),
            **common,
        ),
        Series(
            name="fourth-coupling-in-space",
            title="With biases the fourth coupling is almost, not quite, the same at all points",
            quantity="N times the excess of u_4 at four times the outermost point over the mean over combinations",
            weights=mean,
            samples=[e * n for e, n in zip(edges, widths, strict=True)],
            exact=np.full(len(widths), edge * networks[0].width),
            rival=np.zeros(len(widths)),
            rival_name="u_4 the same for all combinations",
            more={"relative_excess": edge / u_4[0]},
            serves=(CLAIM + "3h",),
            **common,
        ),
        Series(
            name="sixth-coupling",
            title="With biases the sixth coupling is negative and large",
            quantity="N^2 u_6 of the connected correlation, averaged over combinations and widths",
            weights=mean,
            samples=[
                f.coupling_bags(6, connected=True).mean(axis=1) * n**2 for f, n in zip(found, widths, strict=True)
            ],
            exact=widths**2 * u_6,
            rival=np.abs(u_4) * widths,
            rival_name="u_6 positive and of the size of u_4",
            serves=(CLAIM + "3i",),
            **common,
        ),
    )


def _normalized(networks: RandomNetworks, order: int) -> float:
    return float((networks.deviation(order) / networks.gaussian(order)).mean())


def _second_of_rival(networks: RandomNetworks) -> float:
    """m_2 if the sum over neurons had the factor N / (N + 1)."""
    kernel = networks.connected(2)
    return float((-(kernel - networks.bias_std**2) / (networks.width + 1) / kernel).mean())


def _without_biases(networks: RandomNetworks) -> RandomNetworks:
    return RandomNetworks(networks.points, width=networks.width, weight_std=networks.weight_std, bias_std=0.0)


def _outermost() -> tuple[int, ...]:
    """The places of the combinations that hold the first or the last point alone."""
    rows = combinations(len(POINTS), 4)
    alike = (rows == rows[:, :1]).all(axis=1)
    return tuple(np.flatnonzero(alike & np.isin(rows[:, 0], (0, len(POINTS) - 1))).tolist())


def _edge_excess(networks: RandomNetworks) -> float:
    values = coupling(networks, 4)
    return float(values[list(_outermost())].mean() - values.mean())


def _edge_bags(found: SampledCorrelators) -> Any:
    values = found.coupling_bags(4)
    return values[:, list(_outermost())].mean(axis=1) - values.mean(axis=1)


NETWORK_WIDTHS = CrossCheck(
    identifier=IDENTIFIER,
    title="Random networks with biases against the width",
    question="Do the correlations of networks of finite width differ from those of infinite width as section 3 of "
    "Erbin, Lahoche and Samary says?",
    answer=_answer,
)
