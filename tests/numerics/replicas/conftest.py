"""The free energies of the Sherrington-Kirkpatrick model as textbooks print them, for the solvers' own tests."""

from __future__ import annotations

import pytest
import sympy as sp

from numerics.replicas.cold_form import ReplicaFreeEnergy
from theory.averages import GaussianMean

BETA, Q, Q0, Q1, X = sp.symbols("beta q q0 q1 x", positive=True)
H, Z, W = sp.symbols("h z w", real=True)
FIELD = BETA * (sp.sqrt(Q) * Z + H)


@pytest.fixture(scope="session")
def symmetric_free_energy() -> ReplicaFreeEnergy:
    site = GaussianMean(sp.log(2 * sp.cosh(FIELD)), Z, 1)
    expression = -BETA * (1 - Q) ** 2 / 4 - site / BETA
    return ReplicaFreeEnergy(expression=expression, inverse_temperature=BETA, field=H, saturating=(Q,))


@pytest.fixture(scope="session")
def replicon() -> sp.Expr:
    return 1 - BETA**2 * GaussianMean(sp.cosh(FIELD) ** -4, Z, 1)


@pytest.fixture(scope="session")
def one_step_free_energy() -> ReplicaFreeEnergy:
    inner = GaussianMean((2 * sp.cosh(BETA * (sp.sqrt(Q0) * W + sp.sqrt(Q1 - Q0) * Z + H))) ** X, Z, 1)
    quadratic = -BETA / 4 * (1 - 2 * Q1 + X * Q0**2 + (1 - X) * Q1**2)
    expression = quadratic - GaussianMean(sp.log(inner), W, 1) / (BETA * X)
    return ReplicaFreeEnergy(
        expression=expression, inverse_temperature=BETA, field=H, saturating=(Q1,), others=(Q0,), breakpoints=(X,)
    )
