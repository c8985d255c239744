"""Seconds an epoch of the 784-512-512-512-10 trainer takes, over the time of its matrix products alone.

    python -m benchmarks.training            about ten seconds
    python -m benchmarks.training --quick    one repetition, to see that it runs

Both are timed in turn within one process and on the same number of BLAS threads (one, unless the
environment says otherwise). The floor is the eleven products of a step, three for each weight matrix but the
first, which needs two, with outputs in place: no program that calls the same BLAS can be faster.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is imported, so it stands before

import numpy as np

from numerics.networks.digits import load_digits
from numerics.networks.initialization import STANDARD_LAYER_SIZES, sample_standard_network
from numerics.networks.settings import STANDARD_TRAINING
from numerics.networks.state import TrainingState
from numerics.networks.trainer import train

FULL_MNIST = 60_000


def product_floor(n_samples: int, batch_size: int) -> Callable[[], None]:
    """A function that does the matrix products of one epoch on made-up numbers, and nothing else."""
    rng = np.random.default_rng(0)
    shapes = list(pairwise(STANDARD_LAYER_SIZES))
    weights = [rng.standard_normal(shape, dtype=np.float32) for shape in shapes]
    gradients = [np.empty_like(w) for w in weights]
    activations = [rng.random((batch_size, n), dtype=np.float32) for n in STANDARD_LAYER_SIZES]
    outputs = [np.empty_like(a) for a in activations]

    def epoch() -> None:
        for _ in range(-(-n_samples // batch_size)):
            for k, weight in enumerate(weights):
                np.matmul(activations[k], weight, out=outputs[k + 1])
            for k in range(len(weights) - 1, -1, -1):
                np.matmul(activations[k].T, activations[k + 1], out=gradients[k])
                if k:
                    np.matmul(activations[k + 1], weights[k].T, out=outputs[k])

    return epoch


def trainer_epochs(seed: int) -> Callable[[], None]:
    """A function that trains for one more epoch on the built-in digits each time it is called."""
    data = load_digits()
    network = sample_standard_network(np.random.default_rng(seed))
    states = [TrainingState.untrained(network, seed)]

    def epoch() -> None:
        settings = replace(STANDARD_TRAINING, epochs=states[-1].epoch + 1)
        states.append(train(network, data, settings, seed=seed, start=states.pop()))

    return epoch


def seconds(action: Callable[[], None]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main() -> None:
    """Time both in turn and print their medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one repetition")
    repetitions = 1 if parser.parse_args().quick else 20

    n_samples = len(load_digits().x_train)
    actions = {
        "trainer": trainer_epochs(seed=0),
        "products": product_floor(n_samples, STANDARD_TRAINING.batch_size),
    }
    for action in actions.values():
        action()  # first calls touch fresh memory
    times: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(repetitions):
        for name, action in actions.items():
            times[name].append(seconds(action))

    print(
        f"{'-'.join(map(str, STANDARD_LAYER_SIZES))}, batch {STANDARD_TRAINING.batch_size}, "
        f"{os.environ['OPENBLAS_NUM_THREADS']} BLAS thread(s), {repetitions} repetition(s)"
    )
    scale = FULL_MNIST / n_samples
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:9s} {median:7.3f} s for {n_samples} images, {scale * median:6.2f} s for {FULL_MNIST}")
    ratios = [a / b for a, b in zip(times["trainer"], times["products"], strict=True)]
    print(f"ratio     {statistics.median(ratios):7.2f} (median; the trainer includes its test set)")


if __name__ == "__main__":
    main()
