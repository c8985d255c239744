"""The second law with its gap, variances of weights, and fast and slow driving."""

from __future__ import annotations

from itertools import product
from math import exp, fsum, log
from typing import Any

import pytest
import sympy as sp

from derivations.engine.verify import verify
from derivations.nonequilibrium import driving_speed, second_law
from derivations.rules.dissipated_work import (
    mean_dissipation,
    not_negative,
    relative_variance,
    reweighted,
    variance_bound,
    work_of_a_path,
)
from derivations.rules.dissipated_work import (
    second_law as second_law_rule,
)
from derivations.rules.protocol_limits import (
    back_is_positive,
    both_orders,
    equal_steps,
    free_energy_perturbation,
    half_and_half,
    independent_weights,
    many_steps,
    more_steps_vary_less,
    one_of_many,
    orders_differ_little,
    slow_bound,
    small_step,
    spent_in_all,
    sudden_dissipation,
)
from derivations.rules.work_cumulants import cumulants_of_work, gaussian_crooks, gaussian_spread, gaussian_work
from theory.models import work_laws as model
from theory.statements import Expansion, Identity, Inequality
from theory.sums import unroll

DERIVATIONS = {module.IDENTIFIER: module.build() for module in (second_law, driving_speed)}
CLAIMS: dict[str, Any] = {
    f"{name}: {step.name}": step.statement for name, d in DERIVATIONS.items() for step in d if step.needs_verdict
}
RULES = (
    back_is_positive, both_orders, cumulants_of_work, equal_steps, free_energy_perturbation, gaussian_crooks,
    gaussian_spread, gaussian_work, half_and_half, independent_weights, many_steps, mean_dissipation,
    more_steps_vary_less, not_negative, one_of_many, orders_differ_little, relative_variance, reweighted,
    second_law_rule, slow_bound, small_step, spent_in_all, sudden_dissipation, variance_bound, work_of_a_path,
)  # fmt: skip


def wrong(claim: Any) -> list[tuple[str, Any]]:
    """The other relation; or the sign of a side, its double, and each of its terms lost."""
    if isinstance(claim, Inequality):
        return [("turned", claim.replaced(relation={">=": "<=", "<=": ">="}[claim.relation]))]
    if claim.right == 0:
        return [("not zero", claim.replaced(right=claim.variable**2))]
    terms = sp.Add.make_args(claim.right)
    changes = {"sign": -claim.right, "factor": 2 * claim.right}
    changes |= {f"term {k}": claim.right - term for k, term in enumerate(terms) if len(terms) > 1}
    return [(word, claim.replaced(right=right)) for word, right in changes.items()]


def slips() -> list[Any]:
    found = []
    for name, claim in CLAIMS.items():
        for place, (word, slip) in enumerate(wrong(claim)):
            marks = (pytest.mark.slow,) if place else ()
            found.append(pytest.param(slip, id=f"{name}: {word}", marks=marks))
    return found


@pytest.mark.parametrize("slip", slips())
def test_a_slip_in_any_step_is_refuted(slip: Any) -> None:
    found = verify(slip)
    assert found.status == "refuted"
    assert found.counterexample is not None


@pytest.mark.parametrize("name", CLAIMS)
def test_every_step_holds(name: str) -> None:
    assert verify(CLAIMS[name]).status in ("proved", "enumerated")


def test_every_rule_is_used_and_nothing_is_typed_in() -> None:
    assert {rule.name for rule in RULES} <= {step.rule for d in DERIVATIONS.values() for step in d}
    assert not any(d.stated_steps for d in DERIVATIONS.values())


def test_only_expansions_are_rested_on() -> None:
    rests = {name for d in DERIVATIONS.values() for step in d for name in step.rests_on}
    assert all(name.startswith("expansion: ") for name in rests)


def chain_paths() -> list[tuple[float, float, float]]:
    """Probability, reverse probability and work of each path of a chain of three states and two steps."""
    energies = ((0.0, 0.7, -0.4), (0.5, -0.2, 0.3), (1.1, 0.1, -0.9))
    flow = ((0.5, 0.2, 0.3), (0.2, 0.9, 0.1), (0.3, 0.1, 0.4))

    def equilibrium(at: int) -> list[float]:
        weights = [exp(-e) for e in energies[at]]
        return [weight / fsum(weights) for weight in weights]

    def step(at: int, a: int, b: int) -> float:
        """Metropolis's acceptance of moves that are proposed alike in both directions."""
        move = flow[a][b] * min(1.0, exp(energies[at][a] - energies[at][b]))
        stay = 1 - fsum(flow[a][c] * min(1.0, exp(energies[at][a] - energies[at][c])) for c in range(3) if c != a)
        return stay if a == b else move

    found = []
    for x in product(range(3), repeat=3):
        forward, backward = equilibrium(0)[x[0]], equilibrium(2)[x[2]]
        for t in (1, 2):
            forward *= step(t - 1, x[t - 1], x[t])
            backward *= step(t - 1, x[t], x[t - 1])
        work = fsum(energies[t][x[t]] - energies[t - 1][x[t]] for t in (1, 2))
        found.append((forward, backward, work))
    return found


def test_the_results_are_those_of_a_chain_path_by_path() -> None:
    """The laws of both chains are computed step by step; Crooks' relation between them is found, not put in."""
    paths = chain_paths()
    free = -log(fsum(p * exp(-w) for p, _, w in paths))
    assert all(r == pytest.approx(p * exp(free - w), rel=1e-12) for p, r, w in paths)
    values: dict[Any, Any] = {model.n_paths: sp.Integer(len(paths))}
    for k, (p, r, w) in enumerate(paths, start=1):
        values |= {model.forward[k]: sp.Float(p), model.reverse[k]: sp.Float(r), model.work[k]: sp.Float(w)}
        values[model.observable[k]] = sp.Integer(k)

    def number(expression: Any) -> float:
        return float(unroll(expression, lambda atom: values.get(atom, atom)))

    expected = {
        "dissipated work": fsum(p * w for p, _, w in paths) - free,
        "dissipated work of the reverse process": free - fsum(r * w for _, r, w in paths),
        "variance of the weights": fsum(p * exp(-2 * w) for p, _, w in paths) * exp(2 * free) - 1,
        "weighted means have no bias": fsum(p * exp(-w) * k for k, (p, _, w) in enumerate(paths, start=1)),
    }
    for name, value in expected.items():
        assert number(DERIVATIONS["second-law"][name].result) == pytest.approx(value, rel=1e-10)


def test_a_slow_stiffening_trap_dissipates_half_its_fisher_information() -> None:
    expansion: Any = DERIVATIONS["fast-and-slow-driving"]["slow stiffened trap"].statement
    assert isinstance(expansion, Expansion)
    kappa = 3.0
    exact = fsum(0.5 * (kappa**0.001 - 1 - log(kappa) / 1000) for _ in range(1000))
    leading = float(expansion.right.subs({model.stiffening: kappa, model.n_steps: 1000}))
    assert exact == pytest.approx(leading, rel=1e-3)


def test_weights_of_paths_that_are_not_crooks_own_have_another_mean() -> None:
    w = model.path
    other = model.over_paths(model.forward[w] * sp.exp(-model.work[w]) * model.observable[w])
    wrong_law = model.exponential_mean() * model.over_paths(model.forward[w] * model.observable[w])
    assert verify(Identity(other, wrong_law, model.paths_domain())).status == "refuted"
