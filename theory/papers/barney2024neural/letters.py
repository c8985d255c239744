"""The letters of the paper as symbols of the model, and the sets they range over."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.models import multilayer as model
from theory.sums import Sigma

KEY = "barney2024neural"

k, i, j, r, a, b = model.k, model.i, model.j, model.r, model.a, model.b
second_layer = sp.Symbol("l", integer=True)
L, m, n, C_equal = model.n_bonds, model.n_replicas, model.layer_size, model.weight_variance
beta, N, C = model.inverse_temperature, model.layer_sizes, model.weight_variances
J, sigma, bond = model.couplings, model.spins, model.bond_matrix
Q, Lambda = model.overlap, model.conjugate_overlap
q, p, lam, mu = model.off_diagonal, model.diagonal, model.conjugate_off_diagonal, model.conjugate_diagonal
H, h, T_c = model.action_hessian, model.hessian_eigenvalue, model.critical_temperature

REAL = (-sp.oo, sp.oo)
PARAMETERS = model.multilayer_domain()
SPINS = ((k, sp.Integer(0), L), (i, sp.Integer(1), N[k]))
BONDS = ((k, sp.Integer(1), L), (i, sp.Integer(1), N[k - 1]), (j, sp.Integer(1), N[k]))
PAIRS = ((a, 1, m), (b, 1, m))

CONSTANTS = "Constant terms, which no order parameter enters, are left out."
HIGHER_ORDERS = "Terms of higher order in m, and beyond the second order in q and lambda, are left out."


def energy(*replica: Any) -> Any:
    """The Hamiltonian (1) of one replica, or of the system itself."""
    return -Sigma(J[k, i, j] * sigma[(k - 1, i, *replica)] * sigma[(k, j, *replica)], *BONDS)


def among(*names: Any) -> Domain:
    """The parameters with the named derived results as real numbers."""
    return PARAMETERS.extended(dict.fromkeys(names, REAL))


REPLICAS = PARAMETERS.extended({m: sp.Range(1, sp.oo)})

FIELDS = dict.fromkeys((q, p, lam, mu), (-1, 1))
LAYERS = {k: sp.Range(0, L + 1)}
SYMMETRIC = REPLICAS.extended({**FIELDS, **LAYERS, a: sp.Range(1, m + 1), b: sp.Range(1, m + 1)})
EQUAL = Domain({L: sp.Range(1, sp.oo), beta: (0, sp.oo), n: sp.Range(1, sp.oo), C_equal: (0, sp.oo)})
