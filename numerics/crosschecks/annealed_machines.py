"""log Z of random Boltzmann machines by annealed importance sampling against the sum over all their states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from numerics.crosschecks.comparison import Comparison
from numerics.crosschecks.crosscheck import CrossCheck, Run
from numerics.crosschecks.network_series import Series
from numerics.free_energies.annealing import annealed_importance_sampling
from numerics.free_energies.log_partition import Machine, log_partition
from numerics.networks import BoltzmannMachine, HopfieldNetwork, RestrictedBoltzmannMachine

IDENTIFIER = "annealed-machines"
N_MACHINES = {"quick": 20, "default": 40, "full": 200}
N_CHAINS, N_TEMPERATURES = 100, 6
"""For each machine and direction: works dissipate some tenths of k_B T, which the rivals count as free energy."""
N_LADDER_CHAINS, N_LADDER = 400, 20
ROUNDING = 1e-3
"""Of fields in single precision, in log Z."""
SERVES = ("bahri2020statistical:16",)


def _restricted(rng: np.random.Generator, *, spins: bool) -> RestrictedBoltzmannMachine:
    n_visible, n_hidden = 14, 8
    scale = 0.4 if spins else 1.2
    return RestrictedBoltzmannMachine(
        scale * rng.normal(size=(n_visible, n_hidden)),
        scale * rng.normal(size=n_visible),
        scale * rng.normal(size=n_hidden),
        spins,
    )


def _connected(rng: np.random.Generator, *, n_units: int = 12) -> BoltzmannMachine:
    couplings = np.triu(rng.normal(size=(n_units, n_units)), 1)
    return BoltzmannMachine(0.6 * (couplings + couplings.T), 0.6 * rng.normal(size=n_units))


def _hopfield(rng: np.random.Generator) -> HopfieldNetwork:
    return HopfieldNetwork(rng.choice([-1.0, 1.0], size=(2, 14)), inverse_temperature=0.9)


FAMILIES: dict[str, Callable[[np.random.Generator], Machine]] = {
    "restricted": lambda rng: _restricted(rng, spins=False),
    "spins": lambda rng: _restricted(rng, spins=True),
    "fully-connected": _connected,
    "hopfield": _hopfield,
}
TITLES = {
    "restricted": "log Z of restricted Boltzmann machines",
    "spins": "log Z of restricted Boltzmann machines of spins",
    "fully-connected": "log Z of fully connected Boltzmann machines",
    "hopfield": "log Z of Hopfield networks",
    "ladder": "log Z of fully connected machines by the chains of any kernel",
}


def _answer(run: Run) -> tuple[Comparison, ...]:
    found = []
    for done, family in enumerate(TITLES, start=1):
        found.append(_ladder(run) if family == "ladder" else _family(run, family))
        run.report(done, len(TITLES), TITLES[family])
    return tuple(found)


def _family(run: Run, family: str) -> Comparison:
    def one(rng: np.random.Generator) -> tuple[float, ...]:
        machine = FAMILIES[family](rng)
        exact = log_partition(machine, method="exact").log_partition
        found = log_partition(machine, method="annealing", rng=rng, n_chains=N_CHAINS, n_temperatures=N_TEMPERATURES)
        lower = float("nan") if found.lower is None else found.lower
        return found.log_partition - exact, found.standard_error, lower - exact, float(found.reliable)

    rows = _rows(run, family, one)
    return _compared(
        run,
        family,
        rows,
        rival=float(rows[:, 2].mean()),
        rival_name="no exponential average: log Z from the mean work of forward chains",
        estimator=f"{len(rows)} machines, {N_CHAINS} chains each way, {N_TEMPERATURES} steps",
    )


def _ladder(run: Run) -> Comparison:
    """By `annealed_importance_sampling` from fair coins, with one sweep of Gibbs' sampler a step."""

    def one(rng: np.random.Generator) -> tuple[float, ...]:
        machine = _connected(rng, n_units=8)

        def sweep(x: Any, lam: float, rng: np.random.Generator) -> Any:
            for unit in range(machine.n_units):
                field = lam * (machine.bias[unit] + x @ machine.couplings[unit])
                x[:, unit] = rng.random(len(x)) * (1 + np.exp(-field)) < 1
            return x

        found = annealed_importance_sampling(
            lambda lam, x: lam * machine.energy(x),
            sweep,
            n_chains=N_LADDER_CHAINS,
            schedule=N_LADDER,
            rng=rng,
            initial=rng.integers(2, size=(N_LADDER_CHAINS, machine.n_units)).astype(float),
        )
        exact = log_partition(machine, method="exact").log_partition
        last = 1 - 1 / N_LADDER
        short = log_partition(BoltzmannMachine(last * machine.couplings, last * machine.bias), method="exact")
        error = found.log_ratio + machine.n_units * np.log(2) - exact
        return error, found.standard_error, short.log_partition - exact, float(found.reliable)

    rows = _rows(run, "ladder", one)
    return _compared(
        run,
        "ladder",
        rows,
        rival=float(rows[:, 2].mean()),
        rival_name="the last step of the ladder left out",
        estimator=f"{len(rows)} machines, {N_LADDER_CHAINS} chains, {N_LADDER} steps",
    )


def _rows(run: Run, family: str, one: Callable[[np.random.Generator], tuple[float, ...]]) -> Any:
    """For each machine its error, error bar, the rival's error and whether it is called reliable."""
    key = {"check": IDENTIFIER, "family": family, "scale": run.scale}

    def compute() -> dict[str, Any]:
        generators = (np.random.default_rng([run.seed, *family.encode(), k]) for k in range(N_MACHINES[run.scale]))
        return {"rows": np.array([one(rng) for rng in generators])}

    return run.unit(key, 0, compute)["rows"]


def _compared(run: Run, family: str, rows: Any, *, rival: float, rival_name: str, estimator: str) -> Comparison:
    return Series(
        name=family,
        title=TITLES[family],
        quantity="estimated less exact log Z, mean over machines",
        places=np.zeros(1),
        weights=np.ones(1),
        samples=[rows[:, 0]],
        exact=[0.0],
        rival=[rival],
        rival_name=rival_name,
        estimator=estimator,
        n_networks=len(rows),
        # The logarithm of a mean is low by half of its squared standard error.
        bias=float(np.mean(rows[:, 1] ** 2)) / 2 + ROUNDING,
        serves=SERVES,
        more={
            "errors": rows[:, 0],
            "error_bars": rows[:, 1],
            "reliable": float(rows[:, 3].mean()),
            "bias": "half of the mean squared error bar, and what rounding does to fields in single precision",
        },
    ).compared(run, IDENTIFIER)


ANNEALED_MACHINES = CrossCheck(
    identifier=IDENTIFIER,
    title="log Z of Boltzmann machines",
    question="Does annealed importance sampling find log Z of random machines that can be summed?",
    answer=_answer,
)
