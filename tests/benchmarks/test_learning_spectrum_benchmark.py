"""The benchmark of the spectrum of G times programs that compute the same numbers, and says so where they do not."""

from __future__ import annotations

import numpy as np

from benchmarks import learning_spectrum as benchmark


def test_all_agree_and_are_timed() -> None:
    found = benchmark.compare((12, 3, 2), 1)
    assert found.agree
    assert found.dense >= 0


def test_programs_that_compute_something_else_contradict(monkeypatch) -> None:
    right = benchmark.learning_spectrum
    monkeypatch.setattr(benchmark, "learning_spectrum", lambda *a, **k: 1.001 * right(*a, **k))
    assert not benchmark.compare((12, 3, 2), 1).agree


def test_log_z_of_another_temperature_contradicts(monkeypatch) -> None:
    right = benchmark.learning_log_partition
    wrong = {"inverse_temperature": 1.01 * benchmark.BETA, "orientation": "in-out"}
    monkeypatch.setattr(benchmark, "learning_log_partition", lambda w, **k: right(w, **(k | wrong)))
    assert not benchmark.compare((12, 3, 2), 1).agree


def test_weights_lead_into_rows() -> None:
    whole = benchmark.matrix_of_all_pairs([np.array([[1.0, 2.0]])], (1, 2))
    assert whole.tolist() == [[0, 0, 0], [1, 0, 0], [2, 0, 0]]
