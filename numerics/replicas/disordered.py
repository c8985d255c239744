"""The replica-symmetric solution of a model that says what its disordered model is and what its symbols are worth."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol, runtime_checkable

from numerics.replicas.records import ReplicaSymmetricSolution
from numerics.replicas.saddle_equations import SaddleEquations, saddle_equations
from numerics.replicas.saddle_point import SaddleSolver
from theory.models.disordered import DisorderedModel

REMEMBERED = 16


@runtime_checkable
class SolvedModel(Protocol):
    """What a solver asks of a model."""

    @property
    def disordered_model(self) -> DisorderedModel:
        """The symbolic model."""
        ...

    @property
    def values(self) -> Mapping[Any, Any]:
        """Values of the symbols of that model."""
        ...


def disordered_solution(model: SolvedModel, temperature: float, field: float) -> ReplicaSymmetricSolution:
    """The replica-symmetric saddle point of a model, by the rule of choice of `numerics.replicas.saddle_point`.

    Raises
    ------
    ValueError
        At zero temperature, in a field that the model lacks, if a symbol has no value, or if no replica-symmetric free
        energy is derived for the model.
    NotConvergedError
        If no stable saddle point is found and confirmed.
    """
    symbolic = model.disordered_model
    if temperature == 0:
        raise ValueError(
            f"expected a positive temperature for the {symbolic.name}; found 0: "
            f"its limit is not derived, take a small one"
        )
    theory = saddle_equations(symbolic)
    parameters = _parameters(theory, model.values, symbolic.name)
    given = model.values.get(theory.field)
    if field and (given is not None or not theory.in_a_field):
        found = f"its value {given} among the model's" if given is not None else "a Hamiltonian without it"
        raise ValueError(f"expected a uniform field {theory.field} that is free, to set it to {field}; found {found}")
    return _solver(symbolic).solve(temperature, field if given is None else _number(theory.field, given), parameters)


@lru_cache(maxsize=REMEMBERED)
def _solver(model: DisorderedModel) -> SaddleSolver:
    return SaddleSolver(saddle_equations(model))


def _parameters(theory: SaddleEquations, values: Mapping[Any, Any], name: str) -> tuple[float, ...]:
    missing = [s for s in theory.parameters if s not in values]
    if missing:
        raise ValueError(
            f"expected a value of each symbol in the free energy of the {name}; found none of {missing}: "
            f"add it to the model's values"
        )
    return tuple(_number(s, values[s]) for s in theory.parameters)


def _number(symbol: Any, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise TypeError(f"expected a number as the value of {symbol}; found {value!r}") from error
    if not math.isfinite(number):
        raise ValueError(f"expected a finite value of {symbol}; found {value!r}")
    return number
