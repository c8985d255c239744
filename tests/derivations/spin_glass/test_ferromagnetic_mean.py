"""A mean of the couplings: the magnetization joins the overlap as an order parameter, by the same rules."""

from dataclasses import replace
from fractions import Fraction

import pytest
import sympy as sp

from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.engine.verify import verify
from derivations.oracles.disorder_average import moments_of_partition_function, pairwise_interactions
from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.models.p_spin import p_spin_model
from theory.models.replica_symbols import ReplicaSymbols, n_replicas
from theory.models.sherrington_kirkpatrick import external_field as h
from theory.models.sherrington_kirkpatrick import inverse_temperature as beta
from theory.models.sherrington_kirkpatrick import n_spins, sherrington_kirkpatrick_model
from theory.statements import Identity

J0, z = sp.symbols("J_0 z", real=True)
SYMBOLS = ReplicaSymbols.of(sherrington_kirkpatrick_model())
q, M = SYMBOLS.off_diagonal, SYMBOLS.magnetization
WHERE = Domain({beta: (0, 2), h: (-1, 1), J0: (0, 2), q: (0, 1), M: (-1, 1)})
BETA, FIELD, MEAN = Fraction(2, 3), Fraction(3, 5), Fraction(4, 7)


def with_mean(model, order):
    return replace(model, mean=J0 / n_spins ** (order - 1), domain=model.domain.extended({J0: (-sp.oo, sp.oo)}))


@pytest.fixture(scope="module")
def derivation():
    found = replica_symmetric_free_energy(with_mean(sherrington_kirkpatrick_model(), 2))
    assert found.stated_steps == 0
    return found


def in_print(push: sp.Expr, energy: sp.Expr) -> sp.Expr:
    """The free energy of D. Sherrington and S. Kirkpatrick, Physical Review Letters 35, 1792 (1975), with J = 1."""
    local = beta * (sp.sqrt(q) * z + push * M + h)
    return -beta * (1 - q) ** 2 / 4 + energy - GaussianMean(sp.log(2 * sp.cosh(local)), z, 1) / beta


def test_free_energy_with_a_ferromagnetic_mean(derivation):
    derived = derivation["replica-symmetric free energy"].result
    assert verify(Identity(derived, in_print(J0, J0 * M**2 / 2), WHERE)).status == "proved"


@pytest.mark.parametrize(
    ("push", "energy"), [(J0, J0 * M**2), (J0, -J0 * M**2 / 2), (2 * J0, J0 * M**2 / 2), (J0, J0 * q / 2)]
)
def test_wrong_forms_are_refuted(derivation, push, energy):
    derived = derivation["replica-symmetric free energy"].result
    assert verify(Identity(derived, in_print(push, energy), WHERE)).status == "refuted"


def test_the_magnetization_is_the_mean_of_tanh(derivation):
    local = beta * (sp.sqrt(q) * z + J0 * M + h)
    derived = derivation["self-consistency of the magnetization"].result
    assert verify(Identity(derived, GaussianMean(sp.tanh(local), z, 1), WHERE)).holds is True
    assert verify(Identity(derived, GaussianMean(sp.tanh(local) ** 2, z, 1), WHERE)).status == "refuted"


@pytest.mark.parametrize("power", [1, 2])
def test_moments_of_small_systems_equal_the_averaged_and_the_integral_form(derivation, power):
    def instances():
        for size in (1, 2) if power == 2 else (1, 2, 3):
            pairs = pairwise_interactions(size, Fraction(1, size))
            moments = moments_of_partition_function(size, pairs, power, BETA, field=FIELD, mean=MEAN / size)
            values = {n_spins: size, n_replicas: power, beta: BETA, h: FIELD, J0: MEAN}
            yield Instance(values=values, exponents=moments, label=f"N = {size}")

    for name in ("disorder average", "replica action"):
        right = derivation[name].statement.right
        assert against_oracle("moments", right, instances).outcome == "agrees"
        assert against_oracle("moments", right.subs(J0, -J0), instances).outcome == "refutes"


def test_three_spins_to_a_coupling_with_a_mean():
    derived = replica_symmetric_free_energy(with_mean(p_spin_model(3), 3))
    value = derived["conjugate magnetization"].result
    assert sp.expand(value + beta * J0 * M**2 / 2) == 0
    free = derived["replica-symmetric free energy"].result
    local = beta * (sp.sqrt(3 * q**2 / 2) * z + J0 * M**2 / 2 + h)
    polynomial = -beta * (1 - 3 * q**2 + 2 * q**3) / 4 + J0 * M**3 / 3
    printed = polynomial - GaussianMean(sp.log(2 * sp.cosh(local)), z, 1) / beta
    assert verify(Identity(free, printed, WHERE)).status == "proved"
