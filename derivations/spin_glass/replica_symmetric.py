"""From a disordered spin model to its replica-symmetric free energy per spin, by one list of rules for every model.

The free energy is f = - T [log Z] / N, per spin, with [.] the mean over the couplings. It is to all orders in the
overlaps: the one-site term of Ising spins stays a Gaussian mean. The named steps are "replica-symmetric free energy",
"self-consistency", "energy" and "entropy", and where mean spins couple "self-consistency of the magnetization"; their
results are expressions in the order parameters of ``ReplicaSymbols.of(model)`` and in the parameters of the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation, Reference
from derivations.engine.rule import Inference
from derivations.engine.step import Step
from derivations.rules.conjugate_overlaps import factorize_sites
from derivations.rules.extensive_part import extensive_part, sizes
from derivations.rules.hubbard_stratonovich import linearize_sites
from derivations.rules.overlaps import introduce_overlaps, needs_magnetization
from derivations.rules.replica_limit import replica_limit
from derivations.rules.replica_symmetry import replica_symmetric
from derivations.rules.replicate import replicate
from derivations.spin_glass.disorder_averages import averaged_over
from derivations.spin_glass.replica_saddle import free_energy_of_saddle
from derivations.spin_glass.symmetric_sites import (
    CURVATURE,
    SOURCE,
    SQUARE,
    one_site_transforms,
    order_parameter_sets,
    symmetric_matrices,
)
from theory.models.disordered import DisorderedModel, GaussianCouplings
from theory.models.replica_symbols import ReplicaSymbols, a, b, continued_replicas, n_replicas
from theory.models.spin_laws import IsingSpins
from theory.statements import Definition
from theory.sums import Sigma

SCALE = sp.Symbol("t", positive=True)

CONVENTIONS = (
    "$f = -T \\, [\\log Z] / N$ is the free energy per spin; the Boltzmann constant is 1 and $T = 1/\\beta$.",
    "The diagonal of the overlap matrix is $p$, its other entries are $q$; $\\mu$ and $\\lambda$ are those of the "
    "conjugates; $M$ is the magnetization and $\\kappa$ its conjugate, where mean spins are coupled.",
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
        Ising, Gaussian or spherical spins with one slot, their site, or two, their layer and their site; families of
        independent Gaussian couplings of any mean, in any products of spins, over all sites or over sets of them,
        i < j < ...; fields that are the same on every site of a layer.
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
    if model.spin_law.self_overlap is not None:
        names = replace(names, diagonal=model.spin_law.self_overlap)
    action, magnetized = _action(d, model, names, oracle)
    symmetric = _symmetric(d, action, model, names, magnetized, examined or {})
    free_energy_of_saddle(d, symmetric, model, names, magnetized=magnetized)
    return d


def _action(d: Derivation, model: DisorderedModel, names: ReplicaSymbols, oracle: Any) -> tuple[Step, bool]:
    """The replica action, and whether it depends on magnetizations."""

    def checked(inference: Inference) -> Any:
        return oracle(inference)

    examiner = checked if oracle else None
    averaged = d.apply(replicate, model=model, n_replicas=n_replicas, replica=a, name="replicated partition function")
    # Averages commute; that over patterns leaves terms out, so it comes last.
    pieces = sorted(model.pieces, key=lambda piece: not isinstance(piece, GaussianCouplings))
    for left, piece in zip(reversed(range(len(pieces))), pieces, strict=True):
        name = f"average over ${piece.family.base}$" if left else "disorder average"
        averaged = averaged_over(d, averaged, model, piece, name=name, oracle=examiner)
    size, _ = sizes(model)
    spin, site = model.spins.base, model.spins.ranges[-1]
    first, second = (spin[(*model.spins.slots, replica)] for replica in (a, b))
    parameters = [
        d.define(
            Definition(names.overlap, Sigma(first * second, site) / size),
            name="overlap matrix",
            reason="The overlap of two replicas is the mean product of their spins.",
        )
    ]
    if needs_magnetization(averaged, *parameters):
        parameters.append(
            d.define(
                Definition(names.replica_magnetization, Sigma(first, site) / size),
                name="magnetizations",
                reason="The magnetization of a replica is its mean spin.",
            )
        )
    exponent = d.apply(introduce_overlaps, averaged, *parameters, name="exponent in overlaps")
    action = d.apply(
        factorize_sites,
        exponent,
        averaged,
        *parameters,
        model=model,
        conjugate=names.conjugate.base,
        conjugate_magnetization=names.conjugate_replica_magnetization.base,
        name="replica action",
        oracle=examiner if isinstance(model.spin_law, IsingSpins) else None,
    )
    return action, len(parameters) > 1


def _symmetric(
    d: Derivation,
    action: Step,
    model: DisorderedModel,
    names: ReplicaSymbols,
    magnetized: bool,
    examined: Mapping[Any, Any],
) -> Step:
    ansatz = symmetric_matrices(d, names, magnetized=magnetized)
    sets = {**order_parameter_sets(names, model.spin_law), **examined}
    symmetric = d.apply(replica_symmetric, action, *ansatz, sets=sets, name="replica-symmetric action")
    transforms, limits = one_site_transforms(d, action.result)
    linear = d.apply(
        linearize_sites,
        symmetric,
        *transforms,
        curvature=CURVATURE,
        source=SOURCE,
        square=SQUARE,
        name="action with decoupled replicas",
    )
    extensive = d.apply(extensive_part, linear, model=model, scale=SCALE, name="extensive action")
    return d.apply(
        replica_limit,
        extensive,
        *limits,
        n_replicas=n_replicas,
        continued=continued_replicas,
        name="action per replica",
    )
