"""Annealing of a restricted Boltzmann machine: over plain NumPy, and over the two matrix products of a step alone.

    python -m benchmarks.annealing            a minute or two: 784 x 500 and 1000 x 1000 units, 250 chains
    python -m benchmarks.annealing --whole    besides, log Z of 784 x 500 units by 1000 chains x 1000 steps each way
    python -m benchmarks.annealing --quick    a second, on a small machine, to see that it runs

A step takes the products of the states with the weights and of the hidden states with their transpose. In single
precision, as the BLAS has them, they are the floor of every program that treats states as numbers; where the processor
sums products of bytes, ours rounds the couplings on the way to fifteen bits, which the last step sets right, and gets
below that floor. ``single`` is ours without rounding. Plain NumPy is the loop as one writes it down: double precision,
``logaddexp``, ``expit``. All run in turn within one process, on one thread each; their seconds are those of the
processor, so that ratios hold on a busy machine. Mean works are compared first.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is imported, so it stands before

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from benchmarks.comparison.timing import Call, Spread, interleaved, ratio
from numerics import log_partition
from numerics.free_energies.restricted_path import RestrictedPath
from numerics.networks import RestrictedBoltzmannMachine

SIZES, QUICK_SIZES = ((784, 500), (1000, 1000)), ((60, 40),)
CHAINS, STEPS = 250, 100
REPETITIONS = 5
COLUMNS = (("plain", "ours"), ("ours", "products"), ("single", "products"))
WHOLE = 1000
"""Chains each way, and steps, of what is foretold and of ``--whole``."""
ALARM = 5.0
"""Standard errors by which mean works may differ: a false alarm in a million."""


def machine_of(size: tuple[int, int]) -> RestrictedBoltzmannMachine:
    """Gaussian weights that a chain can move in."""
    rng = np.random.default_rng(0)
    weights = rng.normal(size=size) / np.sqrt(sum(size))
    return RestrictedBoltzmannMachine(weights, 0.3 * rng.normal(size=size[0]), 0.3 * rng.normal(size=size[1]))


def plain_works(
    machine: RestrictedBoltzmannMachine, n_chains: int, lams: Sequence[float], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Works of chains from fair coins, as one writes it down."""
    visible = (rng.random((n_chains, machine.n_visible)) < 0.5).astype(float)
    work = np.zeros(n_chains)
    for before, after in pairwise(lams):
        fields = visible @ machine.weights + machine.hidden_bias
        work -= (after - before) * visible @ machine.visible_bias
        work -= np.sum(np.logaddexp(0, after * fields) - np.logaddexp(0, before * fields), axis=1)
        hidden = (rng.random(fields.shape) < expit(after * fields)).astype(float)
        fields = after * (hidden @ machine.weights.T + machine.visible_bias)
        visible = (rng.random(fields.shape) < expit(fields)).astype(float)
    return work


def products(machine: RestrictedBoltzmannMachine, n_chains: int, n_steps: int) -> Call:
    """What does nothing but the products, with outputs in place."""
    rng = np.random.default_rng(1)
    weights = machine.weights.astype(np.float32)
    transposed = np.ascontiguousarray(weights.T)
    visible, hidden = (
        rng.integers(2, size=(n_chains, n)).astype(np.float32) for n in (machine.n_visible, machine.n_hidden)
    )
    outputs = np.empty_like(visible), np.empty_like(hidden)

    def call() -> None:
        for _ in range(n_steps):
            np.matmul(visible, weights, out=outputs[1])
            np.matmul(hidden, transposed, out=outputs[0])

    return call


def measured(size: tuple[int, int], repetitions: int) -> dict[str, list[float]]:
    """Seconds of ``ours``, ``single``, ``plain`` and ``products`` for `STEPS` steps of `CHAINS` chains.

    Raises
    ------
    ArithmeticError
        If ours and plain NumPy's have different mean works.
    """
    machine, lams = machine_of(size), np.linspace(0, 1, STEPS + 1).tolist()
    rng = np.random.default_rng(2)

    def ours(rounded: bool | None) -> Any:
        path = RestrictedPath(machine, np.zeros(machine.n_visible), rounded=rounded)
        return lambda: path.works(path.base_states(CHAINS, rng), lams, rng)[0].sum(axis=0)

    def plain() -> Any:
        return plain_works(machine, CHAINS, lams, rng)

    calls = {"ours": ours(None), "single": ours(False), "plain": plain}
    for name in ("ours", "single"):
        _compare(calls[name](), plain())
    return interleaved({**calls, "products": products(machine, CHAINS, STEPS)}, repetitions)


def _compare(ours: NDArray[np.float64], plain: NDArray[np.float64]) -> None:
    """Refuse to time programs that compute something else."""
    gap = float(np.mean(ours) - np.mean(plain))
    error = float(np.hypot(np.std(ours), np.std(plain)) / np.sqrt(len(ours)))
    if abs(gap) > ALARM * error:
        raise ArithmeticError(f"expected the same mean work; found {gap:.3g} between them, {gap / error:.1f} errors")


def report(size: tuple[int, int], times: dict[str, list[float]]) -> str:
    """A line of the table."""
    over, above, single = (ratio(times[a], times[b]) for a, b in COLUMNS)
    floor = Spread.of(times["products"]).median
    rate = 4 * size[0] * size[1] * CHAINS * STEPS / floor
    whole = 2 * Spread.of(times["ours"]).median * WHOLE * WHOLE / (CHAINS * STEPS)
    return (
        f"{size[0]:>5} x {size[1]:<6}{over.median:>6.2f} ({over.lower:.2f} to {over.upper:.2f})"
        f"{above.median:>9.3f} ({above.lower:.3f} to {above.upper:.3f})"
        f"{single.median:>9.3f} ({single.lower:.3f} to {single.upper:.3f}){rate / 1e9:>10.0f}{whole:>10.0f}"
    )


def whole(n_threads: int) -> str:
    """log Z of 784 x 500 units, forward and reverse, with the seconds it took by the clock and of processors."""
    started, used = time.perf_counter(), time.process_time()
    found = log_partition(
        machine_of(SIZES[0]),
        rng=np.random.default_rng(3),
        n_chains=WHOLE,
        n_temperatures=WHOLE,
        n_threads=n_threads,
    )
    seconds, processor = time.perf_counter() - started, time.process_time() - used
    return (
        f"log Z = {found.log_partition:.4f} +- {found.standard_error:.2g}, reliable: {found.reliable}; {seconds:.1f} s "
        f"by the clock on {n_threads} threads, {processor:.1f} s of processors, pilots and chains to compare included"
    )


def main() -> None:
    """Print a line for each machine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small machine, one repetition")
    parser.add_argument("--whole", action="store_true", help="a whole run besides")
    chosen = parser.parse_args()
    print(f"{CHAINS} chains, {STEPS} steps; medians with quartiles of ratios of processor seconds, one thread")
    head = (
        f"{'units':>13}{'plain / ours':>22}{'ours / products':>26}{'single / products':>26}"
        f"{'GFLOP/s':>10}{'seconds':>10}"
    )
    print(head)
    for size in QUICK_SIZES if chosen.quick else SIZES:
        print(report(size, measured(size, 1 if chosen.quick else REPETITIONS)), flush=True)
    print(f"seconds: {WHOLE} chains x {WHOLE} steps each way on one core; GFLOP/s: of the products alone")
    if chosen.whole:
        print(whole(os.cpu_count() or 1))


if __name__ == "__main__":
    main()
