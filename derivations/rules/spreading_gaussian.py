"""A Gaussian that spreads by diffusion, or by a Schroedinger equation."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity


@rule("spreading Gaussian", "A Gaussian stays one; its width follows from the powers of the place.")
def spreading_gaussian(
    evolution: Step, *, field: Any, coordinate: sp.Symbol, time: sp.Symbol, width: Any, domain: Domain
) -> Inference:
    """The solution of ``field_t = c field_xx`` that is proportional to exp(-x^2 / (2 width)) at time 0.

    ``width`` is the variance of a distribution, or twice that of the square of a real amplitude. The result is the
    solution, with its width as a function of time, up to a constant factor.

    Raises
    ------
    ValueError
        If the evolution is no multiple of the second derivative.
    """
    second = sp.Derivative(field, (coordinate, 2))
    strength = cast(Any, evolution.result).coeff(second)
    if sp.expand(cast(Any, evolution.result) - strength * second) != 0 or strength == 0 or strength.has(field):
        raise ValueError(f"expected a multiple of {second}; found {evolution.result}")
    s, rate, height = sp.symbols("s rate height")
    shape = sp.exp(-(coordinate**2) / (2 * s))
    residual = (
        height + coordinate**2 * rate / (2 * s**2) - strength * sp.simplify(sp.diff(shape, coordinate, 2) / shape)
    )
    powers = sp.Poly(sp.expand(residual), coordinate).coeffs()
    found_height, found_rate = _solution(powers, height, rate)
    now = width + found_rate * time
    decay = sp.simplify(found_height * s / found_rate)
    solution = now**decay * sp.exp(-(coordinate**2) / (2 * now))
    left, right = sp.Derivative(solution, time), strength * sp.Derivative(solution, (coordinate, 2))
    return Inference(statement=Identity(left, right, domain.restricted(left, right)), result=solution)


def _solution(equations: list[Any], height: sp.Symbol, rate: sp.Symbol) -> tuple[Any, Any]:
    solved = cast(Any, sp.solve(equations, [height, rate], dict=True))
    return solved[0][height], solved[0][rate]


@rule("width of a Gaussian", "The width is read off the exponent; that of a squared modulus has the conjugate added.")
def gaussian_variance(solution: Step, *, coordinate: sp.Symbol, squared: bool, domain: Domain) -> Inference:
    """The variance of a Gaussian distribution, or with ``squared`` that of the squared modulus of a Gaussian wave.

    The claim is that the exponent, with its conjugate if ``squared``, is minus x^2 over twice the result.
    """
    (exponent,) = (node.exp for node in cast(Any, solution.result).atoms(sp.exp))
    left = exponent + sp.conjugate(exponent) if squared else exponent
    value = sp.expand(sp.cancel(sp.simplify(-(coordinate**2) / (2 * left))))
    right = -(coordinate**2) / (2 * value)
    return Inference(statement=Identity(left, right, domain.restricted(left, right)), result=value)
