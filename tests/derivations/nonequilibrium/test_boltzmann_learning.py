"""Log-likelihood, free energies and relative entropy of a Boltzmann law."""

from __future__ import annotations

from math import exp, fsum, log, sqrt
from typing import Any

import numpy as np
import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.nonequilibrium import boltzmann_learning
from derivations.rules.boltzmann_law import (
    at_equal_laws,
    gibbs_inequality,
    logarithm_of_law,
    mean_over_data,
    relative_entropy,
    vanishing_probability,
    variational_bound,
)
from derivations.rules.density_means import (
    gaussian_mean_of,
    limit_of_width,
    logarithm_of_density,
    mean_over_boxes,
    put_together,
)
from derivations.rules.likelihood_slopes import concave_where_linear, curvature, gradient
from theory.domain import Domain
from theory.models import boltzmann_law as model
from theory.statements import Definition, Inequality, LimitStatement
from theory.sums import unroll

DERIVATION = boltzmann_learning.build()
CLAIMS: dict[str, Any] = {step.name: step.statement for step in DERIVATION if step.needs_verdict}
RULES = (
    at_equal_laws, concave_where_linear, curvature, gaussian_mean_of, gibbs_inequality, gradient, limit_of_width,
    logarithm_of_density, logarithm_of_law, mean_over_boxes, mean_over_data, put_together, relative_entropy,
    vanishing_probability, variational_bound,
)  # fmt: skip
ENERGIES, WEIGHTS = (0.3, -1.1, 2.0, 0.4), (1.0, 2.5, 0.2, 1.3)


def wrong_claims() -> list[Any]:
    """Each step with its sign turned, its value doubled, and each of its terms lost."""
    found = []
    for name, claim in CLAIMS.items():
        if isinstance(claim, Inequality):
            other = {">=": "<=", "<=": ">="}[claim.relation]
            found.append(pytest.param(claim.replaced(relation=other), id=f"{name}: turned"))
            continue
        part = "value" if isinstance(claim, LimitStatement) else "right"
        right = getattr(claim, part)
        if right in (0, 1) or right.is_infinite:
            found.append(pytest.param(claim.replaced(**{part: sp.Integer(2)}), id=f"{name}: 2"))
            continue
        changes = {"sign": -right, "factor": 2 * right}
        changes |= {f"term {k}": right - term for k, term in enumerate(sp.Add.make_args(right)) if right != term}
        for word, changed in changes.items():
            marks = () if word == "sign" else (pytest.mark.slow,)
            found.append(pytest.param(claim.replaced(**{part: changed}), id=f"{name}: {word}", marks=marks))
    return found


@pytest.mark.parametrize("name", CLAIMS)
def test_every_step_holds(name: str) -> None:
    assert verify(CLAIMS[name]).status in ("proved", "enumerated")


@pytest.mark.parametrize("wrong", wrong_claims())
def test_a_slip_in_any_step_is_refuted(wrong: Any) -> None:
    found = verify(wrong)
    assert found.status == "refuted"
    assert found.counterexample is not None


def test_every_rule_is_in_the_derivation_and_nothing_is_typed_in() -> None:
    assert {rule.name for rule in RULES} <= {step.rule for step in DERIVATION}
    assert DERIVATION.stated_steps == 0


def test_nothing_rests_on_a_postulate() -> None:
    assert not [step.name for step in DERIVATION if step.rests_on]


def numbers(expression: Any) -> float:
    """A result at four states with the energies and weights above."""
    values: dict[Any, Any] = {model.n_states: sp.Integer(4)}
    for k, (energy, weight) in enumerate(zip(ENERGIES, WEIGHTS, strict=True), start=1):
        values[model.energies[k]], values[model.weights[k]] = sp.Float(energy), sp.Float(weight)
        values[model.data_law[k]] = sp.Float(weight / fsum(WEIGHTS))
        values[model.model_law[k]] = sp.Float(exp(-energy) / fsum(exp(-e) for e in ENERGIES))
    values[model.partition_function] = sp.Float(fsum(exp(-e) for e in ENERGIES))
    return float(unroll(expression, lambda atom: values.get(atom, atom)))


def test_the_results_are_those_of_four_states_by_hand() -> None:
    q = [weight / fsum(WEIGHTS) for weight in WEIGHTS]
    z = fsum(exp(-energy) for energy in ENERGIES)
    p = [exp(-energy) / z for energy in ENERGIES]
    cost = -fsum(a * log(b) for a, b in zip(q, p, strict=True))
    divergence = fsum(a * log(a / b) for a, b in zip(q, p, strict=True))
    roots = fsum((sqrt(a) - sqrt(b)) ** 2 for a, b in zip(q, p, strict=True))
    assert numbers(DERIVATION["negative log-likelihood"].result) == pytest.approx(cost, rel=1e-12)
    assert numbers(DERIVATION["relative entropy"].result) == pytest.approx(divergence, rel=1e-12)
    bound: Any = DERIVATION["Gibbs inequality"].statement
    assert numbers(bound.right) == pytest.approx(roots, rel=1e-12)
    assert divergence > roots > 0


def test_the_gradient_is_a_difference_quotient() -> None:
    """With the energies E(x, w) = w^2 x / 3 + sin(w x), which are not linear in w."""
    q = [weight / fsum(WEIGHTS) for weight in WEIGHTS]

    def likelihood(w: float) -> float:
        energies = [w * w * k / 3 + np.sin(w * k) for k in range(1, 5)]
        return -fsum(a * e for a, e in zip(q, energies, strict=True)) - log(fsum(exp(-e) for e in energies))

    x, w = model.x, model.parameter
    energy = w**2 * x / 3 + sp.sin(w * x)
    slope: Any = DERIVATION["gradient of the log-likelihood"].result
    slope = slope.replace(model.energy, lambda state, value: energy.xreplace({x: state, w: value})).doit()
    values = {model.n_states: sp.Integer(4), **{model.weights[k + 1]: sp.Float(r) for k, r in enumerate(WEIGHTS)}}
    found = float(unroll(slope, lambda atom: values.get(atom, atom)).subs(w, sp.Float(0.7)))
    step = 1e-5
    assert found == pytest.approx((likelihood(0.7 + step) - likelihood(0.7 - step)) / (2 * step), rel=1e-8)


def test_a_mean_over_another_density_than_a_gaussian_is_its_own_integral() -> None:
    x, m, s = sp.Symbol("x", real=True), sp.Symbol("m", real=True), sp.Symbol("s", positive=True)
    domain = Domain({x: sp.S.Reals, m: sp.S.Reals, s: (0, sp.oo)})
    d = Derivation("moments")
    fourth = d.define(Definition(sp.Symbol("f", real=True), x**4 - x))
    law = (model.gaussian_density(m, s).xreplace({model.place: x}), x, m, s)
    step = d.apply(gaussian_mean_of, fourth, signs=(1,), law=law, domain=domain)
    assert sp.expand(step.result) == m**4 + 6 * m**2 * s + 3 * s**2 - m


def test_an_energy_that_is_not_linear_may_have_a_convex_free_energy() -> None:
    w = model.parameter
    free = -sp.log(1 + sp.exp(-(w**2)))
    assert verify(Inequality(sp.diff(free, w, 2), 0, Domain({w: (-1, 1)}), relation="<=")).status == "refuted"
