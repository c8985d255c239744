"""What one or two local interactions contribute to connected correlations, to lowest order."""

from __future__ import annotations

from math import comb
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity


@rule(
    "one interaction",
    "The interaction acts on the Gaussian generating functional as derivatives by the source at its place. With $a$ "
    "the sum of the sources times their propagators to that place, of what it gives only $a^n$ reaches n further "
    "points, which take one factor each, in any order.",
)
def one_interaction(*, n: int, bare: Any, kernel: Any, domain: Domain) -> Inference:
    """The connected correlation of n points to first order in the coupling of f^n / n!, for one place of it.

    ``kernel`` is the family of propagators; its first index 0 is the place of the interaction.
    """
    j, a, own = sp.symbols("j a K_0", real=True)
    weight = sp.exp(own * j**2 / 2 + a * j)
    acted = sp.Derivative(weight, (j, n)) / weight
    brought_down = sp.expand(sp.simplify(cast(Any, acted).doit()))
    legs = sp.Mul(*[kernel[0, k] for k in range(1, n + 1)])
    left = -bare / sp.factorial(n) * legs * sp.Derivative(brought_down, (a, n))
    sets = domain.extended({kernel: (0, 1), j: (-1, 1), a: (-1, 1), own: (0, 1)})
    return Inference(
        statement=Identity(left, -bare * legs, sets.restricted(left)),
        obligations=(Identity(acted, brought_down, sets.restricted(acted)),),
    )


@rule("propagators put in", "The propagator is the Gaussian kernel of the network.")
def kernel_put_in(vertex: Step, *, kernel: Any, value: Any, domain: Domain) -> Inference:
    """The result with ``value(k)`` for the propagator from the interaction to the point k."""
    entries = sorted((e for e in vertex.result.atoms(sp.Indexed) if e.base == kernel), key=str)
    named = vertex.result.xreplace({e: value(e.indices[1]) for e in entries})
    return Inference(statement=Identity(named, sp.Mul(*named.args), domain.restricted(named)))


@rule(
    "exchange",
    "Two interactions of four fields joined by a propagator share six points by threes; every point is at the origin. "
    "The integral over both places is the same for every component.",
)
def exchange(*, curvature: Any, prefactor: Any, dimension: Any, domain: Domain) -> Inference:
    """All exchanges between two interactions, with the factor of the squared coupling.

    Each propagator is exp(-curvature x^2 / 2) in each component, times a factor; ``prefactor`` collects the factors of
    all seven. The claim is about one component.
    """
    x, y = sp.symbols("y_1 y_2", real=True)
    form = 3 * x**2 + (x - y) ** 2 + 3 * y**2
    matrix = sp.hessian(form, (x, y)) / 2
    line = -sp.oo, sp.oo
    inner = sp.Integral(sp.exp(-curvature * form / 2), (x, *line))
    value = 2 * sp.pi / (curvature * sp.sqrt(matrix.det()))
    claim = Identity(sp.Integral(inner, (y, *line)), value, domain.restricted(curvature))
    return Inference(statement=claim, result=sp.Integer(comb(6, 3) // 2) * prefactor * value**dimension)


@rule(
    "without exchanges",
    "What exchanges between two interactions of four fields contribute is added to the connected correlation of six "
    "points before it is divided.",
)
def without_exchanges(six: Step, four: Step, exchanges: Step, integral: Step, *, domain: Domain) -> Inference:
    """The coupling of six fields to second order in that of four, all points at the origin."""
    added = four.result**2 * exchanges.result / integral.result
    left = six.result + added
    growths = sorted({e.args[0] for e in left.atoms(sp.exp)}, key=lambda g: sp.LC(g, *g.free_symbols))
    letter = sp.Dummy("Y", positive=True)
    powers = {sp.exp(g): letter ** sp.cancel(g / growths[0]) for g in growths}
    quotient: Any = sp.factor((added / six.result).xreplace(powers))
    part: Any = sp.powdenest(sp.expand_power_base(quotient, force=True))
    ratio: Any = sp.simplify(part)
    factors: Any = sp.factor(sp.factor(six.result.xreplace(powers)) * (1 + ratio)).args
    found: Any = sp.Mul(*[sp.factor_terms(sp.cancel(f)) if f.has(letter) else f for f in factors])
    result = found.xreplace({letter: sp.exp(growths[0])})
    return Inference(statement=Identity(left, result, domain.restricted(left)))
