"""Claims of section 2.2 about the mean-field equations of one network."""

from __future__ import annotations

import sympy as sp

from theory.field_derivative import FieldDerivative
from theory.models import ising_pairs as pairs
from theory.models import multilayer
from theory.papers.barney2024neural.layers import M as LAYERED
from theory.papers.barney2024neural.layers import R as BLOCKS_R
from theory.papers.barney2024neural.layers import determinant, recurrence, single_spins, stability_of_single_spins
from theory.papers.barney2024neural.layers import k as layer
from theory.papers.barney2024neural.layers import l as other
from theory.papers.barney2024neural.mean_field import (
    BONDS,
    ENTROPY,
    ROW,
    F,
    J,
    M,
    N,
    among,
    beta,
    i,
    j,
    linear,
    magnetization,
    theta,
)
from theory.papers.barney2024neural.printed import claim, line
from theory.records import Reading
from theory.statements import Expansion, Identity, Inequality, PositiveDefinite
from theory.sums import Sigma

x = multilayer.fluctuation
BOTH = {**ROW, j: sp.Range(1, N + 1)}
VECTOR = {x: (-1, 1)}
PAIRS = (i, 1, N), (j, 1, N)
DELTA = sp.KroneckerDelta(i, j)
BLOCK = LAYERED[layer, other, i, j]
REACTION = BLOCKS_R[layer, i, j]
CORRECTED = r"the $\chi_k$ are those of the corrected (26)"
NEARLY_SATURATED = sp.Rational(99, 100)
PAIR = among(theta).extended(
    {N: sp.FiniteSet(2), magnetization: sp.FiniteSet(NEARLY_SATURATED), pairs.couplings: (0, sp.oo)}
)
OF_THE_LINEAR_EQUATIONS = (
    "It is said of the linear equations (22), for small magnetizations. The equations (20) of a pair of spins with "
    r"$\beta J = 3$ have a solution of equal magnetizations between 0.9 and 0.99, though $I - M$ of a pair is positive "
    "definite at every temperature: see a pair of spins and a magnetized pair in the derivation network-spectrum."
)


def small_magnetizations() -> Identity:
    """The form of I - M in the magnetizations, by the right sides of the linear equations."""
    return Identity(
        Sigma((DELTA - M[i, j]) * magnetization[i] * magnetization[j], *PAIRS),
        Sigma(magnetization[i] * (magnetization[i] - linear[i]), (i, 1, N)),
        among(M, linear),
    )


def definite(sign: int) -> PositiveDefinite:
    """I - M of two layers of one spin, and all chi_k positive: those of (26) for sign 1.

    The blocks R may have any negative value, so that both cases occur.
    """
    condition = sp.And(*[sp.Gt(part[0, 0], 0) for part in recurrence((1, 1), sign)])
    domain = single_spins(2).extended({BLOCKS_R: (-sp.oo, 0)})
    return PositiveDefinite(stability_of_single_spins(2), domain, condition=condition)


MEAN_FIELD_CLAIMS = (
    claim(
        "2.2a",
        "This is the Curie-Weiss free energy [36] with the addition of the second term on the right, known as the "
        "Onsager term",
        line(
            "without the second term it is the free energy to first order in the couplings",
            Expansion(
                pairs.gibbs_free_energy,
                beta * (BONDS + ENTROPY - Sigma(pairs.fields[i] * magnetization[i], (i, 1, N))),
                among(pairs.gibbs_free_energy),
                variable=beta,
                order=2,
            ),
            pairs.gibbs_free_energy,
            J,
        ),
    ),
    claim(
        "2.2b",
        "This term describes the contribution to the effective field felt by a spin due to the spin itself.",
        line(
            "a bond times the response of the neighbor, d tanh(beta h) / dh = beta (1 - m^2), times the bond times the "
            "spin's own mean value is taken from the field",
            Identity(
                theta[i] / beta,
                Sigma(J * magnetization[j], (j, 1, N))
                - Sigma(J * (beta * (1 - magnetization[j] ** 2)) * J * magnetization[i], (j, 1, N)),
                among(theta).extended(ROW),
            ),
            theta[i],
            J,
        ),
    ),
    claim(
        "2.2c",
        "The solutions to these equations are the locations of fixed points of the mean field free energy.",
        line(
            "beta times the derivative of the free energy is what the equations set to zero",
            Identity(
                beta * FieldDerivative(F, magnetization[i]),
                sp.atanh(magnetization[i]) - theta[i],
                among(F, theta).extended(ROW),
            ),
            F,
            theta[i],
            J,
        ),
    ),
    claim(
        "2.2d",
        r"Above the transition temperature the only solution is the trivial $\mathbf{m} = 0$",
        line(
            "a solution of the linear equations makes the form of I - M vanish, which a positive definite one does at "
            "m = 0 alone",
            small_magnetizations(),
            M[i, j],
            linear[i],
            J,
        ),
        line(
            "the equations (20) of a pair of spins: without a nontrivial solution their sides keep one order up to "
            "equal magnetizations of 0.99",
            Inequality(theta[1], sp.atanh(magnetization[1]), PAIR, relation="<"),
            theta[i],
            M[i, j],
            linear[i],
            J,
            readings=(Reading(kind="convention", text=OF_THE_LINEAR_EQUATIONS, statement=small_magnetizations()),),
        ),
    ),
    claim(
        "2.2e",
        r"At the transition temperature $I_N - M$ will cease to be positive definite as at least one eigenvalue "
        "vanishes and at least one nontrivial solution appears.",
        line(
            "I - M is the curvature of the free energy at m = 0, beta times",
            Identity(
                beta * FieldDerivative(F, magnetization[i], magnetization[j]),
                DELTA - M[i, j],
                among(F, M).extended({**BOTH, magnetization: sp.FiniteSet(0)}),
            ),
            F,
            M[i, j],
            J,
            note="Not every network has such a temperature: $I - M$ of two spins is positive definite at all of them.",
        ),
    ),
    claim(
        "2.2f",
        r"the block tridiagonal matrix $I_N - M$ will be positive definite as long as all $\chi_k$ satisfying the "
        "recurrence relation (26) are positive definite",
        line(
            "two layers of one spin, any diagonal blocks",
            definite(1),
            BLOCK,
            readings=(Reading(kind="condition", text=CORRECTED, statement=definite(-1)),),
        ),
    ),
    claim(
        "2.2g",
        r"the determinant vanishes, meaning that at least one of the $\chi_k$ has a vanishing eigenvalue.",
        line(
            "three layers of one spin: up to its sign the determinant is the product of those of the chi_k",
            Identity(determinant(3) ** 2, sp.Mul(*[c.det() ** 2 for c in recurrence((1, 1, 1), 1)]), single_spins(3)),
            BLOCK,
            REACTION,
        ),
    ),
)
