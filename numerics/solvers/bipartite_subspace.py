r"""A growing subspace in which the bond matrix, the unit matrix and the reaction term are small.

For weights p, q >= 0 the metric is G = p I + q D, and the quantity sought is

    sigma(p, q) = max over v of  v^T J v / v^T G v .

The even and the odd layers keep separate bases E and O, so the projected problem is a singular value problem for
E^T B O of half the size. New directions alternate, as in Golub and Kahan's bidiagonalization,

    e -> G^-1 B^T e -> G^-1 B (G^-1 B^T e) -> ...,

which raises the degree of the Krylov polynomial twice as fast for each product as iterating J itself.
"""

import math

import numpy as np
from scipy.linalg import get_lapack_funcs

from numerics.solvers.layered_bonds import LayeredBonds, Vector
from numerics.solvers.ritz_pair import RitzPair, weights_at
from numerics.solvers.side_basis import Matrix, SideBasis
from numerics.solvers.single_precision import SINGLE_ROUNDING

# While the metric stands still one of the two residuals vanishes, and the bases are those of Golub and Kahan. A change
# of metric breaks that; adding the smaller residual too, where it exceeds this fraction of the larger,
# restores it (measured: 82 products instead of 115 on an untrained 784-512-512-512-10 network).
_REPAIRED = 0.1
# Ratio of lengths in a metric below which a combination of basis vectors has lost half of its digits.
_WELL_CONDITIONED = 1e-6


# Called directly: on matrices this small NumPy's own wrappers take longer than the work.
_potrf, _syevr, _trtri = get_lapack_funcs(("potrf", "syevr", "trtri"), dtype=np.float64)


class BipartiteSubspace:
    """The two bases, the coupling E^T B O, and the products that fill them.

    Attributes
    ----------
    bonds : LayeredBonds
        The network.
    even, odd : SideBasis
        E and O.
    metric : tuple of float
        The weights in whose metric the bases are orthonormal, and new directions measured.
    """

    def __init__(
        self,
        bonds: LayeredBonds,
        *,
        capacity: int,
        rng: np.random.Generator,
        start: tuple[Vector, Vector] | None = None,
    ) -> None:
        n_even, n_odd = len(bonds.reaction_even), len(bonds.reaction_odd)
        self.bonds = bonds
        self.metric = (1.0, 0.0)
        self.even = SideBasis(bonds.reaction_even, n_odd, capacity)
        self.odd = SideBasis(bonds.reaction_odd, n_even, capacity)
        self._coupling = np.empty((self.even.capacity, self.odd.capacity))
        self._rng = rng
        self.expand(*(start or (self.even.random_direction(rng), np.zeros(n_odd))))

    @property
    def coupling(self) -> Matrix:
        """E^T B O, shape (n_even_vectors, n_odd_vectors)."""
        return self._coupling[: self.even.size, : self.odd.size]

    def has_room(self, n_vectors: int) -> bool:
        """Whether this many vectors fit on each side that does not span its layers yet."""
        return self.even.has_room(n_vectors) and self.odd.has_room(n_vectors)

    def best(self, p: float, q: float) -> RitzPair:
        """Maximize v^T J v / v^T (p I + q D) v over the subspace."""
        even_root, odd_root = _inverse_root(self.even.gram(p, q)), _inverse_root(self.odd.gram(p, q))
        left, (value, second_value), right = _leading_pair(even_root @ self.coupling @ odd_root.T)
        # Half of the norm v^T G v = 1 lies on either side, because J is bipartite.
        even, odd = left @ even_root / math.sqrt(2), right @ odd_root / math.sqrt(2)
        norms, reactions = zip(self.even.forms(even), self.odd.forms(odd), strict=True)
        return RitzPair(
            weights=(p, q),
            value=value,
            second_value=second_value,
            even=even,
            odd=odd,
            unit_ratio=sum(norms) / value,
            reaction_ratio=sum(reactions) / value,
        )

    def vectors(self, pair: RitzPair) -> tuple[Vector, Vector]:
        """Return v on the even and on the odd layers."""
        return self.even.vectors @ pair.even, self.odd.vectors @ pair.odd

    def residuals(self, pair: RitzPair) -> tuple[Vector, Vector]:
        """Return J v - value G v on the even and on the odd layers, from stored products."""
        (p, q), (even, odd) = pair.weights, self.vectors(pair)
        return (
            self.odd.images @ pair.odd - pair.value * (p + q * self.even.reaction) * even,
            self.even.images @ pair.even - pair.value * (p + q * self.odd.reaction) * odd,
        )

    def relative_norm(self, pair: RitzPair, residuals: tuple[Vector, Vector]) -> float:
        """Norm of G^-1/2 (J v - value G v) as a fraction of the value; the error of the value is its square / gap."""
        sides = zip((self.even, self.odd), residuals, strict=True)
        return math.sqrt(sum(side.dual_square(residual, *pair.weights) for side, residual in sides)) / pair.value

    def image_error(self, pair: RitzPair) -> float:
        """Rounding of the residual where products were rough, as a fraction of the value."""
        return math.hypot(self.even.image_error(pair.even), self.odd.image_error(pair.odd))

    def refine(self, pair: RitzPair, n_vectors: int) -> RitzPair:
        """Make the best vectors for the pair's weights the first of the bases, with products in double precision.

        The others may keep rough ones: they enter a nearly converged pair with coefficients as small as its residual,
        and so does their rounding (the argument of inexact Krylov methods).
        """
        pair = self.rebase(pair, self.even.capacity + self.odd.capacity)
        for k in range(min(n_vectors, self.even.size)):
            self.even.replace_image(k, self.bonds.onto_odd(self.even.vectors[:, k]))
            self._coupling[k, : self.odd.size] = self.even.images[:, k] @ self.odd.vectors
        for k in range(min(n_vectors, self.odd.size)):
            self.odd.replace_image(k, self.bonds.onto_even(self.odd.vectors[:, k]))
            self._coupling[: self.even.size, k] = self.odd.images[:, k] @ self.even.vectors
        return self.best(*pair.weights)

    def leverage(self, pair: RitzPair) -> float:
        """Norm of G^-1/2 (q D - p I) v: how far an error of v moves the balance of its two terms."""
        p, q = pair.weights
        sides = zip((self.even, self.odd), self.vectors(pair), strict=True)
        return math.sqrt(sum(side.dual_square((q * side.reaction - p) * vector, p, q) for side, vector in sides))

    def expand(self, even_direction: Vector, odd_direction: Vector, n_steps: int = 1) -> bool:
        """Add what is new in G^-1 of two directions and in the images of the larger; return whether anything was.

        Uses at most `n_steps` products and a half, and `n_steps` + 1 vectors a side.
        """
        even, odd = self.even.dual_norm(even_direction), self.odd.dual_norm(odd_direction)
        on_even, direction, other = (True, even_direction, odd_direction)
        if odd > even:
            on_even, direction, other = (False, odd_direction, even_direction)
        added = False
        if min(even, odd) > _REPAIRED * max(even, odd):
            added = self._append(not on_even, other) is not None
        for _ in range(2 * n_steps):
            image = self._append(on_even, direction)
            if image is None:
                return added
            added, on_even, direction = True, not on_even, image
        return added

    def rebase(self, pair: RitzPair, n_vectors: int) -> RitzPair:
        """Keep the best vectors for the pair's weights, and measure new directions in their metric."""
        left, _, right = self._singular_system(*pair.weights)
        m = min(n_vectors, left.shape[1], right.shape[1])
        self._combine(left[:, :m], right[:, :m], pair.weights)
        return self.best(*pair.weights)

    def keep(self, even: Matrix, odd: Matrix, weights: tuple[float, float]) -> None:
        """Keep the spans of these combinations of the two bases, and measure new directions in the weights' metric."""
        roots = (
            _inverse_root(part.T @ side.gram(*weights) @ part) for side, part in ((self.even, even), (self.odd, odd))
        )
        even, odd = (part @ root.T for part, root in zip((even, odd), roots, strict=True))
        self._combine(even, odd, weights)

    def restart(self, log_beta: float, n_vectors: int, n_steps: int) -> RitzPair:
        """Turn to another temperature: its best known vectors, and a chain from a random one.

        The random one keeps a part of the network from staying unseen that the vectors so far do not touch.
        """
        self.rebase(self.best(*weights_at(log_beta)), n_vectors)
        self.expand(self.even.random_direction(self._rng), np.zeros_like(self.odd.reaction), n_steps)
        return self.best(*weights_at(log_beta))

    def _combine(self, even: Matrix, odd: Matrix, weights: tuple[float, float]) -> None:
        coupling = even.T @ self.coupling @ odd
        self.metric = weights
        self.even.transform(even, weights)
        self.odd.transform(odd, weights)
        self._coupling[: len(coupling), : coupling.shape[1]] = coupling

    def _append(self, on_even: bool, direction: Vector) -> Vector | None:
        side, other = (self.even, self.odd) if on_even else (self.odd, self.even)
        vector = side.independent_part(direction)
        if vector is None:
            return None
        multiply = self.bonds.onto_odd if on_even else self.bonds.onto_even
        image = multiply(vector, roughly=self.bonds.has_rough_products)
        overlaps = vector @ other.images
        if on_even:
            self._coupling[side.size, : other.size] = overlaps
        else:
            self._coupling[: other.size, side.size] = overlaps
        side.append(vector, image, SINGLE_ROUNDING if self.bonds.has_rough_products else 0.0)
        return image

    def _singular_system(self, p: float, q: float) -> tuple[Matrix, Vector, Matrix]:
        """Return U, values, V with U^T G U = 1, V^T G V = 1 and U^T (E^T B O) V = diag(values)."""
        even_root, odd_root = _inverse_root(self.even.gram(p, q)), _inverse_root(self.odd.gram(p, q))
        left, values, right = np.linalg.svd(even_root @ self.coupling @ odd_root.T, full_matrices=False)
        return even_root.T @ left, values, odd_root.T @ right.T


def _leading_pair(matrix: Matrix) -> tuple[Vector, tuple[float, float], Vector]:
    """Return the singular vectors of the largest singular value, and that with the next one (0 if there is none)."""
    transposed = matrix.shape[0] < matrix.shape[1]
    tall = matrix.T if transposed else matrix
    # The squares keep all digits of the largest values, at a third of the time of all singular values.
    n = tall.shape[1]
    squares, vectors, _, _, _ = _syevr(tall.T @ tall, range="I", il=max(1, n - 1), iu=n)
    values = np.sqrt(np.maximum(squares[: min(n, 2)], 0.0))
    right = vectors[:, -1]
    left = tall @ right / values[-1]
    pair = (right, left) if transposed else (left, right)
    return pair[0], (float(values[-1]), float(values[0]) if n > 1 else 0.0), pair[1]


def _inverse_root(gram: Matrix) -> Matrix:
    """Return R with R gram R^T = 1, without the combinations that are rounding in this metric."""
    # The metric of the bases is usually near the one asked for, and gram then well conditioned.
    factor, failed = _potrf(gram, lower=1, clean=1)
    diagonal = factor.diagonal()
    if failed == 0 and diagonal.min() > _WELL_CONDITIONED * diagonal.max():
        return _trtri(factor, lower=1)[0]
    values, vectors = np.linalg.eigh(gram)
    kept = values > _WELL_CONDITIONED**2 * values[-1]
    return (vectors[:, kept] / np.sqrt(values[kept])).T
