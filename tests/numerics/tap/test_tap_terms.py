"""From the terms of a free energy to functions: separation, inversion, derivatives, and terms that are refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp

from numerics.ising.bonds import checked_bonds
from numerics.tap.functional import TapFunctional
from numerics.tap.gibbs_terms import (
    coupling,
    gibbs_terms,
    inverse_temperature,
    magnetization,
    other_magnetization,
    separated_terms,
)
from numerics.tap.local_terms import inverse_response, local_field, local_terms, separated
from theory.models import ising_pairs
from theory.sums import Sigma, unroll

J, m, M, beta = coupling, magnetization, other_magnetization, inverse_temperature


def functional(bonds: Any, temperature: float, field: Any) -> TapFunctional:
    return TapFunctional(checked_bonds(bonds), 1 / temperature, field, local_terms(gibbs_terms()))


def test_the_derived_terms_are_those_printed() -> None:
    # Barney, Winer and Galitski (2024), equation (19), each pair once.
    up, down = (1 + m) / 2, (1 - m) / 2
    terms = gibbs_terms(2)
    assert sp.simplify(terms.site - (up * sp.log(up) + down * sp.log(down)) / beta) == 0
    assert sp.expand(terms.pair + J * m * M + beta / 2 * J**2 * (1 - m**2) * (1 - M**2)) == 0
    assert sp.expand(gibbs_terms(1).pair + J * m * M) == 0


@pytest.mark.parametrize("order", [0, 3, "two"])
def test_an_order_with_other_terms_than_pairs_is_refused(order: Any) -> None:
    with pytest.raises(ValueError, match="order 1 or 2"):
        gibbs_terms(order)


def test_terms_of_three_spins_and_other_fields_are_refused() -> None:
    i, j, l, n = ising_pairs.i, ising_pairs.j, ising_pairs.l, ising_pairs.n_spins
    s, h = ising_pairs.magnetizations, ising_pairs.fields
    with pytest.raises(ValueError, match="over sites and over pairs"):
        separated_terms(Sigma(s[i] * s[j] * s[l], (i, 1, n), (j, i + 1, n), (l, j + 1, n)))
    with pytest.raises(ValueError, match="fields that enter as -h m"):
        separated_terms(Sigma(h[i] * s[i], (i, 1, n)))


def test_products_add_up_to_the_pair() -> None:
    pair = gibbs_terms().pair
    total = sum(p.left * coupling**p.power * p.right for p in separated(pair))
    assert sp.expand(total - pair) == 0


def test_a_pair_without_common_factors_is_split_by_powers() -> None:
    pair = J**3 * (m**2 + M**2 + 3 * m**2 * M**2)
    total = sum(p.left * coupling**p.power * p.right for p in separated(pair))
    assert sp.expand(total - pair) == 0


@pytest.mark.parametrize("pair", [J * m * M**2, J * m * M + m * M, J * (m - M)])
def test_a_pair_that_is_none_is_refused(pair: sp.Expr) -> None:
    with pytest.raises(ValueError, match="expected a free energy of a pair"):
        separated(pair)


def test_the_response_inverts_the_slope_of_the_entropy() -> None:
    response = inverse_response(gibbs_terms().site)
    slope = sp.lambdify((m, beta), sp.diff(gibbs_terms().site, m))
    for value in (-0.9, 0.1, 0.7):
        assert float(response.subs({local_field: slope(value, 1.7), beta: 1.7})) == pytest.approx(value, rel=1e-14)


def test_values_and_derivatives_are_those_of_the_printed_free_energy(printed: Any, instances: Any) -> None:
    bonds, field = instances.sherrington_kirkpatrick(12, 3), np.linspace(-0.4, 0.5, 12)
    values = np.random.default_rng(1).uniform(-0.95, 0.95, 12)
    tap = functional(bonds, 0.8, field)
    state = tap.from_magnetizations(values)
    assert tap.free_energy(state) == pytest.approx(printed.free_energy(bonds, values, 0.8, field), rel=1e-13)
    roots = np.sqrt(state.profile.susceptibilities)
    hessian = printed.hessian(bonds, values, 0.8)
    assert np.allclose(tap.scaled_hessian(state), roots[:, None] * hessian * roots, rtol=1e-12, atol=1e-13)
    step, slopes = 1e-6, state.local_fields - state.target_fields
    for i in range(12):
        shift = step * np.eye(12)[i]
        change = printed.free_energy(bonds, values + shift, 0.8, field) - printed.free_energy(
            bonds, values - shift, 0.8, field
        )
        assert slopes[i] == pytest.approx(change / (2 * step), abs=1e-8)


@pytest.mark.parametrize("wrong", [J**2 * beta / 4, J**2 * beta, -(J**2) * beta / 2, J**2 / 2])
def test_a_wrong_reaction_has_another_slope(printed: Any, instances: Any, wrong: sp.Expr) -> None:
    # 0 times beta J^2/2 would be naive mean field; here the coefficient, the sign or the temperature is wrong.
    from numerics.tap.gibbs_terms import GibbsTerms

    pair = -J * m * M - wrong * (1 - m**2) * (1 - M**2)
    bonds = instances.sherrington_kirkpatrick(12, 3)
    tap = TapFunctional(
        checked_bonds(bonds), 1.25, np.zeros(12), local_terms(GibbsTerms(site=gibbs_terms().site, pair=pair))
    )
    values = np.linspace(-0.8, 0.8, 12)
    found = tap.free_energy(tap.from_magnetizations(values))
    assert abs(found - printed.free_energy(bonds, values, 0.8, 0.0)) > 0.1


def test_target_fields_are_those_of_the_derived_equations(instances: Any) -> None:
    # The step of the catalogue says beta times the local field of spin i, with the couplings as a symmetric matrix.
    from derivations.spin_glass.tap_equations import build

    step = next(s for s in build().steps if s.name == "TAP equations in a field")
    bonds, field = instances.sherrington_kirkpatrick(4, 2), np.linspace(-0.3, 0.4, 4)
    values, numbers = np.array([0.3, -0.7, 0.1, 0.8]), {ising_pairs.n_spins: 4, beta: 1.25}
    arrays = {ising_pairs.magnetizations: values, ising_pairs.fields: field, ising_pairs.bond_matrix: bonds}
    tap = functional(bonds, 0.8, field)
    target = tap.from_magnetizations(values).target_fields
    for site in range(4):

        def known(atom: Any, site: int = site) -> Any:
            if isinstance(atom, sp.Indexed):
                return sp.Float(arrays[atom.base][tuple(int(k) - 1 for k in atom.indices)])
            return sp.sympify(numbers.get(atom, site + 1), strict=True)

        assert float(unroll(step.result, known)) == pytest.approx(1.25 * target[site], abs=1e-13)
