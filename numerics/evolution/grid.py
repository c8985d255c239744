"""Equal cells in one or two dimensions, on a ring or between walls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating[Any]]
Boundary = Literal["periodic", "walls"]
Field = ArrayLike | Callable[..., Any]
"""Values at the cells, shape of the grid, or a function of the coordinates."""
FEWEST_CELLS = 4
MOST_AXES = 2


@dataclass(frozen=True)
class Axis:
    """A coordinate from lower to upper in equal cells; values belong to the cells' centers.

    Parameters
    ----------
    lower, upper
        Ends, in units of length.
    n_cells
        At least 4.
    boundary
        "periodic": upper is lower again. "walls": no density flows through the ends, and a wave function is 0 there.

    Raises
    ------
    ValueError, TypeError
        For ends that are not finite or not in order, fewer than 4 cells, or another boundary.
    """

    lower: float
    upper: float
    n_cells: int
    boundary: Boundary = "periodic"

    def __post_init__(self) -> None:
        if not (isfinite(self.lower) and isfinite(self.upper) and self.lower < self.upper):
            raise ValueError(f"expected finite ends in ascending order; found {self.lower!r} and {self.upper!r}")
        if isinstance(self.n_cells, bool) or not isinstance(self.n_cells, int | np.integer):
            raise TypeError(f"expected a whole number of cells; found {self.n_cells!r}")
        if self.n_cells < FEWEST_CELLS:
            raise ValueError(f"expected at least {FEWEST_CELLS} cells; found {self.n_cells}")
        if self.boundary not in ("periodic", "walls"):
            raise ValueError(f"expected the boundary 'periodic' or 'walls'; found {self.boundary!r}")

    @property
    def periodic(self) -> bool:
        """Whether the ends are the same point."""
        return self.boundary == "periodic"

    @property
    def length(self) -> float:
        """From end to end."""
        return self.upper - self.lower

    @property
    def spacing(self) -> float:
        """Width of a cell."""
        return self.length / self.n_cells

    @property
    def centers(self) -> Array:
        """Of the cells, shape (n_cells,)."""
        return self.lower + self.spacing * (np.arange(self.n_cells) + 0.5)

    @property
    def faces(self) -> Array:
        """Between a cell and the next: shape (n_cells,) on a ring, where the last is upper, else (n_cells - 1,)."""
        return self.lower + self.spacing * np.arange(1, self.n_cells + self.periodic)


@dataclass(frozen=True)
class Grid:
    """One axis or two.

    Parameters
    ----------
    axes
        Of the coordinates, in the order of the arrays' axes.

    Raises
    ------
    ValueError
        For another number of axes.

    Examples
    --------
    >>> grid = Grid.line(-8.0, 8.0, 64)
    >>> (x,) = grid.points
    >>> density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    >>> round(grid.integral(density), 12), round(grid.integral(x**2 * density), 12)
    (1.0, 1.0)
    """

    axes: tuple[Axis, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.axes) <= MOST_AXES:
            raise ValueError(f"expected one axis or two; found {len(self.axes)}")

    @classmethod
    def line(cls, lower: float, upper: float, n_cells: int, *, boundary: Boundary = "periodic") -> Grid:
        """One coordinate."""
        return cls((Axis(lower, upper, n_cells, boundary),))

    @classmethod
    def square(cls, lower: float, upper: float, n_cells: int, *, boundary: Boundary = "periodic") -> Grid:
        """Two coordinates with the same ends and cells."""
        return cls((Axis(lower, upper, n_cells, boundary),) * 2)

    @classmethod
    def rectangle(
        cls,
        first: tuple[float, float],
        second: tuple[float, float],
        n_cells: tuple[int, int],
        *,
        boundary: Boundary = "periodic",
    ) -> Grid:
        """Two coordinates, each with its own ends and cells; `Axis` gives each its own boundary as well."""
        return cls(tuple(Axis(*ends, n, boundary) for ends, n in zip((first, second), n_cells, strict=True)))

    @property
    def shape(self) -> tuple[int, ...]:
        """Cells along each axis."""
        return tuple(axis.n_cells for axis in self.axes)

    @property
    def points(self) -> tuple[Array, ...]:
        """Each coordinate at the cells' centers, of the grid's shape."""
        return tuple(np.meshgrid(*(axis.centers for axis in self.axes), indexing="ij"))

    @property
    def cell_volume(self) -> float:
        """Length or area of a cell."""
        return float(np.prod([axis.spacing for axis in self.axes]))

    def faces(self, direction: int) -> tuple[Array, ...]:
        """Each coordinate at the faces that are crossed along one axis."""
        along = [axis.faces if k == direction else axis.centers for k, axis in enumerate(self.axes)]
        return tuple(np.meshgrid(*along, indexing="ij"))

    def integral(self, values: ArrayLike) -> Any:
        """Sum over the cells times their volume, over the last axes of the array.

        Of smooth functions on a ring, or that vanish towards the ends, its error falls faster than any power of the
        spacing.
        """
        axes = tuple(range(-len(self.axes), 0))
        found = np.sum(np.asarray(values), axis=axes) * self.cell_volume
        return found.item() if np.ndim(found) == 0 else found

    def values(self, field: Field, what: str) -> Array:
        """A field at the cells.

        Raises
        ------
        ValueError
            For another shape than the grid's, or values that are not finite real numbers.
        """
        found = np.asarray(field(*self.points) if callable(field) else field)
        if callable(field):
            found = np.broadcast_to(found, self.shape)
        if found.shape != self.shape:
            raise ValueError(f"expected a {what} of the grid's shape {self.shape}; found {found.shape}")
        if np.iscomplexobj(found) or not np.isfinite(found.astype(float)).all():
            raise ValueError(f"expected a {what} of finite real numbers; found others")
        return found.astype(float)

    def edge_share(self, densities: ArrayLike, share: float = 0.02) -> Any:
        """Integral over the cells next to an end: that share of the cells, at least one, at either end of each axis."""
        near = np.zeros(self.shape, dtype=bool)
        for direction, axis in enumerate(self.axes):
            n = max(1, round(share * axis.n_cells))
            place = np.moveaxis(near, direction, 0)
            place[:n] = place[-n:] = True
        return self.integral(np.where(near, np.asarray(densities), 0.0))
