"""Section 2.1, equations (15) to (18): the Hessian, and the temperature at which it becomes singular."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.papers.barney2024neural.letters import (
    EQUAL,
    PARAMETERS,
    REAL,
    C,
    C_equal,
    H,
    L,
    N,
    T_c,
    among,
    beta,
    h,
    i,
    j,
    n,
    r,
)
from theory.papers.barney2024neural.printed import equation, line, sides
from theory.records import PrintedLine
from theory.statements import Identity, LimitStatement


def hessian_entry(label: str, row: Any, column: Any, printed: Any, indices: dict[Any, Any], **rest: Any) -> PrintedLine:
    """One kind of entry of the matrix (15)."""
    statement = Identity(H[row, column], printed, among(H).extended(indices))
    return line(label, statement, H[i, j], **rest)


INSIDE = {L: sp.Range(2, sp.oo), j: sp.Range(1, L)}
LAST = r"-\beta N_L C_L"
STABILITY = (
    equation(
        15,
        "2.1",
        r"\mathbf{H} = \begin{pmatrix} N_0 & -\beta^2 N_1 C_1 & 0 & \cdots & 0 \\ "
        r"-\beta^2 N_1 C_1 & N_1 & -\beta^2 N_2 C_2 & \cdots & \vdots \\ "
        r"0 & -\beta^2 N_2 C_2 & N_2 & \cdots & 0 \\ "
        r"\vdots & \ddots & \ddots & \ddots & -\beta N_L C_L \\ "
        r"0 & \cdots & 0 & -\beta N_L C_L & N_L \end{pmatrix}",
        hessian_entry("diagonal", j, j, N[j], {j: sp.Range(0, L + 1)}),
        hessian_entry("above the diagonal, but for the last column", j - 1, j, -(beta**2) * N[j] * C[j], INSIDE),
        hessian_entry("below the diagonal, but for the last row", j, j - 1, -(beta**2) * N[j] * C[j], INSIDE),
        hessian_entry("above the diagonal, last column", L - 1, L, -beta * N[L] * C[L], {}, fragment=LAST),
        hessian_entry("below the diagonal, last row", L, L - 1, -beta * N[L] * C[L], {}, fragment=LAST),
        line(
            "beyond the neighbors of the diagonal",
            Identity(
                H[i, j],
                0,
                PARAMETERS.extended(
                    {H: REAL, L: sp.Range(2, sp.oo), i: sp.Range(0, L + 1), j: sp.Range(0, L + 1)},
                    [sp.Ge((i - j) ** 2, 4)],
                ),
            ),
            H[i, j],
        ),
        conventions=("The Hessian is proportional to this matrix; here it is scaled to hold N_k on its diagonal.",),
        damage="Our copy has both of these entries without the square, and the other four with it.",
    ),
    equation(
        16,
        "2.1",
        r"n\left[1 - 2\beta^2 C \cos\left(\frac{(k+1)\pi}{L+2}\right)\right], \quad k = 0, \dots, L",
        line(
            "the eigenvalues for equal layers",
            Identity(
                h[r],
                n * (1 - 2 * beta**2 * C_equal * sp.cos((r + 1) * sp.pi / (L + 2))),
                EQUAL.extended({h: REAL, r: sp.Range(0, L + 1)}),
            ),
            h[r],
            fragment=r"n\left[1 - 2\beta^2 C \cos\left(\frac{(k+1)\pi}{L+2}\right)\right]",
        ),
        conventions=("All layers are identical: N_k = n and C_k = C.",),
    ),
    sides(
        17,
        "2.1",
        r"T_c = ",
        r"\left[2C\cos\left(\frac{\pi}{L+2}\right)\right]^{1/2}",
        line(
            "where the least eigenvalue vanishes",
            Identity(
                T_c,
                sp.sqrt(2 * C_equal * sp.cos(sp.pi / (L + 2))),
                EQUAL.extended({T_c: (0, sp.oo)}).restricted(T_c, L, C_equal),
            ),
            T_c,
        ),
    ),
    sides(
        18,
        "2.1",
        r"T_c = ",
        r"\sqrt{2C}",
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
        conventions=("The limit of large L.",),
    ),
)
