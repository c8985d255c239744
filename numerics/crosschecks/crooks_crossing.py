"""Histograms of the work in both directions: log P_f(W) / P_r(-W) is W less the difference of free energies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from numerics.crosschecks.comparison import Comparison
from numerics.crosschecks.crosscheck import CrossCheck, Run
from numerics.crosschecks.driven_chains import random_chain
from numerics.crosschecks.network_series import Series
from numerics.free_energies.annealing import annealed_importance_sampling
from numerics.solvable.dragged_oscillator import DraggedOscillator
from numerics.solvable.ising_lattice import IsingLattice
from numerics.solvable.stiffened_oscillator import StiffenedOscillator
from numerics.solvable.system import DrivenSystem
from numerics.solvable.two_state import TwoStateSystem

Array = NDArray[np.float64]
IDENTIFIER = "crooks-crossing"
N_BAGS = 20
N_RUNS = {"quick": 500, "default": 4000, "full": 40_000}
"""In a bag, in each direction: with 500 rivals lie more than ten standard errors off."""
MOST_STEPS = 50
"""Of Newton's method, which takes five."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """log P_f(W) / P_r(-W) = slope (W - crossing)."""

    slope: float
    crossing: float


def crooks_line(forward: Array, reverse: Array) -> Line:
    """The straight line through the logarithm of the ratio of both histograms, by maximum likelihood, without bins.

    Whether a value of W came from a forward run or, with its sign changed, from a reverse one has by Bayes' rule the
    log odds log n_f P_f(W) / n_r P_r(-W): a logistic regression on W (Shirts, Bair, Hooker and Pande 2003). With
    slope 1 kept fixed it is Bennett's acceptance ratio.

    Parameters
    ----------
    forward
        Works spent from 0 to 1, shape (n_forward,).
    reverse
        Works spent from 1 to 0, shape (n_reverse,).

    Raises
    ------
    ValueError
        If the histograms do not overlap, so that every slope is too flat.
    """
    works, labels = np.concatenate([forward, -reverse]), np.repeat([1.0, 0.0], [forward.size, reverse.size])
    center, scale = float(np.mean(works)), float(np.std(works))
    design = np.stack([np.ones_like(works), (works - center) / scale])
    found = np.zeros(2)
    for _ in range(MOST_STEPS):
        likely = expit(found @ design)
        step = np.linalg.solve((design * likely * (1 - likely)) @ design.T, design @ (labels - likely))
        found += step
        if np.abs(step).max() < 1e-10:
            break
    else:
        raise ValueError(f"expected histograms that overlap; found works up to {np.abs(works).max():.3g} that do not")
    offset, slope = float(found[0]) - float(np.log(forward.size / reverse.size)), float(found[1])
    return Line(slope=slope / scale, crossing=center - scale * offset / slope)


def less_biased_line(forward: Array, reverse: Array) -> Line:
    """The same, without the bias of order 1 / n: twice the line of all works less the mean of those of both halves."""
    whole = crooks_line(forward, reverse)
    halves = [crooks_line(forward[part::2], reverse[part::2]) for part in (0, 1)]
    return Line(
        slope=2 * whole.slope - (halves[0].slope + halves[1].slope) / 2,
        crossing=2 * whole.crossing - (halves[0].crossing + halves[1].crossing) / 2,
    )


def _answer(run: Run) -> tuple[Comparison, ...]:
    found, systems = [], driven_systems(run.seed)
    for done, (name, system) in enumerate(systems.items(), start=1):
        found += _compared(run, name, system)
        run.report(done, len(systems), name)
    return tuple(found)


def driven_systems(seed: int) -> dict[str, DrivenSystem]:
    """Systems with known differences of free energy."""
    rng = np.random.default_rng([seed, *IDENTIFIER.encode()])
    return {
        "random-chain": random_chain(n_states=6, n_steps=4, spread=1.5, mixing="reversible", rng=rng),
        "two-states": TwoStateSystem(gaps=(-1.0, 3.0), schedule=8, persistence=0.7),
        "dragged": DraggedOscillator(stiffness=1.0, distance=2.0, schedule=8, retained=0.7),
        "stiffened": StiffenedOscillator(stiffness=1.0, final_stiffness=9.0, dimension=2, schedule=4, retained=0.7),
        "ising": IsingLattice(shape=(4, 4), couplings=(0.0, 0.35), schedule=6),
    }


def _compared(run: Run, name: str, system: DrivenSystem) -> tuple[Comparison, ...]:
    n_runs, exact = N_RUNS[run.scale], system.free_energy_difference
    lines, rivals = (_bags(run, name, system, n_runs, kind) for kind in ("equilibrium", "elsewhere"))
    common: dict[str, Any] = {
        "places": np.zeros(1),
        "weights": np.ones(1),
        "rival_name": "forward runs that start in equilibrium at the other end",
        "estimator": f"{N_BAGS} bags of {n_runs} runs each way, the bias of order 1/n taken off",
        "n_networks": 2 * N_BAGS * n_runs,
    }
    return (
        Series(
            name=f"{name}-slope",
            title=f"{TITLES[name]}: the histograms of work differ by exp(W)",
            quantity="slope of log P_f(W) / P_r(-W)",
            samples=[lines[:, 0]],
            exact=np.ones(1),
            rival=[rivals[:, 0].mean()],
            **common,
        ).compared(run, IDENTIFIER),
        Series(
            name=f"{name}-crossing",
            title=f"{TITLES[name]}: the histograms of work cross at the free energy",
            quantity="W at which P_f(W) = P_r(-W), in units of k_B T",
            samples=[lines[:, 1]],
            exact=[exact],
            rival=[rivals[:, 1].mean()],
            **common,
        ).compared(run, IDENTIFIER),
    )


def _bags(run: Run, name: str, system: DrivenSystem, n_runs: int, start: str) -> Array:
    """Slope and crossing of each bag, shape (N_BAGS, 2)."""
    key = {"check": IDENTIFIER, "system": name, "scale": run.scale, "runs": n_runs, "bags": N_BAGS, "start": start}

    def compute() -> dict[str, Any]:
        rng = np.random.default_rng([run.seed, *name.encode(), *start.encode()])
        n, shape = N_BAGS * n_runs, (N_BAGS, n_runs)
        forward = annealed_importance_sampling(
            system.energy,
            system.kernel,
            n_chains=n,
            schedule=system.schedule,
            rng=rng,
            initial=system.initial if start == "equilibrium" else system.final,
        ).work.reshape(shape)
        reverse = system.sampled_work(n, rng, direction="reverse").reshape(shape)
        lines = [less_biased_line(f, r) for f, r in zip(forward, reverse, strict=True)]
        return {"lines": np.array([[line.slope, line.crossing] for line in lines])}

    return run.unit(key, 0, compute)["lines"]


TITLES = {
    "random-chain": "A random chain",
    "two-states": "A driven two-state system",
    "dragged": "A dragged oscillator",
    "stiffened": "Stiffened oscillators",
    "ising": "An Ising lattice",
}
CROOKS_CROSSING = CrossCheck(
    identifier=IDENTIFIER,
    title="The crossing of work histograms",
    question="Does log P_f(W) / P_r(-W) of driven systems have slope 1, and vanish at the difference of free energies?",
    answer=_answer,
)
