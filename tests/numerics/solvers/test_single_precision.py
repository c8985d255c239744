"""Weights in single precision are read as they are stored: no copy of them is made, and no digit is lost."""

import tracemalloc

import numpy as np
import pytest

from numerics import critical_temperature
from numerics.solvers.layered_bonds import product

RNG = np.random.default_rng(5)
WIDE = [RNG.normal(0, 1 / np.sqrt(m), (m, n)).astype(np.float32) for m, n in ((300, 1500), (1500, 1100))]


@pytest.mark.parametrize("orientation", ["in-out", "out-in"])
def test_the_answer_is_that_of_promoted_weights(orientation: str) -> None:
    stored = WIDE if orientation == "in-out" else [np.ascontiguousarray(w.T) for w in WIDE]
    of_single = critical_temperature(stored, orientation=orientation)  # pyright: ignore[reportArgumentType]
    of_double = critical_temperature([w.astype(np.float64) for w in WIDE], orientation="in-out")
    assert of_single.temperature == pytest.approx(of_double.temperature, rel=1e-8)
    assert of_single.least_eigenvalue == pytest.approx(of_double.least_eigenvalue, abs=1e-10)


def test_memory_beside_the_weights_is_that_of_vectors() -> None:
    critical_temperature([w[:20, :30] for w in WIDE[:1]])  # imports and caches
    tracemalloc.start()
    critical_temperature(WIDE)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < sum(w.nbytes for w in WIDE)


@pytest.mark.parametrize("shape", [(1, 1), (3, 70000), (70000, 3), (513, 257)])
@pytest.mark.parametrize("order", ["C", "F"])
def test_a_product_has_the_digits_of_double_precision(shape: tuple[int, int], order: str) -> None:
    matrix = np.asarray(RNG.normal(size=shape).astype(np.float32), order=order)  # pyright: ignore[reportCallIssue, reportArgumentType]
    vector = RNG.normal(size=shape[1])
    exact = np.einsum("ij,j->i", matrix.astype(np.longdouble), vector.astype(np.longdouble))
    bound = 2 * shape[1] * np.finfo(np.float64).eps * (np.abs(matrix).astype(np.float64) @ np.abs(vector))
    assert np.all(np.abs(product(matrix, vector) - exact) <= bound)
