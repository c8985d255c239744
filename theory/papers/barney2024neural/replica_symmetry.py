"""Section 2.1, equations (9) to (14): the replica-symmetric action and its saddle point."""

from __future__ import annotations

import sympy as sp

from theory.models import multilayer as model
from theory.papers.barney2024neural.letters import (
    CONSTANTS,
    FIELDS,
    HIGHER_ORDERS,
    LAYERS,
    SYMMETRIC,
    C,
    L,
    Lambda,
    N,
    Q,
    a,
    among,
    b,
    beta,
    k,
    lam,
    mu,
    p,
    q,
)
from theory.papers.barney2024neural.printed import line, sides
from theory.statements import Definition, Identity, Stationarity
from theory.sums import Sigma

REPLICA_SYMMETRY = (
    sides(
        9,
        "2.1",
        r"Q_{\alpha\beta}^{(k)} = ",
        r"q^{(k)} + \delta_{\alpha\beta}(p^{(k)} - q^{(k)})",
        line(
            "replica-symmetric overlaps",
            Definition(Q[k, a, b], q[k] + sp.KroneckerDelta(a, b) * (p[k] - q[k])),
            relation="ansatz",
            domain=SYMMETRIC,
        ),
        conventions=("The replica symmetric ansatz is made here.",),
    ),
    sides(
        10,
        "2.1",
        r"\Lambda_{\alpha\beta}^{(k)} = ",
        r"\lambda^{(k)} + \delta_{\alpha\beta}(\mu^{(k)} - \lambda^{(k)})",
        line(
            "replica-symmetric conjugates",
            Definition(Lambda[k, a, b], lam[k] + sp.KroneckerDelta(a, b) * (mu[k] - lam[k])),
            relation="ansatz",
            domain=SYMMETRIC,
        ),
        conventions=("The replica symmetric ansatz is made here.",),
    ),
    sides(
        11,
        "2.1",
        r"S/m \approx ",
        r"\frac{\beta^2}{2} \sum_{k=1}^{L} N_k C_k (p^{(k-1)} p^{(k)} - q^{(k-1)} q^{(k)}) + "
        r"\frac{1}{2} \sum_{k=0}^{L} N_k \left( \mu^{(k)} (p^{(k)} - 1) - \lambda^{(k)} q^{(k)} - "
        r"\frac{1}{2} (\lambda^{(k)})^2 \right)",
        line(
            "the action for each replica, to second order",
            Identity(
                model.quadratic_action,
                beta**2 / 2 * Sigma(N[k] * C[k] * (p[k - 1] * p[k] - q[k - 1] * q[k]), (k, 1, L))
                + Sigma(N[k] * (mu[k] * (p[k] - 1) - lam[k] * q[k] - lam[k] ** 2 / 2), (k, 0, L)) / 2,
                among(model.quadratic_action).extended(FIELDS),
            ),
            model.quadratic_action,
            relation="approximate",
        ),
        conventions=(CONSTANTS, HIGHER_ORDERS),
    ),
    sides(
        12,
        "2.1",
        r"p^{(k)} = ",
        r"1",
        line(
            "stationary in mu",
            Stationarity(
                model.quadratic_action,
                among(model.quadratic_action).extended({**FIELDS, **LAYERS}),
                variables=(mu[k],),
                at={p[k]: 1},
            ),
            model.quadratic_action,
        ),
        conventions=("The derivative of the action (11) by mu vanishes.",),
    ),
    sides(
        13,
        "2.1",
        r"\lambda^{(k)} = ",
        r"-q^{(k)}",
        line(
            "stationary in lambda",
            Stationarity(
                model.quadratic_action,
                among(model.quadratic_action).extended({**FIELDS, **LAYERS}),
                variables=(lam[k],),
                at={lam[k]: -q[k]},
            ),
            model.quadratic_action,
        ),
        conventions=("The derivative of the action (11) by lambda vanishes.",),
    ),
    sides(
        14,
        "2.1",
        r"S/m \approx ",
        r"-\frac{\beta^2}{2} \sum_{k=1}^{L} N_k C_k q^{(k-1)} q^{(k)} + "
        r"\frac{1}{4} \sum_{k=0}^{L} N_k (q^{(k)})^2",
        line(
            "the action for each replica at the saddle point",
            Identity(
                model.saddle_action,
                -(beta**2) / 2 * Sigma(N[k] * C[k] * q[k - 1] * q[k], (k, 1, L))
                + Sigma(N[k] * q[k] ** 2, (k, 0, L)) / 4,
                among(model.saddle_action).extended({q: (-1, 1)}),
            ),
            model.saddle_action,
            relation="approximate",
        ),
        conventions=(CONSTANTS, HIGHER_ORDERS),
    ),
)
