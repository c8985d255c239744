"""Free energies of the catalogue, by the rules of one list, against brute force, printed forms, and slips in them."""

from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
import sympy as sp

from derivations.collection import find
from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.engine.verify import verify
from derivations.oracles.disorder_average import moments_of_partition_function
from derivations.rules.written_out import written_out
from derivations.spin_glass import bipartite_free_energy as bipartite
from derivations.spin_glass import boltzmann_machine_free_energy as machine
from derivations.spin_glass import hopfield_free_energy as hopfield
from derivations.spin_glass import ising_p_spin_free_energy as ising
from derivations.spin_glass import spherical_p_spin_free_energy as spherical
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.models import multilayer
from theory.models.boltzmann_machine import gaussian_hidden_units, hidden_signs
from theory.models.hopfield import load, n_patterns, n_spins
from theory.models.replica_symbols import ReplicaSymbols, n_replicas
from theory.models.sherrington_kirkpatrick import external_field as h
from theory.models.sherrington_kirkpatrick import inverse_temperature as beta
from theory.statements import Identity
from theory.sums import unroll

z = sp.Symbol("z", real=True)
q = ReplicaSymbols.of(gaussian_hidden_units()).off_diagonal
CONTRACTION = 1 - beta * (1 - q)
WHERE = Domain({beta: (0, 3), h: (-1, 1), load: (0, 1), q: (0, 1)}, [sp.Gt(CONTRACTION, 0)])


@pytest.mark.parametrize("module", [ising, spherical, hopfield, bipartite])
def test_the_catalogue_has_it_and_every_step_is_computed(module):
    derivation = find(module.IDENTIFIER).build()
    assert derivation.stated_steps == 0
    names = {step.name for step in derivation}
    assert {"replica-symmetric free energy", "self-consistency", "energy", "entropy"} <= names
    assert {"saddle point", "replica symmetry"} <= set(derivation["replica-symmetric free energy"].rests_on)


@pytest.mark.parametrize(("sites", "power"), [(3, 1), (3, 2), (4, 1), (4, 2)])
def test_moments_of_spins_in_threes_are_those_multiplied_out(sites, power):
    average = ising.build()["disorder average"].statement.right
    temperature, field = Fraction(1, 2), Fraction(2, 3)

    def instances():
        bonds = [(triple, Fraction(3, sites**2)) for triple in combinations(range(sites), 3)]
        moments = moments_of_partition_function(sites, bonds, power, temperature, field=field)
        values = {n_spins: sites, n_replicas: power, beta: temperature, h: field}
        yield Instance(values=values, exponents=moments, label=f"N = {sites}, m = {power}")

    assert against_oracle("moments", average, instances).outcome == "agrees"
    assert against_oracle("moments", average.subs(beta, 2 * beta), instances).outcome == "refutes"


@pytest.fixture(scope="module")
def weights():
    return machine.build()


@pytest.mark.parametrize(("visible", "hidden", "power"), [(1, 1, 1), (2, 1, 1), (2, 2, 2), (3, 1, 2), (3, 2, 1)])
def test_moments_of_gaussian_hidden_units_are_determinants_over_visible_units(weights, visible, hidden, power):
    """Averaged over its weights a hidden unit is a determinant of N x N entries; the derived form has m x m ones."""
    temperature, field = 0.3, 0.4
    states = [np.array(s) for s in product((1, -1), repeat=visible)]
    total = 0.0
    for replicas in product(states, repeat=power):
        correlations = sum(np.outer(s, s) for s in replicas) * temperature / visible
        unit = np.linalg.det(np.eye(visible) - correlations) ** -0.5
        total += unit**hidden * np.exp(temperature * field * sum(s.sum() for s in replicas))
    sizes = {n_spins: visible, n_patterns: hidden, n_replicas: power}
    result = weights["disorder average"].result
    written = unroll(result, lambda atom: sp.Integer(sizes[atom]) if atom in sizes else atom)
    known = {beta: sp.Rational(3, 10), h: sp.Rational(2, 5)}
    ours = _with_gaussian_integrals(written.subs(known))
    assert abs(float(ours) - total) < 1e-10 * total


def _with_gaussian_integrals(node):
    """Means over several variables of exponentials of quadratics as determinants, the outermost mean first."""
    if not node.has(GaussianMean):
        return node
    if not isinstance(node, GaussianMean):
        return node.func(*map(_with_gaussian_integrals, node.args))
    variables = []
    while isinstance(node, GaussianMean):
        variables.append(node.family)
        node = node.body
    form = sp.hessian(sp.expand(node.args[0]), variables)
    return 1 / sp.sqrt((sp.eye(len(variables)) - form).det())


def in_print(noise, sign=-1):
    """Hidden units of variance 1 with inputs of variance q, and the field of variance alpha r on visible ones."""
    stored = load * (sp.log(CONTRACTION) + sign * beta * q / CONTRACTION) / (2 * beta)
    local = beta * h + beta * sp.sqrt(load * noise) * z
    return stored + load * beta * noise * (1 - q) / 2 - GaussianMean(sp.log(2 * sp.cosh(local)), z, 1) / beta


def test_the_machine_of_gaussian_units_has_the_free_energy_of_stored_gaussian_patterns(weights):
    derived = weights["replica-symmetric free energy"].result
    noise = q / CONTRACTION**2
    assert verify(Identity(derived, in_print(noise), WHERE)).holds is True
    for wrong in (in_print(noise, 1), in_print(q / CONTRACTION), 2 * in_print(noise)):
        assert verify(Identity(derived, wrong, WHERE), repair=False).status == "refuted"


def test_the_machine_of_gaussian_units_freezes_at_one_plus_the_root_of_the_load(weights):
    """The temperature at which the equation of the overlap has a slope of 1 at q = 0, where tanh u is u."""
    variance = sp.simplify(weights["self-consistency"].result.variance / q).subs(q, 0)
    (critical,) = [t for t in sp.solve(variance.subs(beta, 1 / z) - 1, z) if sp.simplify(t - 1 - sp.sqrt(load)) == 0]
    assert critical.subs(load, 4) == 3


def test_two_groups_of_signs_have_the_free_energy_of_two_layers():
    derivation = bipartite.build()
    last = derivation["free energy of two groups"]
    assert last.rule == written_out.name
    n, c, p, f = (
        multilayer.layer_sizes,
        multilayer.weight_variances,
        multilayer.off_diagonal,
        multilayer.external_fields,
    )
    names = sp.symbols("N_v N_h C q_v q_h h_v h_h", positive=True)
    visible, hidden, variance, seen, unseen, first, second = names
    values = dict(zip((n[0], n[1], c[1], p[0], p[1], f[0], f[1]), names, strict=True))
    derived = unroll(last.result, lambda atom: values.get(atom, atom))
    means = [
        size * GaussianMean(sp.log(2 * sp.cosh(beta * field + z)), z, spread)
        for size, field, spread in (
            (visible, first, beta**2 * variance * hidden * unseen / visible),
            (hidden, second, beta**2 * variance * seen),
        )
    ]

    def printed(factor):
        bonds = factor * beta**2 * hidden * variance * (1 - seen) * (1 - unseen)
        return -(bonds + sum(means)) / (beta * (visible + hidden))

    where = Domain(
        {beta: (0, 2), seen: (0, 1), unseen: (0, 1)} | dict.fromkeys((visible, hidden, variance, first, second), (0, 2))
    )
    assert verify(Identity(derived, printed(sp.S.Half), where)).status == "proved"
    assert verify(Identity(derived, printed(1), where), repair=False).status == "refuted"


def test_sums_over_unknown_ranges_are_not_written_out():
    layered = find("multilayer-free-energy").build()
    with pytest.raises(ValueError, match="the range 0 to L"):
        written_out(layered["replica-symmetric free energy"])


def test_the_models_say_what_is_coupled():
    assert hidden_signs().spins.ranges[0][1:] == (0, 1)
    (pattern,) = gaussian_hidden_units().disorder
    assert pattern.values == (-sp.oo, sp.oo) and not pattern.has_unit_squares
