"""Critical temperature at scale: seconds and memory of the iteration and of its certificate, as ratios to the weights.

    python -m benchmarks.large_networks            minutes and some 6 GB: 784-8192-8192-8192-10 and 50 layers of 2048
    python -m benchmarks.large_networks --quick    seconds, on small networks of the same shapes

Each network stands twice: untrained, where the least eigenvalue only comes near zero, and with one strong direction
planted in every layer, where it crosses. Time is told in seconds, in seconds of processors (the same on a busy machine)
and in passes: the median time of the products of all weights and of their transposes with a vector in single precision,
measured in the same process. Memory is the peak of what is allocated beside the weights, over the bytes of the weights.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")  # read when NumPy is imported, so it stands before

import numpy as np
from numpy.typing import NDArray

from numerics.ensemble import ensemble_critical_temperature
from numerics.networks.initialization import sample_network
from numerics.solvers.certificate import certify
from numerics.solvers.critical_temperature import critical_temperature

WIDE, DEEP = (784, 8192, 8192, 8192, 10), (2048,) * 50
QUICK_WIDE, QUICK_DEEP = (78, 256, 256, 256, 10), (64,) * 12
PLANTED = 2.5
"""Singular value of the direction planted in each weight matrix; those of the noise end at 2 for equal layers."""
N_PASSES = 5

Weights = list[NDArray[np.float32]]
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Seconds of one call, by the clock and of processors, and the bytes it had allocated at its peak."""

    seconds: float
    processor_seconds: float
    bytes: int


def costed(action: Callable[[], T]) -> tuple[T, Cost]:
    """The result of a call, and its cost."""
    tracemalloc.start()
    start = time.perf_counter(), time.process_time()
    value = action()
    seconds, processor_seconds = time.perf_counter() - start[0], time.process_time() - start[1]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return value, Cost(seconds=seconds, processor_seconds=processor_seconds, bytes=peak)


def untrained(layer_sizes: tuple[int, ...], seed: int) -> Weights:
    """Weights of variance 1 / N_{k-1}, in single precision."""
    network = sample_network(layer_sizes, (1.0,) * (len(layer_sizes) - 1), np.random.default_rng(seed))
    return [np.asarray(weight, dtype=np.float32) for weight in network.weights]


def with_a_direction(weights: Weights, seed: int) -> Weights:
    """The weights with one direction of singular value ``PLANTED`` that runs through all layers."""
    rng = np.random.default_rng(seed)
    sizes = [weights[0].shape[0], *(weight.shape[1] for weight in weights)]
    units = [v / np.linalg.norm(v) for v in (rng.standard_normal(n, dtype=np.float32) for n in sizes)]
    return [
        weight + np.float32(PLANTED) * np.outer(u, v)
        for weight, u, v in zip(weights, units[:-1], units[1:], strict=True)
    ]


def seconds_of_a_pass(weights: Weights) -> float:
    """Median processor seconds of the products of all weights, and of their transposes, with a vector."""
    vectors = [np.ones(weight.shape[1], dtype=np.float32) for weight in weights]
    found = []
    for _ in range(N_PASSES):
        start = time.process_time()
        for weight, vector in zip(weights, vectors, strict=True):
            _ = (weight @ vector) @ weight
        found.append(time.process_time() - start)
    return statistics.median(found)


def networks(quick: bool) -> dict[str, Weights]:
    """Networks by name."""
    found: dict[str, Weights] = {}
    for name, sizes in (("wide", QUICK_WIDE if quick else WIDE), ("deep", QUICK_DEEP if quick else DEEP)):
        found[f"{name}, untrained"] = untrained(sizes, seed=0)
        found[f"{name}, planted"] = with_a_direction(found[f"{name}, untrained"], seed=1)
    return found


def main() -> None:
    """Print a line for each network."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small networks")
    parser.add_argument(
        "--certify", action="store_true", help="the certificate too, in float64: minutes and up to 2 GB more"
    )
    chosen = parser.parse_args()
    print(f"BLAS threads: {os.environ['OPENBLAS_NUM_THREADS']}")
    print(
        f"{'network':<20}{'GB':>7}{'seconds':>9}{'of CPU':>8}{'passes':>8}{'products':>10}{'memory':>8}"
        f"{'T_c':>9}{'crosses':>9}"
    )
    for name, weights in networks(chosen.quick).items():
        size = sum(weight.nbytes for weight in weights)
        result, cost = costed(lambda: critical_temperature(weights, orientation="in-out"))  # noqa: B023 (called here)
        passes = cost.processor_seconds / seconds_of_a_pass(weights)
        print(
            f"{name:<20}{size / 1e9:>7.2f}{cost.seconds:>9.3g}{cost.processor_seconds:>8.3g}{passes:>8.0f}"
            f"{result.n_products:>10}{cost.bytes / size:>8.2f}{result.temperature:>9.5f}{result.crosses!s:>9}",
            flush=True,
        )
        if chosen.quick or chosen.certify:
            proof, cost = costed(lambda: certify(weights, result, orientation="in-out"))  # noqa: B023 (called here)
            told = "holds" if proof.holds else "DOES NOT HOLD"
            print(
                f"{'':<20}certificate {told}: {cost.seconds:.3g} s, {cost.processor_seconds:.3g} of CPU, "
                f"{proof.n_factorizations} factorizations, memory {cost.bytes / size:.1f} times the weights",
                flush=True,
            )
        if "untrained" in name:
            sizes = [weights[0].shape[0], *(weight.shape[1] for weight in weights)]
            expected = ensemble_critical_temperature(sizes, [1.0] * len(weights))
            print(f"{'':<20}ensemble: {expected:.5f}")


if __name__ == "__main__":
    main()
