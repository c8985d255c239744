"""Replica theories of the Sherrington-Kirkpatrick model, its layers and other disordered models as numbers."""

from __future__ import annotations

from functools import cache
from typing import Any

from numerics.replicas.almeida_thouless import almeida_thouless_field
from numerics.replicas.derived import one_step_free_energy, symmetric_free_energy
from numerics.replicas.disordered import SolvedModel, disordered_solution
from numerics.replicas.layered import layered_solver
from numerics.replicas.one_step import OneStepSolver
from numerics.replicas.records import OneStepSolution, ReplicaSymmetricSolution
from numerics.replicas.refusals import checked_field, checked_model, checked_temperature
from numerics.replicas.symmetric import SymmetricSolver
from theory.models.multilayer_instances import MultilayerSpinGlass
from theory.models.sherrington_kirkpatrick import SherringtonKirkpatrick

ONE_STEP_MODELS = (SherringtonKirkpatrick,)


def replica_symmetric_solution(model: Any, *, temperature: float, field: float = 0.0) -> ReplicaSymmetricSolution:
    """The replica-symmetric solution per spin, also where it is unstable.

    Parameters
    ----------
    model
        `theory.SherringtonKirkpatrick()`: H = - sum over pairs of J s s - h sum s, couplings of variance 1/N. Or
        `theory.MultilayerSpinGlass` or `theory.BipartiteSpinGlass`: `.overlap` and `.magnetization` then have one entry
        a layer. Or `theory.PSpinModel`, `theory.SphericalPSpinModel`, `theory.HopfieldModel`, or a disordered model of
        your own as `theory.models.model_with_values.ModelWithValues`: spins with one slot, at positive temperatures;
        `.replicon_eigenvalue` is then NaN and `.stable` None, since no replicon is derived.
    temperature
        At least 0, in units of the coupling; Boltzmann's constant is 1. At 0 limits are returned, for
        those models that are taken there.
    field
        h.

    Returns
    -------
    ReplicaSymmetricSolution
        At no field and below the critical temperature the branch of positive overlap, with its negative
        `.replicon_eigenvalue`; otherwise the only solution. Of several saddle points of another model, stable within
        replica symmetry, the one of the largest magnetization along the field, then of the smallest overlap: a
        retrieved pattern or a ferromagnet where there is one; overlap 0 at no field for more than two coupled spins.

    Raises
    ------
    TypeError, ValueError
        For another model, or for temperatures and fields that are no finite numbers.
    NotConvergedError
        Within about 1e-9 of the critical temperature at no field, where the branches merge. For other models where no
        saddle point is stable within replica symmetry, or none is confirmed.

    Notes
    -----
    D. Sherrington, S. Kirkpatrick, Physical Review Letters 35, 1792 (1975); the free energy is the derived one.

    Examples
    --------
    >>> from theory import SherringtonKirkpatrick
    >>> found = replica_symmetric_solution(SherringtonKirkpatrick(), temperature=0)
    >>> round(found.energy, 10), round(found.entropy, 10)
    (-0.7978845608, -0.1591549431)
    """
    if isinstance(model, type) or not isinstance(model, SolvedModel | MultilayerSpinGlass):
        raise TypeError(
            f"expected an instance of theory.SherringtonKirkpatrick or theory.MultilayerSpinGlass, or another model "
            f"with a disordered model and values, such as theory.HopfieldModel; found {model!r}"
        )
    temperature, field = checked_temperature(temperature), checked_field(field)
    if isinstance(model, MultilayerSpinGlass):
        return layered_solver(model).solve(temperature, field)
    if isinstance(model, SherringtonKirkpatrick):
        return _symmetric().solve(temperature, field)
    return disordered_solution(model, temperature, field)


def one_step_solution(model: Any, *, temperature: float, field: float = 0.0) -> OneStepSolution:
    """The solution with one step of replica symmetry breaking, per spin.

    Parameters
    ----------
    model
        `theory.SherringtonKirkpatrick()`.
    temperature
        At least 0, in units of the coupling. At 0 limits are returned; `.breakpoint` is that of the breakpoint over the
        temperature.
    field
        h.

    Returns
    -------
    OneStepSolution
        Where replica symmetry is stable, its solution, with two equal overlaps and NaN for `.breakpoint`. Elsewhere the
        saddle point with q0 < q1, at no field too that with q0 > 0: the one with q0 = 0 is unstable.

    Raises
    ------
    TypeError, ValueError
        As for `replica_symmetric_solution`.
    NotConvergedError
        Where no saddle point of this kind is found and confirmed: at temperatures below 0.1 close to the line where
        breaking begins, as at 0.03 and a field of 2, where the line is at 2.4.

    Notes
    -----
    G. Parisi, Physical Review Letters 43, 1754 (1979); the free energy is the derived one.
    """
    checked_model(model, ONE_STEP_MODELS)
    symmetric = replica_symmetric_solution(model, temperature=temperature, field=field)
    return _one_step().solve(symmetric.temperature, symmetric.field, symmetric)


@cache
def _symmetric() -> SymmetricSolver:
    return SymmetricSolver(*symmetric_free_energy())


@cache
def _one_step() -> OneStepSolver:
    return OneStepSolver(one_step_free_energy(), almeida_thouless_field)
