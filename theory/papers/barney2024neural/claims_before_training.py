"""Claims of sections 2 and 2.1: the ensemble before training, its replica-symmetric solution and its stability."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.models import multilayer as model
from theory.papers.barney2024neural.letters import (
    EQUAL,
    LAYERS,
    PAIRS,
    PARAMETERS,
    REAL,
    REPLICAS,
    C,
    C_equal,
    H,
    L,
    N,
    Q,
    T_c,
    a,
    b,
    beta,
    h,
    i,
    j,
    k,
    m,
    n,
    q,
    r,
    second_layer,
    sigma,
)
from theory.papers.barney2024neural.printed import claim, line
from theory.statements import Definition, Identity, LimitStatement, PositiveDefinite
from theory.sums import Sigma

x = model.fluctuation
ROWS = {i: sp.Range(0, L + 1), j: sp.Range(0, L + 1)}
N_ALL = Sigma(N[second_layer], (second_layer, 0, L))
SPECIES = N_ALL * (
    sp.KroneckerDelta(second_layer, k + 1) * C[second_layer] / N[k]
    + sp.KroneckerDelta(k, second_layer + 1) * C[k] / N[second_layer]
)
"""Twice the variance between species k and l of a multi-species glass whose species are the layers."""

BEFORE = PARAMETERS.extended({model.input_variance: (0, sp.oo), k: sp.Range(1, L + 1)})


def preserved(variance: int, after: Any) -> Identity:
    """The mean square of the inputs of a layer is that of the layer before, where C_k has this value."""
    domain = BEFORE.extended({C: sp.FiniteSet(variance), after: REAL})
    return Identity(after[k], model.input_variance, domain)


ENSEMBLE = (
    claim(
        "2a",
        "Before any training occurs the weights in our NNs are independently and normally distributed in such as way "
        "as to preserve the magnitude of the variance of the activations in the forward pass, as in Kaiming normal "
        "initialization",
        line(
            "for rectifiers, the mean square of the inputs of a layer over that of the layer before, at any width",
            Identity(
                model.next_rectified[k] / model.input_variance,
                C[k] / 2,
                BEFORE.extended({model.next_rectified: REAL}),
            ),
            model.next_rectified[k],
        ),
        line("as in Kaiming's initialization, C_k = 2", preserved(2, model.next_rectified), model.next_rectified[k]),
        line(
            "for steps, the mean square of the inputs of a layer at any width",
            Identity(model.next_step[k], C[k], BEFORE.extended({model.next_step: REAL})),
            model.next_step[k],
        ),
    ),
    claim(
        "2b",
        "The MSK model can also be viewed as a specific case of a multi-species spin glass",
        line(
            "the replicated weight is that of a multi-species glass whose species are the layers: the variances "
            "between species k - 1 and k are N C_k / (2 N_{k-1}), and zero between all others",
            Identity(
                model.overlap_exponent,
                beta**2
                / 4
                * N_ALL
                * Sigma(
                    N[k] / N_ALL * N[second_layer] / N_ALL * SPECIES * Q[k, a, b] * Q[second_layer, a, b],
                    (k, 0, L),
                    (second_layer, 0, L),
                    *PAIRS,
                ),
                REPLICAS.extended({model.overlap_exponent: REAL, Q: (-1, 1)}),
            ),
            model.overlap_exponent,
        ),
    ),
    claim(
        "2c",
        r"where $N = \sum_{k=0}^{L} N_k$.",
        line(
            "the label of the last spin of the last layer",
            Identity(
                N[L] + Sigma(N[second_layer], (second_layer, 0, L - 1)),
                Sigma(N[k], (k, 0, L)),
                PARAMETERS.restricted(N[L], L),
            ),
        ),
        latex=r"N = \sum_{k=0}^{L} N_k",
    ),
)

STABILITY_CLAIMS = (
    claim(
        "2.1a",
        r"For each layer we define the $m \times m$ overlap matrix",
        line(
            "the overlap matrix",
            Definition(Q[k, a, b], Sigma(sigma[k, i, a] * sigma[k, i, b], (i, 1, N[k])) / N[k]),
            relation="definition",
            domain=REPLICAS.extended(
                {sigma: sp.FiniteSet(-1, 1), **LAYERS, a: sp.Range(1, m + 1), b: sp.Range(1, m + 1)}
            ),
        ),
        latex=r"Q_{\alpha\beta}^{(k)} = \frac{1}{N_k} \sum_{i=1}^{N_k} \sigma_{i\alpha}^{(k)} \sigma_{i\beta}^{(k)}",
    ),
    claim(
        "2.1b",
        "At sufficiently high temperatures this matrix is positive definite and the replica symmetric solution will be "
        "stable.",
        line(
            "the form of the matrix is a sum of squares, weighted by the sums of the rows and by the bonds",
            Identity(
                Sigma(H[i, j] * x[i] * x[j], (i, 0, L), (j, 0, L)),
                Sigma(model.row_sum[i] * x[i] ** 2, (i, 0, L))
                + Sigma(beta**2 * N[i] * C[i] * (x[i - 1] - x[i]) ** 2, (i, 1, L)),
                PARAMETERS.extended({H: REAL, model.row_sum: REAL, x: (-1, 1)}),
            ),
            H[i, j],
            model.row_sum[i],
        ),
        line(
            "the sums of the rows tend to the layer sizes, which are positive",
            LimitStatement(
                model.row_sum[i],
                N[i],
                PARAMETERS.extended({model.row_sum: REAL, i: sp.Range(0, L + 1)}),
                variable=beta,
                point=0,
            ),
            model.row_sum[i],
        ),
    ),
    claim(
        "2.1c",
        "When the temperature decreases to the point that the Hessian is no longer positive definite, the replica "
        "symmetric solution is no longer stable and replica symmetry breaking occurs.",
        line(
            "the action of a change of the overlap of any one pair of replicas is minus half the form of the matrix",
            Identity(
                model.pair_action,
                -Sigma(H[i, j] * q[i] * q[j], (i, 0, L), (j, 0, L)) / 2,
                PARAMETERS.extended({H: REAL, model.pair_action: REAL, q: (-1, 1)}),
            ),
            model.pair_action,
            H[i, j],
        ),
    ),
    claim(
        "2.1d",
        "For the simple case in which each layer is identical, letting all $N_k = n$ and $C_k = C$, the Hessian "
        "becomes a tridiagonal Toeplitz matrix",
        line(
            "entries that depend on the distance from the diagonal alone",
            Identity(
                model.equal_layer_hessian[i, j],
                n
                * (
                    sp.KroneckerDelta(i, j)
                    - beta**2 * C_equal * (sp.KroneckerDelta(i, j + 1) + sp.KroneckerDelta(i + 1, j))
                ),
                EQUAL.extended({model.equal_layer_hessian: REAL, **ROWS}),
            ),
            model.equal_layer_hessian[i, j],
        ),
    ),
    claim(
        "2.1e",
        "The least eigenvalue vanishes at the transition temperature",
        line(
            "the eigenvalue k = 0 in units of the transition temperature",
            Identity(h[r], n * (1 - (beta * T_c) ** 2), EQUAL.extended({h: REAL, T_c: (0, sp.oo), r: sp.FiniteSet(0)})),
            h[r],
            T_c,
        ),
        line(
            "the matrix is positive definite exactly above that temperature, so that this eigenvalue is the least",
            PositiveDefinite(
                model.equal_layer_hessian[i, j],
                EQUAL.extended({model.equal_layer_hessian: REAL, T_c: (0, sp.oo)}),
                condition=sp.Lt(beta * T_c, 1),
                rows=(i, j, sp.Integer(0), L),
            ),
            model.equal_layer_hessian[i, j],
            T_c,
        ),
    ),
    claim(
        "2.1f",
        "If the NN is very deep with large $L$, the transition temperature approaches (18).",
        line(
            "infinite depth",
            LimitStatement(
                T_c,
                sp.sqrt(2 * C_equal),
                EQUAL.extended({T_c: (0, sp.oo)}).restricted(T_c, L, C_equal),
                variable=L,
                point=sp.oo,
            ),
            T_c,
        ),
    ),
)
