"""Integration by parts: from a density another one that is equal to it up to a divergence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.printing import expression_latex
from theory.statements import EqualUpToTotalDerivative, Identity


@rule(
    "integration by parts",
    "A derivative is moved to the other factor; the divergence left over is one at the boundary.",
)
def by_parts(
    density: Step,
    *,
    moved: Mapping[Any, Any],
    fields: Iterable[Any] | Mapping[Any, Any],
    coordinates: tuple[sp.Symbol, ...],
    domain: Domain,
) -> Inference:
    """Move one derivative off each of the given ones, onto what multiplies it.

    Parameters
    ----------
    density
        A step whose result is a density in the fields.
    moved
        For derivatives such as ``p(x).diff(x, 2)`` the coordinate that is moved; or a pair of it and the part of the
        factor that is to be integrated by parts, the whole factor otherwise.
    fields, coordinates, domain
        As those of ``EqualUpToTotalDerivative``. That the difference is the divergence of the boundary terms is an
        obligation.

    Raises
    ------
    ValueError
        If the density does not hold one of the derivatives as a factor.
    """
    left = cast(Any, density.result)
    right, current = left, dict.fromkeys(coordinates, sp.S.Zero)
    for derivative, told in moved.items():
        coordinate, part = told if isinstance(told, tuple) else (told, None)
        lower = lowered_once(derivative, coordinate)
        factor = factor_of(right, derivative) if part is None else part
        right = multiplied_out(right - factor * derivative - lower * sp.diff(factor, coordinate))
        current[coordinate] += factor * lower
    statement = EqualUpToTotalDerivative(left, right, domain, fields=fields, coordinates=coordinates)
    divergence = sp.Add(*(sp.Derivative(part, coordinate) for coordinate, part in current.items() if part != 0))
    local = Identity(left - right, divergence, statement.domain)
    return Inference(statement=statement, result=right, obligations=(local,), remark=_boundary(current))


def multiplied_out(density: Any) -> Any:
    """A density as a sum of products, with the logarithms of products as they are."""
    return sp.expand(density, log=False)


def lowered_once(derivative: Any, coordinate: sp.Symbol) -> Any:
    """A derivative with one differentiation by the coordinate less.

    Raises
    ------
    ValueError
        If it is no derivative by the coordinate.
    """
    counts: dict[Any, Any] = dict(cast(Any, derivative).variable_count) if isinstance(derivative, sp.Derivative) else {}
    if counts.get(coordinate, 0) < 1:
        raise ValueError(f"expected a derivative by {coordinate}; found {derivative}")
    counts[coordinate] -= 1
    left = [(name, count) for name, count in counts.items() if count]
    return sp.Derivative(derivative.expr, *left) if left else derivative.expr


def factor_of(density: Any, derivative: Any) -> Any:
    """What multiplies a derivative in the terms of a density that hold it; it may hold the derivative itself.

    Raises
    ------
    ValueError
        If no term holds it, or it does not stand as a factor.
    """
    name = sp.Dummy()
    opened = multiplied_out(density).xreplace({derivative: name})
    with_it = [t for t in sp.Add.make_args(opened) if t.has(name)]
    found = sp.Add(*(t / name for t in with_it))
    if not with_it or not found.is_polynomial(name):
        raise ValueError(f"expected {derivative} as a factor of terms of a density; found {density}")
    return found.xreplace({name: derivative})


def _boundary(current: Mapping[Any, Any]) -> str:
    """What is at the boundary, for the reader."""
    told = [(sp.factor_terms(part), c) for c, part in current.items() if part != 0]
    if len(told) == 1:
        ((part, coordinate),) = told
        return f"What is at the boundary of ${expression_latex(coordinate)}$ is ${expression_latex(part)}$."
    return f"There is a term at the boundary of ${'$ and of $'.join(expression_latex(c) for _, c in told)}$."
