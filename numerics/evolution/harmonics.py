"""Eigenfunctions of the Laplacian on a grid: plane waves on a ring, cosines or sines between walls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from numerics.evolution.grid import Array, Axis, Grid

Kind = Literal["density", "wave"]


@dataclass(frozen=True)
class Harmonics:
    """Coefficients of functions on a grid, and back.

    Between walls densities are sums of cosines (no flux at the ends), waves of sines (0 at the ends). All of them are
    evaluated at the centers of cells, where they are orthogonal.
    """

    grid: Grid
    kind: Kind

    def coefficients(self, values: NDArray[Any]) -> NDArray[np.complex128]:
        """Of a function on the grid; orthonormal, so that sums of squares stay the same."""
        found: Any = np.asarray(values, dtype=complex)
        for k, axis in enumerate(self.grid.axes):
            if axis.periodic:
                found = fft.fft(found, axis=k, norm="ortho")
            else:
                found = _real(fft.dct if self.kind == "density" else fft.dst, found, k)
        return found

    def values(self, coefficients: NDArray[Any]) -> NDArray[np.complex128]:
        """The function that has these coefficients."""
        found: Any = np.asarray(coefficients, dtype=complex)
        for k, axis in enumerate(self.grid.axes):
            if axis.periodic:
                found = fft.ifft(found, axis=k, norm="ortho")
            else:
                found = _real(fft.idct if self.kind == "density" else fft.idst, found, k)
        return found

    def wave_numbers(self, direction: int) -> Array:
        """Along one axis, of each coefficient, shape (n_cells,); signed on a ring."""
        return wave_numbers(self.grid.axes[direction], self.kind)

    @property
    def laplacian(self) -> Array:
        """Eigenvalues of the Laplacian, of the grid's shape; not positive."""
        squares = [-np.square(wave_numbers(axis, self.kind)) for axis in self.grid.axes]
        return np.sum(np.meshgrid(*squares, indexing="ij"), axis=0)

    def unresolved_share(self, values: NDArray[Any], beyond: float = 0.9) -> float:
        """Share of the sum of squares in harmonics beyond that share of the largest wave number of an axis."""
        weights = np.abs(self.coefficients(values)) ** 2
        fast = np.zeros(self.grid.shape, dtype=bool)
        for k, axis in enumerate(self.grid.axes):
            largest = np.pi / axis.spacing
            place = np.moveaxis(fast, k, -1)
            place |= np.abs(wave_numbers(axis, self.kind)) > beyond * largest
        return float(np.sum(weights[fast]) / np.sum(weights))


def wave_numbers(axis: Axis, kind: Kind) -> Array:
    """Of the harmonics of one axis, in the order of their coefficients."""
    if axis.periodic:
        return np.asarray(2 * np.pi * fft.fftfreq(axis.n_cells, axis.spacing), dtype=float)
    return np.pi / axis.length * (np.arange(axis.n_cells) + (kind == "wave"))


def _real(transform: Any, values: NDArray[np.complex128], axis: int) -> NDArray[np.complex128]:
    """A real transform of both parts."""
    return transform(values.real, 2, axis=axis, norm="ortho") + 1j * transform(values.imag, 2, axis=axis, norm="ortho")
