"""The benchmark of evolutions times programs that compute the same density."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from benchmarks import evolutions

CELLS = {"line": 48, "plane": 32}


@pytest.mark.parametrize("make", [evolutions.density_problem, evolutions.wave_problem])
@pytest.mark.parametrize("kind", ["line", "plane"])
def test_every_program_computes_the_exact_density_to_what_its_cells_resolve(make: Any, kind: str) -> None:
    problem = make(kind, CELLS)
    errors = problem.errors()
    assert errors["ours"] <= 1.05 * min(errors.values()), "nobody else is nearer"
    finer = make(kind, {name: 2 * n for name, n in CELLS.items()}).errors()
    for name in errors.keys() - {"ours"}:
        assert finer[name] == pytest.approx(errors[name] / 4, rel=0.35), name


def test_each_baseline_has_a_line() -> None:
    lines = evolutions.report(evolutions.density_problem("line", CELLS), 1)
    assert [line.split()[2] for line in lines] == ["solve_ivp", "expm_multiply", "expm"]


def test_programs_that_compute_something_else_are_not_timed() -> None:
    problem = evolutions.density_problem("line", CELLS)
    problem.programs["expm"] = lambda: np.roll(problem.exact, 5)
    with pytest.raises(ArithmeticError, match="expected the density of density, line from expm"):
        evolutions.report(problem, 1)
