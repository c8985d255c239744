"""The formulas that are timed, where each comes from, and the values they are timed at."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
import sympy as sp

from benchmarks.comparison import mean_fields
from benchmarks.comparison.local_potential import beta_functions, couplings, expanded_beta_functions
from derivations.identities.arcsine_and_arc_cosine_kernels import FAMILY as KERNELS
from derivations.spin_glass import results
from numerics.lowering import StraightLineProgram
from theory.models import multilayer as model
from theory.statements import Identity

Origin = Literal["derived", "proved identity", "stated"]
ORDER = 10
"""Order of the local potential approximation."""
DEGREE = 5
"""Of the numerator and of the denominator of the rational function."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A formula and the values it is timed at.

    Attributes
    ----------
    name
        Words for the table; its first word is unique.
    results
        The formula; several where it has several components.
    program
        The results as a straight-line program, which is what is lowered then; the others take the expressions.
    arguments
        Its variables, in the order of the call.
    ranges
        Between which bounds each argument is drawn, uniformly.
    origin
        ``"derived"``: the result of a derivation. ``"proved identity"``: a side of an identity that the engine proves.
        ``"stated"``: typed in, until a derivation reaches it.
    handwritten
        The file of a C function for it, in `handwritten`; empty if there is none.
    """

    name: str
    results: tuple[Any, ...]
    arguments: tuple[Any, ...]
    ranges: tuple[tuple[float, float], ...]
    origin: Origin
    program: StraightLineProgram | None = None
    handwritten: str = ""

    def __post_init__(self) -> None:
        if len(self.ranges) != len(self.arguments):
            raise ValueError(f"expected a range for each of {len(self.arguments)} arguments; found {len(self.ranges)}")

    @property
    def n_arrays(self) -> int:
        """How many arrays are read and written."""
        return len(self.results) + len(self.arguments)

    def values(self, length: int, rng: np.random.Generator) -> list[Any]:
        """Arguments for one call: arrays of a length."""
        return [rng.uniform(low, high, length) for low, high in self.ranges]


def subjects() -> tuple[Subject, ...]:
    """What is timed."""
    return (*formulas(), *_spin_glass())


@cache
def formulas() -> tuple[Subject, ...]:
    """Those with C by hand."""
    return (
        _integrand(),
        _integrand_of_one_array(),
        _arc_cosine_kernel(),
        _error_function_kernel(),
        _tap_residual(),
        _rational_function(),
        _beta_functions(),
    )


def stated(among: Sequence[Subject]) -> tuple[str, ...]:
    """The names of those that wait for their derivation."""
    return tuple(s.name for s in among if s.origin == "stated")


def _integrand() -> Subject:
    return Subject(
        name="integrand of the replica-symmetric free energy",
        results=(mean_fields.replica_symmetric_integrand(),),
        arguments=(mean_fields.inverse_temperature, mean_fields.overlap, mean_fields.normal),
        ranges=((0.5, 2.0), (0.05, 0.95), (-4.0, 4.0)),
        origin="derived",
        handwritten="integrand.c",
    )


def _integrand_of_one_array() -> Subject:
    whole = _integrand()
    beta, q, z = whole.arguments
    return Subject(
        name="one-array integrand, at one temperature and overlap",
        results=(whole.results[0].subs({beta: sp.Rational(7, 5), q: sp.Rational(3, 5)}),),
        arguments=(z,),
        ranges=whole.ranges[2:],
        origin=whole.origin,
        handwritten="one_array_integrand.c",
    )


def _arc_cosine_kernel() -> Subject:
    """Covariance of rectified units at correlation r (Cho and Saul 2009)."""
    side: Any = _proved("arc-cosine kernel by its slope").right
    return Subject(
        name="arc-cosine kernel",
        results=(side,),
        arguments=tuple(side.free_symbols),
        ranges=((-0.95, 0.95),),
        origin="proved identity",
        handwritten="arc_cosine_kernel.c",
    )


def _proved(name: str) -> Identity:
    """A statement of the family of kernels."""
    found = next(i.statement for i in KERNELS.identities if i.name == name)
    if not isinstance(found, Identity):
        raise TypeError(f"expected {name} to be an identity; found {type(found).__name__}")
    return found


def _error_function_kernel() -> Subject:
    """Covariance of error-function units at covariance c and variances q, p of their inputs (Williams 1998)."""
    c = sp.Symbol("c", real=True)
    q, p = sp.symbols("q p", positive=True)
    return Subject(
        name="error-function kernel",
        results=(2 / sp.pi * sp.asin(2 * c / sp.sqrt((1 + 2 * q) * (1 + 2 * p))),),
        arguments=(c, q, p),
        ranges=((-0.5, 0.5), (0.5, 2.0), (0.5, 2.0)),
        origin="stated",
        handwritten="error_function_kernel.c",
    )


def _tap_residual() -> Subject:
    return Subject(
        name="TAP residual",
        results=(mean_fields.tap_residual(),),
        arguments=(
            mean_fields.magnetization,
            mean_fields.local_field,
            mean_fields.inverse_temperature,
            mean_fields.reaction,
        ),
        ranges=((-0.95, 0.95), (-2.0, 2.0), (0.5, 2.0), (0.05, 0.95)),
        origin="derived",
        handwritten="tap_residual.c",
    )


def _rational_function() -> Subject:
    """A quotient of two full polynomials of degree five in three variables; about 500 operations as it stands."""
    x, y, z = sp.symbols("x y z", positive=True)
    orders = range(DEGREE + 1)
    powers = [p for p in itertools.product(orders, repeat=3) if sum(p) <= DEGREE]
    above = sum(sp.Rational(1 + i + 2 * j + 3 * k, 2 + k) * x**i * y**j * z**k for i, j, k in powers)
    below = sum(sp.Rational(2 + i * j + k, 1 + i) * x**i * y**j * z**k for i, j, k in powers)
    return Subject(
        name="rational function of 500 operations",
        results=(above / below,),
        arguments=(x, y, z),
        ranges=((0.5, 2.0),) * 3,
        origin="stated",
        handwritten="rational_function.c",
    )


def _beta_functions() -> Subject:
    return Subject(
        name="beta functions of the local potential approximation",
        results=expanded_beta_functions(ORDER),
        program=beta_functions(ORDER),
        arguments=couplings(ORDER),
        ranges=((0.5, 2.0),) * ORDER,
        origin="derived",
        handwritten="beta_functions.c",
    )


def _spin_glass() -> tuple[Subject, ...]:
    sizes = (model.inverse_temperature, model.layer_size, model.weight_variance, model.n_bonds)
    ranges = ((0.5, 2.0),) * len(sizes)
    return (
        Subject(
            name="least Hessian eigenvalue",
            results=(results.equal_layer_least_eigenvalue(),),
            arguments=sizes,
            ranges=ranges,
            origin="derived",
        ),
        Subject(
            name="melting temperature",
            results=(results.equal_layer_critical_temperature(),),
            arguments=sizes[2:],
            ranges=ranges[2:],
            origin="derived",
        ),
    )
