"""Claims of section 2.1: overlaps, and the stability of the replica-symmetric solution."""

from __future__ import annotations

import sympy as sp

from theory.averages import GaussianMean
from theory.domain import Domain
from theory.models import multilayer as model
from theory.papers.barney2024neural.letters import (
    EQUAL,
    LAYERS,
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
    sigma,
)
from theory.papers.barney2024neural.printed import claim, line
from theory.records import PrintedLine
from theory.statements import Definition, Expansion, Identity, LimitStatement, PositiveDefinite
from theory.sums import Sigma

x = model.fluctuation
ROWS = {i: sp.Range(0, L + 1), j: sp.Range(0, L + 1)}


def below_the_transition() -> PrintedLine:
    """The symmetric solution with small overlaps is unstable itself, so that more than its overlaps changes."""
    field, variance = sp.Symbol("z", real=True), sp.Symbol("v", positive=True)
    overlap = GaussianMean(sp.tanh(field) ** 2, field, variance)
    covariance = GaussianMean(sp.sech(field) ** 4, field, variance)
    return line(
        "below the transition, without fields, the symmetric solution has the overlap E tanh(z)^2 in a layer whose "
        "field has the variance v; there the matrix of the replicon sector turns the overlaps, all positive, into "
        "positive multiples of E tanh(z)^2 - v E sech(z)^4, which are negative to leading order",
        Expansion(
            overlap - variance * covariance,
            -sp.Rational(4, 3) * variance**3,
            Domain({variance: (0, 1)}),
            variable=variance,
            order=4,
        ),
        assumes=("replicon stencil of the derivation multilayer-stability",),
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
        below_the_transition(),
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
