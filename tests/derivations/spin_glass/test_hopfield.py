"""The Hopfield model at extensive load, against the equations in print and against all patterns of small systems."""

from fractions import Fraction

import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.engine.verify import verify
from derivations.oracles.stored_patterns import moments_with_patterns
from derivations.rules.pattern_average import linearize_patterns
from derivations.rules.replicate import replicate
from derivations.spin_glass.replica_symmetric import replica_symmetric_free_energy
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.models.disordered import DisorderedModel
from theory.models.hopfield import external_field as h
from theory.models.hopfield import hopfield_model, load, n_patterns, n_spins
from theory.models.hopfield import inverse_temperature as beta
from theory.models.replica_symbols import ReplicaSymbols, a, n_replicas
from theory.printing import statement_text
from theory.statements import Identity
from theory.symbols import family

SYMBOLS = ReplicaSymbols.of(hopfield_model())
q, m = SYMBOLS.off_diagonal, SYMBOLS.magnetization
z = sp.Symbol("z", real=True)
CONTRACTION = 1 - beta * (1 - q)
WHERE = Domain({beta: (0, 4), h: (-1, 1), load: (0, 1), q: (0, 1), m: (-1, 1)}, [sp.Gt(CONTRACTION, 0)])
NOISE = q / CONTRACTION**2
"""r of D. J. Amit, H. Gutfreund, H. Sompolinsky, Annals of Physics 173, 30 (1987)."""


@pytest.fixture(scope="module")
def derivation() -> Derivation:
    found = replica_symmetric_free_energy(hopfield_model())
    assert found.stated_steps == 0
    return found


def local_field(noise: sp.Expr = NOISE) -> sp.Expr:
    return beta * (m + h + sp.sqrt(load * noise) * z)


def in_print(determinant: sp.Expr, factor: sp.Expr = sp.S.Half) -> sp.Expr:
    """The free energy per spin of Amit, Gutfreund and Sompolinsky, with one condensed pattern."""
    stored = load / 2 + load / (2 * beta) * determinant + factor * load * beta * NOISE * (1 - q)
    return stored + m**2 / 2 - GaussianMean(sp.log(2 * sp.cosh(local_field())), z, 1) / beta


DETERMINANT = sp.log(CONTRACTION) - beta * q / CONTRACTION


def test_free_energy_of_amit_gutfreund_and_sompolinsky(derivation):
    derived = derivation["replica-symmetric free energy"].result
    assert verify(Identity(derived, in_print(DETERMINANT), WHERE), timeout=120).holds is True


@pytest.mark.parametrize(
    "wrong",
    [
        in_print(sp.log(CONTRACTION) + beta * q / CONTRACTION),
        in_print(2 * DETERMINANT),
        in_print(DETERMINANT, sp.Integer(1)),
        in_print(DETERMINANT) - load / 2,
    ],
)
def test_wrong_signs_and_factors_are_refuted(derivation, wrong):
    derived = derivation["replica-symmetric free energy"].result
    assert verify(Identity(derived, wrong, WHERE)).status == "refuted"


def test_the_equations_of_the_order_parameters(derivation):
    for name, power in (("self-consistency of the magnetization", 1), ("self-consistency", 2)):
        derived = derivation[name].result
        mean = GaussianMean(sp.tanh(local_field()) ** power, z, 1)
        assert verify(Identity(derived, mean, WHERE)).holds is True
        other = GaussianMean(sp.tanh(local_field(q / CONTRACTION)) ** power, z, 1)
        assert verify(Identity(derived, other, WHERE)).status == "refuted"


def test_the_noise_of_the_uncondensed_patterns(derivation):
    conjugate = derivation["conjugate overlap"].result.subs(SYMBOLS.diagonal, 1)
    assert verify(Identity(-conjugate, load * beta**2 * NOISE, WHERE)).status == "proved"
    assert verify(Identity(-conjugate, load * beta**2 * q, WHERE)).status == "refuted"


def test_what_the_free_energy_rests_on(derivation):
    names = derivation["replica-symmetric free energy"].rests_on
    assert {"uncondensed patterns", "replica symmetry", "expansion: disorder average for many sites"} <= set(names)


@pytest.mark.parametrize(("size", "stored", "power"), [(1, 1, 1), (2, 1, 1), (2, 2, 1), (3, 1, 1), (2, 1, 2)])
def test_moments_of_small_systems_equal_the_average_over_patterns(derivation, size, stored, power):
    temperature, field = Fraction(1, 3), Fraction(2, 5)

    def instances():
        moments = moments_with_patterns(size, stored, power, temperature, field=field)
        values = {n_spins: size, n_patterns: stored, n_replicas: power, beta: temperature, h: field}
        yield Instance(values=values, exponents=moments, label=f"N = {size}, P = {stored}")

    average = 2 ** (size * stored) * derivation["disorder average"].statement.right
    assert against_oracle("all patterns", average, instances).outcome == "agrees"
    assert against_oracle("all patterns", average.subs(h, 2 * h), instances).outcome == "refutes"
    if size > 1:
        truncated = 2 ** (size * stored) * derivation["disorder average for many sites"].result
        assert against_oracle("all patterns", truncated, instances).outcome == "refutes"


def test_patterns_that_are_not_squared_are_refused():
    model = hopfield_model()
    flipped = DisorderedModel(
        name="repelled patterns",
        hamiltonian=-model.hamiltonian,
        spins=model.spins,
        disorder=model.disorder,
        inverse_temperature=beta,
        domain=model.domain,
    )
    d = Derivation("repelled")
    replicas = d.apply(replicate, model=flipped, n_replicas=n_replicas, replica=a)
    with pytest.raises(ValueError, match="positive multiple of the squares"):
        d.apply(linearize_patterns, replicas, model=flipped, patterns=model.disorder[0], field=family("x", real=True))


def test_its_steps_are_told_and_stored(derivation):
    text = statement_text(derivation["replica action"].statement)
    assert "DM DK" in text and "DQ DΛ" in text
    again = Derivation.from_json(derivation.to_json())
    assert [s.statement for s in again] == [s.statement for s in derivation]
