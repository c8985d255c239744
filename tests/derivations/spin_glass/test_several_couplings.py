"""Several families of couplings in one model: each is averaged in turn, and their polynomials add."""

from dataclasses import replace
from fractions import Fraction

import pytest
import sympy as sp

from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.engine.verify import verify
from derivations.oracles.disorder_average import (
    layered_interactions,
    moments_of_partition_function,
    pairwise_interactions,
)
from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.models import multilayer
from theory.models.disordered import Family, GaussianCouplings
from theory.models.p_spin import p_spin_model
from theory.models.replica_symbols import ReplicaSymbols, n_replicas
from theory.models.sherrington_kirkpatrick import external_field as h
from theory.models.sherrington_kirkpatrick import inverse_temperature as beta
from theory.models.sherrington_kirkpatrick import n_spins
from theory.models.spin_laws import SphericalSpins
from theory.statements import Identity
from theory.sums import Sigma
from theory.symbols import family

z = sp.Symbol("z", real=True)
triples, inside = family("K", real=True), family("W", real=True)
q = ReplicaSymbols.of(p_spin_model(2)).off_diagonal
BETA = Fraction(2, 3)


def mixed_model():
    two, three = p_spin_model(2), p_spin_model(3)
    family_of_triples = Family(base=triples, ranges=three.couplings.ranges)
    places = three.couplings.slots
    spins = sp.Mul(*(three.spins.base[i] for i in places))
    return replace(
        two,
        name="model of pairs and triples",
        hamiltonian=two.hamiltonian - Sigma(triples[places] * spins, *three.couplings.ranges),
        disorder=(GaussianCouplings(family=family_of_triples, variance=three.variance),),
    )


@pytest.fixture(scope="module")
def derivation():
    return replica_symmetric_free_energy(mixed_model())


def test_pairs_and_triples_of_ising_spins(derivation):
    polynomial = beta**2 * (2 - 2 * q - 3 * q**2 + q**2 + 2 * q**3) / 4
    local = beta * sp.sqrt(q + 3 * q**2 / 2) * z + beta * h
    printed = -(polynomial + GaussianMean(sp.log(2 * sp.cosh(local)), z, 1)) / beta
    where = Domain({beta: (0, 2), h: (-1, 1), q: (0, 1)})
    derived = derivation["replica-symmetric free energy"].result
    assert verify(Identity(derived, printed, where)).status == "proved"
    assert verify(Identity(derived, printed - polynomial, where)).status == "refuted"


@pytest.mark.parametrize(("size", "power"), [(2, 1), (3, 1), (2, 2), (3, 2)])
def test_moments_with_both_families(derivation, size, power):
    def instances():
        pairs = pairwise_interactions(size, Fraction(1, size))
        both = [*pairs, *pairwise_interactions(size, Fraction(3, size**2), order=3)]
        moments = moments_of_partition_function(size, both, power, BETA, field=Fraction(3, 5))
        values = {n_spins: size, n_replicas: power, beta: BETA, h: Fraction(3, 5)}
        yield Instance(values=values, exponents=moments, label=f"N = {size}, m = {power}")

    right = derivation["disorder average"].statement.right
    assert against_oracle("moments", right, instances).outcome == "agrees"
    assert against_oracle("moments", right.subs(beta, 2 * beta), instances).outcome == "refutes"


def test_pairs_and_triples_of_spherical_spins():
    derived = replica_symmetric_free_energy(replace(mixed_model(), spin_law=SphericalSpins()))
    free = derived["replica-symmetric free energy"].result.subs(h, 0)
    printed = -(beta**2 * (2 - q**2 - q**3) / 4 + sp.log(1 - q) / 2 + q / (2 * (1 - q))) / beta
    where = Domain({beta: (0, 2), q: (0, 1)})
    assert verify(Identity(free, printed, where)).status == "proved"
    assert verify(Identity(free, printed + q, where)).status == "refuted"


def test_layers_with_couplings_inside_and_between():
    k, i, j, L, N, C = (
        multilayer.k, multilayer.i, multilayer.j, multilayer.n_bonds, multilayer.layer_sizes,
        multilayer.weight_variances,
    )  # fmt: skip
    model = multilayer.multilayer_model()
    s, pairs = model.spins.base, ((k, 0, L), (i, 1, N[k]), (j, i + 1, N[k]))
    model = replace(
        model,
        hamiltonian=model.hamiltonian - Sigma(inside[k, i, j] * s[k, i] * s[k, j], *pairs),
        disorder=(GaussianCouplings(family=Family(base=inside, ranges=pairs), variance=1 / N[k]),),
    )
    found = replica_symmetric_free_energy(model)
    assert found.stated_steps == 0
    names = ReplicaSymbols.of(model)
    alone = replica_symmetric_free_energy(multilayer.multilayer_model())["conjugate overlap"].result
    both = found["conjugate overlap"].result
    assert sp.expand(both - alone + multilayer.inverse_temperature**2 * names.off_diagonal) == 0

    def instances():
        sizes, variances = (2, 1), (Fraction(3, 5),)
        bonds = [*layered_interactions(sizes, variances), ((0, 1), Fraction(1, 2))]
        moments = moments_of_partition_function(3, bonds, 2, BETA)
        values = {L: 1, N[0]: 2, N[1]: 1, C[1]: variances[0], n_replicas: 2, multilayer.inverse_temperature: BETA}
        yield Instance(values=values, exponents=moments, label="sizes (2, 1), m = 2")

    right = found["disorder average"].statement.right
    assert against_oracle("moments", right, instances).outcome == "agrees"
    assert (
        against_oracle("moments", right.subs(multilayer.inverse_temperature, BETA / 2), instances).outcome == "refutes"
    )
