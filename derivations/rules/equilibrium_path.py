"""How thermodynamic functions change along a path of equilibria."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma


@rule(
    "first law along a path",
    "At a fixed temperature the mean loss less the temperature times the thermodynamic entropy is the thermodynamic "
    "free energy.",
)
def law_along_a_path(
    thermal: Step, complexity: Step, *, inverse_temperature: sp.Symbol, along: sp.Symbol, domain: Domain
) -> Inference:
    """dU - T dS_0 - T dC = d(A - T C) at a fixed temperature; the result is the right side."""
    beta, part = inverse_temperature, cast(Any, thermal.result)
    loss, entropy = sp.Derivative(beta * part, beta), beta**2 * sp.Derivative(part, beta)
    changed = cast(Any, complexity.result)
    left = sp.Derivative(loss, along) - (sp.Derivative(entropy, along) + sp.Derivative(changed, along)) / beta
    right = sp.Derivative(part - changed / beta, along)
    return Inference(statement=Identity(left, right, domain.restricted(left)), result=right)


@rule(
    "first law along the temperatures",
    "Where the thermodynamic free energy depends on the temperature only, its loss and entropy balance by themselves.",
)
def law_along_the_temperatures(*, thermal: Any, inverse_temperature: sp.Symbol, domain: Domain) -> Inference:
    """d U / d beta = T d S_0 / d beta for any A(beta): nothing is left for a change of the complexity."""
    beta = inverse_temperature
    left = sp.Derivative(sp.Derivative(beta * thermal, beta), beta)
    value = sp.Derivative(beta**2 * sp.Derivative(thermal, beta), beta) / beta
    return Inference(statement=Identity(left, value, domain.restricted(left)))


@rule("held free energy", "The complexity is solved for.")
def held_free_energy(thermal: Step, *, value: sp.Symbol, inverse_temperature: sp.Symbol, domain: Domain) -> Inference:
    """C = beta (A - F) for which A - T C keeps one ``value``; the result is C."""
    complexity = inverse_temperature * (cast(Any, thermal.result) - value)
    left = cast(Any, thermal.result) - complexity / inverse_temperature
    return Inference(statement=Identity(left, value, domain.restricted(left)), result=complexity)


@rule("one more large eigenvalue", "The next eigenvalue is counted among the large ones.")
def recounted(free: Step, *, number: sp.Symbol, domain: Domain) -> Inference:
    """The change of a free energy of large eigenvalues where their ``number`` grows by one."""
    whole = cast(Any, free.result)
    left = sp.expand(whole.subs(number, number + 1) - whole, log=False)
    value: Any = sp.S.Zero
    for term in sp.Add.make_args(sp.expand(whole, log=False)):
        sums = term.atoms(Sigma)
        if sums:
            (node,) = sums
            value += term.xreplace({node: node.at(number + 1)})
        else:
            value += sp.expand(term.subs(number, number + 1) - term, log=False)
    value = sp.factor_terms(value)
    return Inference(statement=Identity(left, value, domain.restricted(left, value)), result=value)
