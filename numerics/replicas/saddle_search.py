"""All saddle points that a search with coarse means finds, by Newton's method from several starts.

Where the overlap is the only unknown its equation is followed over all overlaps, and the starts are where it falls
through zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from numerics.replicas.saddle_equations import SaddleEquations
from numerics.replicas.saddle_functions import At
from numerics.solvers.newton import Root, Vector, newton

OVERLAPS = (0.999, 0.95, 0.8, 0.5, 0.2, 0.05, 1e-3)
# Where a single overlap is looked for: small ones, others, and those close to 1.
GRID = np.concatenate(
    [
        np.geomspace(1e-12, 1e-3, 90, endpoint=False),
        np.linspace(1e-3, 0.99, 400),
        1 - np.geomspace(1e-2, 1e-15, 200)[1:],
        [1.0],
    ]
)
# Magnetization and overlap, of spins with squares of mean 1.
ORDERED = ((0.999, 0.999), (0.97, 0.95), (0.9, 0.9), (0.9, 0.82), (0.7, 0.6), (0.4, 0.3), (0.1, 0.2), (0.1, 0.05))
SELF_OVERLAPS = (1.0, 0.5, 2.0)
# A size of unknowns below which steps are rounding.
FLOOR = 1e-9
# What symmetry makes vanish is rounding.
SYMMETRIC = 1e-10


@dataclass(frozen=True)
class Sector:
    """Unknowns of which some are held at zero.

    Attributes
    ----------
    held
        Their places.
    size
        The number of all unknowns.
    """

    held: tuple[int, ...]
    size: int

    @property
    def free(self) -> list[int]:
        """Places of the others."""
        return [k for k in range(self.size) if k not in self.held]

    def embedded(self, values: Vector) -> Vector:
        """All unknowns, with zeros in place."""
        unknowns = np.zeros(self.size)
        unknowns[self.free] = values
        return unknowns

    def root(self, at: At, start: Vector, limited: bool) -> Root | None:
        """By Newton's method on the equations of the free unknowns; `limited` overlaps stay below 1, else below p."""
        free = self.free

        def inside(values: Vector) -> bool:
            unknowns = self.embedded(values)
            bound = 1.0 if limited else unknowns[-1]
            return bool(0 <= unknowns[0] <= bound) and at.real(unknowns)

        if not free:
            nothing = np.zeros(0)
            return Root(values=nothing, residual=nothing, step=np.zeros(1), iterations=0) if inside(nothing) else None
        if not inside(start[free]):
            return None
        return newton(
            lambda v: at.equations(self.embedded(v))[free],
            lambda v: at.jacobian(self.embedded(v))[np.ix_(free, free)],
            start[free],
            inside=inside,
            floor=FLOOR,
        )


def roots(source: SaddleEquations, at: At, field: float) -> Iterator[tuple[Sector, Vector]]:
    """Roots of the equations and the sector of each, stable or not; some come more than once."""
    for sector in _sectors(source, field):
        for start in _starts(source, at, sector, -1.0 if field < 0 else 1.0):
            root = sector.root(at, start, not source.free_self_overlap)
            if root is None:
                continue
            unknowns = sector.embedded(root.values)
            # Of the free equations coarse means leave more at low temperatures; the last steps decide.
            if np.max(np.abs(at.equations(unknowns)[list(sector.held)]), initial=0.0) <= SYMMETRIC:
                yield sector, unknowns


def _sectors(source: SaddleEquations, field: float) -> list[Sector]:
    """A field leaves no order parameter at zero; without it M, or M and q, may vanish by symmetry."""
    symmetric = [(1,), (0, 1)] if source.magnetized else [(0,)]
    return [Sector(held, len(source.unknowns)) for held in ([()] if field else [(), *symmetric])]


def _starts(source: SaddleEquations, at: At, sector: Sector, direction: float) -> Iterator[Vector]:
    if sector.free == [0]:
        yield from (sector.embedded(np.array([q])) for q in _falling_through_zero(at, sector))
        return
    ordered = source.magnetized and 1 in sector.free
    pairs = ORDERED if ordered else [(0.0, q) for q in (OVERLAPS if 0 in sector.free else (0.0,))]
    for (m, q), p in product(pairs, SELF_OVERLAPS if source.free_self_overlap else (1.0,)):
        mean = (direction * m * np.sqrt(p),) if source.magnetized else ()
        yield np.array([q * p, *mean, *((p,) if source.free_self_overlap else ())])


def _falling_through_zero(at: At, sector: Sector) -> Vector:
    """Overlaps near the roots at which the equation, read as a force, falls."""
    unknowns = np.zeros((sector.size, len(GRID)))
    unknowns[0] = GRID
    force = at.equations(unknowns)[0]
    (places,) = np.nonzero((force[:-1] > 0) & (force[1:] <= 0))
    part = force[places] / (force[places] - force[places + 1])
    return GRID[places] + part * (GRID[places + 1] - GRID[places])
