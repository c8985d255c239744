"""The replica-symmetric free energy: one list of rules for every model, and wrong formulas refuted."""

from fractions import Fraction

import pytest
import sympy as sp

from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.engine.verify import verify
from derivations.oracles.disorder_average import moments_of_partition_function, pairwise_interactions
from derivations.spin_glass import sherrington_kirkpatrick as sk
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.models import sherrington_kirkpatrick as model
from theory.models.replica_symbols import n_replicas
from theory.statements import Identity

beta, h, q = model.inverse_temperature, model.external_field, model.overlap
z = sp.Symbol("z", real=True)
WHERE = Domain({beta: (0, 2), h: (-1, 1), q: (0, 1)})
BETA, FIELD = Fraction(2, 3), Fraction(3, 5)


@pytest.fixture(scope="module")
def derivation():
    return sk.build()


def free_energy(quadratic: sp.Expr) -> sp.Expr:
    """The form in print, with a Gaussian variable of unit variance."""
    return -(quadratic + GaussianMean(sp.log(2 * sp.cosh(beta * sp.sqrt(q) * z + beta * h)), z, 1)) / beta


def test_every_step_is_computed_and_the_postulates_are_named(derivation):
    assert derivation.stated_steps == 0
    assert {
        "saddle point",
        "replica symmetry",
        "continuation in the number of replicas",
        "order of limits",
        "contour of the conjugate overlaps",
    } <= {p.name for step in derivation for p in step.postulates}


def test_free_energy_of_sherrington_and_kirkpatrick(derivation):
    derived = derivation["replica-symmetric free energy"].result
    assert verify(Identity(derived, free_energy(beta**2 * (1 - q) ** 2 / 4), WHERE)).status == "proved"


@pytest.mark.parametrize(
    "wrong",
    [beta**2 * (1 - q) ** 2 / 2, beta**2 * (1 - q) / 4, beta**2 * (1 - q**2) / 4, -(beta**2) * (1 - q) ** 2 / 4],
)
def test_wrong_free_energies_are_refuted(derivation, wrong):
    derived = derivation["replica-symmetric free energy"].result
    verdict = verify(Identity(derived, free_energy(wrong), WHERE))
    assert verdict.status == "refuted" and verdict.counterexample is not None


def test_overlap_is_the_mean_square_magnetization_and_nothing_else(derivation):
    derived = derivation["self-consistency"].result
    unit = lambda power: GaussianMean(sp.tanh(beta * sp.sqrt(q) * z + beta * h) ** power, z, 1)  # noqa: E731
    assert verify(Identity(derived, unit(2), WHERE)).holds is True
    assert verify(Identity(derived, unit(1), WHERE)).status == "refuted"


@pytest.mark.parametrize("power", [1, 2, 3])
def test_moments_of_small_systems_equal_the_averaged_and_the_overlap_form(derivation, power):
    def instances():
        for size in (1, 2, 3):
            pairs = pairwise_interactions(size, Fraction(1, size))
            moments = moments_of_partition_function(size, pairs, power, BETA, field=FIELD)
            values = {model.n_spins: size, n_replicas: power, beta: BETA, h: FIELD}
            yield Instance(values=values, exponents=moments, label=f"N = {size}")

    names = ("disorder average", "replica action") if power < 3 else ("disorder average",)
    for name in names:
        evidence = against_oracle("moments", derivation[name].statement.right, instances)
        assert evidence.outcome == "agrees" and evidence.points == 3
    doubled = derivation["disorder average"].statement.right.subs(h, 2 * h)
    assert against_oracle("moments", doubled, instances).outcome == "refutes"
