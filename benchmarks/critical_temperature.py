"""Critical temperature of one network: the paper's scan over 40 inverse temperatures against the growing subspace.

    python -m benchmarks.critical_temperature            some minutes: 784-512-512-512-10, untrained and trained
    python -m benchmarks.critical_temperature --quick    a second, on a small network, to see that it runs

The baseline is all eigenvalues of I - M by `numpy.linalg.eigvalsh` in float64 at 40 values of beta, without the time it
takes to build the matrices. Both sides use the same BLAS threads (one, unless the environment says otherwise), in
one process and in turn: after each of the 40 diagonalizations the solver runs once, and after every fourth the
certificates, so all see the same machine. Seconds are those of processors, which on an idle machine with one thread
are those of the clock, and on a busy one still count the work. The ratios are 40 times the median diagonalization over
the medians

    solver    of the solution,
    with T_c  of the solution and the certificate of its temperature,
    with all  of the solution and the certificate of all it says, the minimum beyond a crossing too,
    floor     of one product of all weights with a vector in single precision, times the half products of the solution:
              what the memory of this machine would allow if nothing else took any time.

The scan's values also check the answer: none may lie below the minimum, nor any before the first crossing below zero.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is imported, so it stands before

import numpy as np
from numpy.typing import NDArray

from numerics.networks.digits import load_digits
from numerics.networks.initialization import STANDARD_LAYER_SIZES, sample_network, sample_standard_network
from numerics.networks.settings import STANDARD_TRAINING
from numerics.networks.trainer import train
from numerics.solvers.certificate import certify
from numerics.solvers.critical_temperature import CriticalTemperature, critical_temperature
from numerics.solvers.layered_bonds import LayeredBonds
from numerics.spectra.dense import stability_matrix

N_TEMPERATURES = 40
CERTIFIED_EVERY = 4
QUICK_LAYER_SIZES = (40, 30, 30, 10)
# Least eigenvalues of the scan may lie this far below the claimed minimum by the rounding of eigvalsh.
SCAN_ROUNDING = 1e-10

Weights = list[NDArray[np.float64]]
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Timing:
    """Both sides on one network: median seconds of each, the results, and the scan's least eigenvalues."""

    scan: float
    solver: float
    temperature_certificate: float
    certificate: float
    half_product: float
    result: CriticalTemperature
    holds: bool
    inverse_temperatures: NDArray[np.float64]
    least_eigenvalues: list[float]

    @property
    def ratios(self) -> tuple[float, float, float, float]:
        """How many times faster than the scan: the solver, with either certificate, and the floor."""
        taken = (
            self.solver,
            self.solver + self.temperature_certificate,
            self.solver + self.certificate,
            2 * self.result.n_products * self.half_product,
        )
        first, second, third, fourth = (self.scan / seconds for seconds in taken)
        return first, second, third, fourth

    @property
    def agrees(self) -> bool:
        """Whether no value of the scan contradicts the result."""
        first = self.result.first_crossing
        scan = zip(self.inverse_temperatures, self.least_eigenvalues, strict=True)
        return all(
            value >= self.result.least_eigenvalue - SCAN_ROUNDING
            and (first is None or beta >= first or value >= -SCAN_ROUNDING)
            for beta, value in scan
        )


def compare(weights: Weights, n_temperatures: int) -> Timing:
    """Time one network."""
    result = critical_temperature(weights, orientation="in-out")  # warm: imports, caches, and where to scan
    certify(weights, result, orientation="in-out")
    # From a quarter of the first point of interest to twice the minimum, as one who does not know would have to look.
    inverse_temperatures = np.linspace(0.25 * result.inverse_temperature, 2 * result.at_minimum, n_temperatures)
    seconds: dict[str, list[float]] = {}

    def record(name: str, action: Callable[[], T]) -> T:
        elapsed, value = timed(action)
        seconds.setdefault(name, []).append(elapsed)
        return value

    least, holds = [], True
    bonds = LayeredBonds.from_blocks(weights)
    vector = np.ones(len(bonds.reaction_even))
    for k, beta in enumerate(inverse_temperatures):
        matrix = stability_matrix(weights, float(beta), orientation="in-out")
        eigenvalues = record("baseline", lambda matrix=matrix: np.linalg.eigvalsh(matrix))
        least.append(float(eigenvalues[0]))
        result = record("solver", lambda: critical_temperature(weights, orientation="in-out"))
        record("half product", lambda: bonds.onto_odd(vector, roughly=bonds.has_rough_products))
        if k % CERTIFIED_EVERY == 0:
            for only in (False, True):
                proof = record(
                    f"temperature only {only}",
                    lambda only=only: certify(weights, result, temperature_only=only, orientation="in-out"),  # noqa: B023
                )
                holds = holds and proof.holds
    median = {name: statistics.median(found) for name, found in seconds.items()}
    return Timing(
        scan=n_temperatures * median["baseline"],
        solver=median["solver"],
        temperature_certificate=median["temperature only True"],
        certificate=median["temperature only False"],
        half_product=median["half product"],
        result=result,
        holds=holds,
        inverse_temperatures=inverse_temperatures,
        least_eigenvalues=least,
    )


def timed(action: Callable[[], T]) -> tuple[float, T]:
    """Seconds of processors that one call takes, and its result."""
    start = time.process_time()
    value = action()
    return time.process_time() - start, value


def networks(quick: bool) -> dict[str, Weights]:
    """Networks by name, as float64 weights of shape (N_{k-1}, N_k)."""
    if quick:
        sizes = QUICK_LAYER_SIZES
        return {"untrained, C = 1": as_double(sample_network(sizes, (1.0,) * 3, np.random.default_rng(0)).weights)}
    n_blocks = len(STANDARD_LAYER_SIZES) - 1
    narrow, wide = (
        sample_network(STANDARD_LAYER_SIZES, (variance,) * n_blocks, np.random.default_rng(seed)).weights
        for seed, variance in enumerate((1.0, 2.0))
    )
    return {"untrained, C = 1": as_double(narrow), "untrained, C = 2": as_double(wide), **trained((1, 20))}


def trained(epochs: tuple[int, ...]) -> dict[str, Weights]:
    """The standard network after some epochs on the built-in digits."""
    network, data = sample_standard_network(np.random.default_rng(2)), load_digits()
    kept: dict[str, Weights] = {}
    state = None
    for epoch in epochs:
        state = train(network, data, replace(STANDARD_TRAINING, epochs=epoch), seed=2, start=state)
        kept[f"trained, epoch {epoch}"] = as_double(state.network.weights)
    return kept


def as_double(weights: tuple[NDArray[np.generic], ...]) -> Weights:
    """The same numbers in float64, so that neither side pays for the promotion."""
    return [np.asarray(weight, dtype=np.float64) for weight in weights]


def main() -> None:
    """Time every network and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small network and 4 temperatures")
    quick = parser.parse_args().quick
    print(f"BLAS threads: {os.environ['OPENBLAS_NUM_THREADS']}; seconds are medians, ratios are to the scan")
    print(
        f"{'network':<20}{'scan':>7}{'solver':>9}{'with T_c':>9}{'with all':>9}{'floor':>7}"
        f"{'seconds':>9}{'products':>9}{'T_c':>9}{'least':>9}  checks"
    )
    for name, weights in networks(quick).items():
        timing = compare(weights, 4 if quick else N_TEMPERATURES)
        result, (solver, with_temperature, with_all, floor) = timing.result, timing.ratios
        print(
            f"{name:<20}{timing.scan:>7.3g}{solver:>9.0f}{with_temperature:>9.0f}{with_all:>9.0f}{floor:>7.0f}"
            f"{timing.solver:>9.3g}{result.n_products:>9}{result.temperature:>9.5f}{result.least_eigenvalue:>9.5f}  "
            f"scan {'agrees' if timing.agrees else 'CONTRADICTS'}, {'certified' if timing.holds else 'NOT CERTIFIED'}",
            flush=True,
        )


if __name__ == "__main__":
    main()
