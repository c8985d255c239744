"""The mean of exp(-W) on random chains against sums over states: equations (15) and (16) of Bahri et al. (2020)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import ceil
from typing import Any

import numpy as np

from numerics.crosschecks.comparison import REJECTION, Comparison
from numerics.crosschecks.crosscheck import CrossCheck, Run
from numerics.crosschecks.driven_chains import DrivenChain, Mixing, random_chain
from numerics.crosschecks.network_series import Series
from numerics.free_energies.annealing import annealed_importance_sampling
from numerics.lowering import lower
from numerics.lowering.lowered import Lowered

IDENTIFIER = "work-identity"
KINDS: tuple[Mixing, ...] = ("reversible", "circulating", "sluggish")
N_CHAINS = {"quick": 6, "default": 20, "full": 60}
N_BAGS = 20
MARGIN = 4.0
"""Standard errors beside those of the rejection: the rival is missed once in thirty thousand runs."""
LEAST_RUNS = {"quick": 200, "default": 1000, "full": 5000}
MOST_RUNS = 20_000
"""In a bag: at least enough for a mean that is close to Gaussian, at most what a second allows."""
SERVES = tuple(f"bahri2020statistical:{place}" for place in ("15", "16", "claim:6.4.1a"))


def _answer(run: Run) -> tuple[Comparison, ...]:
    found = []
    for done, kind in enumerate(KINDS, start=1):
        found.append(_compared(run, kind))
        run.report(done, len(KINDS), f"{kind} kernels")
    return tuple(found)


def _compared(run: Run, kind: Mixing) -> Comparison:
    chains = driven_chains(run, kind)
    exact = np.array([predicted_mean_weight(c) for c in chains])
    rival = np.array([rival_ratio(c, kind) for c in chains])
    n_runs = runs_in_a_bag(chains, exact, rival, LEAST_RUNS[run.scale])
    samples = [_bags(run, kind, number, chain, n_runs) for number, chain in enumerate(chains)]
    return Series(
        name=kind,
        title=TITLES[kind],
        quantity="mean of exp(-W) over runs and chains, Z_1 / Z_0 of each chain being the unit",
        places=np.arange(len(chains)),
        weights=1 / exact / len(chains),
        samples=samples,
        exact=exact,
        rival=rival,
        rival_name=RIVALS[kind],
        estimator=f"{n_runs} runs of each of {len(chains)} chains in each of {N_BAGS} bags",
        n_networks=N_BAGS * n_runs * len(chains),
        serves=SERVES,
        more={"mean_weight": [c.mean_weight() for c in chains]},
    ).compared(run, IDENTIFIER)


def driven_chains(run: Run, kind: Mixing) -> list[DrivenChain]:
    """The chains of a run, fixed by its seed."""
    rng = np.random.default_rng([run.seed, *kind.encode()])
    return [
        random_chain(
            n_states=int(rng.integers(3, 8)), n_steps=int(rng.integers(2, 7)), spread=1.0, mixing=kind, rng=rng
        )
        for _ in range(N_CHAINS[run.scale])
    ]


def predicted_mean_weight(chain: DrivenChain) -> float:
    """<exp(-W)> by the Jarzynski equality, of the energies at both ends."""
    return float(_derived_mean_weight(chain.start.size)(*chain.energies[0], *chain.energies[-1]))


@cache
def _derived_mean_weight(n_states: int) -> Lowered:
    """Of the energies of the states before the first step and after the last."""
    from derivations.nonequilibrium import jarzynski
    from theory.models import driven_chain as model

    (step,) = (step for step in jarzynski.build().steps if step.name == "mean of exp(-W)")
    ends = [model.energies[time, state] for time in (0, 1) for state in range(1, n_states + 1)]
    # Its right side knows of the steps only that there is a last one.
    return lower(step.result, ends, sizes={model.n_states: n_states, model.n_steps: 1})


def rival_ratio(chain: DrivenChain, kind: Mixing) -> float:
    """<exp(-W)> if the work were the wrong one; for chains that hardly move, exp(-<W>)."""
    return float(np.exp(-chain.mean_work())) if kind == "sluggish" else chain.mean_weight_of_late_work()


def runs_in_a_bag(chains: Sequence[DrivenChain], exact: Any, rival: Any, least: int) -> int:
    """So many that the rival lies `REJECTION` and `MARGIN` standard errors off, from exact variances."""
    variances = np.array([c.mean_weight(2) for c in chains]) / exact**2 - 1
    gap = float(np.mean(rival / exact - 1))
    needed = ceil((REJECTION + MARGIN) ** 2 * float(np.sum(variances)) / (len(chains) * gap) ** 2 / N_BAGS)
    return min(max(needed, least), MOST_RUNS)


def _bags(run: Run, kind: Mixing, number: int, chain: DrivenChain, n_runs: int) -> Any:
    key = {"check": IDENTIFIER, "kind": kind, "scale": run.scale, "runs": n_runs, "bags": N_BAGS}

    def compute() -> dict[str, Any]:
        rng = np.random.default_rng([run.seed, *kind.encode(), number])
        found = annealed_importance_sampling(
            chain.energy,
            chain.kernel,
            n_chains=N_BAGS * n_runs,
            schedule=chain.schedule,
            rng=rng,
            initial=chain.initial,
        )
        return {"means": np.exp(-found.work).reshape(N_BAGS, n_runs).mean(axis=1)}

    return run.unit(key, number, compute)["means"]


TITLES: dict[Mixing, str] = {
    "reversible": "The mean of exp(-W) is a ratio of partition functions",
    "circulating": "The mean of exp(-W) is that ratio for kernels without detailed balance",
    "sluggish": "The mean of exp(-W) is that ratio for chains that hardly move",
}
LATE = "work in the wrong order: the change of energy at the state after the move"
RIVALS: dict[Mixing, str] = {
    "reversible": LATE,
    "circulating": LATE,
    "sluggish": "the mean work in place of the free energy: exp(-<W>)",
}
WORK_IDENTITY = CrossCheck(
    identifier=IDENTIFIER,
    title="The Jarzynski equality on random chains",
    question="Is the mean of exp(-W) over driven random chains Z_1 / Z_0, whatever their kernels and protocols?",
    answer=_answer,
)
