"""What one eigenvalue of G adds to log Z, and how stiff its direction is: the derived formulas as functions."""

from __future__ import annotations

from functools import cache

import numpy as np

from numerics.learning.linear_response import Vector
from numerics.lowering import Lowered


def log_partition_of_one_neuron(eigenvalues: Vector, beta: float, mass: float) -> Vector:
    """log(2 pi) / 2 - log(1 - beta m + beta lambda) / 2 for each eigenvalue lambda, shape (n,)."""
    return np.atleast_1d(_lowered()[0](eigenvalues, beta, mass))


def stiffness_of_one_neuron(eigenvalues: Vector, beta: float, mass: float) -> Vector:
    """1 - beta m + beta lambda for each eigenvalue lambda, shape (n,); infinite beyond the range of doubles."""
    with np.errstate(over="ignore"):
        return np.atleast_1d(_lowered()[1](eigenvalues, beta, mass))


@cache
def _lowered() -> tuple[Lowered, Lowered]:
    import sympy as sp

    from derivations.learning_thermodynamics.results import log_partition_of_one_neuron as derived_logarithm
    from numerics.lowering import lower
    from theory.models import learning as model

    derived = derived_logarithm()
    arguments = (model.eigenvalues[1], model.inverse_temperature, model.mass)
    (logarithm,) = (e for e in derived.atoms(sp.log) if e.has(model.inverse_temperature))
    return lower(derived, arguments), lower(logarithm.args[0], arguments)
