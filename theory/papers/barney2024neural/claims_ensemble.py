"""Claims of section 2: the ensemble of networks before training."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.models import multilayer as model
from theory.papers.barney2024neural.letters import (
    PAIRS,
    PARAMETERS,
    REAL,
    REPLICAS,
    C,
    L,
    N,
    Q,
    a,
    b,
    beta,
    k,
    second_layer,
)
from theory.papers.barney2024neural.printed import claim, line
from theory.statements import Identity
from theory.sums import Sigma

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
