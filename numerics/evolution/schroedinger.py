"""Evolution of a wave function by the Schroedinger equation with the diffusion constant in place of hbar / m."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from numerics.evolution.differences import laplacian
from numerics.evolution.fokker_planck import ImplicitSteps
from numerics.evolution.grid import Array, Field, Grid
from numerics.evolution.harmonics import Harmonics
from numerics.evolution.inputs import (
    UNRESOLVED,
    Progress,
    moments,
    needed_step,
    normalized_density,
    normalized_wave,
    positive,
    require_resolved,
)
from numerics.evolution.stepping import evolved
from numerics.evolution.wave_evolution import WaveEvolution

Wave = NDArray[np.complex128]
WaveScheme = Literal["split-step", "crank-nicolson"]
EMPTY = 1e-12
"""Of the largest density: cells below it carry no phase worth checking."""


def schroedinger_evolution(
    wave: Field,
    grid: Grid,
    *,
    diffusion: float,
    times: ArrayLike,
    potential: Field | None = None,
    scheme: WaveScheme = "split-step",
    time_step: float | None = None,
    unresolved: float = UNRESOLVED,
    progress: Progress | None = None,
) -> WaveEvolution:
    r"""The wave function that obeys :math:`-i \partial_t \Psi = \frac{D}{2} \Delta \Psi - V \Psi`.

    Parameters
    ----------
    wave
        Psi at time 0: complex values at the cells, or a function of the coordinates; its squared modulus integrates to
        1. `wave_function` makes it of a density and a phase.
    grid
        A ring, or walls at which the wave function is 0.
    diffusion
        D, squared length per time. Quantum mechanics has D = hbar / m and V in units of hbar per time.
    times
        When the wave function is wanted, ascending, shape (n_times,).
    potential
        V, per time: values at the cells, or a function of the coordinates. None: free, the printed equation.
    scheme
        "split-step": exact for a free wave that the grid resolves; with a potential symmetric splitting (Strang), of
        second order in time and spectral in space. "crank-nicolson": second order in space and time. Both are unitary
        and reversible.
    time_step
        Longest step, where steps are taken.
    unresolved
        Share of the wave that may lie in the fastest tenth of the grid's harmonics: a jump has more than a smooth wave.
    progress
        Called with the steps done and their number, at each of the times and on long ways between.

    Returns
    -------
    WaveEvolution

    Raises
    ------
    ValueError, TypeError
        For arrays out of shape, a wave that is not normalized or too fast for the grid, times out of order, or a
        potential that turns phases by more than pi a step.

    Notes
    -----
    Vanchurin (2020), eq. (11.9), with its sign; multiplied by -1 it is i Psi_t = -(D/2) Laplace Psi + V Psi.

    Examples
    --------
    >>> grid = Grid.line(-20.0, 20.0, 256)
    >>> (x,) = grid.points
    >>> packet = np.exp(-(x**2) / 4) / (2 * np.pi) ** 0.25
    >>> found = schroedinger_evolution(packet, grid, diffusion=1.0, times=[0.0, 2.0])
    >>> np.round(found.mean(x**2), 9).tolist()
    [1.0, 2.0]
    """
    start = normalized_wave(grid, wave, unresolved)
    rate, when = positive(diffusion, "diffusion"), moments(times)
    energy = None if potential is None else grid.values(potential, "potential")
    if scheme == "split-step":
        free = energy is None
        step = np.inf if free else needed_step(time_step, scheme)
        if energy is not None and step * np.ptp(energy) > 2 * np.pi:
            raise ValueError(
                f"expected a time_step of at most {2 * np.pi / np.ptp(energy):.3g} for a potential that ranges over "
                f"{np.ptp(energy):.3g}; found {step:.3g}: phases would turn by more than pi either way"
            )
        advance, hamiltonian = _split(grid, rate, energy)
    elif scheme == "crank-nicolson":
        step = needed_step(time_step, scheme)
        advance, hamiltonian = _cayley(grid, rate, energy)
    else:
        raise ValueError(f"expected one of the schemes split-step, crank-nicolson; found {scheme!r}")

    def check(psi: Wave, time: float) -> None:
        require_resolved(grid, psi, unresolved, f"at time {time:.6g}")

    waves = np.array(evolved(start, when, step, advance, check=check, progress=progress))
    energies = [float(np.real(grid.integral(np.conj(w) * hamiltonian(w)))) for w in waves]
    return WaveEvolution(
        grid=grid,
        diffusion=rate,
        times=when,
        waves=waves,
        energies=np.array(energies),
        scheme=scheme,
        time_step=None if np.isinf(step) else step,
    )


def wave_function(density: Field, phase: Field, grid: Grid) -> Wave:
    """sqrt(p) exp(i theta) at the cells: Vanchurin (2020), eq. (11.8), with theta = sum_k Theta_k Phi_k / 4.

    Parameters
    ----------
    density
        p, values at the cells or a function of the coordinates; integrates to 1.
    phase
        theta, likewise, not reduced to an interval.
    grid
        Of both.

    Raises
    ------
    ValueError
        If the phase changes by pi or more between neighbors that are not empty: on this grid it would look like another
        one, with a smaller slope.
    """
    p, theta = normalized_density(grid, density), grid.values(phase, "phase")
    for direction in range(len(grid.axes)):
        turn = np.abs(np.diff(theta, axis=direction))
        carried = np.minimum(*(np.take(p, _cells(p, direction, k), axis=direction) for k in (0, 1))) > EMPTY * p.max()
        if (turn[carried] >= np.pi).any():
            raise ValueError(
                f"expected a phase that changes by less than pi from cell to cell; found {turn[carried].max():.3g} "
                f"along axis {direction}: take more cells"
            )
    return np.sqrt(p) * np.exp(1j * theta)


def _cells(p: Array, direction: int, shift: int) -> Any:
    return np.arange(p.shape[direction] - 1) + shift


Advance = Callable[[Wave, int, float], Wave]
Hamiltonian = Callable[[Wave], Wave]


def _split(grid: Grid, diffusion: float, potential: Array | None) -> tuple[Advance, Hamiltonian]:
    """Half of the potential, the free motion, half of the potential; neighboring halves are joined."""
    harmonics = Harmonics(grid, "wave")
    kinetic = -diffusion / 2 * harmonics.laplacian
    static = np.zeros(grid.shape) if potential is None else potential

    def advance(wave: Wave, n: int, length: float) -> Wave:
        if potential is None:
            return harmonics.values(np.exp(-1j * n * length * kinetic) * harmonics.coefficients(wave))
        moved, turned = np.exp(-1j * length * kinetic), np.exp(-1j * length * potential)
        now = np.exp(-0.5j * length * potential) * wave
        for _ in range(n):
            now = turned * harmonics.values(moved * harmonics.coefficients(now))
        return np.exp(0.5j * length * potential) * now

    return advance, lambda w: harmonics.values(kinetic * harmonics.coefficients(w)) + static * w


def _cayley(grid: Grid, diffusion: float, potential: Array | None) -> tuple[Advance, Hamiltonian]:
    """(1 + i dt H / 2) Psi' = (1 - i dt H / 2) Psi with differences of second order in H."""
    matrix = -diffusion / 2 * laplacian(grid, "wave")
    if potential is not None:
        matrix = (matrix + sparse.diags_array(potential.ravel())).tocsc()
    stepped = ImplicitSteps(-1j * matrix, 0.5)
    return stepped.advanced, lambda w: (matrix @ w.ravel()).reshape(w.shape)
