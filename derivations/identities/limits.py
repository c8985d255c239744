"""Limits of zero temperature, large size and small argument."""

# pyright: reportArgumentType=false, reportOperatorIssue=false, reportCallIssue=false, reportAttributeAccessIssue=false, reportIndexIssue=false
# (SymPy annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.identities.known import Family, KnownIdentity
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import LimitStatement

x, h, z = sp.symbols("x h z", real=True)
beta, N, T, a = sp.symbols("beta N T a", positive=True)
SMALL = Domain({x: (0, 1)})
COLD = Domain({beta: (1, sp.oo), h: (sp.Rational(1, 2), 2)})
BAXTER = "Baxter, Exactly solved models in statistical mechanics (1982)"
ANALYSIS = "any textbook of analysis"


def limit(
    name: str, expression: Any, value: Any, domain: Domain, variable: Any, point: Any, source: str
) -> KnownIdentity:
    """A limit from above, or from below at infinity."""
    direction = "-" if point == sp.oo else "+"
    claim = LimitStatement(expression, value, domain, variable=variable, point=point, direction=direction)
    return KnownIdentity(name=name, statement=claim, source=source)


FAMILY = Family(
    name="limits",
    title="Limits",
    identities=(
        limit("sine over its argument", sp.sin(x) / x, 1, SMALL, x, 0, ANALYSIS),
        limit("hyperbolic tangent over its argument", sp.tanh(x) / x, 1, SMALL, x, 0, ANALYSIS),
        limit("entropy of a rare state", -x * sp.log(x), 0, SMALL, x, 0, ANALYSIS),
        limit("slope of log cosh", sp.log(sp.cosh(x)) / x**2, sp.Rational(1, 2), SMALL, x, 0, ANALYSIS),
        limit("ground-state energy of a spin", sp.log(2 * sp.cosh(beta * h)) / beta, h, COLD, beta, sp.oo, BAXTER),
        limit("saturated magnetization", sp.tanh(beta * h), 1, COLD, beta, sp.oo, BAXTER),
        limit("saturated error function", sp.erf(beta * h), 1, COLD, beta, sp.oo, ANALYSIS),
        limit(
            "exponential from powers", (1 + h / N) ** N, sp.exp(h), Domain({h: (-1, 1), N: (2, sp.oo)}), N, sp.oo,
            ANALYSIS,
        ),
        limit(
            "magnetization of a long chain",
            ((sp.cosh(a)) ** N + sp.sinh(a) ** N) / sp.cosh(a) ** N, 1,
            Domain({a: (sp.Rational(1, 8), 1), N: (1, sp.oo)}),
            N, sp.oo, BAXTER,
        ),
        limit(
            "classical limit of an oscillator", T * x / (sp.exp(x) - 1), T, Domain({x: (0, 1), T: (0, 3)}), x, 0,
            "equipartition",
        ),
        limit(
            "susceptibility of a free spin", sp.tanh(x * a) / x, a, Domain({x: (0, 1), a: (0, 3)}), x, 0, "Curie's law"
        ),
        limit("ratio of square roots", sp.sqrt(N + 1) - sp.sqrt(N), 0, Domain({N: (1, sp.oo)}), N, sp.oo, ANALYSIS),
        limit("difference quotient", (sp.exp(x * a) - 1) / x, a, Domain({x: (0, 1), a: (0, 3)}), x, 0, ANALYSIS),
        limit(
            "mean susceptibility at weak noise", GaussianMean(1 - sp.tanh(sp.sqrt(x) * z + h) ** 2, z, 1),
            1 - sp.tanh(h) ** 2, Domain({x: (0, 1), h: (-1, 1)}), x, 0, "replica-symmetric equations without disorder",
        ),
    ),
)  # fmt: skip
