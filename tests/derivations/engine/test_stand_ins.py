"""Claims about undetermined functions are proved for all of them, and refuted by instances that are named."""

import pytest
import sympy as sp

from derivations.engine.verify import verify
from theory.domain import Domain
from theory.statements import Identity

x, D = sp.symbols("x D")
V, p = sp.Function("V"), sp.Function("p")
PLACE = Domain({x: (-2, 2), D: (0, 3)})
CURRENT = D * sp.Derivative(sp.exp(-V(x) / D), x) + sp.Derivative(V(x), x) * sp.exp(-V(x) / D)


def test_a_claim_about_every_potential_is_proved():
    verdict = verify(Identity(CURRENT, 0, PLACE))
    assert verdict.status == "proved"
    assert any("with V(u) =" in text for e in verdict.evidence for text in e.instances)


def test_a_wrong_claim_is_refuted_by_a_potential_that_is_named():
    verdict = verify(Identity(CURRENT, sp.Derivative(V(x), x), PLACE))
    assert verdict.status == "refuted"
    assert "with V(u) =" in verdict.counterexample.note


def test_a_claim_true_of_some_functions_only_is_refuted():
    assert verify(Identity(sp.Derivative(p(x), (x, 3)), 0, PLACE)).status == "refuted"
    assert verify(Identity(p(x) ** 2 + p(-x) ** 2, 2 * p(x) * p(-x), PLACE)).status == "refuted"


@pytest.mark.parametrize("assumptions", [{"negative": True}, {"integer": True}])
def test_a_function_with_other_assumptions_has_no_instance(assumptions):
    h = sp.Function("h", **assumptions)
    assert verify(Identity(sp.Abs(h(x)), -h(x), PLACE)).status == "inconclusive"


POSITIVE = sp.Function("q", positive=True)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (sp.sqrt(p(x) ** 2), p(x)),
        (sp.log(p(x) ** 2), 2 * sp.log(p(x))),
        (sp.Abs(p(x)), p(x)),
        (sp.log(p(x) * V(x)), sp.log(p(x)) + sp.log(V(x))),
        (sp.sqrt(p(x)) * sp.sqrt(V(x)), sp.sqrt(p(x) * V(x))),
        (sp.log(POSITIVE(x) / p(x)), sp.log(POSITIVE(x)) - sp.log(p(x))),
    ],
)
def test_what_holds_of_positive_functions_only_is_no_claim_about_all(left, right):
    assert verify(Identity(left, right, PLACE)).status == "refuted"


def test_a_function_that_is_declared_positive_is_positive():
    q, other = POSITIVE(x), sp.Function("r", positive=True)(x)
    assert verify(Identity(sp.log(q * other), sp.log(q) + sp.log(other), PLACE)).holds is True
    assert verify(Identity(sp.log(q * other), sp.log(q) - sp.log(other), PLACE)).holds is False
