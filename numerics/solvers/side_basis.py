"""A basis on the even or on the odd layers, orthonormal in the metric p I + q D."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.solvers.layered_bonds import Vector

Matrix = NDArray[np.floating[Any]]

# A direction that keeps less than this of its length when the basis is taken out is rounding, not news.
_INDEPENDENT = 1e-11
# One that keeps more than this has lost no digit to the difference.
_MOSTLY_NEW = 0.3


class SideBasis:
    """Basis vectors of one side with their half products, and the small matrices of I and D between them.

    Neurons without bonds (D_ii = 0) are left out: their spins are free at every temperature.
    """

    def __init__(self, reaction: Vector, n_image: int, capacity: int) -> None:
        self.reaction = reaction
        self.alive = reaction > 0
        # Of neurons without bonds any metric will do: vectors and directions vanish there.
        self._reaction_if_alive = np.where(self.alive, reaction, 1.0)
        self.dimension = int(np.count_nonzero(self.alive))
        self.capacity = min(capacity, self.dimension)
        self.size = 0
        # Columns lie together in memory, so that a leading part of the basis is one BLAS operand.
        self._vectors = np.empty((len(reaction), self.capacity), order="F")
        self._images = np.empty((n_image, self.capacity), order="F")
        self._unit_gram = np.empty((self.capacity, self.capacity))
        self._reaction_gram = np.empty((self.capacity, self.capacity))
        self._image_errors = np.empty(self.capacity)
        self._set_metric(1.0, 0.0)

    @property
    def vectors(self) -> Matrix:
        """The basis, shape (n_side, size)."""
        return self._vectors[:, : self.size]

    @property
    def images(self) -> Matrix:
        """The half products of the basis vectors, shape (n_other_side, size)."""
        return self._images[:, : self.size]

    def has_room(self, n_vectors: int) -> bool:
        """Whether this many vectors fit, or the basis spans the side already."""
        return self.capacity == self.dimension or self.size + n_vectors <= self.capacity

    def gram(self, p: float, q: float) -> Matrix:
        """Matrix of p I + q D in the basis."""
        k = self.size
        return p * self._unit_gram[:k, :k] + q * self._reaction_gram[:k, :k]

    def forms(self, coefficients: Vector) -> tuple[float, float]:
        """Values of v^T v and v^T D v for one vector of the span."""
        k = self.size
        unit = coefficients @ self._unit_gram[:k, :k] @ coefficients
        return float(unit), float(coefficients @ self._reaction_gram[:k, :k] @ coefficients)

    def image_error(self, coefficients: Vector) -> float:
        """Rounding of the half product of one vector of the span, from that of the basis vectors."""
        errors = self._image_errors[: self.size] * coefficients
        return math.sqrt(errors @ errors)

    def dual_norm(self, direction: Vector) -> float:
        """Length of G^-1 direction in the metric G."""
        return math.sqrt(direction @ (self._inverse_metric * direction))

    def dual_square(self, direction: Vector, p: float, q: float) -> float:
        """Square of the length of G^-1 direction in the metric G = p I + q D, for a direction along living neurons."""
        metric = q * self._reaction_if_alive
        metric += p
        return float(direction @ (direction / metric))

    def random_direction(self, rng: np.random.Generator) -> Vector:
        """Return a direction of which G^-1/2 is Gaussian, the same on all neurons with bonds."""
        return np.sqrt(self._metric) * self.alive * rng.standard_normal(len(self.reaction))

    def independent_part(self, direction: Vector) -> Vector | None:
        """Return the normalized part of G^-1 direction outside the span, or None if there is none."""
        length = self.dual_norm(direction)
        if self.size == self.capacity or not length > 0:
            return None
        part = self._inverse_metric * direction / length
        remaining = 0.0
        for _ in range(2):  # twice is enough (Kahan, Parlett), and once where little is taken out
            part -= self.vectors @ ((self._metric * part) @ self.vectors)
            remaining = math.sqrt(part @ (self._metric * part))
            if remaining > _MOSTLY_NEW:
                break
        return part / remaining if remaining > _INDEPENDENT else None

    def append(self, vector: Vector, image: Vector, image_error: float) -> None:
        """Add one vector, orthonormal to the others, and its half product with the rounding of that."""
        k = self.size
        self._image_errors[k] = image_error
        self._vectors[:, k], self._images[:, k], self.size = vector, image, k + 1
        self._unit_gram[k, : k + 1] = self._unit_gram[: k + 1, k] = vector @ self.vectors
        self._reaction_gram[k, : k + 1] = self._reaction_gram[: k + 1, k] = (self.reaction * vector) @ self.vectors

    def replace_image(self, position: int, image: Vector) -> None:
        """Put a half product in double precision in the place of a rough one."""
        self._images[:, position], self._image_errors[position] = image, 0.0

    def transform(self, combination: Matrix, weights: tuple[float, float]) -> None:
        """Replace the basis by combinations, shape (size, new_size), orthonormal in the metric of the weights."""
        k, m = combination.shape
        self._vectors[:, :m] = self.vectors @ combination
        self._images[:, :m] = self.images @ combination
        self._image_errors[:m] = np.linalg.norm(self._image_errors[:k, None] * combination, axis=0)
        self._unit_gram[:m, :m] = combination.T @ self._unit_gram[:k, :k] @ combination
        self._reaction_gram[:m, :m] = combination.T @ self._reaction_gram[:k, :k] @ combination
        self.size = m
        self._set_metric(*weights)

    def _set_metric(self, p: float, q: float) -> None:
        self._metric = p + q * self.reaction
        self._inverse_metric = np.where(self.alive, 1.0 / (p + q * self._reaction_if_alive), 0.0)
