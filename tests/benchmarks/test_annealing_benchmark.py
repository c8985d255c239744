"""The annealing benchmark times programs that estimate the same log Z."""

from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks import annealing
from numerics import jarzynski
from numerics.free_energies.enumerated_machine import enumerated_log_partition


def test_plain_numpy_estimates_the_exact_value():
    machine = annealing.machine_of((20, 8))
    works = annealing.plain_works(machine, 2000, np.linspace(0, 1, 31).tolist(), np.random.default_rng(0))
    found = jarzynski(works)
    exact = enumerated_log_partition(machine)
    assert abs(28 * math.log(2) + found.log_ratio - exact) < 4 * found.standard_error


def test_every_program_is_timed_in_every_repetition():
    times = annealing.measured((20, 8), 2)
    assert {name: len(found) for name, found in times.items()} == dict.fromkeys(
        ("ours", "single", "plain", "products"), 2
    )
    assert "20 x 8" in annealing.report((20, 8), times)


def test_programs_that_compute_something_else_are_not_timed(monkeypatch):
    plain = annealing.plain_works
    monkeypatch.setattr(annealing, "plain_works", lambda *arguments: plain(*arguments) + 5)
    with pytest.raises(ArithmeticError, match="same mean work"):
        annealing.measured((20, 8), 1)
