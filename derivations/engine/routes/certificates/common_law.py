"""Linear combinations of means over one Gaussian law, proved equal by what is averaged.

Where all the means exist, and the variance is not negative, their combination is the mean of the combination of their
integrands. If that one vanishes for every value of the variable, the equation holds wherever both sides are defined.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.normal_forms.normal_form import Equation, by_normal_form
from theory.averages import GaussianMean
from theory.sums import rename

MOST_MEANS = 12


def by_common_law(equation: Equation) -> str:
    """How the integrands are proved equal; an empty text where the means are over several laws, or that fails."""
    if not 2 <= len(equation.left.atoms(GaussianMean) | equation.right.atoms(GaussianMean)) <= MOST_MEANS:
        return ""
    z = sp.Dummy("z", real=True)
    positive = {n: sp.Dummy(positive=True) for n, s in equation.domain.sets.items() if _is_positive(n, s)}
    found = _integrand(sp.expand(equation.left - equation.right), z, positive)
    if found is None:
        return ""
    inside = equation.domain.extended({z: sp.S.Reals})
    try:
        technique = by_normal_form(replace(equation, left=found, right=sp.S.Zero, domain=inside))
    except UnsupportedError:
        return ""
    return f"{technique} of what is averaged" if technique else ""


def _is_positive(name: Any, chosen: sp.Set) -> bool:
    return isinstance(name, sp.Symbol) and isinstance(chosen, sp.Interval) and chosen.start.is_nonnegative is True


def _integrand(difference: Any, z: sp.Dummy, positive: dict[Any, Any]) -> Any | None:
    """The one integrand in ``z`` whose mean is the difference; None where there is not one real law."""
    laws, total = set(), sp.S.Zero
    for term in sp.Add.make_args(difference):
        means = [f for f in sp.Mul.make_args(term) if isinstance(f, GaussianMean)]
        weight = sp.Mul(*[f for f in sp.Mul.make_args(term) if f not in means])
        if len(means) > 1 or weight.has(GaussianMean) or any(mean.ranges for mean in means):
            return None
        laws |= {mean.variance for mean in means}
        total += weight * sp.Mul(*[rename(mean.body, mean.family, z) for mean in means])
    return total if len(laws) == 1 and all(law.xreplace(positive).is_nonnegative for law in laws) else None
