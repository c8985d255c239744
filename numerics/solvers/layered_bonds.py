"""The bond matrix of a layered network, kept as its layer blocks.

Bonds join only adjacent layers, so J is bipartite between the even and the odd layers,

    J = ( 0   B )      B v_odd: odd layers -> even layers,
        ( B^T 0 )      B^T v_even: even layers -> odd layers,

and one product with J is the two half products. The blocks are only read; J is never formed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.orientation import layer_sizes
from numerics.solvers.single_precision import in_single

Matrix = NDArray[np.float64] | NDArray[np.float32]
Vector = NDArray[np.floating[Any]]

# Beyond these the inverse temperature, or a sum over a row, would leave the range of float64.
_SMALLEST_SCALE, _LARGEST_SCALE = 1e-300, 1e300
_ROWS_AT_A_TIME = 256
# Numbers in single precision that are promoted at a time: in double precision they stay in the cache of one core.
_PROMOTED = 2**16


@dataclass
class ProductCount:
    """Half products with the bond matrix done so far; two make one product with J."""

    halves: int = 0

    @property
    def products(self) -> int:
        """Products with J, a half one counted as one."""
        return (self.halves + 1) // 2


@dataclass(frozen=True, kw_only=True)
class LayeredBonds:
    """The matrices J / scale and D / scale^2 of one network, acting on its even and odd layers.

    Attributes
    ----------
    blocks : tuple of ndarray, each shape (N_{k-1}, N_k)
        The couplings J^(k), unscaled, in double or single precision; products are in double precision unless a rough
        one is asked for.
    scale : float
        A power of two just above the largest coupling; vectors and `reaction_*` are in units of it.
    reaction_even, reaction_odd : ndarray
        D_ii = sum_j J_ij^2, the coefficient of the Onsager reaction term, on the even and on the odd layers.
    count : ProductCount
        How often the blocks have been read.
    """

    blocks: tuple[Matrix, ...]
    scale: float
    reaction_even: Vector
    reaction_odd: Vector
    count: ProductCount = field(default_factory=ProductCount, compare=False)

    @classmethod
    def from_blocks(cls, blocks: Sequence[Matrix]) -> "LayeredBonds":
        """Measure the scale and the reaction term of the couplings J^(k).

        Raises
        ------
        ValueError
            All couplings are zero (free spins have no critical temperature), or the largest is out of range.
        """
        scale = _scale(blocks)
        reaction = _reaction(blocks, scale)
        return cls(
            blocks=tuple(blocks),
            scale=scale,
            reaction_even=np.concatenate(reaction[0::2]),
            reaction_odd=np.concatenate(reaction[1::2]),
        )

    @property
    def layer_sizes(self) -> tuple[int, ...]:
        """(N_0, ..., N_L), the numbers of spins."""
        return layer_sizes(self.blocks)

    def onto_odd(self, even: Vector, *, roughly: bool = False) -> Vector:
        """Return B^T v for a vector v on the even layers: one read of each block; roughly: in single precision."""
        return self._half_product(even, 0, roughly)

    def onto_even(self, odd: Vector, *, roughly: bool = False) -> Vector:
        """Return B v for a vector v on the odd layers: one read of each block; roughly: in single precision."""
        return self._half_product(odd, 1, roughly)

    @property
    def has_rough_products(self) -> bool:
        """Whether products may be asked for in single precision."""
        return self._single is not None

    def _half_product(self, vector: Vector, parity: int, roughly: bool) -> Vector:
        blocks, unit, multiply = self.blocks, self.scale, product
        if roughly and self._single is not None:
            (blocks, unit), multiply = self._single, np.matmul
        source = (vector / unit).astype(np.float32 if roughly else np.float64, copy=False)
        result = np.zeros(len(self.reaction_even if parity else self.reaction_odd))
        for k, block in enumerate(blocks):
            # Block k joins layers k and k + 1; the one of the vector's parity is the source.
            if k % 2 == parity:
                result[self._places[k + 1]] += multiply(block.T, source[self._places[k]])
            else:
                result[self._places[k]] += multiply(block, source[self._places[k + 1]])
        self.count.halves += 1
        return result

    @cached_property
    def _single(self) -> tuple[tuple[NDArray[np.float32], ...], float] | None:
        return in_single(self.blocks, self.scale, np.concatenate([self.reaction_even, self.reaction_odd]))

    @cached_property
    def _places(self) -> tuple[slice, ...]:
        """Where each layer lies in the vectors of its side."""
        ends = [0, 0]
        places = []
        for k, size in enumerate(self.layer_sizes):
            places.append(slice(ends[k % 2], ends[k % 2] + size))
            ends[k % 2] += size
        return tuple(places)

    def join(self, even: Vector, odd: Vector) -> Vector:
        """Return one vector in layer order from its even and its odd layers."""
        return np.concatenate(self._in_order(even, odd))

    def part(self, vector: Vector) -> tuple[Vector, Vector]:
        """Return the even and the odd layers of one vector in layer order."""
        layers = np.split(vector, np.cumsum(self.layer_sizes)[:-1])
        return np.concatenate(layers[0::2]), np.concatenate(layers[1::2])

    def reaction_by_layer(self) -> list[Vector]:
        """D_ii of each layer in order, in units of scale^2."""
        return self._in_order(self.reaction_even, self.reaction_odd)

    def _in_order(self, even: Vector, odd: Vector) -> list[Vector]:
        return [(odd if k % 2 else even)[place] for k, place in enumerate(self._places)]


def product(matrix: Matrix, vector: Vector) -> Vector:
    """Return a matrix times a vector in double precision; one in single precision is promoted a few rows at a time."""
    if matrix.dtype == np.float64:
        return matrix @ vector
    result = np.zeros(len(matrix))
    by_rows = matrix.flags.c_contiguous
    length, width = matrix.shape if by_rows else matrix.shape[::-1]
    step = max(1, _PROMOTED // width)
    for start in range(0, length, step):
        part = slice(start, start + step)
        if by_rows:
            result[part] = matrix[part].astype(np.float64) @ vector
        else:
            result += matrix[:, part].astype(np.float64) @ vector[part]
    return result


def _scale(blocks: Sequence[Matrix]) -> float:
    largest = max(max(float(block.max()), -float(block.min())) for block in blocks)
    if largest == 0:
        raise ValueError(
            "expected at least one coupling; found all weights zero, which has no critical temperature: "
            "check that the weights were read"
        )
    if not _SMALLEST_SCALE <= largest <= _LARGEST_SCALE:
        raise ValueError(
            f"expected the largest weight between {_SMALLEST_SCALE:g} and {_LARGEST_SCALE:g}; found {largest:g}: "
            "multiply the weights by a constant, T_c is multiplied by the same"
        )
    return float(np.ldexp(1.0, int(np.frexp(largest)[1])))


def _reaction(blocks: Sequence[Matrix], scale: float) -> list[Vector]:
    reaction: list[Vector] = [np.zeros(size) for size in layer_sizes(blocks)]
    for k, block in enumerate(blocks):
        for start in range(0, len(block), _ROWS_AT_A_TIME):
            rows = slice(start, start + _ROWS_AT_A_TIME)
            squares = np.multiply(block[rows], 1 / scale, dtype=np.float64)
            squares *= squares
            # Sums by BLAS: a pass through memory, where a reduction along the rows takes several.
            reaction[k][rows] += squares @ np.ones(squares.shape[1])
            reaction[k + 1] += np.ones(len(squares)) @ squares
    return reaction
