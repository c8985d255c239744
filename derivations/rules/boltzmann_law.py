"""What the logarithm of a Boltzmann law gives once it is averaged over another law."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity, Inequality, LimitStatement
from theory.sums import Sigma

States = tuple[sp.Symbol, Any, Any]
"""An index of states with its first and its last value."""


@rule("logarithm of the law", "The logarithm of a Boltzmann law is linear in the energy.")
def logarithm_of_law(law: Step, *, states: States, domain: Domain) -> Inference:
    """The logarithm of a law in separate terms; that the law is normalized is an obligation."""
    name, value = law.defines, cast(Any, law.result)
    split = sp.expand_log(sp.log(value), force=True)
    inside = domain.extended({states[0]: sp.Range(states[1], states[2] + 1)})
    claim = Identity(sp.log(name), split, inside)
    return Inference(statement=claim, obligations=(_normalized(name, states, domain),))


@rule(
    "mean over the data",
    "A mean over a normalized law: what does not depend on the state is taken out of the sum.",
)
def mean_over_data(logarithm: Step, data: Step, *, states: States, domain: Domain) -> Inference:
    """Minus the mean over the data of a logarithm: the negative log-likelihood."""
    index, weight = states[0], data.defines
    constant, rest = (-cast(Any, logarithm.result)).as_independent(index, as_Add=True)
    value = Sigma(weight * rest, states) + constant
    left = -Sigma(weight * cast(Any, logarithm.statement).left, states)
    claim = Identity(left, value, domain)
    return Inference(statement=claim, obligations=(_normalized(weight, states, domain),))


@rule("relative entropy", "The logarithm of a ratio is a difference: the mean energy less the entropy, and log Z.")
def relative_entropy(likelihood: Step, data: Step, law: Step, *, states: States, domain: Domain) -> Inference:
    """D(q || p) by the entropy of the data and their negative log-likelihood."""
    weight = data.defines
    left = Sigma(weight * sp.log(weight / law.defines), states)
    right = Sigma(weight * sp.log(weight), states) + likelihood.result
    return Inference(statement=Identity(left, right, domain))


@rule(
    "Gibbs inequality",
    "$\\log u \\le u - 1$ for each state, with $u$ the root of the ratio of the probabilities; summed over the states, "
    "since both laws are normalized.",
)
def gibbs_inequality(divergence: Step, data: Step, law: Step, *, states: States, domain: Domain) -> Inference:
    """The relative entropy is at least the squared distance of the roots, which vanishes only where the laws agree."""
    first, second = data.defines, law.defines
    u, v = sp.symbols("u v", positive=True)
    each = Inequality(
        u * sp.log(u / v) - u + v, (sp.sqrt(u) - sp.sqrt(v)) ** 2, Domain({u: (0, sp.oo), v: (0, sp.oo)}), relation=">="
    )
    left = cast(Any, divergence.statement).left
    right = Sigma((sp.sqrt(first) - sp.sqrt(second)) ** 2, states)
    claim = Inequality(left, right, domain, relation=">=")
    obligations = (each, *(_normalized(name, states, domain) for name in (first, second)))
    return Inference(statement=claim, obligations=obligations)


@rule("variational principle", "The relative entropy, which is not negative, is a difference of free energies.")
def variational_bound(inequality: Step, divergence: Step, *, helmholtz: Any) -> Inference:
    """The Gibbs free energy of any law is at least that of Helmholtz."""
    total = cast(Any, divergence.result) + helmholtz
    domain = cast(Any, inequality.statement).domain
    return Inference(statement=Inequality(total, helmholtz, domain, relation=">="), result=total)


@rule("equality", "Where the law of the data is the model's, every ratio of probabilities is one.")
def at_equal_laws(divergence: Step, *, equation: sp.Eq, sets: dict[Any, Any]) -> Inference:
    """The relative entropy of a law from itself; ``equation`` makes both laws one."""
    left = cast(Any, divergence.statement).left
    domain = cast(Any, divergence.statement).domain
    return Inference(statement=Identity(left, sp.S.Zero, domain.extended(sets, [equation])))


@rule("probability that vanishes", "The limit of one term of the relative entropy as a probability tends to zero.")
def vanishing_probability(*, term: Any, variable: sp.Symbol, remark: str, domain: Domain) -> Inference:
    """The limit of a term as one of its probabilities vanishes."""
    value = sp.limit(term, variable, 0, "+")
    claim = LimitStatement(term, value, domain, variable=variable, point=0)
    return Inference(statement=claim, result=value if value.is_finite else None, remark=remark)


def _normalized(name: Any, states: States, domain: Domain) -> Identity:
    total = Sigma(name, states)
    return Identity(total, sp.S.One, domain)
