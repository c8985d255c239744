"""The Gaussian log Z of a network's states, (5.14) of Vanchurin (2020), against states sampled within their bounds.

At low temperature states stay far from their bounds, and neither these nor the Gaussian window in their place matters:
what the window makes of it is the stated bias. At high temperature the window has another volume than the bounds have.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import expm1, log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfc

from numerics.crosschecks.comparison import Comparison
from numerics.crosschecks.crosscheck import CrossCheck, Run
from numerics.crosschecks.layered_states import LayeredStates, as_it_is
from numerics.crosschecks.network_series import Series
from numerics.learning.log_partition import learning_log_partition

Array = NDArray[np.float64]
IDENTIFIER = "learning-partition"
SERVES = tuple(f"vanchurin2020towards:{number}" for number in ("5.13", "5.14"))
COLD_SIZES, HOT_SIZES = (2, 2, 2), (4, 4, 4)
COLD, HOT = 150.0, 0.05
"""The least beta lambda of cold networks; beta of hot ones."""
MASS = 0.25
"""In units of the least eigenvalue of G: weights of sampled states have a variance below one half."""
WARMER = 1.05
N_NETWORKS = {"quick": 6, "default": 20, "full": 60}
N_BAGS = {"quick": 20, "default": 40, "full": 100}
N_STATES = 2000
"""In a bag: a rival is then off by dozens of standard errors."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ColdNetwork:
    """A network at so low a temperature that its states are close to Gaussian."""

    states: LayeredStates
    beta: float

    def log_partition(self, *, beta: float | None = None, mass: float | None = None) -> float:
        """(5.14), at another temperature or with another local objective if given."""
        return learning_log_partition(
            list(self.states.weights),
            inverse_temperature=self.beta if beta is None else beta,
            mass=self.states.mass if mass is None else mass,
            orientation="in-out",
        )

    def log_error(self, *, window: bool) -> float:
        """How far log Z may be from (5.14), or from the Gaussian integral without the window.

        The window multiplies Z by the product of (1 + 1 / (beta (lambda - m)))^(-1/2). Bounds cut the tails of each
        neuron. A bent activation takes y^3 / 3 from a signal y: to first order log Z then changes by beta m times the
        sum of <x^2><y^2> at most, for each layer that the change passes, and <y^2> is below <x^2>.
        """
        stiff = self.states.dense() - self.states.mass * np.eye(self.states.n_neurons)
        variances = np.diag(np.linalg.inv(stiff)) / self.beta
        found = float(erfc(1 / np.sqrt(2 * variances)).sum())
        if window:
            found += float(np.log1p(1 / (self.beta * np.linalg.eigvalsh(stiff))).sum()) / 2
        if self.states.activation is not as_it_is:
            found += len(self.states.weights) * self.beta * self.states.mass * float(np.sum(variances**2))
        return found


def cold_networks(run: Run, name: str) -> list[ColdNetwork]:
    """Random ones, fixed by the seed of the run."""
    rng = np.random.default_rng([run.seed, *IDENTIFIER.encode()])
    activation: Any = np.tanh if name == "tanh" else as_it_is
    found = []
    for _ in range(N_NETWORKS[run.scale]):
        weights = _weights(COLD_SIZES, rng)
        least = float(np.linalg.eigvalsh(LayeredStates(weights=weights, activation=activation, mass=0.0).dense())[0])
        states = LayeredStates(weights=weights, activation=activation, mass=MASS * least)
        found.append(ColdNetwork(states=states, beta=COLD / least))
    return found


def _weights(sizes: tuple[int, ...], rng: np.random.Generator) -> tuple[Array, ...]:
    return tuple(rng.normal(size=pair) / np.sqrt(pair[0]) for pair in pairwise(sizes))


def _cold(run: Run, name: str) -> Comparison:
    networks, n_bags = cold_networks(run, name), N_BAGS[run.scale]
    exact = np.array([predicted(network, name) for network in networks])
    rival = np.array([rival_prediction(network, name) for network in networks])
    samples = [_cold_bags(run, name, k, network, n_bags) / np.exp(exact[k]) for k, network in enumerate(networks)]
    errors = [expm1(network.log_error(window=name != "without-window")) for network in networks]
    formula = "the Gaussian integral without the window" if name == "without-window" else "exp of (5.14)"
    return Series(
        name=name,
        title=TITLES[name],
        quantity=f"Z of states within -1 and 1, over {formula}, mean over networks",
        places=np.arange(len(networks)),
        weights=np.full(len(networks), 1 / len(networks)),
        samples=samples,
        exact=np.ones(len(networks)),
        rival=np.exp(rival - exact),
        rival_name=RIVALS[name],
        estimator=f"{n_bags} bags of {N_STATES} states of each of {len(networks)} networks",
        n_networks=n_bags * N_STATES * len(networks),
        serves=SERVES,
        bias=float(np.mean(errors)),
        more={"inverse_temperatures": [n.beta for n in networks], "log_partition": exact},
    ).compared(run, IDENTIFIER)


def predicted(network: ColdNetwork, name: str) -> float:
    """(5.14); or the integral without the window, which is (5.14) with m + 1 / beta in place of m."""
    if name == "without-window":
        return network.log_partition(mass=network.states.mass + 1 / network.beta)
    return network.log_partition()


def rival_prediction(network: ColdNetwork, name: str) -> float:
    """log Z by the wrong theory."""
    if name == "quadratic":
        return network.log_partition(beta=WARMER * network.beta)
    return network.log_partition(mass=0.0) if name == "tanh" else network.log_partition()


def _cold_bags(run: Run, name: str, number: int, network: ColdNetwork, n_bags: int) -> Array:
    """Z of each bag."""
    key = {"check": IDENTIFIER, "case": name, "scale": run.scale, "states": N_STATES, "bags": n_bags}

    def compute() -> dict[str, Any]:
        rng = np.random.default_rng([run.seed, number, *name.encode()])  # new states for each case
        weights = network.states.sampled_weights(n_bags * N_STATES, network.beta, rng)
        return {"means": weights.reshape(n_bags, N_STATES).mean(axis=1)}

    volume = (2 * np.pi / network.beta) ** (network.states.n_neurons / 2)
    return volume * run.unit(key, number, compute)["means"]


def _hot(run: Run) -> Comparison:
    """The excess of (5.14) over log Z for each neuron, its part of first order in beta taken off.

    That is beta Tr(G - m) / 3: the window has the variance 1, and the bounds 1/3. The second order is below
    beta^2 Tr (G - m)^2 / 4, that of (5.14) itself.
    """
    rng = np.random.default_rng([run.seed, *b"hot"])
    n_bags, samples, bias, traces = N_BAGS[run.scale], [], [], []
    networks = [
        LayeredStates(weights=_weights(HOT_SIZES, rng), activation=as_it_is, mass=0.0)
        for _ in range(N_NETWORKS[run.scale])
    ]
    for number, states in enumerate(networks):
        n, g = states.n_neurons, states.dense()
        gaussian = learning_log_partition(list(states.weights), inverse_temperature=HOT, orientation="in-out")
        log_z = n * log(2) + _hot_bags(run, number, states, n_bags)
        samples.append((gaussian - log_z + HOT * np.trace(g) / 3) / n)
        bias.append(HOT**2 * float(np.sum(g**2)) / 4 / n)
        traces.append(float(np.trace(g)))
    alone = learning_log_partition([np.zeros((1, 1))], inverse_temperature=0.0) / 2
    return Series(
        name="window",
        title=TITLES["window"],
        quantity="(5.14) less log Z of states within -1 and 1, for each neuron, as beta goes to 0",
        places=np.arange(len(networks)),
        weights=np.full(len(networks), 1 / len(networks)),
        samples=samples,
        exact=np.full(len(networks), alone - log(2)),
        rival=np.zeros(len(networks)),
        rival_name=RIVALS["window"],
        estimator=f"{n_bags} bags of {N_STATES} states of each of {len(networks)} networks at beta = {HOT}",
        n_networks=n_bags * N_STATES * len(networks),
        serves=SERVES,
        bias=float(np.mean(bias)),
        more={"traces": traces},
    ).compared(run, IDENTIFIER)


def _hot_bags(run: Run, number: int, states: LayeredStates, n_bags: int) -> Array:
    """log(Z / 2^N) of each bag."""
    key = {"check": IDENTIFIER, "case": "window", "scale": run.scale, "states": N_STATES, "bags": n_bags}

    def compute() -> dict[str, Any]:
        rng = np.random.default_rng([run.seed, number, *b"window"])
        weights = states.uniform_weights(n_bags * N_STATES, HOT, rng)
        return {"logarithms": np.log(weights.reshape(n_bags, N_STATES).mean(axis=1))}

    return run.unit(key, number, compute)["logarithms"]


def _answer(run: Run) -> tuple[Comparison, ...]:
    found = []
    for done, name in enumerate(TITLES, start=1):
        found.append(_hot(run) if name == "window" else _cold(run, name))
        run.report(done, len(TITLES), TITLES[name])
    return tuple(found)


TITLES = {
    "quadratic": "The Gaussian log Z is that of a quadratic loss in its bounds at low temperature",
    "tanh": "The Gaussian log Z is that of networks of hyperbolic tangents at low temperature",
    "without-window": "At low temperature log Z differs from the Gaussian one by what the window takes off",
    "window": "At high temperature the Gaussian window has too much room, log sqrt(pi / 2) for each neuron",
}
RIVALS = {
    "quadratic": "a temperature lower by a twentieth: beta -> 1.05 beta",
    "tanh": "the local objective dropped: m = 0",
    "without-window": "the Gaussian window left in: (5.14)",
    "window": "a window of the volume of the bounds",
}
LEARNING_PARTITION = CrossCheck(
    identifier=IDENTIFIER,
    title="The partition function of a network's states",
    question="Is log Z of small networks in their bounds the Gaussian one, and where is it not?",
    answer=_answer,
)
