"""A block tridiagonal matrix by elimination of one layer after the other: form, determinant and definiteness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity, PositiveDefinite
from theory.sums import Inside, Sigma

REAL = (-sp.oo, sp.oo)


@rule(
    "elimination of layers",
    "A block triangular matrix with ones on its diagonal brings the matrix to blocks $\\chi_k$ on the diagonal.",
)
def block_congruence(
    *, pivot: Any, transfer: Any, layers: tuple[Any, Any, Any, Any], sizes: Any, rows: tuple[Any, Any, Any, Any]
) -> Inference:
    """U^T diag(chi) U is block tridiagonal, for any number of layers of any sizes; the result is its entry.

    U has ones on the diagonal and -W[k] in the block k - 1, k. The blocks of the product are
    chi_k + W_k^T chi_{k-1} W_k on the diagonal and -chi_{k-1} W_k above it. For invertible chi every block tridiagonal
    matrix I - M with the blocks I - beta R[k] and -beta J[k] has this form: W_k = chi_{k-1}^-1 beta J[k], hence
    chi_0 = I - beta R[0] and chi_k = I - beta R[k] - beta^2 J[k]^T chi_{k-1}^-1 J[k].

    Parameters
    ----------
    pivot, transfer
        Families chi[k, i, j] and W[k, i, j], any numbers.
    layers
        ``(k, l, first, last)``: letters of two layers, the first and the last layer.
    rows
        Letters of a site in layer k, one in layer l, and two to sum over.
    """
    k, l, first, last = layers
    i, j, a, b = rows
    between, delta = sp.Dummy("q", integer=True), sp.KroneckerDelta

    def triangular(row: Any, column: Any, site: Any, other: Any) -> Any:
        return delta(row, column) * delta(site, other) - delta(row, column - 1) * transfer[column, site, other]

    product = triangular(between, k, a, i) * pivot[between, a, b] * triangular(between, l, b, j)
    left = Sigma(product, (between, first, last), (a, 1, sizes[between]), (b, 1, sizes[between]))
    before = ((a, 1, sizes[k - 1]), (b, 1, sizes[k - 1]))
    own = pivot[k, i, j] + Inside(k, first + 1, last) * Sigma(
        transfer[k, a, i] * pivot[k - 1, a, b] * transfer[k, b, j], *before
    )
    above = Sigma(pivot[k, i, a] * transfer[l, a, j], (a, 1, sizes[k]))
    below = Sigma(transfer[k, a, i] * pivot[l, a, j], (a, 1, sizes[l]))
    right = delta(k, l) * own - delta(l, k + 1) * above - delta(k, l + 1) * below
    layer = sp.Range(first, last + 1)
    sets = {last: sp.Range(1, sp.oo), sizes: sp.Range(1, sp.oo), k: layer, l: layer, pivot: REAL, transfer: REAL}
    domain = Domain({**sets, i: sp.Range(1, sizes[k] + 1), j: sp.Range(1, sizes[l] + 1)})
    return Inference(
        statement=Identity(left, right, domain),
        remark="The triangular matrix is invertible: the whole matrix is positive definite if and only if every "
        "$\\chi_k$ is. With $W_k = \\chi_{k-1}^{-1} \\beta J^{(k)}$ this is $I - M$ if "
        "$\\chi_0 = I - \\beta R^{(0)}$ and "
        "$\\chi_k = I - \\beta R^{(k)} - \\beta^2 J^{(k)T} \\chi_{k-1}^{-1} J^{(k)}$.",
    )


@dataclass(frozen=True, kw_only=True)
class LayeredMatrix:
    """I - M at given layer sizes with any symmetric blocks R and any J, and the pivots of its elimination.

    Attributes
    ----------
    matrix
        I - M.
    pivots
        chi_0, chi_1, ... with chi_k = I - beta R_k - beta^2 J_k^T chi_{k-1}^-1 J_k.
    """

    matrix: sp.ImmutableMatrix
    pivots: tuple[sp.ImmutableMatrix, ...]


def layered_matrix(entry: Step, *, sizes: tuple[int, ...], letters: tuple[Any, ...], sign: int = 1) -> LayeredMatrix:
    """The matrix with the entries that ``entry`` gives for ``letters`` k, l, i, j, written out, times ``sign``."""
    layers = range(len(sizes))
    return eliminated([[sign * _block(entry, sizes, k, l, letters) for l in layers] for k in layers])


def eliminated(blocks: list[list[Any]]) -> LayeredMatrix:
    """A block tridiagonal matrix with the pivots of its elimination."""
    pivots = [blocks[0][0]]
    for k in range(1, len(blocks)):
        bond = blocks[k - 1][k]
        pivots.append((blocks[k][k] - bond.T * _inverse(pivots[-1]) * bond).applyfunc(sp.together))
    matrix = sp.ImmutableMatrix(sp.Matrix(sp.BlockMatrix(blocks)))
    return LayeredMatrix(matrix=matrix, pivots=tuple(map(sp.ImmutableMatrix, pivots)))


def _inverse(matrix: Any) -> Any:
    """By cofactors: SymPy's own inverse simplifies first, which takes long."""
    return matrix.adjugate(method="berkowitz") / _determinant(matrix)


def _block(entry: Step, sizes: tuple[int, ...], k: int, l: int, letters: tuple[Any, ...]) -> Any:
    """The block k, l of one minus the matrix; those on the diagonal are symmetric."""

    def value(row: int, column: int) -> Any:
        place = (k, l, row + 1, column + 1) if k != l or row <= column else (k, l, column + 1, row + 1)
        number = cast(Any, entry.result).xreplace(dict(zip(letters, map(sp.Integer, place), strict=True)))
        return sp.Integer(k == l and row == column) - number

    return sp.Matrix(sizes[k], sizes[l], value)


def _determinant(matrix: Any) -> Any:
    return matrix.det(method="berkowitz")


@rule("determinant", "The triangular matrices have determinant one.")
def elimination_determinant(
    entry: Step, *, sizes: tuple[int, ...], letters: tuple[Any, ...], inverse_temperature: sp.Symbol
) -> Inference:
    """det(I - M) is the product of the det chi_k, at given layer sizes with any blocks; the result is that product."""
    system = layered_matrix(entry, sizes=sizes, letters=letters)
    product = sp.Mul(*[_determinant(pivot) for pivot in system.pivots])
    left = sp.expand(_determinant(system.matrix))
    return Inference(statement=Identity(left, product, _any_blocks(system, inverse_temperature)), result=product)


@rule("opposite signs", "Had all blocks the opposite sign, so would every pivot: one factor -1 for each spin.")
def opposite_signs(
    entry: Step, *, sizes: tuple[int, ...], letters: tuple[Any, ...], inverse_temperature: sp.Symbol
) -> Inference:
    """Pivots of M - I, which start with beta R_0 - I, have the product (-1)^N det(I - M), with N spins in all.

    They follow chi_k = beta R_k - I - beta^2 J_k^T chi_{k-1}^-1 J_k and are negative definite where I - M is positive
    definite.
    """
    system = layered_matrix(entry, sizes=sizes, letters=letters)
    opposite = layered_matrix(entry, sizes=sizes, letters=letters, sign=-1)
    product = sp.Mul(*[_determinant(pivot) for pivot in opposite.pivots])
    right = (-1) ** sum(sizes) * sp.expand(_determinant(system.matrix))
    return Inference(statement=Identity(product, right, _any_blocks(system, inverse_temperature)), result=right)


@rule(
    "definiteness",
    "The congruence keeps the numbers of positive and negative eigenvalues: the matrix is positive definite if and "
    "only if every chi_k is, hence if and only if all their leading minors are positive.",
)
def elimination_definiteness(*, sizes: tuple[int, ...], diagonal: Any, beside: Any) -> Inference:
    """A block tridiagonal matrix is positive definite if and only if all its pivots are.

    ``diagonal[k, i, j]`` are entries of symmetric blocks, -``beside[k, i, j]`` of those between layers k - 1 and k.
    """
    layers = range(len(sizes))
    system = eliminated([[_named_block(k, l, sizes, diagonal, beside) for l in layers] for k in layers])
    minors = [_determinant(p[:n, :n]) for p in system.pivots for n in range(1, p.rows + 1)]
    condition = sp.And(*[sp.Gt(minor, 0) for minor in minors])
    domain = Domain(dict.fromkeys((diagonal, beside), (-2, 2)))
    return Inference(statement=PositiveDefinite(system.matrix, domain, condition=condition), result=condition)


def _named_block(k: int, l: int, sizes: tuple[int, ...], diagonal: Any, beside: Any) -> Any:
    def value(row: int, column: int) -> Any:
        first, second = row + 1, column + 1
        if k == l:
            return diagonal[k, min(first, second), max(first, second)]
        if abs(k - l) > 1:
            return sp.Integer(0)
        return -beside[l, first, second] if k < l else -beside[k, second, first]

    return sp.Matrix(sizes[k], sizes[l], value)


def _any_blocks(system: LayeredMatrix, inverse_temperature: sp.Symbol) -> Domain:
    families = sorted({cast(sp.Indexed, atom).base for atom in system.matrix.atoms(sp.Indexed)}, key=str)
    return Domain({inverse_temperature: (0, 3), **dict.fromkeys(families, (-2, 2))})
