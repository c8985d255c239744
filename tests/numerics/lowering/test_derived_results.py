"""Every result of every derivation that is a number or a matrix at concrete sizes has a program."""

import warnings
from functools import cache
from typing import Any

import numpy as np
import pytest
import sympy as sp
from sympy.core.function import AppliedUndef

from derivations import catalogue
from derivations.engine.step import Step
from numerics.lowering import lower
from numerics.lowering.accuracy import worst_per_condition
from numerics.lowering.arguments import checked_arguments
from numerics.lowering.expressions import checked_expression, formula, natural_arguments
from theory.averages import ConfigurationSum, GaussianMean
from theory.spheres import SphericalMean
from theory.sums import Sigma, free_names
from theory.tensors import TensorEntry

SMALL = {
    "K": 2,
    "L": 2,
    "m": 2,
    "N": 3,
    "N_>": 2,
    "N_<": 1,
    "k": 1,
    "i": 1,
    "j": 2,
    "l": 2,
    "a": 1,
    "b": 2,
    "n": 2,
    "d": 2,
} | {f"x_{leg}": 1 for leg in range(1, 5)}
"""Sizes and places at which sums are written out and entries are taken; of layers, 1 and 2 sites in turn."""
ONLY_WHOLE = {"M": 1, "c": 1, "T": 2, "x": 1, "P": 2, "t": 1, "omega": 1} | {
    "alpha": 1, "beta": 2, "gamma": 1, "delta": 2, "mu": 1, "nu": 2,
}  # fmt: skip
"""The same of names that are numbers elsewhere."""
MOST_SUMS = 5
"""Beyond it sums over all N are over one."""
MOST_NODES = 5000
"""Longer results take minutes and are left to the tests of their derivations, which compare them with brute force."""
MOST_ULP_OVER_CONDITION = 4.0


LEFT_OUT = (ConfigurationSum, SphericalMean, AppliedUndef, TensorEntry, sp.I)


@cache
def steps() -> dict[str, Step]:
    """The steps with a result, by derivation and name.

    Sums over configurations and means over spheres take minutes and are left out; a function that nothing determines,
    a metric among them, has no number, and a complex one no program.
    """
    found = {}
    for entry in catalogue():
        for step in entry.build().steps:
            result = columned(step.result)
            if isinstance(result, sp.Expr | sp.MatrixBase) and not result.has(*LEFT_OUT) and not _is_long(result):
                found[f"{entry.identifier}: {step.name}"] = step
    return {name: step for name, step in found.items() if name not in TOO_SLOW}


TOO_SLOW = frozenset(f"learning-extremum-kinds: derivative {n}" for n in (2, 3, 4))
"""Powers of sums of exponentials in two letters: SymPy compares their scales for minutes before there is a program."""


def columned(result: Any) -> Any:
    """A tuple of expressions as a column."""
    return sp.ImmutableMatrix(result.args) if isinstance(result, sp.Tuple) else result


def _is_long(result: Any) -> bool:
    return sum(1 for _ in sp.preorder_traversal(result)) > MOST_NODES


def sizes_of(result: Any) -> dict[Any, int]:
    """The values of the sizes and places that a result has."""
    names = free_names(result)
    small = {**SMALL, "N": 1} if len(result.atoms(Sigma)) > MOST_SUMS else SMALL
    symbols = [name for name in names if isinstance(name, sp.Symbol)]
    scalars: dict[Any, int] = {name: small[str(name)] for name in symbols if str(name) in small}
    scalars |= {name: ONLY_WHOLE[str(name)] for name in symbols if str(name) in ONLY_WHOLE and name.is_integer}
    families: list[Any] = [name for name in names if isinstance(name, sp.IndexedBase) and _counts(name)]
    return scalars | {family[k]: 1 + k % 2 for family in families for k in range(-1, 4)}


def _counts(family: Any) -> bool:
    """Whether a family holds sizes, places, or the states of a path."""
    return str(family) in ("N", "zeta") or (str(family) == "x" and family[0].is_integer)


def point_of(arguments: list[Any]) -> tuple[float, ...]:
    """Numbers with few binary digits. Conjugates off the diagonal are negative, as at the saddle point; |m| < 1, and
    overlaps are so small that Gaussian spins have a finite mean."""
    scales = (_scale(atom) for atom in arguments)
    return tuple(scale * (2 * place + 3) / 8 for place, scale in enumerate(scales))


def _scale(atom: Any) -> float:
    """Of the number put for an argument; what is called lambda and is positive is no conjugate."""
    name = str(atom)
    small = name.startswith(("m[", "Q[")) or name in ("p", "q", "c", "x")
    return -1 if name.startswith("lambda") and not atom.is_positive else 2**-5 if small else 1


@pytest.mark.parametrize("name", steps())
def test_a_derived_result_has_a_program(name: str) -> None:
    result = columned(steps()[name].result)
    expression = checked_expression(result, sizes_of(result))
    arguments = natural_arguments(expression)
    function, point = lower(expression, arguments), point_of(arguments)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        value = function(*point)
    if any(mean.body.has(GaussianMean, sp.erfc) for mean in expression.atoms(GaussianMean)):
        # Fifty digits of a mean inside a mean take minutes, and sums of tails have no bound from below that balls find:
        # the tests of those derivations compare with quadrature.
        assert np.isfinite(value)
        return
    error = worst_per_condition(function, formula(expression), checked_arguments(arguments), [point])
    of_means = function.tolerance / float(np.finfo(np.float64).eps) if expression.has(GaussianMean) else 0
    assert error <= max(MOST_ULP_OVER_CONDITION, of_means) or (np.isnan(error) and np.all(value == 0))
