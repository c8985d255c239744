"""A Gaussian integral in bounds against one with a window in their place: the difference of their logarithms."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Expansion, Identity, Inequality, LimitStatement


@rule("Gaussian integral in bounds", "The error function is the integral of a Gaussian.")
def bounded_integral(
    *, stiffness: sp.Symbol, center: Any, component: sp.Symbol, ends: tuple[Any, Any], domain: Domain
) -> Inference:
    """The integral of exp(-stiffness (component - center)^2 / 2) between two ends."""
    low, high = ends
    root = sp.sqrt(stiffness / 2)
    left = sp.Integral(sp.exp(-stiffness * (component - center) ** 2 / 2), (component, low, high))
    right = sp.sqrt(sp.pi / (2 * stiffness)) * (sp.erf((high - center) * root) + sp.erf((center - low) * root))
    return Inference(statement=Identity(left, right, domain.restricted(left)))


@rule("difference of logarithms", "The logarithm of a ratio, which is near one.")
def difference_of_logarithms(windowed: Step, bounded: Step, *, domain: Domain) -> Inference:
    """What a window adds to the logarithm: the logarithm of one integral, a step's result, less that of another."""
    within, outside = cast(Any, bounded.result), cast(Any, windowed.result)
    left = outside - sp.log(within)
    logarithms, plain = sp.expand_log(outside, force=True).as_independent(sp.log, as_Add=True)[::-1]
    right = sp.log(sp.powsimp(sp.exp(logarithms)).expand(power_exp=False) / within) + plain
    right = right.replace(sp.log, lambda e: sp.log(sp.powdenest(sp.simplify(e), force=True)))
    return Inference(statement=Identity(left, right, domain.restricted(left)))


@rule("about zero", "The mean state is put at zero.")
def centered(error: Step, *, shift: sp.Symbol, domain: Domain) -> Inference:
    """The difference where the mean of the component vanishes."""
    value = sp.simplify(cast(Any, error.result).subs(shift, 0))
    there = domain.extended({shift: sp.FiniteSet(0)})
    return Inference(statement=Identity(error.result, value, there.restricted(error.result)))


@rule("limit", "The limit of each term; an error function far from zero is the sign of its argument.")
def limit_of_error(
    error: Step, *, variable: sp.Symbol, point: Any, inside: dict[Any, Any], domain: Domain, remark: str = ""
) -> Inference:
    """The limit of the difference as the stiffness vanishes, or grows beyond all bounds.

    ``inside`` are values of the other symbols at which the signs are those of the whole domain.
    """
    whole = cast(Any, error.result)
    if point is sp.oo:
        far = {e: sp.sign(e.args[0].subs({**inside, variable: 1})) for e in whole.atoms(sp.erf)}
        whole = whole.xreplace(far)
    value = sp.simplify(sp.limit(whole, variable, point, "+" if point == 0 else "-"))
    claim = LimitStatement(error.result, value, domain.restricted(error.result), variable=variable, point=point)
    return Inference(statement=claim, result=value, remark=remark)


@rule("expansion of the difference", "Beyond the bounds the integrand is exponentially small; the window is left.")
def stiff_expansion(error: Step, *, variable: sp.Symbol, order: int, domain: Domain, remark: str = "") -> Inference:
    """The difference in powers of the inverse stiffness, below an order."""
    inverse = sp.Dummy(positive=True)
    algebraic = sp.Add(*[t for t in sp.Add.make_args(sp.expand_log(error.result, force=True)) if not t.has(sp.erf)])
    series = sp.series(sp.logcombine(algebraic, force=True).subs(variable, 1 / inverse).simplify(), inverse, 0, order)
    right = series.removeO().subs(inverse, 1 / variable)
    claim = Expansion(
        error.result, right, domain.restricted(error.result, variable), variable=variable, order=order, about=sp.oo
    )
    return Inference(statement=claim, remark=remark)


@rule("enclosed between two numbers", "Boxes that cover the interval.")
def between(error: Step, *, low: Any, high: Any, domain: Domain, remark: str = "") -> Inference:
    """The difference lies between two numbers; the obligation is the lower one."""
    value = error.result
    lower, upper = (
        Inequality(value, end, domain.restricted(value), relation=relation)
        for end, relation in ((low, ">="), (high, "<="))
    )
    return Inference(statement=upper, result=value, obligations=(lower,), remark=remark)


@rule("tail", "The tail of a Gaussian is below its density over the distance.")
def tail_bound(bounded: Step, *, stiffness: sp.Symbol, center: sp.Symbol, domain: Domain) -> Inference:
    """What the bounds cut off a Gaussian about zero, as a share of it."""
    inside = cast(Any, bounded.result).subs(center, 0) / sp.sqrt(2 * sp.pi / stiffness)
    share = 1 - sp.simplify(inside)
    bound = sp.exp(-stiffness / 2) * sp.sqrt(2 / (sp.pi * stiffness))
    return Inference(statement=Inequality(share, bound, domain.restricted(share)), result=share)


@rule("all components", "Without a loss the bounds leave a cube, whose volume no rotation changes.")
def all_volumes(error: Step, *, number: sp.Symbol, domain: Domain) -> Inference:
    """What the window adds to the logarithm for any number of components where the stiffness vanishes."""
    left = sp.log((2 * sp.pi) ** (number / 2)) - sp.log(2**number)
    right = number * cast(Any, error.result)
    return Inference(statement=Identity(left, right, domain.restricted(left)))
