"""Section 2.1, equations (5) to (8): replicas, and the action of their overlaps."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.averages import ConfigurationSum, GaussianMean, OverlapIntegral
from theory.models import multilayer as model
from theory.papers.barney2024neural.letters import (
    BONDS,
    PAIRS,
    PARAMETERS,
    REAL,
    REPLICAS,
    SPINS,
    C,
    J,
    L,
    Lambda,
    N,
    Q,
    a,
    b,
    beta,
    energy,
    i,
    k,
    m,
    sigma,
)
from theory.papers.barney2024neural.printed import equation, line, sides
from theory.records import Reading
from theory.statements import Definition, Identity, LimitStatement
from theory.sums import Sigma
from theory.symbols import family

WEIGHT = (
    "Z is the partition function, but in (5) and (6) $Z^m$ stands for the replicated Boltzmann weight, and the sum "
    "over the configurations of the replicas is written outside; in (7) $Z^m$ is that sum again."
)

sources = family("h", real=True)
"""Fields of the generating observable A = exp(sum of h sigma): its derivatives give every function of the spins."""
mean_observable = sp.Symbol("<E(A)>", real=True)

WITH_SOURCES = PARAMETERS.extended({sources: (-1, 1)})


def observable(*replica: Any) -> Any:
    """A function of the spins: the generating one."""
    return sp.exp(Sigma(sources[k, i] * sigma[(k, i, *replica)], *SPINS))


def mean(expression: Any) -> GaussianMean:
    """The disorder average."""
    return GaussianMean(expression, J, C[k] / N[k - 1], *BONDS)


BOLTZMANN = sp.exp(-beta * energy())
PARTITION = ConfigurationSum(BOLTZMANN, sigma, *SPINS)
OBSERVED = ConfigurationSum(observable() * BOLTZMANN, sigma, *SPINS)
REPLICATED_WEIGHT = sp.exp(-beta * Sigma(energy(a), (a, 1, m)))


def over_replicas(body: Any) -> ConfigurationSum:
    """The sum over the configurations of all replicas."""
    return ConfigurationSum(body, sigma, *SPINS, (a, sp.Integer(1), m))


REPLICA_TRICK = (
    equation(
        5,
        "2.1",
        r"\langle \mathbb{E}(A) \rangle = "
        r"\left\langle \frac{1}{Z} \sum_{\sigma_1} A(\sigma_1) e^{-\beta H(\sigma_1)} \right\rangle = "
        r"\lim_{m \to 0} \left\langle Z^{m-1} \sum_{\sigma_1} A(\sigma_1) e^{-\beta H(\sigma_1)} \right\rangle = "
        r"\lim_{m \to 0} \sum_{\{\sigma_\alpha\}_{\alpha=1}^m} A(\sigma_1) \langle Z^m \rangle",
        line(
            "the disorder averaged expectation",
            Definition(mean_observable, mean(OBSERVED / PARTITION)),
            relation="definition",
        ),
        line(
            "the inverse of Z as a limit of its powers, for each realization of the disorder",
            LimitStatement(
                PARTITION ** (model.continued_replicas - 1) * OBSERVED,
                OBSERVED / PARTITION,
                WITH_SOURCES.extended({model.continued_replicas: (0, 1), J: REAL}),
                variable=model.continued_replicas,
                point=0,
            ),
            assumes=("the limit and the disorder average are exchanged",),
            note="For finite layers the exchange is a dominated limit: a power of Z below 1 is at most 1 + Z.",
        ),
        line(
            "the powers of Z as replicas, before the limit, for each number of replicas",
            Identity(
                mean(PARTITION ** (m - 1) * OBSERVED),
                over_replicas(observable(1) * mean(PARTITION**m)),
                WITH_SOURCES.extended({m: sp.Range(1, sp.oo)}),
            ),
            assumes=("continuation in the number of replicas",),
            readings=(
                Reading(
                    kind="convention",
                    text=f"{WEIGHT} It holds for each realization of the disorder, hence in the mean.",
                    statement=Identity(
                        PARTITION ** (m - 1) * OBSERVED,
                        over_replicas(observable(1) * REPLICATED_WEIGHT),
                        WITH_SOURCES.extended({m: sp.Range(1, sp.oo), J: REAL}),
                    ),
                ),
            ),
        ),
        conventions=("Z is the partition function.", WEIGHT),
    ),
    sides(
        6,
        "2.1",
        r"Z^{m} = ",
        r"\exp\left[-\beta \sum_{\alpha=1}^{m} H(\sigma_{\alpha})\right]",
        line(
            "the replicated partition function",
            Identity(PARTITION**m, REPLICATED_WEIGHT, REPLICAS.extended({J: REAL, sigma: sp.FiniteSet(-1, 1)})),
            readings=(
                Reading(
                    kind="convention",
                    text=WEIGHT,
                    statement=Identity(PARTITION**m, over_replicas(REPLICATED_WEIGHT), REPLICAS.extended({J: REAL})),
                ),
            ),
        ),
        conventions=("Z is the partition function.", WEIGHT),
    ),
    sides(
        7,
        "2.1",
        r"\langle Z^m \rangle = ",
        r"\int \mathcal{D}Q \mathcal{D}\Lambda \ e^S",
        line(
            "the averaged replicated partition function as an integral over overlaps",
            Identity(
                mean(PARTITION**m),
                OverlapIntegral(sp.exp(model.action), Q, Lambda, (k, 0, L), m, N[k]),
                REPLICAS.extended({model.action: REAL}),
            ),
            model.action,
            note="The measure is normalized so that the overlaps take the values that Ising spins allow.",
        ),
    ),
    sides(
        8,
        "2.1",
        r"S = ",
        r"\frac{1}{2}\beta^2 \sum_{k=1}^L N_k \sum_{\alpha\beta} C_k Q_{\alpha\beta}^{(k-1)} Q_{\alpha\beta}^{(k)} "
        r"+ \sum_{k=0}^L N_k \left[ \sum_{\alpha\beta} \frac{1}{2} \Lambda_{\alpha\beta}^{(k)} Q_{\alpha\beta}^{(k)} "
        r"+ \log \sum_{\{\sigma_{\alpha}\}} \exp \left( -\frac{1}{2} \sum_{\alpha\beta} "
        r"\sigma_{\alpha} \Lambda_{\alpha\beta}^{(k)} \sigma_{\beta} \right) \right]",
        line(
            "the replica action",
            Identity(
                model.action,
                beta**2 / 2 * Sigma(N[k] * Sigma(C[k] * Q[k - 1, a, b] * Q[k, a, b], *PAIRS), (k, 1, L))
                + Sigma(
                    N[k]
                    * (
                        Sigma(Lambda[k, a, b] * Q[k, a, b] / 2, *PAIRS)
                        + sp.log(
                            ConfigurationSum(
                                sp.exp(-Sigma(sigma[a] * Lambda[k, a, b] * sigma[b], *PAIRS) / 2),
                                sigma,
                                (a, sp.Integer(1), m),
                            )
                        )
                    ),
                    (k, 0, L),
                ),
                REPLICAS.extended({model.action: REAL, Q: (-1, 1), Lambda: (-1, 1)}),
            ),
            model.action,
        ),
    ),
)
