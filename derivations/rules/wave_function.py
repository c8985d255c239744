"""A wave function by its modulus and its phase: what an operator on it, and an equation for it, say of these two."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.total_derivative import multiplied_out
from theory.domain import Domain
from theory.statements import Identity


@rule("square root", "The slope of a distribution is twice its root times the slope of the root.")
def by_root(density: Step, *, field: Any, coordinates: tuple[sp.Symbol, ...], domain: Domain) -> Inference:
    """A density with squared slopes of a positive field, by the slopes of the root of the field."""
    left, root = cast(Any, density.result), sp.sqrt(field)
    slopes = {sp.Derivative(field, c): 2 * root * sp.Derivative(root, c) for c in coordinates}
    right = multiplied_out(left.xreplace(slopes))
    return _identity(left, right, domain)


@rule("polar form", "The wave function is put in by its modulus and its phase, and the phase factors cancel.")
def polar_form(density: Step, *, domain: Domain) -> Inference:
    """A density in a wave function and its conjugate, given by modulus and phase, with its derivatives carried out.

    Raises
    ------
    ValueError
        If phase factors remain.
    """
    left = cast(Any, density.result)
    right = multiplied_out(sp.powsimp(multiplied_out(left.doit())))
    if right.has(sp.exp):
        raise ValueError(f"expected a density without phase factors; found {right}")
    return _identity(left, right, domain)


@rule(
    "equation of modulus and phase",
    "The equation is divided by the wave function; its real part is one for the phase, its imaginary part one for the "
    "modulus.",
)
def modulus_and_phase(
    equation: Step, *, wave: Any, polar: Any, density: Any, phase: Any, time: sp.Symbol, domain: Domain
) -> Inference:
    """What the equation ``wave_t = result`` says of its modulus and phase; the result is the pair of their rates.

    Parameters
    ----------
    equation
        A step whose result is the rate of the wave function.
    wave, polar
        The field, and what it is by ``density``, the square of its modulus, and ``phase``.

    Raises
    ------
    ValueError
        If real and imaginary part do not give one rate each.
    """
    residual = sp.Derivative(wave, time) - cast(Any, equation.result)
    left = residual.xreplace({wave: polar}) / polar
    opened = multiplied_out(sp.powsimp(multiplied_out(left.doit())))
    real, imaginary = (multiplied_out(part) for part in _parts(opened))
    rates = [_solved(part, sp.Derivative(name, time)) for part, name in ((real, density), (imaginary, phase))]
    if None in rates:
        raise ValueError(f"expected a rate of {density} and one of {phase}; found {real} and {imaginary}")
    claim = _identity(left, real + sp.I * imaginary, domain).statement
    return Inference(statement=claim, result=sp.Tuple(*rates))


@rule("one of two rates", "One of the two equations that the wave function stands for.")
def rate_of_part(pair: Step, *, place: int, flow: Any = None, domain: Domain) -> Inference:
    """One of a pair of rates, by its ``place``; as ``flow``, such as a divergence, where that is given."""
    value = cast(Any, pair.result)[place]
    right = value if flow is None else flow
    claim = _identity(value, right, domain).statement
    return Inference(statement=claim, result=right)


def _parts(expression: Any) -> tuple[Any, Any]:
    """Real and imaginary part of a sum of products with real factors and powers of i."""
    terms = sp.Add.make_args(expression)
    imaginary = [t / sp.I for t in terms if t.has(sp.I)]
    if any(t.has(sp.I) for t in imaginary):
        raise ValueError(f"expected real terms and i times real terms; found {expression}")
    return sp.Add(*(t for t in terms if not t.has(sp.I))), sp.Add(*imaginary)


def _solved(equation: Any, rate: Any) -> Any | None:
    """The value of a rate that an equation is linear in; None if it is not."""
    letter = sp.Dummy()
    opened = multiplied_out(equation).xreplace({rate: letter})
    slope = opened.coeff(letter, 1)
    rest = multiplied_out(opened - slope * letter)
    return None if slope == 0 or rest.has(letter) else multiplied_out(-rest / slope)


def _identity(left: Any, right: Any, domain: Domain) -> Inference:
    places = {q for side in (left, right) for q in side.free_symbols if q not in domain.sets}
    over = domain.extended(dict.fromkeys(sorted(places, key=str), (-sp.oo, sp.oo)))
    return Inference(statement=Identity(left, right, over.restricted(left, right)), result=right)
