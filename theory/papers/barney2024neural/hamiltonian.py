"""Section 2, equations (1) to (4): the Hamiltonian and the bond matrix."""

from __future__ import annotations

import sympy as sp

from theory.models import multilayer as model
from theory.papers.barney2024neural.letters import (
    LAYERS,
    PARAMETERS,
    REAL,
    SPINS,
    J,
    L,
    N,
    bond,
    energy,
    i,
    j,
    k,
    second_layer,
    sigma,
)
from theory.papers.barney2024neural.printed import equation, line, sides
from theory.statements import Definition, Identity
from theory.sums import Sigma

HAMILTONIAN = (
    sides(
        1,
        "2",
        r"H_{\text{MSK}}(\sigma) = ",
        r"-\sum_{k=1}^{L} \sum_{i,j=1}^{N_{k-1}, N_k} "
        r"J_{ij}^{(k)} \sigma_i^{(k-1)} \sigma_j^{(k)}",
        line(
            "the Hamiltonian",
            Definition(model.hamiltonian_name, energy()),
            relation="definition",
            domain=PARAMETERS.extended({J: REAL, sigma: sp.FiniteSet(-1, 1)}),
        ),
        conventions=("The entries of J^(k) are independent, with mean 0 and variance C_k / N_{k-1}.",),
    ),
    equation(
        2,
        "2",
        r"\sigma_i^{(k)} = \sigma_{i + \sum_{\ell=0}^{k-1} N_\ell}",
        line(
            "the spin of a single label",
            Definition(sigma[i + Sigma(N[second_layer], (second_layer, 0, k - 1))], sigma[k, i]),
            relation="definition",
            note="The new symbol is the spin with a single label, on the right side.",
        ),
        line(
            "the labels of a layer follow on those of the layer before",
            Identity(
                1 + Sigma(N[second_layer], (second_layer, 0, k)),
                (N[k] + Sigma(N[second_layer], (second_layer, 0, k - 1))) + 1,
                PARAMETERS.extended(LAYERS).restricted(N[k], k),
            ),
        ),
    ),
    sides(
        3,
        "2",
        r"H_{\text{MSK}}(\sigma) = ",
        r"-\frac{1}{2} \sum_{i,j=1}^{N} J_{ij} \sigma_i \sigma_j",
        line(
            "the Hamiltonian as a quadratic form of the bond matrix",
            Identity(
                model.hamiltonian_name,
                -Sigma(
                    bond[k, second_layer, i, j] * sigma[k, i] * sigma[second_layer, j],
                    *SPINS,
                    (second_layer, 0, L),
                    (j, 1, N[second_layer]),
                )
                / 2,
                PARAMETERS.extended({sigma: sp.FiniteSet(-1, 1), bond: REAL, model.hamiltonian_name: REAL}),
            ),
            model.hamiltonian_name,
            bond[k, second_layer, i, j],
        ),
        conventions=("Spins and bonds carry the single labels of (2); here they carry layer and site instead.",),
    ),
    equation(
        4,
        "2",
        r"J = \begin{pmatrix} 0 & J^{(1)} & 0 & \cdots & 0 \\ J^{(1)T} & 0 & J^{(2)} & \ddots & \vdots \\ "
        r"0 & J^{(2)T} & \ddots & \ddots & 0 \\ \vdots & \ddots & \ddots & 0 & J^{(L)} \\ "
        r"0 & \cdots & 0 & J^{(L)T} & 0 \end{pmatrix}",
        line(
            "entry i, j of the block k, l of the bond matrix",
            Definition(
                bond[k, second_layer, i, j],
                sp.KroneckerDelta(second_layer, k + 1) * J[second_layer, i, j]
                + sp.KroneckerDelta(k, second_layer + 1) * J[k, j, i],
            ),
            relation="definition",
            domain=PARAMETERS.extended(
                {
                    J: REAL,
                    **LAYERS,
                    second_layer: sp.Range(0, L + 1),
                    i: sp.Range(1, N[k] + 1),
                    j: sp.Range(1, N[second_layer] + 1),
                }
            ),
        ),
    ),
)
