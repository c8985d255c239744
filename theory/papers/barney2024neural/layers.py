"""Section 2.2, equations (24) to (27): the linear equations in layers, and their elimination layer by layer."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models import ising_pairs as pairs
from theory.papers.barney2024neural.letters import PARAMETERS, REAL, J, L, N, beta, i, j, k
from theory.papers.barney2024neural.letters import second_layer as l
from theory.papers.barney2024neural.printed import equation, line
from theory.records import PrintedLine, Reading
from theory.statements import Identity
from theory.sums import Sigma

M, R, chi, W, pivot = pairs.layered_matrix, pairs.reaction, pairs.schur_complement, pairs.transfer, pairs.pivot
a, b = sp.symbols("a b", integer=True)
delta = sp.KroneckerDelta(i, j)
BLOCKS = PARAMETERS.extended({M: REAL, J: REAL, R: REAL, chi: REAL, W: REAL, pivot: REAL})
IN_LAYER = {k: sp.Range(0, L + 1), i: sp.Range(1, N[k] + 1), j: sp.Range(1, N[k] + 1)}
INNER = {**IN_LAYER, L: sp.Range(2, sp.oo), k: sp.Range(1, L)}


def squares(layer: Any, first: Any, second: Any, end: Any) -> Any:
    """A sum over l of squared weights."""
    return Sigma(J[layer, first, second] ** 2, (l, 1, end))


def reaction_line(label: str, layer: Any, *sums: Any, sets: Any, corrected: tuple[Any, ...] = ()) -> PrintedLine:
    """One case of (25), and what it is with the index i in place of the second l."""

    def case(terms: tuple[Any, ...]) -> Identity:
        return Identity(R[layer, i, j], -delta * beta * sp.Add(*terms), BLOCKS.extended(sets))

    text = "the second index of the weights into the layer i, that of the spin"
    readings = (Reading(kind="correction", text=text, statement=case(corrected)),) if corrected else ()
    return line(label, case(sums), R[k, i, j], readings=readings)


def sites(layer: Any) -> dict[Any, Any]:
    """Both sites are in the layer."""
    return {i: sp.Range(1, N[layer] + 1), j: sp.Range(1, N[layer] + 1)}


UP = squares(k + 1, i, l, N[k + 1])


def pivot_line(label: str, layer: Any, printed: Any, corrected: Any, sets: Any) -> PrintedLine:
    """One case of (26), and what it is with the signs of I - M."""

    def case(value: Any) -> Identity:
        return Identity(pivot[layer, i, j], value, BLOCKS.extended({**sets, R: (-sp.oo, 0)}))

    reading = Reading(
        kind="correction",
        text=r"the signs of $I - M$, of which the $\hat{\chi}^{(k)}$ are the pivots: they are positive definite where "
        r"it is; here $\chi^{(k-1)}$ is the pivot before and $W^{(k)} = \beta (\chi^{(k-1)})^{-1} J^{(k)}$",
        statement=case(corrected),
    )
    return line(label, case(printed), pivot[k, i, j], readings=(reading,))


def eliminated(layer: Any) -> Any:
    """beta^2 J^T chi^-1 J = W^T chi W, with chi_{k-1} W_k = beta J^(k)."""
    before = N[layer - 1]
    return Sigma(W[layer, a, i] * chi[layer - 1, a, b] * W[layer, b, j], (a, 1, before), (b, 1, before))


def network(shape: tuple[int, ...]) -> tuple[Any, tuple[Any, ...]]:
    """I - M of a small network with symbolic weights, and the blocks (R, J) of each layer; R is diagonal."""
    places = [(layer, spin) for layer, size in enumerate(shape) for spin in range(1, size + 1)]
    matrix = sp.Matrix(len(places), len(places), lambda row, column: _entry(places[row], places[column]))
    blocks = []
    for layer, size in enumerate(shape):
        own = sp.Matrix(size, size, lambda p, q, at=layer: R[at, p + 1, p + 1] if p == q else sp.Integer(0))
        weights = sp.Matrix(shape[layer - 1], size, lambda p, q, at=layer: J[at, p + 1, q + 1]) if layer else None
        blocks.append((own, weights))
    return matrix, tuple(blocks)


def _entry(first: tuple[int, int], second: tuple[int, int]) -> Any:
    """An entry of I - M, which is symmetric; within a layer only its diagonal is not zero."""
    first, second = sorted((first, second))
    if first[0] == second[0] and first[1] != second[1]:
        return sp.Integer(0)
    return sp.Integer(first == second) - M[first[0], second[0], first[1], second[1]]


def recurrence(shape: tuple[int, ...], sign: int) -> list[Any]:
    """The matrices chi_k of (26) for ``sign`` 1, of its correction for -1."""
    found: list[Any] = []
    for own, weights in network(shape)[1]:
        start = sign * (beta * own - sp.eye(own.rows))
        taken = sp.zeros(own.rows) if weights is None else beta**2 * weights.T * found[-1].inv() * weights
        found.append((start - taken).applyfunc(sp.together))
    return found


def single_spins(layers: int) -> Domain:
    """The parameters of a chain of layers of one spin each."""
    return BLOCKS.extended({L: sp.FiniteSet(layers - 1), N: sp.FiniteSet(1)})


def stability_of_single_spins(layers: int) -> Any:
    """I - M of such a chain, its entries by name."""
    return network((1,) * layers)[0]


def determinant(layers: int) -> Any:
    """det(I - M) of such a chain."""
    return stability_of_single_spins(layers).det(method="berkowitz")


def determinant_line(layers: int) -> PrintedLine:
    """(27) for a chain of single spins with any weights; it has the sign (-1)^N."""

    def case(sign: int) -> Identity:
        product = sp.Mul(*[part.det() for part in recurrence((1,) * layers, sign)])
        return Identity(determinant(layers), product, single_spins(layers))

    reading = Reading(
        kind="condition",
        text=r"the $\chi_k$ are those of the corrected (26), or the number N of spins is even; as printed a factor "
        "$(-1)^N$ is missing",
        statement=case(-1),
    )
    return line(f"{layers} layers of one spin", case(1), M[k, l, i, j], R[k, i, j], readings=(reading,))


LAYERED = (
    equation(
        24,
        "2.2",
        r"M = \beta \begin{pmatrix} R^{(0)} & J^{(1)} & 0 & \cdots & 0 \\ J^{(1)T} & R^{(1)} & J^{(2)} & \ddots & "
        r"\vdots \\ 0 & J^{(2)T} & R^{(2)} & \ddots & 0 \\ \vdots & \ddots & \ddots & \ddots & J^{(L)} \\ "
        r"0 & \cdots & 0 & J^{(L)T} & R^{(L)} \end{pmatrix}",
        line(
            "entry i, j of the block k, l",
            Identity(
                M[k, l, i, j],
                beta
                * (
                    sp.KroneckerDelta(k, l) * R[k, i, j]
                    + sp.KroneckerDelta(l, k + 1) * J[l, i, j]
                    + sp.KroneckerDelta(k, l + 1) * J[k, j, i]
                ),
                BLOCKS.extended({**IN_LAYER, l: sp.Range(0, L + 1), j: sp.Range(1, N[l] + 1)}),
            ),
            M[k, l, i, j],
        ),
    ),
    equation(
        25,
        "2.2",
        r"R_{ij}^{(k)} = -\delta_{ij}\beta \begin{cases} \sum_{\ell=1}^{N_1} (J_{i\ell}^{(1)})^2, & k=0 \\ "
        r"\sum_{\ell=1}^{N_{k-1}} (J_{\ell\ell}^{(k)})^2 + \sum_{\ell=1}^{N_{k+1}} (J_{i\ell}^{(k+1)})^2, "
        r"& 1 \leq k \leq L-1 \\ \sum_{\ell=1}^{N_{L-1}} (J_{\ell\ell}^{(L)})^2, & k=L \end{cases}",
        reaction_line("the first layer", sp.Integer(0), squares(1, i, l, N[1]), sets=sites(sp.Integer(0))),
        reaction_line(
            "layers between the first and the last",
            k,
            squares(k, l, l, N[k - 1]),
            UP,
            corrected=(squares(k, l, i, N[k - 1]), UP),
            sets=INNER,
        ),
        reaction_line(
            "the last layer",
            L,
            squares(L, l, l, N[L - 1]),
            corrected=(squares(L, l, i, N[L - 1]),),
            sets=sites(L),
        ),
        transcription="doubtful",
        damage=r"Both factors $J_{\ell\ell}$ are most likely $J_{\ell i}$ with a misread i: as they stand, the free "
        "index i is lost and the second one runs over the wrong layer for unequal sizes. The published formula was not "
        "at hand.",
    ),
    equation(
        26,
        "2.2",
        r"\chi_k = \begin{cases} \beta R^{(0)} - I_{N_0}, & k = 0\\ "
        r"\beta R^{(k)} - I_{N_k} - \beta^2 J^{(k)T} \chi_{k-1}^{-1} J^{(k)}, & 1 \le k \le L \end{cases}",
        pivot_line(
            "the first layer",
            sp.Integer(0),
            beta * R[0, i, j] - delta,
            delta - beta * R[0, i, j],
            sites(sp.Integer(0)),
        ),
        pivot_line(
            "the other layers",
            k,
            beta * R[k, i, j] - delta - eliminated(k),
            delta - beta * R[k, i, j] - eliminated(k),
            {**IN_LAYER, k: sp.Range(1, L + 1)},
        ),
        conventions=("The text asks whether the chi_k are positive definite as the pivots of I - M.",),
    ),
    equation(
        27,
        "2.2",
        r"\det I_N - M = \prod_{i=0}^{L} \det \chi_k",
        determinant_line(3),
        determinant_line(2),
        conventions=("The product is over k, written i below its sign.",),
    ),
)
