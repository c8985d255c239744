"""Densities and waves in a harmonic well: ours against SciPy's integrators and matrix exponentials on the same cells.

    python -m benchmarks.evolutions            about a minute
    python -m benchmarks.evolutions --quick    seconds, on few cells, to see that it runs

A density relaxes in the well, by Crank-Nicolson steps of ours; a wave packet swings in it, by split steps. Baselines on
differences of second order: ``solve_ivp`` (BDF with the sparse Jacobian for densities, DOP853 for waves, both to 1e-5),
``expm``, the dense exponential, in one dimension, and ``expm_multiply``, its action on a vector. Each program has
its error, int |p - exact|: ours and the baselines' are alike for densities; for waves ours is smaller, as it is
spectral. All run in turn within one process, on one thread each; their seconds are those of the processor, so that
ratios hold on a busy machine.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is imported, so it stands before

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.integrate import solve_ivp
from scipy.linalg import expm
from scipy.sparse.linalg import expm_multiply

from benchmarks.comparison.timing import interleaved, ratio
from numerics import Grid, fokker_planck_evolution, schroedinger_evolution
from numerics.evolution.differences import generator, laplacian
from numerics.evolution.fokker_planck import face_drifts

Array = NDArray[Any]
DIFFUSION, STIFFNESS, TIME, START = 0.8, 1.3, 1.0, 1.0
CELLS = {"line": 512, "plane": 64}
QUICK_CELLS = {"line": 64, "plane": 32}
REACH = 6.0
DENSITY_STEP, WAVE_STEP = 0.01, 0.01
REPETITIONS = 5
WORST = 0.2
"""Error beyond which a program computes something else: what the coarsest grid of a dry run leaves is below."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is computed, by whom, and what is exact; results are densities of the grid's shape."""

    name: str
    grid: Grid
    exact: Array
    programs: dict[str, Callable[[], Array]]

    def errors(self) -> dict[str, float]:
        """int |p - exact| of each program.

        Raises
        ------
        ArithmeticError
            If one computes something else.
        """
        found = {}
        for name, program in self.programs.items():
            found[name] = float(self.grid.integral(np.abs(program() - self.exact)))
            if not found[name] < WORST:
                raise ArithmeticError(
                    f"expected the density of {self.name} from {name}; found an error of {found[name]}"
                )
        return found


def _gaussian(grid: Grid, mean: float, variance: float) -> Array:
    """The mean along the first coordinate."""
    squares = sum((x - mean * (k == 0)) ** 2 for k, x in enumerate(grid.points))
    return np.exp(-squares / (2 * variance)) / (2 * np.pi * variance) ** (len(grid.axes) / 2)


def _grid(kind: str, cells: dict[str, int]) -> Grid:
    make = Grid.line if kind == "line" else Grid.square
    return make(-REACH, REACH, cells[kind], boundary="walls")


def density_problem(kind: str, cells: dict[str, int]) -> Problem:
    """Relaxation from a narrow density (Ornstein, Uhlenbeck 1930)."""
    grid = _grid(kind, cells)
    kept, final = np.exp(-STIFFNESS * TIME), DIFFUSION / (2 * STIFFNESS)
    start = _gaussian(grid, START, 0.4)
    start = start / grid.integral(start)

    def drift(*x: Array) -> Any:
        return tuple(-STIFFNESS * c for c in x)

    matrix = generator(grid, DIFFUSION, face_drifts(grid, None, drift))
    flat = start.ravel()

    def ours() -> Array:
        found = fokker_planck_evolution(
            start,
            grid,
            diffusion=DIFFUSION,
            times=[TIME],
            drift=drift,
            scheme="crank-nicolson",
            time_step=DENSITY_STEP,
        )
        return found.densities[0]

    def integrated() -> Array:
        found = solve_ivp(
            lambda _, p: matrix @ p, (0, TIME), flat, method="BDF", jac=matrix, rtol=1e-5, atol=1e-8, t_eval=[TIME]
        )
        return found.y[:, -1].reshape(grid.shape)

    programs = {"ours": ours, "solve_ivp": integrated}
    programs["expm_multiply"] = lambda: expm_multiply(TIME * matrix, flat).reshape(grid.shape)
    if kind == "line":
        programs["expm"] = lambda: (expm(TIME * matrix.toarray()) @ flat).reshape(grid.shape)
    exact = _gaussian(grid, START * kept, final + (0.4 - final) * kept**2)
    return Problem(name=f"density, {kind}", grid=grid, exact=exact, programs=programs)


def wave_problem(kind: str, cells: dict[str, int]) -> Problem:
    """A coherent state, whose density swings as it is."""
    grid = _grid(kind, cells)
    variance = DIFFUSION / (2 * STIFFNESS)
    psi = np.sqrt(_gaussian(grid, START, variance)).astype(complex)
    potential = STIFFNESS**2 / (2 * DIFFUSION) * np.asarray(sum(x**2 for x in grid.points))
    hamiltonian = sparse.diags_array(potential.ravel()) - DIFFUSION / 2 * laplacian(grid, "wave")
    matrix, flat = (-1j * hamiltonian).tocsc(), psi.ravel()

    def ours() -> Array:
        found = schroedinger_evolution(
            psi, grid, diffusion=DIFFUSION, times=[TIME], potential=potential, time_step=WAVE_STEP
        )
        return found.densities[0]

    def integrated() -> Array:
        found = solve_ivp(
            lambda _, p: matrix @ p, (0, TIME), flat, method="DOP853", rtol=1e-5, atol=1e-8, t_eval=[TIME]
        )
        return np.abs(found.y[:, -1].reshape(grid.shape)) ** 2

    programs = {"ours": ours, "solve_ivp": integrated}
    programs["expm_multiply"] = lambda: np.abs(expm_multiply(TIME * matrix, flat).reshape(grid.shape)) ** 2
    if kind == "line":
        programs["expm"] = lambda: np.abs((expm(TIME * matrix.toarray()) @ flat).reshape(grid.shape)) ** 2
    exact = _gaussian(grid, START * np.cos(STIFFNESS * TIME), variance)
    return Problem(name=f"wave, {kind}", grid=grid, exact=exact, programs=programs)


def report(problem: Problem, repetitions: int) -> list[str]:
    """A line for each baseline."""
    errors = problem.errors()
    times = interleaved(problem.programs, repetitions)
    lines = []
    for name in problem.programs:
        if name != "ours":
            over = ratio(times[name], times["ours"])
            lines.append(
                f"{problem.name:>16}  {name:<14}{over.median:>9.3g} ({over.lower:.3g} to {over.upper:.3g})"
                f"{errors[name]:>14.1e}{errors['ours']:>12.1e}"
            )
    return lines


def main() -> None:
    """Print a line for each problem and baseline."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few cells, one repetition")
    quick = parser.parse_args().quick
    cells = QUICK_CELLS if quick else CELLS
    print("baseline / ours: medians with quartiles of ratios of processor seconds, one thread; errors of the density")
    print(f"{'problem':>16}  {'baseline':<14}{'baseline / ours':>24}{'its error':>14}{'our error':>12}")
    for make in (density_problem, wave_problem):
        for kind in ("line", "plane"):
            for line in report(make(kind, cells), 1 if quick else REPETITIONS):
                print(line, flush=True)


if __name__ == "__main__":
    main()
