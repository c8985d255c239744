"""Section 2.2, equations (19) to (23): mean-field equations for one network, and their linear part."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models import ising_pairs as pairs
from theory.papers.barney2024neural.letters import REAL
from theory.papers.barney2024neural.printed import equation, line, sides
from theory.statements import Identity
from theory.sums import Sigma

i, j, site = pairs.i, pairs.j, pairs.l
beta, N, magnetization, bond = pairs.inverse_temperature, pairs.n_spins, pairs.magnetizations, pairs.bond_matrix
J = bond[i, j]
"""The bond matrix for spins with a single label, as in (3): symmetric, zero on its diagonal."""

F, theta, linear, M = (
    pairs.mean_field_free_energy,
    pairs.local_field,
    pairs.linear_field,
    pairs.stability_matrix,
)
ROW = {i: sp.Range(1, N + 1)}
SPINS = (i, 1, N), (j, 1, N)


def among(*names: Any) -> Domain:
    """The parameters of one network, with the named derived results as real numbers."""
    return pairs.pair_domain().extended(dict.fromkeys((bond, *names), REAL))


def entropy(value: Any) -> Any:
    """Minus the entropy of one spin of mean value m, twice."""
    up, down = (1 + value) / 2, (1 - value) / 2
    return (1 + value) * sp.log(up) + (1 - value) * sp.log(down)


BONDS = -Sigma(J * magnetization[i] * magnetization[j], *SPINS) / 2
ONSAGER = -beta * Sigma(J**2 * (1 - magnetization[i] ** 2) * (1 - magnetization[j] ** 2), *SPINS) / 4
ENTROPY = Sigma(entropy(magnetization[i]), (i, 1, N)) / (2 * beta)
PRODUCTS = beta * Sigma(J * magnetization[j], (j, 1, N))

MEAN_FIELD = (
    sides(
        19,
        "2.2",
        "F = ",
        r"-\frac{1}{2} \sum_{ij} J_{ij} m_i m_j - \frac{1}{4} \beta \sum_{ij} J_{ij}^2 (1 - m_i^2)(1 - m_j^2) + "
        r"\frac{1}{2} T \sum_i \left\{ (1 + m_i) \log \left[ \frac{1}{2} (1 + m_i) \right] + "
        r"(1 - m_i) \log \left[ \frac{1}{2} (1 - m_i) \right] \right\}",
        line("the mean-field free energy", Identity(F, BONDS + ONSAGER + ENTROPY, among(F)), F, J),
        conventions=("T is the temperature, 1 / beta.", "The free energy is that of second order in the couplings."),
    ),
    sides(
        20,
        "2.2",
        r"\tanh^{-1} m_i = ",
        r"\beta \sum_j J_{ij} m_j - \beta^2 \sum_j J_{ij}^2 (1 - m_j^2) m_i",
        line(
            "where the free energy (19) is stationary",
            Identity(
                theta[i],
                PRODUCTS - beta**2 * Sigma(J**2 * (1 - magnetization[j] ** 2) * magnetization[i], (j, 1, N)),
                among(theta).extended(ROW),
            ),
            theta[i],
            J,
        ),
    ),
    sides(
        21,
        "2.2",
        "m_i = ",
        r"\beta \sum_j J_{ij} m_j - \beta^2 \sum_j J_{ij}^2 m_i",
        line(
            "the equations to first order in the magnetizations",
            Identity(
                linear[i],
                PRODUCTS - beta**2 * Sigma(J**2 * magnetization[i], (j, 1, N)),
                among(linear).extended(ROW),
            ),
            linear[i],
            J,
            relation="approximate",
        ),
        conventions=("Each m_i is small.",),
    ),
    equation(
        22,
        "2.2",
        r"(I_N - M)\mathbf{m} = 0",
        line(
            "the linear equations in matrix form",
            Identity(
                magnetization[i] - linear[i],
                Sigma((sp.KroneckerDelta(i, j) - M[i, j]) * magnetization[j], (j, 1, N)),
                among(linear, M).extended(ROW),
            ),
            linear[i],
            M[i, j],
            J,
        ),
    ),
    sides(
        23,
        "2.2",
        "M_{ij} = ",
        r"\beta J_{ij} - \delta_{ij} \beta^2 \sum_{\ell} J_{i\ell}^2",
        line(
            "its entries",
            Identity(
                M[i, j],
                beta * J - sp.KroneckerDelta(i, j) * beta**2 * Sigma(bond[i, site] ** 2, (site, 1, N)),
                among(M).extended({**ROW, j: sp.Range(1, N + 1)}),
            ),
            M[i, j],
            J,
        ),
    ),
)
