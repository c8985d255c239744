"""A free energy in two parts, one of the temperature alone and one that the temperature multiplies."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import Range
from theory.domain import Domain
from theory.statements import Expansion, Identity, Postulate
from theory.sums import Sigma

FEW_SMALL = Postulate(
    name="large eigenvalues dominate",
    claim="Of the sum of log(1 + beta lambda_i) only the eigenvalues far above 1 / beta count, each by its leading "
    "term, and their number does not depend on the temperature.",
    justification="In equilibrium the loss is stationary in weights and biases at every temperature; then the free "
    "energy is a sum of two parts, which that of all eigenvalues is not.",
    test="The dropped terms against those kept, on trained networks at several temperatures.",
)


@rule("large eigenvalue", "Far above the temperature the one under the logarithm is small.")
def large_argument(*, inverse_temperature: sp.Symbol, eigenvalue: sp.Symbol, domain: Domain) -> Inference:
    """log(1 + beta lambda) = log beta + log lambda + O(1 / lambda); the result is the leading part."""
    left = sp.log(1 + inverse_temperature * eigenvalue)
    right = sp.log(inverse_temperature) + sp.log(eigenvalue)
    statement = Expansion(left, right, domain.restricted(left), variable=eigenvalue, order=1, about=sp.oo)
    return Inference(statement=statement, result=right)


@rule("large eigenvalues alone", "Only large eigenvalues are kept, each by its leading term.")
def large_eigenvalues(
    free: Step, leading: Step, *, eigenvalue: sp.Symbol, entry: sp.Indexed, large: Range, domain: Domain
) -> Inference:
    """The free energy with the sum over all eigenvalues replaced by that over the large ones; its parts are apart."""
    (sum_node,) = cast(Any, free.result).atoms(Sigma)
    index, low, number = large
    kept = Sigma(cast(Any, leading.result).xreplace({eigenvalue: entry}), large)
    left = cast(Any, free.result).xreplace({sum_node: kept})
    parts = [Sigma(t, large) for t in sp.Add.make_args(kept.summand) if t.has(sp.IndexedBase)]
    count = sp.Add(*[t for t in sp.Add.make_args(kept.summand) if not t.has(sp.IndexedBase)])
    apart = sp.Add(*[Sigma(sp.log(entry), large) for _ in parts]) + (number - low + 1) * count
    value = sp.expand(cast(Any, free.result).xreplace({sum_node: apart}), log=False)
    known = domain.restricted(left, value, index)
    return Inference(statement=Identity(left, value, _without(known, index)), result=value, postulates=(FEW_SMALL,))


def _without(domain: Domain, index: sp.Symbol) -> Domain:
    return Domain({n: s for n, s in domain.sets.items() if n != index}, domain.constraints)


@rule("part of the temperature alone", "Terms that are not a number over beta make the thermodynamic free energy.")
def thermal_part(free: Step, *, inverse_temperature: sp.Symbol, domain: Domain) -> Inference:
    """F = A - C / beta, with all of C free of the temperature; the result is A.

    Raises
    ------
    ValueError
        If a term depends on the temperature otherwise and on the entries of a family too.
    """
    terms = sp.Add.make_args(free.result)
    thermal = sp.Add(*[t for t in terms if (t * inverse_temperature).has(inverse_temperature)])
    if thermal.has(sp.Indexed):
        raise ValueError(f"expected a function of {inverse_temperature} beside the terms over it; found {thermal}")
    rest = sp.Add(*[-inverse_temperature * t for t in terms if not (t * inverse_temperature).has(inverse_temperature)])
    right = thermal - rest / inverse_temperature
    slope = sp.Derivative(-inverse_temperature * (cast(Any, free.result) - thermal), inverse_temperature)
    known = domain.restricted(free.result)
    return Inference(
        statement=Identity(free.result, right, known), result=thermal, obligations=(Identity(slope, 0, known),)
    )


@rule("complexity", "What the temperature multiplies.")
def configuration_part(free: Step, thermal: Step, *, inverse_temperature: sp.Symbol, domain: Domain) -> Inference:
    """C = beta (A - F); the result has no temperature."""
    left = inverse_temperature * (thermal.result - free.result)
    return Inference(statement=Identity(left, sp.expand(left, log=False), domain.restricted(left)))


@rule("thermodynamic entropy", "The entropy of the part of the free energy that depends on the temperature alone.")
def thermodynamic_entropy(
    energy: Step, *thermal: Step, inverse_temperature: sp.Symbol, domain: Domain, part: Any = None
) -> Inference:
    """S_0 = beta (U - A); the claim is that it is beta^2 d A / d beta.

    A is the result of the step ``thermal``, or ``part`` where A is any function.
    """
    part = thermal[0].result if thermal else part
    value = sp.expand(inverse_temperature * (energy.result - part), log=False)
    left = inverse_temperature**2 * sp.Derivative(part, inverse_temperature)
    return Inference(statement=Identity(left, value, domain.restricted(left)))


@rule("entropy by the loss", "The temperature is put in by the mean loss that belongs to it.")
def entropy_of_energy(
    entropy: Step, energy: Step, *, inverse_temperature: sp.Symbol, loss: sp.Symbol, domain: Domain
) -> Inference:
    """The entropy as a function of the mean energy; the claim is that it returns at the energy of the temperature."""
    (at,) = sp.solve(sp.Eq(energy.result, loss), inverse_temperature)
    value = sp.expand(sp.expand_log(cast(Any, entropy.result).subs(inverse_temperature, at), force=True), log=False)
    left = value.subs(loss, energy.result)
    return Inference(statement=Identity(left, entropy.result, domain.restricted(left, entropy.result)), result=value)
