"""The free energy of layers in fields: its form over bonds, the quadratic action as an instance, and slips in both."""

import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.rules.low_order import low_order
from derivations.rules.over_bonds import over_bonds
from derivations.spin_glass import multilayer_free_energy, multilayer_replicas
from theory.averages import GaussianMean
from theory.models import multilayer as model
from theory.statements import Definition, Expansion, Identity
from theory.sums import Sigma, unfold, unroll

k, beta = model.k, model.inverse_temperature
N, C, q, lam = model.layer_sizes, model.weight_variances, model.off_diagonal, model.conjugate_off_diagonal


@pytest.fixture(scope="module")
def derivation() -> Derivation:
    return multilayer_free_energy.build()


def test_every_step_is_computed(derivation):
    assert derivation.stated_steps == 0
    assert {step.rule for step in derivation} >= {low_order.name, over_bonds.name}
    assert {"saddle point", "replica symmetry"} <= set(derivation["free energy over bonds"].rests_on)


def test_neighbors_enter_by_what_their_overlaps_lack(derivation):
    """Without the means: minus beta/2 times the sum of N C (1 - q)(1 - q') over bonds, per spin, at three layers."""
    found = derivation["free energy over bonds"].result
    table = {model.n_bonds: sp.Integer(2)}
    bare = unroll(
        found.replace(lambda e: isinstance(e, GaussianMean), lambda _: sp.Integer(0)),
        lambda atom: table.get(atom, atom),
    )
    bonds = sum(C[b] * N[b] * (1 - q[b - 1]) * (1 - q[b]) for b in (1, 2))
    assert sp.simplify(bare + beta * bonds / (2 * (N[0] + N[1] + N[2]))) == 0


def test_form_over_bonds_holds_and_slips_are_refuted(derivation):
    claim = derivation["free energy over bonds"].statement
    assert isinstance(claim, Identity) and claim.left != claim.right
    assert verify(claim).status == "proved"
    slips = (claim.right.subs(beta, 2 * beta), unfold(claim.right, q[k], -q[k]), unfold(claim.right, C[k], C[k - 1]))
    for wrong in slips:
        assert verify(claim.replaced(right=wrong), repair=False).status == "refuted"


def test_quadratic_action_is_an_instance_to_second_order_and_no_further(derivation):
    claim = derivation["action to second order"].statement
    assert isinstance(claim, Expansion)
    assert derivation["action to second order"].result == multilayer_replicas.build()["action per replica"].result
    assert verify(claim).status == "proved"
    for wrong in (
        claim.replaced(order=4),
        claim.replaced(right=unfold(claim.right, lam[k], -lam[k])),
        claim.replaced(right=claim.right.subs(beta, 2 * beta)),
        claim.replaced(
            right=claim.right + Sigma(N[k] * q[k] ** 2, (k, 0, model.n_bonds)) * multilayer_replicas.SMALL**2
        ),
    ):
        assert verify(wrong, repair=False).status == "refuted"


def test_two_means_in_a_layer_are_refused():
    d, z = Derivation("test"), sp.Symbol("z", real=True)
    means = GaussianMean(sp.cosh(z), z, q[k]) + GaussianMean(sp.cosh(z) ** 3, z, q[k])
    step = d.define(Definition(sp.Symbol("f"), Sigma(means, (k, 0, model.n_bonds)) / beta))
    object.__setattr__(step, "statement", Identity(0, 0, model.multilayer_domain()))
    with pytest.raises(ValueError, match="one Gaussian mean in each layer"):
        d.apply(over_bonds, step, mean=multilayer_free_energy.site_mean[k])
