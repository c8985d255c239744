"""The results of this subject as expressions, for lowering. Nothing here is typed in."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.learning_thermodynamics import partition_function, two_fractions
from theory.models import learning as model
from theory.sums import unroll


@cache
def _two_fractions() -> Derivation:
    return two_fractions.build()


def log_partition_of_one_neuron() -> Any:
    """What one eigenvalue, lambda[1], adds to log Z, in beta and m."""
    derived = cast(Any, partition_function.build()["log partition function"].result)
    return unroll(derived.subs(model.n_neurons, 1), lambda atom: atom)


def log_stationary_temperature() -> Any:
    """The logarithm of the inverse temperature at which -Delta F is stationary, in gamma and r = log s."""
    return _two_fractions()["logarithm of the stationary temperature"].result


def log_eigenvalue_at_ratio() -> Any:
    """The logarithm of the eigenvalue where -Delta F is stationary, in gamma and r = log s."""
    statement: Any = _two_fractions()["stationary temperature"].statement
    return dict(statement.at)[model.log_eigenvalue].xreplace({sp.log(model.root): model.log_root})


def coalescence_ratio() -> Any:
    """r = log s where two extrema meet, in gamma between 1/3 and 2/3."""
    statement: Any = _two_fractions()["where two extrema meet"].statement
    return dict(statement.at)[model.log_root]


def log_coalescence_temperature() -> Any:
    """The logarithm of the inverse temperature at which they meet, in gamma."""
    return _two_fractions()["where two extrema meet"].result


def curvature_of_two_groups() -> Any:
    """Minus the Laplacian of the free energy, in N, beta, gamma and x = log lambda."""
    return _two_fractions()["two groups"].result


def extremum_of_few() -> Any:
    """The logarithm of the eigenvalue at the extremum beside 0 as the fraction goes to 0, in beta."""
    return _two_fractions()["a small fraction of the eigenvalues"].result
