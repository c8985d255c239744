"""Where jets take their values: residues modulo a prime, or rational numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Protocol, cast

import flint
import numpy as np

PRIME_BITS = 27
"""So small that sums of 512 products of two residues fit into 64 bits."""
MOST_SUMMED = 1 << (63 - 2 * PRIME_BITS)


class Ring(Protocol):
    """Numbers with sums, products and inverses, in arrays."""

    def array(self, values: Any) -> Any:
        """An array of rational numbers as one of the ring's."""
        ...

    def contracted(self, subscripts: str, *arrays: Any) -> Any:
        """A sum of products, as ``numpy.einsum`` names it."""
        ...

    def reduced(self, values: Any) -> Any:
        """The same values in their least form."""
        ...

    def inverse(self, matrix: Any) -> Any:
        """The inverse of a matrix of numbers, shape (n, n).

        Raises
        ------
        ZeroDivisionError
            If there is none.
        """
        ...


class Residues:
    """Integers modulo a prime below 2^27."""

    def __init__(self, prime: int) -> None:
        if prime.bit_length() > PRIME_BITS:
            raise ValueError(f"the prime must have at most {PRIME_BITS} bits, so that sums fit; found {prime}")
        self.prime = prime

    def array(self, values: Any) -> Any:
        """Fractions as residues; a denominator that the prime divides has none."""
        found = [self._residue(v) for v in np.asarray(values, dtype=object).ravel()]
        return np.array(found, dtype=np.int64).reshape(np.shape(values))

    def _residue(self, value: Any) -> int:
        ratio = Fraction(value)
        try:
            return ratio.numerator * pow(ratio.denominator, -1, self.prime) % self.prime
        except ValueError as error:
            raise ZeroDivisionError(f"{self.prime} divides the denominator of {ratio}") from error

    def contracted(self, subscripts: str, *arrays: Any) -> Any:
        """The sum of products."""
        letters, sizes = subscripts.split("->")[0].replace("...", ""), {}
        for names, array in zip(letters.split(","), arrays, strict=True):
            sizes.update(zip(names, np.shape(array), strict=False))
        summed = set(sizes) - set(subscripts.split("->")[1])
        if int(np.prod([sizes[x] for x in summed])) > MOST_SUMMED:
            raise OverflowError(f"{subscripts} sums more than {MOST_SUMMED} products of residues")
        return np.einsum(subscripts, *arrays) % self.prime

    def reduced(self, values: Any) -> Any:
        """Between 0 and the prime."""
        return values % self.prime

    def inverse(self, matrix: Any) -> Any:
        """By Gaussian elimination."""
        n = matrix.shape[0]
        entries = [int(x) for x in matrix.ravel()]
        found = flint.nmod_mat(n, n, entries, self.prime).inv()
        return np.array([int(x) for x in found.entries()], dtype=np.int64).reshape(n, n)


class Rationals:
    """Rational numbers, exactly."""

    def array(self, values: Any) -> Any:
        """Numbers of python-flint."""
        found = [_rational(v) for v in np.asarray(values, dtype=object).ravel()]
        made = np.empty(len(found), dtype=object)
        made[:] = found
        return made.reshape(np.shape(values))

    def contracted(self, subscripts: str, *arrays: Any) -> Any:
        """The sum of products."""
        return np.einsum(subscripts, *arrays)

    def reduced(self, values: Any) -> Any:
        """The values themselves."""
        return values

    def inverse(self, matrix: Any) -> Any:
        """By Gaussian elimination."""
        n = matrix.shape[0]
        found = flint.fmpq_mat(n, n, list(matrix.ravel())).inv()
        return self.array(np.array(cast(Any, found.entries()), dtype=object)).reshape(n, n)


def _rational(value: Any) -> Any:
    if isinstance(value, flint.fmpq):
        return value
    ratio = Fraction(value)
    return flint.fmpq(ratio.numerator, ratio.denominator)
