"""The replica-symmetric ansatz of a model, and what one site of it then contributes, for each law of spins."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.rules.gaussian_trace import gaussian_trace
from derivations.rules.hubbard_stratonovich import hubbard_stratonovich
from derivations.rules.replica_limit import one_site_limit
from theory.averages import ConfigurationSum, GaussianMean, is_trace
from theory.models.replica_symbols import ReplicaSymbols, a, b, continued_replicas, n_replicas
from theory.models.spin_laws import IsingSpins, SpinLaw
from theory.statements import Definition

CURVATURE = sp.Symbol("x", positive=True)
SOURCE = sp.Symbol("y", real=True)
SQUARE = sp.Symbol("c", real=True)


def symmetric_matrices(d: Derivation, names: ReplicaSymbols, *, magnetized: bool) -> list[Step]:
    """The definitions of the ansatz: two numbers for a matrix, one for a magnetization."""
    delta = sp.KroneckerDelta(a, b)
    q, p = names.off_diagonal, names.diagonal
    lam, mu = names.conjugate_off_diagonal, names.conjugate_diagonal
    found = [
        d.define(
            Definition(names.overlap, q + delta * (p - q)),
            name="replica-symmetric overlaps",
            reason=f"Two parameters: ${sp.latex(p)}$ on the diagonal, $q$ off it.",
        ),
        d.define(
            Definition(names.conjugate, lam + delta * (mu - lam)),
            name="replica-symmetric conjugates",
            reason="The conjugate matrices have the same symmetry.",
        ),
    ]
    if magnetized:
        pairs = (
            (names.replica_magnetization, names.magnetization, "replica-symmetric magnetizations"),
            (names.conjugate_replica_magnetization, names.conjugate_magnetization, "their conjugates"),
        )
        for entry, value, name in pairs:
            found.append(d.define(Definition(entry, value), name=name, reason="No replica is special."))
    return found


def order_parameter_sets(names: ReplicaSymbols, law: SpinLaw) -> dict[Any, Any]:
    """Where order parameters lie: conjugates of Ising overlaps are negative at the saddle point."""
    conjugates = (-sp.oo, 0) if isinstance(law, IsingSpins) else (-sp.oo, sp.oo)
    sets = {_name(names.off_diagonal): (0, 1), _name(names.conjugate_off_diagonal): conjugates}
    sets[_name(names.conjugate_magnetization)] = (-sp.oo, sp.oo)
    if not isinstance(law, IsingSpins):
        sets[_name(names.conjugate_diagonal)] = conjugates
    if not names.diagonal.is_number:
        sets[_name(names.diagonal)] = (0, 2)
    return sets


def one_site_transforms(d: Derivation, action: Any) -> tuple[list[Step], list[Step]]:
    """The sum over the replicas of one spin, for each kind of spins in the action, and its limits without replicas."""
    choices: dict[str, Any] = {"replica": a, "n_replicas": n_replicas, "curvature": CURVATURE, "source": SOURCE}
    transforms, limits = [], []
    for trace in sorted(filter(is_trace, action.atoms(ConfigurationSum, GaussianMean)), key=sp.default_sort_key):
        spin = trace.family
        if isinstance(trace, ConfigurationSum):
            transforms.append(d.apply(hubbard_stratonovich, spin=spin, **choices, name="one-site trace"))
            vanishing: dict[str, Any] = {"n_replicas": n_replicas, "continued": continued_replicas}
            limits.append(d.apply(one_site_limit, transforms[-1], **vanishing, name="one-site term without replicas"))
        else:
            integral: dict[str, Any] = {"spin": spin, "variance": trace.variance, "square": SQUARE, **choices}
            transforms.append(d.apply(gaussian_trace, **integral, name=f"Gaussian integral over ${spin}$"))
    return transforms, limits


def _name(entry: Any) -> Any:
    """What a domain calls it: an entry goes by its family."""
    return entry.base if isinstance(entry, sp.Indexed) else entry
