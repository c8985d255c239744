"""A loop with an external momentum to second order in it, as a radial integral."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity, LimitStatement, Postulate

SURFACE = Postulate(
    name="no surface terms in momentum space",
    claim="Integrals of total derivatives over the squared momentum of a loop vanish.",
    justification="The scale derivative of the regulator falls fast at large momenta, and the factor of the volume "
    "vanishes at zero.",
    test="Differentiate the loop integral with the external momentum numerically, and compare.",
)


@rule(
    "expansion in the external momentum",
    "The loop carries the squared momentum $x + 2 \\sqrt{x} p c + p^2$ where the external momentum p passes, at an "
    "angle with the cosine c.",
)
def expanded_in_momentum(
    loop: Step,
    *,
    here: dict[Any, Any],
    there: dict[Any, Any],
    squared: sp.Symbol,
    external: sp.Symbol,
    cosine: sp.Symbol,
    domain: Domain,
) -> Inference:
    """Half the second derivative by the external momentum, where it vanishes.

    ``here`` gives the letters of the loop that hold its momentum alone as functions of the ``squared`` momentum,
    ``there`` those that hold the external one too.
    """
    carried = squared + 2 * sp.sqrt(squared) * external * cosine + external**2
    plain = cast(Any, loop.result).xreplace(here)
    left = plain.xreplace({letter: f.xreplace({squared: carried}) for letter, f in there.items()})
    second = {letter: _second_order(f, squared, cosine) for letter, f in there.items()}
    right = sp.expand(plain.xreplace(second))
    half = sp.Subs(sp.Derivative(left, (external, 2)), external, 0) / 2
    claim = Identity(half, right, domain.restricted(half, right))
    return Inference(statement=claim, result=right)


def _second_order(f: Any, squared: sp.Symbol, cosine: sp.Symbol) -> Any:
    return sp.Derivative(f, squared) + 2 * squared * cosine**2 * sp.Derivative(f, (squared, 2))


@rule(
    "mean over directions",
    "All directions are alike. The mean of the squared cosine is 1/d, since the weight $(1 - c^2)^{(d-3)/2}$ times "
    "$1 - d c^2$ is the derivative of what vanishes at both ends.",
)
def mean_over_directions(expansion: Step, *, cosine: sp.Symbol, dimension: sp.Symbol) -> Inference:
    """Put 1/d for the squared cosine.

    Raises
    ------
    ValueError
        If another power occurs.
    """
    c, d = cosine, dimension
    result = cast(Any, expansion.result)
    found = {int(cast(Any, e).exp) for e in result.atoms(sp.Pow) if e.base == c}
    if found - {2} or (result.xreplace({c**2: sp.S.Zero})).has(c):
        raise ValueError(f"expected an even function of second order in {c}; found {result}")
    domain = Domain({c: (-1, 1), d: (1, 6)})
    whole = c * (1 - c**2) ** ((d - 1) / 2)
    claim = Identity(sp.Derivative(whole, c), (1 - d * c**2) * (1 - c**2) ** ((d - 3) / 2), domain)
    ends = tuple(
        LimitStatement(whole, 0, domain, variable=c, point=point, direction=side)
        for point, side in ((1, "-"), (-1, "+"))
    )
    return Inference(statement=claim, result=result.xreplace({c**2: 1 / d}), obligations=ends)


@rule("integration by parts", "In d dimensions, one derivative by the squared momentum goes over to the other factor.")
def by_parts(mean: Step, *, squared: sp.Symbol, dimension: sp.Symbol, domain: Domain) -> Inference:
    """The radial integrand, up to a total derivative, without second derivatives of the factor that carries p."""
    x, d = squared, dimension
    terms = sp.Add.make_args(sp.expand(mean.result))
    bent = [t for t in terms if _bent(t, x)]
    surface = sp.Add(*[_once(t, x) for t in bent]) * x ** (d / 2 - 1)
    left = x ** (d / 2 - 1) * sp.Add(*terms)
    right = -(x ** (d / 2)) * sp.Add(*[_moved(t, x) for t in bent])
    return Inference(
        statement=Identity(left, sp.Derivative(surface, x) + right, domain.restricted(left)),
        result=right,
        postulates=(SURFACE,),
    )


def _bent(term: Any, x: sp.Symbol) -> list[Any]:
    return [e for e in term.atoms(sp.Derivative) if e.variables == (x, x)]


def _once(term: Any, x: sp.Symbol) -> Any:
    """The term with one derivative less on the bent factor."""
    (bent,) = _bent(term, x)
    return term.xreplace({bent: sp.Derivative(bent.expr, x)})


def _moved(term: Any, x: sp.Symbol) -> Any:
    """The term with a derivative on what stands beside the bent factor, its explicit power of x aside."""
    (bent,) = _bent(term, x)
    return sp.diff(term / (x * bent), x) * sp.Derivative(bent.expr, x)
