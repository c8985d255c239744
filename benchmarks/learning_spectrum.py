"""Spectrum of G and log Z of feedforward networks: by their layers against dense matrices of all neurons.

    python -m benchmarks.learning_spectrum            half a minute: the networks of Vanchurin (2020) and deeper ones
    python -m benchmarks.learning_spectrum --quick    a second, on small networks, to see that it runs

The baselines are `numpy.linalg.eigvalsh` of G and `numpy.linalg.slogdet` of 1 + beta G, without the time it takes to
build the matrices. All are timed in one process and in turn, with the same BLAS threads (one, unless the environment
says otherwise); seconds are medians of processor time. Ratios are

    layers    the dense eigenvalues over those of a list of layers,
    matrix    over those of one matrix of all pairs, whose layers are found from its zeros,
    log Z     the dense determinant over log Z layer by layer.

Answers that disagree with the dense ones are said to CONTRADICT.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is imported, so it stands before

import numpy as np
from numpy.typing import NDArray

from numerics import learning_log_partition, learning_spectrum

Matrix = NDArray[np.float64]
NETWORKS = ((784, 60, 10), (784, 40, 20, 10), (784, 20, 20, 10), (784, 256, 128, 10), (60,) * 15)
QUICK_NETWORKS = ((60, 6, 3), (8,) * 6)
BETA = 1.5
# Dense eigenvalues have errors of a few roundings of the largest.
ROUNDING = 1e-11


@dataclass(frozen=True, kw_only=True)
class Timing:
    """Median seconds of each on one network, and whether all agree."""

    dense: float
    layers: float
    matrix: float
    dense_log_partition: float
    log_partition: float
    agree: bool


def compare(sizes: tuple[int, ...], repetitions: int) -> Timing:
    """Time one random network."""
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=pair) / np.sqrt(pair[0]) for pair in pairwise(sizes)]
    whole = matrix_of_all_pairs(weights, sizes)
    one_less = np.eye(len(whole)) - whole
    dense = one_less.T @ one_less
    stiff = np.eye(len(whole)) + BETA * dense
    actions: dict[str, Callable[[], Any]] = {
        "dense": lambda: np.linalg.eigvalsh(dense),
        "layers": lambda: learning_spectrum(weights, orientation="in-out"),
        "matrix": lambda: learning_spectrum(whole),
        "dense log Z": lambda: len(whole) / 2 * np.log(2 * np.pi) - np.linalg.slogdet(stiff).logabsdet / 2,
        "log Z": lambda: learning_log_partition(weights, inverse_temperature=BETA, orientation="in-out"),
    }
    found = {name: action() for name, action in actions.items()}  # warm
    seconds: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(repetitions):
        for name, action in actions.items():
            seconds[name].append(timed(action))
    median = {name: statistics.median(all_) for name, all_ in seconds.items()}
    scale = found["dense"][-1]
    return Timing(
        dense=median["dense"],
        layers=median["layers"],
        matrix=median["matrix"],
        dense_log_partition=median["dense log Z"],
        log_partition=median["log Z"],
        agree=bool(
            np.max(np.abs(found["layers"] - found["dense"])) < ROUNDING * scale
            and np.max(np.abs(found["matrix"] - found["dense"])) < ROUNDING * scale
            and abs(found["log Z"] - found["dense log Z"]) < ROUNDING * len(whole)
        ),
    )


def matrix_of_all_pairs(weights: list[Matrix], sizes: tuple[int, ...]) -> Matrix:
    """w, whose row is the neuron that weights lead into."""
    ends = np.cumsum([0, *sizes])
    whole = np.zeros((ends[-1], ends[-1]))
    for k, block in enumerate(weights, start=1):
        whole[ends[k] : ends[k + 1], ends[k - 1] : ends[k]] = block.T
    return whole


def timed(action: Callable[[], Any]) -> float:
    """Seconds of processors that one call takes."""
    start = time.process_time()
    action()
    return time.process_time() - start


def main() -> None:
    """Time every network and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small networks")
    quick = parser.parse_args().quick
    print(f"BLAS threads: {os.environ['OPENBLAS_NUM_THREADS']}; milliseconds are medians, ratios are to dense matrices")
    print(f"{'layers':<20}{'dense':>9}{'layers':>9}{'ratio':>8}{'matrix':>9}{'ratio':>8}{'log Z':>9}{'ratio':>8}")
    for sizes in QUICK_NETWORKS if quick else NETWORKS:
        found = compare(sizes, 3 if quick else 9)
        name = f"{len(sizes)} x {sizes[0]}" if len(set(sizes)) == 1 else "-".join(map(str, sizes))
        cells = [f"{name:<20}{1e3 * found.dense:>9.3g}"]
        for seconds, dense in (
            (found.layers, found.dense),
            (found.matrix, found.dense),
            (found.log_partition, found.dense_log_partition),
        ):
            cells.append(f"{1e3 * seconds:>9.3g}{dense / seconds:>8.3g}")
        print("".join(cells), "agree" if found.agree else "CONTRADICT", flush=True)


if __name__ == "__main__":
    main()
