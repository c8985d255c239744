"""Extrema of minus the Laplacian of the free energy of two groups of eigenvalues, against direct minimization.

The function is made of an explicit diagonal G and minimized on a grid and by Brent's method; nothing of the derived
formulas goes in. Vanchurin (2020), equations (9.1) to (9.4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from numerics.crosschecks.comparison import Comparison
from numerics.crosschecks.crosscheck import CrossCheck, Run
from numerics.crosschecks.network_series import Series
from numerics.learning.two_fractions import two_fraction_extrema

Array = NDArray[np.float64]
IDENTIFIER = "two-fractions"
SERVES = ("vanchurin2020towards:9.3", "vanchurin2020towards:9.4")
N_BAGS = {"quick": 20, "default": 40, "full": 100}
BAG = 4
"""Points in a bag: errors of places differ by orders, and their means over bags less."""
N_EIGENVALUES = 30
REACH, N_GRID = 12.0, 2401
"""Extrema are looked for at |log lambda| below the reach."""
FLAT = 1e-13
"""Changes from one point of the grid to the next below this are rounding, as on the plateaus."""
TOLERANCE = 1e-5
"""Of places that are found: half the digits of a double, where a function is flat."""
NEAR = 1e-3
"""How close to each other two extrema are drawn, in the temperature at which they meet."""


@dataclass(frozen=True, kw_only=True)
class Groups:
    """So many of the eigenvalues of a diagonal G move together, and the others keep its determinant 1."""

    n_first: int
    beta: float

    @property
    def fraction(self) -> Fraction:
        """gamma."""
        return Fraction(self.n_first, N_EIGENVALUES)

    def log_eigenvalues(self, x: Any) -> Array:
        """Of all of G, where those of the first group are x: shape (..., N)."""
        places = np.asarray(x, dtype=float)[..., np.newaxis]
        n_other = N_EIGENVALUES - self.n_first
        first = np.arange(N_EIGENVALUES) < self.n_first
        return np.where(first, places, -places * self.n_first / n_other)

    def curvature(self, x: Any) -> Array:
        """log of Tr (1 + beta G)^-2, whose extrema are those of minus the Laplacian."""
        terms = -2 * np.logaddexp(0, np.log(self.beta) + self.log_eigenvalues(x))
        return np.logaddexp.reduce(terms, axis=-1)

    def found(self) -> list[tuple[float, str]]:
        """Minima and maxima but that at 0, from a grid, refined."""
        grid = np.linspace(-REACH, REACH, N_GRID)
        values = self.curvature(grid)
        places = []
        for sign, kind in ((1.0, "minimum"), (-1.0, "maximum")):
            rises = np.diff(sign * values)
            for k in np.flatnonzero((rises[:-1] < -FLAT) & (rises[1:] > FLAT)) + 1:
                lowest: Any = minimize_scalar(
                    lambda x, sign=sign: sign * float(self.curvature(x)),
                    bounds=(grid[k - 1], grid[k + 1]),
                    method="bounded",
                    options={"xatol": 1e-10},
                )
                if abs(lowest.x) > TOLERANCE:
                    places.append((float(lowest.x), kind))
        return sorted(places)


def printed(beta: float) -> float:
    """(9.4), which the paper gives for any fraction."""
    return 3 * float(np.log(np.sqrt(0.25 + 1 / beta) - 0.5))


def _below(rng: np.random.Generator) -> Groups:
    """A minimum at positive log lambda."""
    return Groups(n_first=int(rng.integers(3, 10)), beta=float(rng.uniform(0.1, 0.4)))


def _above(rng: np.random.Generator) -> Groups:
    """A maximum at negative log lambda."""
    return Groups(n_first=int(rng.integers(3, 10)), beta=float(rng.uniform(0.6, 0.9)))


def _near_zero(rng: np.random.Generator) -> Groups:
    """An extremum that is about to pass 0, on either side of beta = 1/2."""
    return Groups(n_first=int(rng.integers(6, 10)), beta=0.5 + float(rng.choice((-1, 1)) * rng.uniform(0.01, 0.02)))


def _about_to_meet(rng: np.random.Generator) -> Groups:
    """Two extrema on one side of 0, at a temperature just above the one at which they meet."""
    n_first = int(rng.integers(11, 14))
    power = 3 * n_first / N_EIGENVALUES - 1
    meet = power**power * (1 - power) ** (1 - power)
    return Groups(n_first=n_first, beta=meet * (1 - NEAR * float(rng.uniform(0.5, 1.0))))


DRAWS: dict[str, Callable[[np.random.Generator], Groups]] = {
    "below": _below,
    "above": _above,
    "near-zero": _near_zero,
    "about-to-meet": _about_to_meet,
}


def drawn(run: Run, name: str) -> list[Groups]:
    """Fixed by the seed of the run."""
    rng = np.random.default_rng([run.seed, *name.encode()])
    return [DRAWS[name](rng) for _ in range(N_BAGS[run.scale] * BAG)]


def farthest(extrema: list[tuple[float, str]]) -> float:
    """From 0, of minima and maxima beside it; 0 where there is none."""
    return max((abs(place) for place, _ in extrema), default=0.0)


def _compared(run: Run, name: str) -> Comparison:
    cases = drawn(run, name)
    derived = [[(e.log_eigenvalue, e.kind) for e in two_fraction_extrema(g.fraction, g.beta)] for g in cases]
    expected = [[(place, kind) for place, kind in one if place and kind != "inflection"] for one in derived]
    key = {"check": IDENTIFIER, "case": name, "points": len(cases)}

    def compute() -> dict[str, Any]:
        found = [g.found() for g in cases]
        same = [[k for _, k in f] == [k for _, k in e] for f, e in zip(found, expected, strict=True)]
        return {"places": np.array([farthest(f) for f in found]), "same_kinds": np.array(same)}

    kept = run.unit(key, 0, compute)
    exact = np.array([farthest(e) for e in expected])
    rival = np.array([abs(printed(g.beta)) for g in cases])
    # A point where minima and maxima are others than derived counts as beyond the reach.
    distance = np.where(kept["same_kinds"], np.abs(kept["places"] - exact), REACH + kept["places"])
    return Series(
        name=name,
        title=TITLES[name],
        quantity="distance of |log lambda| at the extremum farthest from 0, as found, from the derived one, mean over "
        "random fractions and temperatures",
        places=np.zeros(1),
        weights=np.ones(1),
        samples=[distance.reshape(-1, BAG).mean(axis=1)],
        exact=np.zeros(1),
        rival=np.array([float(np.mean(np.abs(rival - exact)))]),
        rival_name="equation (9.4), derived for few eigenvalues and printed for any number",
        estimator=f"{len(cases) // BAG} bags of {BAG} points",
        n_networks=len(cases),
        serves=SERVES,
        bias=TOLERANCE,
        more={
            "fractions": [float(g.fraction) for g in cases],
            "inverse_temperatures": [g.beta for g in cases],
            "derived": exact,
            "printed": rival,
            "found": kept["places"],
        },
    ).compared(run, IDENTIFIER)


def _answer(run: Run) -> tuple[Comparison, ...]:
    found = []
    for done, name in enumerate(DRAWS, start=1):
        found.append(_compared(run, name))
        run.report(done, len(DRAWS), TITLES[name])
    return tuple(found)


TITLES = {
    "below": "Below beta = 1/2 the minimum of minus the Laplacian of two groups lies where derived",
    "above": "Above beta = 1/2 the maximum of minus the Laplacian of two groups lies where derived",
    "near-zero": "Near beta = 1/2 an extremum of minus the Laplacian of two groups passes 0 as derived",
    "about-to-meet": "Two extrema of minus the Laplacian of two groups are about to meet where derived",
}
TWO_FRACTIONS = CrossCheck(
    identifier=IDENTIFIER,
    title="Extrema of the Laplacian of two groups of eigenvalues",
    question="Does direct minimization over an explicit G find the derived extrema, and not those printed?",
    answer=_answer,
)
