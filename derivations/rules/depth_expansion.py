"""How a quantity of a deep network approaches its limit: the series in one over the depth."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Expansion, Identity


@rule(
    "depth expansion",
    "For a deep network the quantity is a series in one over the number of layers plus one.",
)
def depth_expansion(quantity: Step, *, n_bonds: sp.Symbol, small: sp.Symbol, order: int) -> Inference:
    """The quantity at L = 1/small - 2, expanded to the given order in ``small`` = 1/(L + 2)."""
    exact = quantity.result.subs(n_bonds, 1 / small - 2)
    coefficients = [sp.limit(sp.diff(exact, small, n), small, 0) / sp.factorial(n) for n in range(order)]
    series = sp.Add(*[c * small**n for n, c in enumerate(coefficients)])
    sets = {n: s for n, s in cast(Identity, quantity.statement).domain.sets.items() if n != n_bonds}
    domain = Domain({**sets, small: (0, sp.Rational(1, 3))})
    return Inference(statement=Expansion(exact, cast(Any, series), domain, variable=small, order=order))
