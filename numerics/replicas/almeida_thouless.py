"""The line of de Almeida and Thouless: the field above which replica symmetry is stable."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from numerics.replicas.derived import critical_temperature, symmetric_free_energy
from numerics.replicas.layered_line import LayeredLine
from numerics.replicas.refusals import checked_model, checked_temperature
from numerics.replicas.stability_line import StabilityLine
from theory.models.multilayer_instances import MultilayerSpinGlass
from theory.models.sherrington_kirkpatrick import SherringtonKirkpatrick

ONE_LAYER = SherringtonKirkpatrick()
MODELS = (SherringtonKirkpatrick, MultilayerSpinGlass)


def almeida_thouless_field(temperature: float, *, model: Any = ONE_LAYER) -> float:
    """The field above which the replica-symmetric solution is stable, in units of the coupling.

    Parameters
    ----------
    temperature
        From 0 to the critical temperature, 1 for the Sherrington-Kirkpatrick model; there the field is 0, at 0 it is
        infinite.
    model
        `theory.SherringtonKirkpatrick()`, or `theory.MultilayerSpinGlass` or `theory.BipartiteSpinGlass` in the same
        field on all layers; `numerics.ensemble_critical_temperature` gives their critical temperature.

    Raises
    ------
    TypeError, ValueError
        For temperatures above the critical one, where replica symmetry is stable in every field, for no numbers, or for
        another model.
    NotConvergedError
        At temperatures so low that rounding hides the solution, about 1e-10, and for layers within 1e-5 of the critical
        temperature, in parts of it.

    Notes
    -----
    J. R. L. de Almeida, D. J. Thouless, Journal of Physics A 11, 983 (1978). For layers the field is that at which the
    derived chain of minus the bonds of the scaled replicon stencil has 1 as its largest eigenvalue.

    Examples
    --------
    >>> round(almeida_thouless_field(0.5), 10)
    0.5699338303
    """
    checked_model(model, MODELS)
    value = checked_temperature(temperature)
    if value == 0:
        return math.inf
    line = _line(model)
    if value > line.critical_temperature:
        raise ValueError(
            f"expected a temperature of at most {line.critical_temperature}, above which replica symmetry is stable in "
            f"every field; found {temperature!r}"
        )
    return 0.0 if value == line.critical_temperature else line.field(value)


def _line(model: Any) -> StabilityLine | LayeredLine:
    return LayeredLine(model) if isinstance(model, MultilayerSpinGlass) else _line_of_one_layer()


@cache
def _line_of_one_layer() -> StabilityLine:
    return StabilityLine(*symmetric_free_energy(), critical_temperature())
