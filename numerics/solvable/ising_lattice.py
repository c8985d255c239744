"""The two-dimensional Ising model on a finite lattice: torus, cylinder or open."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from numerics.solvable.ising_system import IsingSystem, Moves


@dataclass(frozen=True, kw_only=True, init=False)
class IsingLattice(IsingSystem):
    """Spins on a rectangle.

    Parameters
    ----------
    shape
        Lengths of the sides.
    periodic
        Whether bonds join the ends of each side; on a side of two spins they are second bonds.
    couplings, fields, schedule, moves
        See `numerics.solvable.ising_system.IsingSystem`.

    Examples
    --------
    >>> square = IsingLattice(shape=(4, 4), couplings=(0.0, 0.44), schedule=1)
    >>> round(square.free_energy_difference, 6), round(-float(square.work_law().log_transform(1.0)), 6)
    (-4.414372, -4.414372)
    """

    shape: tuple[int, int]
    periodic: tuple[bool, bool]

    def __init__(
        self,
        *,
        shape: tuple[int, int],
        periodic: tuple[bool, bool] = (True, True),
        couplings: tuple[float, float],
        fields: tuple[float, float] = (0.0, 0.0),
        schedule: int | ArrayLike = 1,
        moves: Moves = "checkerboard",
    ) -> None:
        if len(tuple(shape)) != 2 or len(tuple(periodic)) != 2:
            raise ValueError(f"expected two sides, periodic or not; found {shape!r} and {periodic!r}")
        object.__setattr__(self, "shape", (shape[0], shape[1]))
        object.__setattr__(self, "periodic", (bool(periodic[0]), bool(periodic[1])))
        super().__init__(couplings=couplings, fields=fields, schedule=schedule, moves=moves)

    @property
    def sides(self) -> tuple[int, ...]:
        """The shape."""
        return self.shape

    @property
    def closed(self) -> tuple[bool, ...]:
        """Whether each side is closed."""
        return self.periodic

    def log_partition(self, lam: float) -> float:
        """log Z at lam, row by row: the cost doubles with each spin of the shorter side.

        Raises
        ------
        ValueError
            If the shorter side has more than 14 spins on a torus, or 20 otherwise; without a field, on a torus, there
            is `numerics.solvable.ising_torus.torus_log_partition`.
        """
        return self._rows(self.coupling(lam), self.field(lam)).log_partition()
