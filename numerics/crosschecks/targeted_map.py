"""Free energies by a map: the work of a map counts the logarithm of its Jacobian (Jarzynski 2002, PRE 65, 046122)."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, exp, log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import quad

from numerics.crosschecks.comparison import REJECTION, Comparison
from numerics.crosschecks.crosscheck import CrossCheck, Run
from numerics.crosschecks.network_series import Series
from numerics.free_energies.exponential_average import jarzynski
from numerics.solvable.gaussian_path import GaussianPath
from numerics.solvable.mapped_work import AffineMap, mapped_work_law, sampled_mapped_work

Array = NDArray[np.float64]
IDENTIFIER = "targeted-map"
DIMENSION = 3
N_BAGS = {"quick": 40, "default": 100, "full": 400}
MARGIN = 4.0
"""Standard errors beside those of the rejection."""
LEAST_SAMPLES = {"quick": 500, "default": 2000, "full": 5000}
"""In a bag."""
CUTOFF = 12.0
"""Where integrals over a coordinate end: exp(-72) is left out."""


@dataclass(frozen=True, kw_only=True)
class TargetedMap:
    """From a Gaussian in three dimensions to quartic wells along skew axes: y = A m(x), m(x) = stretch x + bend tanh x.

    E_0 = |x|^2 / 2, and E_1 is the sum of v^2 / 2 + quartic v^4 over the coordinates of v = A^-1 y. Far out E_1
    grows faster than E_0, so that exp(-W) is bounded.
    """

    name: str
    axes: Array
    stretch: float
    bend: float
    quartic: float

    def well(self, v: Any) -> Any:
        """The energy of one coordinate of the final state."""
        return v**2 / 2 + self.quartic * v**4

    def moved(self, x: Any) -> Any:
        """One coordinate after the map, before it is turned."""
        return self.stretch * x + self.bend * np.tanh(x)

    def log_slope(self, x: Any) -> Any:
        """log of the derivative of `moved`."""
        return np.log(self.stretch + self.bend / np.cosh(x) ** 2)

    @property
    def log_ratio(self) -> float:
        """log(Z_1 / Z_0) by quadrature, no map involved."""
        return self._log_axes + DIMENSION * log(_integral(lambda v: exp(-self.well(v))) / sqrt(2 * np.pi))

    @property
    def log_ratio_without_jacobian(self) -> float:
        """log <exp(E_0(x) - E_1(y(x)))>_0."""
        return DIMENSION * log(_integral(lambda x: exp(-self.well(self.moved(x)))) / sqrt(2 * np.pi))

    @property
    def relative_variance(self) -> float:
        """Of exp(-W): <exp(-2 W)> / <exp(-W)>^2 - 1."""
        square = _integral(lambda x: exp(x**2 / 2 - 2 * self.well(self.moved(x)) + 2 * float(self.log_slope(x))))
        mean = _integral(lambda v: exp(-self.well(v)))
        return (square * sqrt(2 * np.pi) / mean**2) ** DIMENSION - 1

    def sampled_works(self, n: int, rng: np.random.Generator) -> Array:
        """W = E_1(y(x)) - E_0(x) - log |det dy/dx| of independent states x, shape (n,)."""
        x = rng.normal(size=(n, DIMENSION))
        target = self.moved(x) @ self.axes.T
        v = np.linalg.solve(self.axes, target.T).T
        jacobian = self.log_slope(x).sum(axis=1) + self._log_axes
        return self.well(v).sum(axis=1) - (x**2).sum(axis=1) / 2 - jacobian

    @property
    def _log_axes(self) -> float:
        return float(np.linalg.slogdet(self.axes).logabsdet)


@dataclass(frozen=True, kw_only=True)
class MappedGaussian:
    """From one Gaussian law in three dimensions to another by an affine map that is not the perfect one."""

    name: str
    path: GaussianPath
    mapping: AffineMap

    @property
    def log_ratio(self) -> float:
        """log(Z_1 / Z_0) from the derived change of free energy."""
        return -self.path.free_energy_difference

    @property
    def log_ratio_without_jacobian(self) -> float:
        """log <exp(E_0(x) - E_1(y(x)))>_0."""
        return self.log_ratio - self.mapping.log_jacobian

    @property
    def relative_variance(self) -> float:
        """Of exp(-W), from the derived law of the work."""
        law = mapped_work_law(self.path, self.mapping)
        return float(np.expm1(law.log_transform(2.0) - 2 * law.log_transform(1.0)))

    def sampled_works(self, n: int, rng: np.random.Generator) -> Array:
        """W = E_1(y(x)) - E_0(x) - log |det dy/dx| of independent states x, shape (n,)."""
        return sampled_mapped_work(self.path, self.mapping, n, rng)


def _integral(integrand: Any) -> float:
    value, _ = quad(integrand, -CUTOFF, CUTOFF, epsabs=0.0, epsrel=1e-12, limit=200)
    return float(value)


def targeted_maps(seed: int) -> tuple[MappedGaussian, TargetedMap]:
    """An affine map between Gaussian laws and a bent one, along axes that the seed turns and stretches."""
    rng = np.random.default_rng([seed, *IDENTIFIER.encode()])
    axes = np.linalg.qr(rng.normal(size=(DIMENSION, DIMENSION)))[0] * np.array([1.5, 1.3, 1.4])
    path = GaussianPath(
        mean_0=np.zeros(DIMENSION),
        covariance_0=np.eye(DIMENSION),
        mean_1=np.full(DIMENSION, 3.0),
        covariance_1=axes @ axes.T,
    )
    # Wider than the perfect map, so that exp(-W) is bounded.
    near = AffineMap(matrix=1.2 * axes, shift=path.means[1] + 0.2)
    return (
        MappedGaussian(name="affine", path=path, mapping=near),
        TargetedMap(name="bent", axes=axes, stretch=0.6, bend=0.25, quartic=0.1),
    )


def _answer(run: Run) -> tuple[Comparison, ...]:
    found, maps = [], targeted_maps(run.seed)
    for done, targeted in enumerate(maps, start=1):
        found.append(_compared(run, targeted))
        run.report(done, len(maps), f"{targeted.name} map")
    return tuple(found)


def _compared(run: Run, targeted: TargetedMap | MappedGaussian) -> Comparison:
    exact, n_bags = targeted.log_ratio, N_BAGS[run.scale]
    rival = exp(targeted.log_ratio_without_jacobian - exact)
    needed = ceil((REJECTION + MARGIN) ** 2 * targeted.relative_variance / (rival - 1) ** 2 / n_bags)
    n_samples = max(needed, LEAST_SAMPLES[run.scale])
    key = {"check": IDENTIFIER, "map": targeted.name, "scale": run.scale, "samples": n_samples, "bags": n_bags}

    def compute() -> dict[str, Any]:
        rng = np.random.default_rng([run.seed, *targeted.name.encode()])
        found = [jarzynski(targeted.sampled_works(n_samples, rng)).log_ratio for _ in range(n_bags)]
        return {"log_ratios": np.array(found)}

    return Series(
        name=targeted.name,
        title=TITLES[targeted.name],
        quantity="mean of exp(-W), in units of Z_1 / Z_0",
        places=np.zeros(1),
        weights=np.ones(1),
        samples=[np.exp(run.unit(key, 0, compute)["log_ratios"] - exact)],
        exact=np.ones(1),
        rival=[rival],
        rival_name="the logarithm of the map's Jacobian left out of the work",
        estimator=f"{n_bags} bags of {n_samples} states",
        n_networks=n_bags * n_samples,
        more={"log_ratio": exact, "relative_variance": targeted.relative_variance},
    ).compared(run, IDENTIFIER)


TITLES = {
    "affine": "An affine map and its work find the free energy of a Gaussian law",
    "bent": "A nonlinear map and its work find the free energy of quartic wells",
}
TARGETED_MAP = CrossCheck(
    identifier=IDENTIFIER,
    title="Free energies by a map",
    question="Does the work of a map, its Jacobian counted, give the free energy of another state?",
    answer=_answer,
)
