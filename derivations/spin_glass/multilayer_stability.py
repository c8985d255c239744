"""The stability surface of the multilayer spin glass: a tridiagonal stencil in the replicon sector, for any depth.

The conjugates are eliminated in the sector. The de Almeida-Thouless surface lies where the stencil ceases to be
positive definite; around free spins it is the Hessian whose first zero is the melting temperature. Scaled to a unit
diagonal the stencil is one less a chain of bonds, and the surface lies where the largest eigenvalue of that chain is 1:
``results.replicon_bond`` and ``results.replicon_covariance`` are what it takes to lower it.
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.rules.hessian import hessian
from derivations.rules.replicon_stencil import free_stencil, sector_form
from derivations.rules.stationarity import at_saddle, stationary
from derivations.rules.symmetrized import unit_diagonal
from derivations.spin_glass import multilayer_replicas as replicas
from theory.averages import GaussianMean
from theory.models import multilayer as model
from theory.statements import Definition
from theory.symbols import family

IDENTIFIER = "multilayer-stability"
TITLE = "The multilayer spin glass: stability in the replicon sector"
SERVES: tuple[str, ...] = ()

k, i, j = model.k, model.i, model.j
covariance = family("g", positive=True)
"""``g[k]``: the replicon eigenvalue of the covariance of pair products in layer k."""
field_variance = family("v", positive=True)
external_field = family("h", real=True)
q, lam = model.off_diagonal, model.conjugate_off_diagonal


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction=(
            "Below the melting temperature, or in fields, the overlaps of the layers do not vanish. In the replicon "
            "sector the Hessian is a chain over the layers, with one covariance for each."
        ),
        references=replicas.REFERENCES,
        conventions=(
            "$g_k$ is the mean of $1/\\cosh^4$ over the field of a spin of layer $k$, whose Gaussian part has the "
            "variance $v_k = - \\lambda_k$.",
            "The stencil is scaled so that around free spins its diagonal holds the layer sizes.",
        ),
    )
    parent = replicas.build()
    z = sp.Symbol("z", real=True)
    field = z + model.inverse_temperature * external_field[k]
    d.define(
        Definition(covariance[k], GaussianMean(sp.sech(field) ** 4, z, field_variance[k])),
        name="covariance in the replicon sector",
        reason="By the sectors of pairs of replicas it is $1 - 2 t_2 + t_4$ as their number tends to 0.",
    )
    form = d.apply(
        sector_form,
        parent["action of one pair of replicas"],
        conjugate=lam[k],
        covariance=covariance[k],
        name="form of the replicon sector",
    )
    choices = {"by": lam[k], "solve_for": lam[k], "layers": replicas.LAYERS}
    response = d.apply(stationary, form, name="conjugates of the replicon sector", **choices)
    reduced = d.apply(at_saddle, form, response, name="overlaps of the replicon sector")
    stencil = d.apply(
        hessian, reduced, field=q, rows=(i, j), layers=replicas.LAYERS, factor=sp.Integer(-1), name="replicon stencil"
    )
    d.apply(unit_diagonal, stencil, rows=(i, j), layers=replicas.LAYERS, name="bond of the scaled replicon stencil")
    d.apply(
        free_stencil,
        stencil,
        parent["Hessian"],
        covariance=covariance[k],
        factor=sp.Integer(1),
        name="replicon stencil around free spins",
    )
    return d
