"""The least eigenvalue of I - M of one large network, and why it vanishes where the replica Hessian does.

M is the linearized Thouless-Anderson-Palmer matrix of one realization of the weights (Barney, Winer, Galitski 2024,
equations (23) to (25)): beta J off the diagonal, minus beta^2 times the sum of squared couplings on it. Its least
eigenvalue is not the one of the replica Hessian. In large layers the diagonal resolvents g[k] of I - M obey one
equation a layer; the replica Hessian is the Jacobian of these equations at g = 1.
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.rules.resolvent_edge import (
    EDGE_UNIVERSALITY,
    LOCAL_LAW,
    deep_interior,
    edge_value,
    jacobian_is_hessian,
    maximal,
    uniform_solution,
)
from derivations.rules.second_moments import second_moments
from derivations.spin_glass import multilayer_replicas as replicas
from theory.models import multilayer as model
from theory.statements import Definition
from theory.sums import Inside, Sigma
from theory.symbols import family

IDENTIFIER = "large-layer-edge"
TITLE = "The least eigenvalue of one large network"
CLAIMS = ("2.2h", "2.2i", "2.2j", "2.2k", "3.2b", "3.2e", "3.3b", "3.4d")
SERVES = tuple(f"{replicas.PAPER}:claim:{letter}" for letter in CLAIMS)

k, i, j = model.k, model.i, model.j
L, beta, N, C, J = (
    model.n_bonds,
    model.inverse_temperature,
    model.layer_sizes,
    model.weight_variances,
    model.couplings,
)
resolvent = model.resolvent
uniform = sp.Symbol("g", positive=True)
spectral_parameter = family("z", real=True)


def squared_couplings(weight: sp.Expr | None = None) -> sp.Expr:
    """Sum of the squared couplings of spin i of layer k, each times the resolvent of the layer it leads to."""
    above, below = (resolvent[k + 1], resolvent[k - 1]) if weight is None else (weight, weight)
    up = Inside(k, 0, L - 1) * Sigma(J[k + 1, i, j] ** 2 * above, (j, 1, N[k + 1]))
    down = Inside(k, 1, L) * Sigma(J[k, j, i] ** 2 * below, (j, 1, N[k - 1]))
    return up + down


def serving(*letters: str) -> tuple[str, ...]:
    """Claims of the paper's prose that a step derives."""
    return tuple(f"{replicas.PAPER}:claim:{letter}" for letter in letters)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction=(
            "For one network the paramagnet becomes unstable where the least eigenvalue of $I - M$ vanishes. In large "
            "layers that eigenvalue is the lower edge of a spectrum that depends on the weights only through their "
            "variances. It is never negative there and touches zero at the melting temperature of the replica theory."
        ),
        references=replicas.REFERENCES,
        conventions=(
            "$M$ has $\\beta J$ off and $-\\beta^2 \\sum J^2$ on its diagonal; $g_k$ is the diagonal of the "
            "resolvent of $I - M$ in layer $k$.",
            "The closed form for deep networks is that of the interior of a chain. It is the least eigenvalue of an "
            "open chain up to $\\beta_c$; beyond, the end layers begin the spectrum, as they feel half the reaction.",
            "Layers grow at fixed ratios $N_k / N_{k-1}$.",
        ),
    )
    parent = replicas.build()
    hessian = parent["Hessian"]
    sites = {k: sp.Range(0, L + 1), i: sp.Range(1, N[k] + 1), resolvent: (0, 2)}
    domain = model.multilayer_domain().extended(sites)
    local = d.define(
        Definition(
            spectral_parameter[k],
            1 + beta**2 * squared_couplings(sp.Integer(1)) - 1 / resolvent[k] - beta**2 * squared_couplings(),
        ),
        name="local resolvent equation",
        reason="By the Schur complement the inverse of a diagonal resolvent is the diagonal entry minus the spectral "
        "parameter minus the self-energy, the squared couplings weighted by the resolvents they lead to.",
    )
    equation = d.apply(
        second_moments,
        local,
        model=model.multilayer_model(),
        domain=domain,
        postulates=(LOCAL_LAW,),
        name="edge equation",
        defines=model.edge_spectral_parameter[k],
        serves=serving("2.2h", "2.2i", "2.2k", "3.2e"),
    )
    d.apply(
        uniform_solution,
        equation,
        resolvent=resolvent[k],
        name="uniform resolvent",
        serves=serving("2.2j", "3.2b", "3.3b"),
    )
    d.apply(
        jacobian_is_hessian,
        equation,
        hessian,
        resolvent=resolvent,
        slot=k,
        rows=(i, j),
        size=N,
        name="the replica Hessian as a Jacobian",
        defines=model.action_hessian[i, j],
        serves=serving("2.2h", "2.2i", "2.2k", "3.2e"),
    )
    sizes = d.define(Definition(N[k], model.layer_size), name="equal sizes", reason="All layers have $n$ spins.")
    variances = d.define(
        Definition(C[k], model.weight_variance), name="equal variances", reason="All bonds have one variance $C$."
    )
    deep = model.multilayer_domain().extended({L: sp.Range(2, sp.oo)})
    interior = d.apply(
        deep_interior,
        equation,
        sizes,
        variances,
        slot=k,
        resolvent=resolvent,
        uniform=uniform,
        inner=deep,
        name="interior of equal layers",
    )
    maximum = d.apply(maximal, interior, by=uniform, name="resolvent at the edge")
    d.assume(EDGE_UNIVERSALITY)
    d.apply(
        edge_value,
        interior,
        maximum,
        by=uniform,
        square_in=beta,
        name="edge of deep networks",
        defines=model.deep_edge,
        serves=serving("2.2j", "3.2b", "3.3b", "3.4d"),
    )
    return d
