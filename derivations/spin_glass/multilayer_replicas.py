"""From the Hamiltonian of the multilayer spin glass to its replica action and its melting temperature.

Source: Barney, Winer, Galitski (2024), section 2.1, equations (1) to (18). Every step is computed by a rule, for any
number of layers L, any layer sizes N[k], any variances C[k] and any number of replicas m.
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation, Reference
from derivations.engine.rule import right_side
from derivations.engine.step import Step
from derivations.rules.bond_matrix import bond_matrix
from derivations.rules.conjugate_overlaps import factorize_sites
from derivations.rules.critical_point import infinite_depth, stability, vanishing_temperature
from derivations.rules.depth_expansion import depth_expansion
from derivations.rules.drop_constants import drop_constants
from derivations.rules.expansion import cumulant_expansion, truncate
from derivations.rules.gaussian_average import gaussian_average
from derivations.rules.hessian import hessian
from derivations.rules.hubbard_stratonovich import hubbard_stratonovich, linearize_sites
from derivations.rules.instance import instance
from derivations.rules.observable import mean_by_replica_limit, observable_in_one_replica
from derivations.rules.overlaps import introduce_overlaps
from derivations.rules.pair_stability import one_pair, pair_cumulant, proportional_to
from derivations.rules.replica_limit import replica_limit
from derivations.rules.replica_symmetry import replica_symmetric
from derivations.rules.replicate import replicate
from derivations.rules.row_sums import sum_of_squares
from derivations.rules.stationarity import at_saddle, stationary
from derivations.rules.symmetrized import unit_diagonal
from derivations.rules.toeplitz_spectrum import increasing_eigenvalues, standing_waves
from derivations.spin_glass import multilayer_oracles as oracles
from theory.models import multilayer as model
from theory.statements import Definition
from theory.sums import Sigma
from theory.symbols import family

PAPER = "barney2024neural"
IDENTIFIER = "multilayer-critical-temperature"
TITLE = "The multilayer spin glass: from its Hamiltonian to its melting temperature"
CLAIMS = ("2b", "2.1a", "2.1b", "2.1c", "2.1d", "2.1e", "2.1f", "3.2a")
SERVES = tuple(f"{PAPER}:{number}" for number in (*range(1, 19), *(f"claim:{letter}" for letter in CLAIMS)))

REFERENCES = (
    Reference(
        key=PAPER,
        citation="R. Barney, M. Winer, V. Galitski, Neural Networks as Spin Models: From Glass to Hidden Order "
        "Through Training (2024)",
    ),
)

k, i, j, r, a, b = model.k, model.i, model.j, model.r, model.a, model.b
L, m, beta = model.n_bonds, model.n_replicas, model.inverse_temperature
N, C = model.layer_sizes, model.weight_variances
FIELDS = (model.off_diagonal, model.diagonal, model.conjugate_off_diagonal, model.conjugate_diagonal)
LAYERS = (sp.Integer(0), L)
CURVATURE = sp.Symbol("x", positive=True)
INVERSE_DEPTH = SMALL = sp.Symbol("epsilon", positive=True)


def serving(*numbers: int | str) -> tuple[str, ...]:
    """The printed equations of the paper that a step derives, and claims of its prose."""
    return tuple(f"{PAPER}:{n}" for n in numbers)


def build() -> Derivation:
    """The whole derivation, computed anew at each call; nothing is verified yet."""
    derivation = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction=(
            "Neurons before training are Ising spins in layers, coupled by independent Gaussian weights. "
            "The disorder is averaged with replicas; the replica-symmetric saddle point becomes unstable at the "
            "temperature at which the spin glass melts."
        ),
        references=REFERENCES,
        conventions=(
            "Layers are numbered 0 to $L$; layer $k$ has $N_k$ spins; the bonds into layer $k$ have variance "
            "$C_k / N_{k-1}$.",
            "The Boltzmann constant is 1; temperature $T = 1/\\beta$, in units of the weights.",
            "The Hessian is scaled so that its diagonal holds the layer sizes $N_k$.",
        ),
    )
    averaged = _disorder_average(derivation)
    action = _replica_action(derivation, averaged)
    quadratic = _quadratic_action(derivation, action)
    entry = _hessian(derivation, quadratic)
    _every_pair(derivation, action)
    _melting(derivation, entry)
    return derivation


def _disorder_average(d: Derivation) -> Step:
    msk = model.multilayer_model()
    layer = sp.Symbol("l", integer=True)
    fields = family("h", real=True)
    observable = sp.exp(Sigma(fields[k, i] * model.spins[k, i], *msk.spins.ranges))
    sources = {fields: (-1, 1)}
    d.define(
        Definition(model.hamiltonian_name, msk.hamiltonian),
        name="Hamiltonian",
        reason="Spins of neighboring layers interact through the weights.",
        serves=serving(1),
    )
    d.apply(
        bond_matrix,
        model=msk,
        first=(k, i),
        second=(layer, j),
        name="bond matrix",
        defines=model.bond_matrix[k, layer, i, j],
        serves=serving(3, 4, "claim:3.2a"),
    )
    d.apply(
        mean_by_replica_limit,
        model=msk,
        observable=observable,
        sources=sources,
        continued=model.continued_replicas,
        name="replica trick",
        serves=serving(5),
    )
    d.apply(
        observable_in_one_replica,
        model=msk,
        observable=observable,
        sources=sources,
        n_replicas=m,
        replica=a,
        name="observable in one replica",
        serves=serving(5),
    )
    replicas = d.apply(
        replicate,
        model=msk,
        n_replicas=m,
        replica=a,
        because=(d["Hamiltonian"],),
        name="replicated partition function",
        defines=model.replicated_partition_function,
        serves=serving(6),
    )
    return d.apply(
        gaussian_average,
        replicas,
        model=msk,
        oracle=lambda i: oracles.disorder_average(right_side(i)),
        name="disorder average",
    )


def _replica_action(d: Derivation, averaged: Step) -> Step:
    sites = Sigma(model.spins[k, i, a] * model.spins[k, i, b], (i, 1, N[k]))
    overlap = d.define(
        Definition(model.overlap[k, a, b], sites / N[k]),
        name="overlap matrix",
        reason="The overlap of two replicas in a layer is the mean product of their spins.",
        serves=serving("claim:2.1a"),
    )
    exponent = d.apply(
        introduce_overlaps,
        averaged,
        overlap,
        name="exponent in overlaps",
        defines=model.overlap_exponent,
        serves=serving("claim:2b"),
    )
    return d.apply(
        factorize_sites,
        exponent,
        averaged,
        overlap,
        model=model.multilayer_model(),
        conjugate=model.conjugate_overlap,
        oracle=lambda i: oracles.disorder_average(right_side(i), oracles.SMALLEST_NETWORKS),
        name="replica action",
        defines=model.action,
        serves=serving(7, 8),
    )


def _quadratic_action(d: Derivation, action: Step) -> Step:
    delta = sp.KroneckerDelta(a, b)
    q, p, lam, mu = (f[k] for f in FIELDS)
    ansatz = [
        d.define(
            Definition(model.overlap[k, a, b], q + delta * (p - q)),
            name="replica-symmetric overlaps",
            reason="Two parameters a layer: $p$ on the diagonal, $q$ off it.",
            serves=serving(9),
        ),
        d.define(
            Definition(model.conjugate_overlap[k, a, b], lam + delta * (mu - lam)),
            name="replica-symmetric conjugates",
            reason="The conjugate matrices have the same symmetry.",
            serves=serving(10),
        ),
    ]
    symmetric = d.apply(replica_symmetric, action, *ansatz, name="replica-symmetric action")
    transform = d.apply(
        hubbard_stratonovich,
        spin=model.spins,
        replica=a,
        n_replicas=m,
        curvature=CURVATURE,
        name="one-site trace",
    )
    linear = d.apply(linearize_sites, symmetric, transform, curvature=CURVATURE, name="action with decoupled replicas")
    cumulants = d.apply(cumulant_expansion, transform, order=3, name="cumulants of the one-site trace")
    truncated = d.apply(
        truncate,
        linear,
        cumulants,
        fields=(model.off_diagonal, model.conjugate_off_diagonal),
        slot=k,
        name="action to second order",
    )
    limit = d.apply(
        replica_limit, truncated, n_replicas=m, continued=model.continued_replicas, name="action per replica"
    )
    return d.apply(
        drop_constants,
        limit,
        fields=tuple(f[k] for f in FIELDS),
        name="quadratic action",
        defines=model.quadratic_action,
        serves=serving(11),
    )


def _hessian(d: Derivation, quadratic: Step) -> Step:
    q, p, lam, mu = (f[k] for f in FIELDS)
    diagonal = d.apply(
        stationary, quadratic, by=mu, solve_for=p, layers=LAYERS, name="diagonal overlap", serves=serving(12)
    )
    conjugate = d.apply(
        stationary,
        quadratic,
        by=lam,
        solve_for=lam,
        layers=LAYERS,
        name="conjugate overlap",
        serves=serving(13),
    )
    saddle = d.apply(at_saddle, quadratic, diagonal, conjugate, name="action at the saddle point")
    reduced = d.apply(
        drop_constants,
        saddle,
        fields=(q,),
        name="reduced action",
        defines=model.saddle_action,
        serves=serving(14),
    )
    return d.apply(
        hessian,
        reduced,
        field=model.off_diagonal,
        rows=(i, j),
        layers=LAYERS,
        factor=sp.Integer(2),
        name="Hessian",
        defines=model.action_hessian[i, j],
        serves=serving(15),
    )


def _every_pair(d: Derivation, action: Step) -> None:
    """Stability against every pair of replicas, for any number of them: the form has no factor m (m - 1)."""
    q, lam = model.off_diagonal[k], model.conjugate_off_diagonal[k]
    conjugate = model.conjugate_overlap[k, a, b]
    cumulant = d.apply(
        pair_cumulant,
        action,
        conjugate=conjugate,
        replicas=(a, b),
        small=SMALL,
        name="second cumulant of the one-site trace",
    )
    pair = d.apply(
        one_pair,
        d["exponent in overlaps"],
        cumulant,
        overlap=model.overlap[k, a, b],
        conjugate=conjugate,
        fields=(q, lam),
        size=N[k],
        layers=(k, *LAYERS),
        small=SMALL,
        name="action of one pair of replicas",
    )
    response = d.apply(stationary, pair, by=lam, solve_for=lam, layers=LAYERS, name="conjugate of one pair")
    form = d.apply(
        at_saddle,
        pair,
        response,
        name="form of one pair of replicas",
        defines=model.pair_action,
        serves=serving("claim:2.1c"),
    )
    d.apply(
        proportional_to,
        form,
        d["reduced action"],
        factor=sp.Integer(-2),
        name="stability in every direction of replica space",
    )


def _melting(d: Derivation, entry: Step) -> None:
    d.apply(
        sum_of_squares,
        entry,
        rows=(i, j),
        layers=LAYERS,
        vector=model.fluctuation,
        name="Hessian as a sum of squares",
        defines=model.row_sum[i],
        serves=serving("claim:2.1b"),
    )
    d.apply(unit_diagonal, entry, rows=(i, j), layers=LAYERS, name="bond of the scaled Hessian")
    sizes = d.define(Definition(N[k], model.layer_size), name="equal sizes", reason="All layers have $n$ spins.")
    variances = d.define(
        Definition(C[k], model.weight_variance),
        name="equal variances",
        reason="All bonds have one variance $C$.",
    )
    toeplitz = d.apply(
        instance,
        entry,
        sizes,
        variances,
        name="Hessian of equal layers",
        defines=model.equal_layer_hessian[i, j],
        serves=serving("claim:2.1d"),
    )
    spectrum = d.apply(
        standing_waves,
        toeplitz,
        rows=(i, j),
        layers=LAYERS,
        mode=r,
        oracle=lambda i: oracles.toeplitz_eigenvalues(i.result, r),
        name="spectrum of equal layers",
        defines=model.hessian_eigenvalue[r],
        serves=serving(16),
    )
    ordering = d.apply(increasing_eigenvalues, spectrum, mode=r, name="order of the eigenvalues")
    critical = d.apply(
        vanishing_temperature,
        spectrum,
        ordering,
        mode=r,
        inverse_temperature=beta,
        name="melting temperature",
        defines=model.critical_temperature,
        serves=serving(17),
    )
    d.apply(
        stability,
        toeplitz,
        critical,
        rows=(i, j),
        layers=LAYERS,
        inverse_temperature=beta,
        name="stability of the replica-symmetric solution",
        serves=serving("claim:2.1e"),
    )
    d.apply(infinite_depth, critical, n_bonds=L, name="infinite depth", serves=serving(18, "claim:2.1f"))
    d.apply(depth_expansion, critical, n_bonds=L, small=INVERSE_DEPTH, order=4, name="correction of finite depth")
