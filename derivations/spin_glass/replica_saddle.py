"""The saddle point of a replica-symmetric action: free energy, equations of the order parameters, energy, entropy."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.rules.extensive_part import sizes
from derivations.rules.free_energy import free_energy
from derivations.rules.stationarity import stationary, stationary_together
from derivations.rules.thermodynamics import energy, entropy, self_consistency, stationary_free_energy
from theory.averages import GaussianMean
from theory.models.disordered import DisorderedModel
from theory.models.replica_symbols import ReplicaSymbols

FREE_ENERGY = "replica-symmetric free energy"


def free_energy_of_saddle(
    d: Derivation, action: Step, model: DisorderedModel, names: ReplicaSymbols, *, magnetized: bool
) -> None:
    """Eliminate the conjugates, then derive what follows from the free energy.

    Where one site contributes a closed form, as for Gaussian spins, its equations are solved for the conjugates; where
    it contributes a mean, conjugates follow from the derivatives by the order parameters, which are linear in them.
    """
    free = _closed(d, action, model, names, magnetized)
    if free is None:
        free = _in_means(d, action, model, names, magnetized)
    beta = model.inverse_temperature
    inner = d.apply(energy, free, inverse_temperature=beta, name="energy")
    d.apply(entropy, free, inner, inverse_temperature=beta, name="entropy")


def _closed(
    d: Derivation, action: Step, model: DisorderedModel, names: ReplicaSymbols, magnetized: bool
) -> Step | None:
    by = [names.conjugate_off_diagonal, names.conjugate_diagonal]
    by += [names.conjugate_magnetization] if magnetized else []
    if any(sp.diff(action.result, name).has(GaussianMean) for name in by):
        return None
    ends = _ends(model)
    conjugates = d.apply(stationary_together, action, by=tuple(by), solve_for=tuple(by), layers=ends, name="conjugates")
    free = _free(d, action, model, conjugates)
    d.apply(stationary_free_energy, free, by=names.off_diagonal, layers=ends, name="self-consistency")
    if magnetized:
        of = {"by": names.magnetization, "name": "self-consistency of the magnetization"}
        d.apply(stationary_free_energy, free, layers=ends, **of)
    if not names.diagonal.is_number:
        of = {"by": names.diagonal, "name": "self-consistency of the self-overlap"}
        d.apply(stationary_free_energy, free, layers=ends, **of)
    return free


def _in_means(d: Derivation, action: Step, model: DisorderedModel, names: ReplicaSymbols, magnetized: bool) -> Step:
    ends = _ends(model)
    q, lam = names.off_diagonal, names.conjugate_off_diagonal
    magnetization, kappa = names.magnetization, names.conjugate_magnetization

    def solved(by: Any, solve_for: Any, name: str) -> Step:
        return d.apply(stationary, action, by=by, solve_for=solve_for, layers=ends, name=name)

    diagonal = solved(names.conjugate_diagonal, names.diagonal, "diagonal overlap")
    overlap = solved(lam, q, "overlap")
    solutions = [solved(q, lam, "conjugate overlap")]
    mean = solved(kappa, magnetization, "magnetization") if magnetized else None
    if mean is not None:
        solutions.append(solved(magnetization, kappa, "conjugate magnetization"))
    solutions.append(diagonal)
    free = _free(d, action, model, *solutions)
    d.apply(self_consistency, free, overlap, *solutions, layers=ends, name="self-consistency")
    if mean is not None:
        name = "self-consistency of the magnetization"
        d.apply(self_consistency, free, mean, *solutions, layers=ends, name=name)
    return free


def _free(d: Derivation, action: Step, model: DisorderedModel, *solutions: Step) -> Step:
    choices = {"inverse_temperature": model.inverse_temperature, "spins": sizes(model)[1]}
    return d.apply(free_energy, action, *solutions, **choices, name=FREE_ENERGY)


def _ends(model: DisorderedModel) -> Any:
    layers = model.spins.ranges[:-1]
    return layers[0][1:] if layers else None
