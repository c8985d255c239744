"""The law of a work that is a sum of equal squares, and the limit of slow changes."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity, LimitStatement


@rule("change of free energy", "The free energy of the next trap less that of the first.")
def free_energy_change(free_energy: Step, *, following: dict[Any, Any], domain: Domain) -> Inference:
    """The step's result with names renamed to the next ones, less itself."""
    left = free_energy.result.xreplace(following) - free_energy.result
    right = sp.factor(sp.logcombine(sp.expand_log(left), force=True))
    right = sp.expand_log(sp.simplify(right))
    return Inference(statement=Identity(left, right, domain.restricted(left)), result=right)


@rule(
    "law of equal squares",
    "The transform is a power of 1 + s theta: that of theta / 2 times a sum of n squares of standard Gaussian "
    "variables, which has a Gamma law.",
)
def law_of_squares(transform: Step, *, power: Any, work: Any, domain: Domain) -> Inference:
    """Density, shape and scale of the Gamma law whose transform the step has; checked by transforming it back.

    Raises
    ------
    ValueError
        If the transform is no constant times log(1 + theta s).
    """
    logarithms = list(transform.result.atoms(sp.log))
    if len(logarithms) != 1:
        raise ValueError(f"expected a multiple of one logarithm; found {transform.result}")
    argument = logarithms[0].args[0]
    scale = sp.factor(sp.diff(argument, power) / argument.subs(power, 0))
    shape = sp.cancel(-transform.result / logarithms[0])
    density = work ** (shape - 1) * sp.exp(-work / scale) / (sp.gamma(shape) * scale**shape)
    whole = sp.Integral(density * sp.exp(-power * work), (work, 0, sp.oo))
    claim = Identity(whole, sp.exp(transform.result), domain.restricted(whole, transform.result))
    return Inference(statement=claim, result=sp.Tuple(density, shape, scale))


@rule(
    "slow change",
    "In a slow change each step starts in equilibrium. In equal factors of the stiffness the mean work of n steps "
    "tends to the change of free energy.",
)
def slow_change(moments: Step, change: Step, *, first: Any, last: Any, number: Any, domain: Domain) -> Inference:
    """The limit of ``number`` steps from equilibrium, each with the mean work that ``moments`` tells."""
    ratio = (last / first) ** (1 / number)
    mean = -moments.result[1]
    each = mean.xreplace({last: first * ratio})
    whole = number * sp.simplify(each)
    return Inference(
        statement=LimitStatement(whole, change.result, domain.restricted(whole), variable=number, point=sp.oo),
        result=change.result,
    )
