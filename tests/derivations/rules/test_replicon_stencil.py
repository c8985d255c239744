"""The chain of the replicon sector: its entries against numbers, and slips that are refuted."""

import numpy as np
import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.rules.replicon_stencil import free_stencil, sector_form
from derivations.spin_glass import results
from derivations.spin_glass.multilayer_stability import build, covariance
from numerics import lower
from theory.models import multilayer as model
from theory.statements import Definition, Identity
from theory.sums import Sigma, unroll

k, i, j = model.k, model.i, model.j


@pytest.fixture(scope="module")
def surface() -> Derivation:
    return build()


def test_every_step_is_computed(surface):
    assert surface.stated_steps == 0
    assert {s.rule for s in surface} >= {sector_form.name, free_stencil.name}


def test_stencil_eliminates_the_conjugates_of_unequal_layers(surface):
    sizes, variances, weights, beta = (3.0, 5.0, 2.0), (0.7, 1.3), (0.9, 0.6, 0.8), 0.8
    bonds = np.zeros((3, 3))
    for layer in (1, 2):
        bonds[layer - 1, layer] = bonds[layer, layer - 1] = beta**2 * variances[layer - 1] * sizes[layer]
    whole = np.block([[bonds, np.diag(sizes)], [np.diag(sizes), np.diag(np.multiply(sizes, weights))]])
    eliminated = whole[:3, :3] - whole[:3, 3:] @ np.linalg.inv(whole[3:, 3:]) @ whole[3:, :3]
    table = {model.n_bonds: sp.Integer(2), model.inverse_temperature: sp.Float(beta)}
    table |= {model.layer_sizes[a]: sp.Float(n) for a, n in enumerate(sizes)}
    table |= {model.weight_variances[a]: sp.Float(c) for a, c in enumerate(variances, start=1)}
    table |= {covariance[a]: sp.Float(g) for a, g in enumerate(weights)}
    entry = surface["replicon stencil"].result
    for row in range(3):
        for column in range(3):
            places = {**table, i: sp.Integer(row), j: sp.Integer(column)}
            found = float(unroll(entry, lambda atom, places=places: places.get(atom, atom)))
            assert found == pytest.approx(-eliminated[row, column], rel=1e-12)


def test_stencil_around_free_spins_is_the_hessian_and_slips_are_refuted(surface):
    claim = surface["replicon stencil around free spins"].statement
    assert verify(claim).status == "proved"
    assert verify(claim.replaced(right=2 * claim.right)).status == "refuted"
    form = surface["form of the replicon sector"].statement
    assert verify(form.replaced(right=-form.right)).status == "refuted"


def test_a_form_without_squares_of_one_layer_is_refused():
    d, lam = Derivation("test"), model.conjugate_off_diagonal
    step = d.define(Definition(sp.Symbol("F"), Sigma(lam[k - 1] * lam[k], (k, 1, model.n_bonds))))
    object.__setattr__(step, "statement", Identity(0, 0, model.multilayer_domain()))
    with pytest.raises(ValueError, match="squares of the conjugate"):
        d.apply(sector_form, step, conjugate=lam[k], covariance=covariance[k])


def test_the_surface_is_where_the_largest_eigenvalue_of_the_bonds_is_one(surface):
    """At temperatures on either side of that point the stencil itself has a least eigenvalue of either sign."""
    sizes, variances, weights = (3.0, 5.0, 2.0), (0.7, 1.3), (0.9, 0.6, 0.8)
    names = (
        model.layer_sizes[j - 1],
        model.layer_sizes[j],
        model.weight_variances[j],
        covariance[j - 1],
        covariance[j],
    )
    bond = lower(results.replicon_bond(), (model.inverse_temperature, *names))
    unit = [float(bond(1.0, sizes[a - 1], sizes[a], variances[a - 1], weights[a - 1], weights[a])) for a in (1, 2)]
    critical = 1 / np.sqrt(np.linalg.eigvalsh(-np.diag(unit, 1) - np.diag(unit, -1))[-1])
    for beta, sign in ((critical * 0.999, 1), (critical * 1.001, -1)):
        off = [-(beta**2) * variances[a - 1] * sizes[a] for a in (1, 2)]
        stencil = np.diag(np.divide(sizes, weights)) + np.diag(off, 1) + np.diag(off, -1)
        assert np.sign(np.linalg.eigvalsh(stencil)[0]) == sign


def test_slips_in_the_scaled_bond_are_refuted(surface):
    claim = surface["bond of the scaled replicon stencil"].statement
    assert verify(claim).status == "proved"
    for wrong in (-claim.right, claim.right.subs(covariance[j], covariance[j - 1]), claim.right * covariance[j]):
        assert verify(claim.replaced(right=wrong), repair=False).status == "refuted"
