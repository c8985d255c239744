"""The rules that serve pairs of spins take any number of them, unchanged; wrong forms are refuted."""

import pytest
import sympy as sp

from derivations.engine.verify import verify
from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.models.p_spin import p_spin_model
from theory.models.sherrington_kirkpatrick import external_field as h
from theory.models.sherrington_kirkpatrick import inverse_temperature as beta
from theory.models.sherrington_kirkpatrick import overlap as q
from theory.statements import Identity

z = sp.Symbol("z", real=True)
WHERE = Domain({beta: (0, 2), h: (-1, 1), q: (0, 1)})


def in_print(p: int, power: int) -> sp.Expr:
    """The free energy as E. Gardner writes it (Nuclear Physics B 257, 747 (1985)), for couplings with J = 1."""
    polynomial = beta**2 * (1 - p * q**power + (p - 1) * q**p) / 4
    local = beta * sp.sqrt(p * q ** (p - 1) / 2) * z + beta * h
    return -(polynomial + GaussianMean(sp.log(2 * sp.cosh(local)), z, 1)) / beta


@pytest.fixture(scope="module", params=[2, 3, 4])
def order_and_derived(request):
    derivation = replica_symmetric_free_energy(p_spin_model(request.param))
    assert derivation.stated_steps == 0
    return request.param, derivation["replica-symmetric free energy"].result


def test_the_free_energy_of_p_coupled_spins(order_and_derived):
    p, derived = order_and_derived
    assert verify(Identity(derived, in_print(p, p - 1), WHERE), timeout=120).status == "proved"


def test_a_wrong_power_is_refuted(order_and_derived):
    p, derived = order_and_derived
    assert verify(Identity(derived, in_print(p, p), WHERE)).status == "refuted"


@pytest.mark.parametrize("order", [1, 0, 2.0, sp.Symbol("p")])
def test_a_number_of_spins_that_no_coupling_joins(order):
    with pytest.raises(ValueError, match="at least 2"):
        p_spin_model(order)
