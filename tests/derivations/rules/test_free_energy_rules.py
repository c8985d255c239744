"""Rules from an action to its free energy, on actions that they must refuse and on a model with one free spin."""

from typing import Any

import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.rules.extensive_part import extensive_part
from derivations.rules.hubbard_stratonovich import hubbard_stratonovich
from derivations.rules.replica_limit import one_site_limit
from derivations.rules.thermodynamics import energy, entropy, self_consistency
from derivations.spin_glass import sherrington_kirkpatrick as sk
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.models import sherrington_kirkpatrick as model
from theory.models.replica_symbols import a, continued_replicas, n_replicas
from theory.statements import Definition, Identity, LimitStatement

N, beta, h, q = model.n_spins, model.inverse_temperature, model.external_field, model.overlap
t = sp.Symbol("t", positive=True)
DOMAIN = Domain({N: sp.Range(1, sp.oo), beta: (0, 2), h: (-1, 1)})


def entered(d: Derivation, expression: sp.Expr) -> Any:
    step = d.define(Definition(sp.Symbol("action", real=True), expression))
    object.__setattr__(step, "statement", Identity(expression, expression, DOMAIN))
    return step


def test_what_does_not_grow_with_the_system_is_left_out(holds_and_is_sharp):
    d = Derivation("test")
    action = entered(d, N * beta**2 / 4 - beta**2 + h / N)
    step = d.apply(extensive_part, action, model=model.sherrington_kirkpatrick_model(), scale=t)
    assert isinstance(step.statement, LimitStatement)
    assert step.result == N * beta**2 / 4
    holds_and_is_sharp(step.statement)


def test_an_action_that_grows_faster_than_the_system_is_refused():
    d = Derivation("test")
    action = entered(d, N**2 * beta)
    with pytest.raises(ValueError, match="grows like the number of spins"):
        d.apply(extensive_part, action, model=model.sherrington_kirkpatrick_model(), scale=t)


def test_energy_and_entropy_of_free_spins(holds_and_is_sharp):
    d = Derivation("test")
    free = entered(d, -sp.log(2 * sp.cosh(beta * h)) / beta)
    inner = d.apply(energy, free, inverse_temperature=beta)
    holds_and_is_sharp(inner.statement)
    holds_and_is_sharp(d.apply(entropy, free, inner, inverse_temperature=beta).statement)


def test_a_self_consistency_that_does_not_follow_is_refused():
    d = sk.build()
    wrong = d["conjugate overlap"]
    ((lam, value),) = wrong.statement.at
    object.__setattr__(wrong.statement, "at", ((lam, 2 * value),))
    with pytest.raises(ValueError, match="is not stationary"):
        d.apply(self_consistency, d["replica-symmetric free energy"], d["overlap"], wrong)


def test_one_site_term_without_replicas_is_the_mean_logarithm_of_one_spin():
    d = Derivation("test")
    x, y = sp.Symbol("x", positive=True), sp.Symbol("y", real=True)
    transform = d.apply(hubbard_stratonovich, spin=model.spins, replica=a, n_replicas=n_replicas, curvature=x, source=y)
    choices = {"n_replicas": n_replicas, "continued": continued_replicas}
    z = transform.statement.right.family
    assert d.apply(one_site_limit, transform, **choices).result == GaussianMean(sp.log(2 * sp.cosh(y + z)), z, x)
    spoiled = transform.statement.replaced(right=GaussianMean(1 + sp.cosh(z), z, x))
    object.__setattr__(transform, "statement", spoiled)
    with pytest.raises(ValueError, match="mean of a power"):
        d.apply(one_site_limit, transform, **choices)
