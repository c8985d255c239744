"""Brownian particles beside the Fokker-Planck and the Schroedinger equation, from the same density."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from numerics.crosschecks.comparison import REJECTION, Comparison
from numerics.crosschecks.crosscheck import CrossCheck, Run, Scale
from numerics.crosschecks.network_series import Series
from numerics.evolution.grid import Array, Grid
from numerics.evolution.two_evolutions import TwoEvolutions, two_evolutions
from numerics.networks.brownian import moved_freely, moved_under_constraints

IDENTIFIER = "schroedinger-diffusion"
N_BAGS = {"quick": 20, "default": 50, "full": 200}
LEAST_PARTICLES = {"quick": 1000, "default": 4000, "full": 20_000}
"""In a bag."""
MARGIN = 4.0
"""Standard errors beside those of the rejection: the rival is missed once in thirty thousand runs."""
DIFFUSION, TIME = 1.0, 0.3
WAVE_NUMBER = 2.0
"""Of the average that is compared; diffusion makes it smaller by exp(-0.6)."""
STEPS = 30
"""Under constraints, of particles and of the density."""


@dataclass(frozen=True, kw_only=True)
class Bumps:
    """Gaussian bumps of one width with equal shares, centers of shape (n_bumps, dimension)."""

    centers: Array
    width: float

    def density(self, *x: Array) -> Array:
        """At points of a grid."""
        squares = sum((c - a[..., None]) ** 2 for a, c in zip(x, self.centers.T, strict=True))
        scale = (2 * np.pi * self.width**2) ** (len(x) / 2)
        return np.mean(np.exp(-squares / (2 * self.width**2)), axis=-1) / scale

    def sample(self, n: int, rng: Generator) -> NDArray[np.float64]:
        """Positions of independent particles, shape (n, dimension)."""
        places = self.centers[rng.integers(len(self.centers), size=n)]
        return places + self.width * rng.normal(size=places.shape)

    @property
    def second_moment(self) -> float:
        """Mean squared distance from the origin."""
        return float(np.mean(np.sum(self.centers**2, axis=1))) + self.centers.shape[1] * self.width**2

    @property
    def mean_cosine(self) -> float:
        """Mean of the cosine of the first coordinate."""
        return float(np.mean(np.cos(self.centers[:, 0]))) * float(np.exp(-(self.width**2) / 2))


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """One start, and how particles move from it.

    Attributes
    ----------
    bumps
        Where they start.
    both
        Both evolutions of the start's density, at one time.
    move
        Positions after that time, from those before and a generator.
    bias
        What an average over a bag may be off by: the square of the steps, and the inverse number of the particles, as
        the force is taken of them.
    """

    bumps: Bumps
    both: TwoEvolutions
    move: Callable[[NDArray[np.float64], Generator], NDArray[np.float64]]
    bias: float = 0.0

    def averaged(self, first: Any) -> Any:
        """What is averaged, of the first coordinate."""
        return np.cos(WAVE_NUMBER * first)

    def moments(self, densities: Array) -> tuple[float, float]:
        """Mean and variance of `averaged` under the last of several densities."""
        grid = self.both.wave.grid
        f = self.averaged(grid.points[0])
        mean = grid.integral(densities[-1] * f)
        return mean, grid.integral(densities[-1] * f**2) - mean**2


def bumps_of(dimension: int, rng: Generator) -> Bumps:
    """Two bumps on a line or three in a plane, either side of the origin where the cosine is close to -1."""
    centers = rng.normal(scale=0.5, size=(dimension + 1, dimension))
    centers[:, 0] = rng.uniform(1.2, 1.6) * (-1.0) ** np.arange(dimension + 1)
    return Bumps(centers=centers, width=float(rng.uniform(0.4, 0.6)))


def free_case(dimension: int, rng: Generator) -> Case:
    """Particles that diffuse freely; the wave starts without a phase."""
    bumps = bumps_of(dimension, rng)
    grid = Grid.line(-16.0, 16.0, 512) if dimension == 1 else Grid.square(-14.0, 14.0, 128)

    return Case(
        bumps=bumps,
        both=two_evolutions(bumps.density, np.zeros(grid.shape), grid, diffusion=DIFFUSION, times=[TIME]),
        move=lambda x, rng: moved_freely(x, diffusion=DIFFUSION, duration=TIME, rng=rng),
    )


def constrained_case(rng: Generator, scale: Scale) -> Case:
    """Particles whose mean square and mean cosine are kept by a force; the wave has the constraints in its phase."""
    bumps = bumps_of(1, rng)
    grid = Grid.line(-16.0, 16.0, 800)
    held = [lambda x: x**2 - bumps.second_moment, lambda x: np.cos(x) - bumps.mean_cosine]
    gradients = [lambda x: 2 * x, lambda x: -np.sin(x)]
    laplacians = [lambda x: np.full(len(x), 2.0), lambda x: -np.cos(x[:, 0])]
    both = two_evolutions(
        bumps.density,
        lambda x: (0.5 * held[0](x) + held[1](x)) / 4,
        grid,
        diffusion=DIFFUSION,
        times=[TIME],
        constraints=held,
        time_step=TIME / STEPS,
    )

    def move(x: NDArray[np.float64], rng: Generator) -> NDArray[np.float64]:
        return moved_under_constraints(
            x, gradients, laplacians, diffusion=DIFFUSION, duration=TIME, n_steps=STEPS, rng=rng
        )

    return Case(bumps=bumps, both=both, move=move, bias=(TIME / STEPS) ** 2 + 1 / LEAST_PARTICLES[scale])


def _answer(run: Run) -> tuple[Comparison, ...]:
    found = []
    for done, (name, prepare) in enumerate(CASES.items(), start=1):
        found.append(_compared(run, name, prepare(np.random.default_rng([run.seed, *name.encode()]), run.scale)))
        run.report(done, len(CASES), TITLES[name])
    return tuple(found)


def _compared(run: Run, name: str, case: Case) -> Comparison:
    exact, variance = case.moments(case.both.diffused.densities)
    rival, _ = case.moments(case.both.wave.densities)
    n_bags = N_BAGS[run.scale]
    needed = ceil((REJECTION + MARGIN) ** 2 * variance / (rival - exact) ** 2 / n_bags)
    n_particles = max(needed, LEAST_PARTICLES[run.scale])
    key = {"check": IDENTIFIER, "case": name, "scale": run.scale, "particles": n_particles, "bags": n_bags}

    def compute() -> dict[str, Any]:
        rng = np.random.default_rng([run.seed, *name.encode(), 1])
        bags = (case.move(case.bumps.sample(n_particles, rng), rng) for _ in range(n_bags))
        return {"means": np.array([float(np.mean(case.averaged(x[:, 0]))) for x in bags])}

    return Series(
        name=name,
        title=TITLES[name],
        quantity="mean of cos(2 x) over particles, x in units of length",
        places=np.zeros(1),
        weights=np.ones(1),
        samples=[run.unit(key, 0, compute)["means"]],
        exact=[exact],
        rival=[rival],
        rival_name="|Psi|^2 of the Schroedinger equation from the same density",
        estimator=f"{n_bags} bags of {n_particles} particles",
        n_networks=n_bags * n_particles,
        bias=case.bias,
        more={
            "bias": "the square of the particles' time step and the inverse number of particles in a bag",
            "integrated_difference": case.both.integrated_differences[-1],
        },
    ).compared(run, IDENTIFIER)


CASES: dict[str, Callable[[Generator, Scale], Case]] = {
    "line": lambda rng, _: free_case(1, rng),
    "plane": lambda rng, _: free_case(2, rng),
    "constrained": constrained_case,
}
TITLES = {
    "line": "Brownian particles on a line spread as the Fokker-Planck equation says",
    "plane": "Brownian particles in a plane spread as the Fokker-Planck equation says",
    "constrained": "Particles whose averages a force keeps have the density of constrained diffusion",
}
SCHROEDINGER_DIFFUSION = CrossCheck(
    identifier=IDENTIFIER,
    title="Diffusion, constrained diffusion and waves",
    question="Do Brownian particles, free or under constraints, have the density of diffusion or that of a wave?",
    answer=_answer,
)
