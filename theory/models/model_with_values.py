"""A disordered model with values of its symbols, as numerics take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from theory.models.disordered import DisorderedModel


@dataclass(frozen=True)
class ModelWithValues:
    """A disordered model of your own, for `numerics.replica_symmetric_solution`; energies are per spin.

    Attributes
    ----------
    disordered_model
        The symbolic model.
    values
        A number for each symbol that its free energy has in the limit of many spins, beside order parameters, the
        inverse temperature and the uniform field h.
    """

    disordered_model: DisorderedModel
    values: Mapping[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not isinstance(self.disordered_model, DisorderedModel):
            raise TypeError(f"expected a DisorderedModel; found {self.disordered_model!r}")
        if not isinstance(self.values, Mapping):
            raise TypeError(f"expected values as a mapping from symbols to numbers; found {self.values!r}")
