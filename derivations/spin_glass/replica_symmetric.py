"""From a disordered Ising model to its replica-symmetric free energy per spin, by one list of rules for every model.

The free energy is f = - T [log Z] / N, per spin, with [.] the mean over the couplings. It is to all orders in the
overlaps: the one-site term stays a Gaussian mean. The named steps are "replica-symmetric free energy",
"self-consistency", "energy" and "entropy"; their results are expressions in the order parameters of
``ReplicaSymbols.of(model)`` and in the parameters of the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation, Reference
from derivations.engine.rule import Inference
from derivations.engine.step import Step
from derivations.rules.conjugate_overlaps import factorize_sites
from derivations.rules.extensive_part import extensive_part, sizes
from derivations.rules.free_energy import free_energy
from derivations.rules.gaussian_average import gaussian_average
from derivations.rules.hubbard_stratonovich import hubbard_stratonovich, linearize_sites
from derivations.rules.overlaps import introduce_overlaps
from derivations.rules.replica_limit import one_site_limit, replica_limit
from derivations.rules.replica_symmetry import replica_symmetric
from derivations.rules.replicate import replicate
from derivations.rules.stationarity import stationary
from derivations.rules.thermodynamics import energy, entropy, self_consistency
from theory.models.disordered import DisorderedModel
from theory.models.replica_symbols import ReplicaSymbols, a, b, continued_replicas, n_replicas
from theory.statements import Definition
from theory.sums import Sigma

CURVATURE = sp.Symbol("x", positive=True)
SOURCE = sp.Symbol("y", real=True)
SCALE = sp.Symbol("t", positive=True)

CONVENTIONS = (
    "$f = -T \\, [\\log Z] / N$ is the free energy per spin; the Boltzmann constant is 1 and $T = 1/\\beta$.",
    "The diagonal of the overlap matrix is $p$, its other entries are $q$; $\\mu$ and $\\lambda$ are those of the "
    "conjugates.",
)


def replica_symmetric_free_energy(
    model: DisorderedModel,
    *,
    identifier: str = "replica-symmetric-free-energy",
    title: str = "",
    introduction: str = "",
    references: tuple[Reference, ...] = (),
    examined: Mapping[Any, Any] | None = None,
    oracle: Any = None,
) -> Derivation:
    """The derivation of f(q) = - T [log Z] / N of a model in the replica-symmetric ansatz, to all orders in q.

    Parameters
    ----------
    model
        Ising spins with one slot, their site, or two, their layer and their site; independent Gaussian couplings in
        any products of spins, over all sites or over sets of them, i < j < ...; fields that are the same on every
        site of a layer.
    identifier, title, introduction, references
        For the reader.
    examined
        Sets of parameters that are narrower than the model's, over which the claims with Gaussian means are examined:
        enclosures of means over a long range of temperatures and fields take long.
    oracle
        Makes of an expression for the mean of Z^m a comparison with exact moments of small systems.

    Raises
    ------
    ValueError
        If a rule does not apply; the message says what was found.
    """
    d = Derivation(
        identifier,
        title=title or f"The replica-symmetric free energy of the {model.name}",
        introduction=introduction,
        references=references,
        conventions=CONVENTIONS,
    )
    names = ReplicaSymbols.of(model)
    symmetric = _symmetric(d, _action(d, model, names, oracle), model, names, examined or {})
    _free_energy(d, symmetric, model, names)
    return d


def _action(d: Derivation, model: DisorderedModel, names: ReplicaSymbols, oracle: Any) -> Step:
    def checked(inference: Inference) -> Any:
        return oracle(inference)

    replicas = d.apply(replicate, model=model, n_replicas=n_replicas, replica=a, name="replicated partition function")
    averaged = d.apply(
        gaussian_average, replicas, model=model, name="disorder average", oracle=checked if oracle else None
    )
    size, _ = sizes(model)
    product = model.spins.base[(*model.spins.slots, a)] * model.spins.base[(*model.spins.slots, b)]
    overlap = d.define(
        Definition(names.overlap, Sigma(product, model.spins.ranges[-1]) / size),
        name="overlap matrix",
        reason="The overlap of two replicas is the mean product of their spins.",
    )
    exponent = d.apply(introduce_overlaps, averaged, overlap, name="exponent in overlaps")
    return d.apply(
        factorize_sites,
        exponent,
        averaged,
        overlap,
        model=model,
        conjugate=names.conjugate.base,
        name="replica action",
        oracle=checked if oracle else None,
    )


def _symmetric(
    d: Derivation, action: Step, model: DisorderedModel, names: ReplicaSymbols, examined: Mapping[Any, Any]
) -> Step:
    delta = sp.KroneckerDelta(a, b)
    q, p = names.off_diagonal, names.diagonal
    lam, mu = names.conjugate_off_diagonal, names.conjugate_diagonal
    ansatz = [
        d.define(
            Definition(names.overlap, q + delta * (p - q)),
            name="replica-symmetric overlaps",
            reason="Two parameters: $p$ on the diagonal, $q$ off it.",
        ),
        d.define(
            Definition(names.conjugate, lam + delta * (mu - lam)),
            name="replica-symmetric conjugates",
            reason="The conjugate matrices have the same symmetry.",
        ),
    ]
    # At the saddle point the overlaps are positive and their conjugates negative.
    sets = {_name(q): (0, 1), _name(p): (0, 2), _name(lam): (-sp.oo, 0), **examined}
    symmetric = d.apply(replica_symmetric, action, *ansatz, sets=sets, name="replica-symmetric action")
    transform = d.apply(
        hubbard_stratonovich,
        spin=model.spins.base,
        replica=a,
        n_replicas=n_replicas,
        curvature=CURVATURE,
        source=SOURCE,
        name="one-site trace",
    )
    linear = d.apply(
        linearize_sites,
        symmetric,
        transform,
        curvature=CURVATURE,
        source=SOURCE,
        name="action with decoupled replicas",
    )
    extensive = d.apply(extensive_part, linear, model=model, scale=SCALE, name="extensive action")
    one_site = d.apply(
        one_site_limit,
        transform,
        n_replicas=n_replicas,
        continued=continued_replicas,
        name="one-site term without replicas",
    )
    return d.apply(
        replica_limit,
        extensive,
        one_site,
        n_replicas=n_replicas,
        continued=continued_replicas,
        name="action per replica",
    )


def _free_energy(d: Derivation, action: Step, model: DisorderedModel, names: ReplicaSymbols) -> None:
    layers = model.spins.ranges[:-1]
    ends = layers[0][1:] if layers else None
    q, lam, beta = names.off_diagonal, names.conjugate_off_diagonal, model.inverse_temperature
    diagonal = d.apply(
        stationary,
        action,
        by=names.conjugate_diagonal,
        solve_for=names.diagonal,
        layers=ends,
        name="diagonal overlap",
    )
    overlap = d.apply(stationary, action, by=lam, solve_for=q, layers=ends, name="overlap")
    conjugate = d.apply(stationary, action, by=q, solve_for=lam, layers=ends, name="conjugate overlap")
    free = d.apply(
        free_energy,
        action,
        diagonal,
        conjugate,
        inverse_temperature=beta,
        spins=sizes(model)[1],
        name="replica-symmetric free energy",
    )
    d.apply(self_consistency, free, overlap, conjugate, layers=ends, name="self-consistency")
    inner = d.apply(energy, free, inverse_temperature=beta, name="energy")
    d.apply(entropy, free, inner, inverse_temperature=beta, name="entropy")


def _name(entry: Any) -> Any:
    """What a domain calls it: an entry goes by its family."""
    return entry.base if isinstance(entry, sp.Indexed) else entry
