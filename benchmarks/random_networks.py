"""Outputs of an ensemble of random networks: one network after the other against all at once.

    python -m benchmarks.random_networks            about half a minute
    python -m benchmarks.random_networks --quick    a second, to see that it runs

The baseline is a loop over networks in NumPy, as one writes it from equations (2.1) and (3.1): four calls of the
generator for weights and biases, all six points at once, one matrix product for each layer. Both sides give the outputs
at the six points; both run on one thread, in one process and in turn, and the ratio is that of the medians a network.
It tends to one for wide networks, where either spends its time on drawing weights.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is imported, so it stands before

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from numerics.correlators.experiments import POINTS
from numerics.networks.exponential import sample_outputs

Array = NDArray[np.float64]
INPUTS = np.array(POINTS)[:, np.newaxis]
WEIGHT_STD = BIAS_STD = 1.0


def one_by_one(width: int, n_networks: int, rng: Generator) -> Array:
    """The outputs of networks that are drawn and evaluated one after the other, shape (n_networks, n_points)."""
    d = INPUTS.shape[1]
    scale = np.sqrt(np.exp(2 * (BIAS_STD**2 + WEIGHT_STD**2 / d * (INPUTS**2).sum(axis=1))))
    outputs = np.empty((n_networks, len(INPUTS)))
    for network in range(n_networks):
        first = rng.normal(0.0, WEIGHT_STD / np.sqrt(d), (d, width))
        hidden_bias = rng.normal(0.0, BIAS_STD, width)
        second = rng.normal(0.0, WEIGHT_STD / np.sqrt(width), width)
        output_bias = rng.normal(0.0, BIAS_STD)
        outputs[network] = np.exp(INPUTS @ first + hidden_bias) @ second / scale + output_bias
    return outputs


def all_at_once(width: int, n_networks: int, rng: Generator) -> Array:
    """The same by the ensemble's sampler."""
    return sample_outputs(INPUTS, width=width, weight_std=WEIGHT_STD, bias_std=BIAS_STD, n_networks=n_networks, rng=rng)


def seconds(action: Callable[[], Array]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main() -> None:
    """Time both in turn at several widths and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="two widths, one repetition")
    quick = parser.parse_args().quick
    repetitions, n_networks = (1, 200) if quick else (9, 3000)
    print(f"{'width':>6}{'ratio':>8}{'loop, us':>10}{'sampler, us':>13}   (medians, a network)")
    for width in (2, 100) if quick else (2, 10, 100, 1000):
        rng = np.random.default_rng(width)
        count = max(20, n_networks // max(1, width // 100))
        loop, sampler = [], []
        for _ in range(repetitions + 1):  # the first round warms both up
            loop.append(seconds(lambda: one_by_one(width, count, rng)))  # noqa: B023 (called here)
            sampler.append(seconds(lambda: all_at_once(width, count, rng)))  # noqa: B023
        slow, fast = (1e6 * statistics.median(times[1:]) / count for times in (loop, sampler))
        print(f"{width:>6}{slow / fast:>8.1f}{slow:>10.3g}{fast:>13.3g}")


if __name__ == "__main__":
    main()
