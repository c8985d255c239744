"""Rules on the Ising chain and the Ising torus: their claims hold, and slips in them are refuted."""

from fractions import Fraction
from itertools import islice

import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.mutation import mutated_statements
from derivations.engine.routes.enclosures.points import UnknownError
from derivations.engine.rule import Inference
from derivations.engine.verify import verify
from derivations.nonequilibrium import ising_chain, ising_torus
from derivations.nonequilibrium.ising_oracles import brute_force_chain, brute_force_torus
from derivations.oracles.ising_configurations import density_of_states, neighbors, weights
from derivations.rules.polygon_sums import (
    city_of_four,
    four_products,
    growth_of_a_wave,
    in_couplings,
    product_over_waves,
)
from derivations.rules.transfer_matrix import (
    ACROSS,
    MODES,
    SLOPE,
    bond_by_bond,
    closing_bond,
    correlations,
    eigenvalues,
    eigenvector,
    long_chain_magnetization,
    open_partition_function,
    ring_partition_function,
    spin_after_spin,
    transfer_matrix,
)
from theory.models import ising_chain as chain
from theory.statements import Identity

RULES = (
    bond_by_bond, transfer_matrix, eigenvector, eigenvalues, spin_after_spin, spin_after_spin, closing_bond,
    ring_partition_function, open_partition_function, long_chain_magnetization, correlations,
)  # fmt: skip
TORUS_RULES = (city_of_four, in_couplings, growth_of_a_wave, product_over_waves, four_products)


@pytest.fixture(scope="module")
def of_chain():
    return ising_chain.build()


@pytest.fixture(scope="module")
def of_torus():
    return ising_torus.build()


def test_every_step_is_computed_by_its_rule(of_chain, of_torus):
    assert [s.rule for s in of_chain.steps] == [r.name for r in RULES]
    assert [s.rule for s in of_torus.steps] == [r.name for r in TORUS_RULES]
    assert of_chain.stated_steps == of_torus.stated_steps == 0


@pytest.mark.parametrize(
    "name",
    ["bond by bond", "transfer matrix", "eigenvector", "eigenvalues", "first eigenvector at both ends",
     "second eigenvector at both ends", "closing bond", "magnetization of a long chain"],
)  # fmt: skip
def test_steps_of_the_chain_are_proved_for_any_number_of_spins(of_chain, name):
    step = of_chain[name]
    for claim in (step.statement, *step.obligations):
        assert verify(claim).status == "proved"
    slips = list(islice(mutated_statements(step.statement), 0, 8, 2))
    assert len(slips) >= 3
    assert [verify(slip.changed).status for slip in slips].count("refuted") >= len(slips) - 1


def test_an_eigenvector_of_another_matrix_is_refuted():
    wrong = type(MODES[0])(eigenvalue=MODES[0].eigenvalue, vector=(sp.S.One, 1 / SLOPE))
    claim = Derivation("test").apply(spin_after_spin, mode=wrong).statement
    assert verify(claim).status == "refuted"
    exchanged = type(MODES[0])(eigenvalue=MODES[0].eigenvalue - ACROSS, vector=MODES[0].vector)
    claim = Derivation("test").apply(spin_after_spin, mode=exchanged).statement
    assert verify(claim).status == "refuted"


@pytest.mark.parametrize("name", ["ring", "open chain"])
def test_partition_functions_of_chains_agree_with_all_configurations(of_chain, name):
    statement = of_chain[f"partition function of the {name}"].statement
    closed = name == "ring"
    assert brute_force_chain(Inference(statement=statement), closed=closed)().outcome == "agrees"
    slips = list(mutated_statements(statement))
    assert len(slips) > 15
    refuted = [
        brute_force_chain(Inference(statement=slip.changed), closed=closed)().outcome == "refutes" for slip in slips
    ]
    # A slip in the sign of what is squared, or in the order of both eigenvalues, changes nothing.
    assert refuted.count(True) >= len(slips) - 2
    # The other boundary is another number.
    assert brute_force_chain(Inference(statement=statement), closed=not closed)().outcome == "refutes"


def test_correlations_of_a_ring_agree_with_all_configurations(of_chain):
    value = of_chain["correlations of the ring"].statement.right
    for n, r in ((4, 0), (5, 2), (6, 5)):
        for coupling, field in ((Fraction(2, 5), Fraction(1, 3)), (Fraction(-3, 4), Fraction(2, 7))):
            table = {
                chain.n_spins: n,
                chain.r: r,
                chain.coupling: sp.Rational(coupling),
                chain.field: sp.Rational(field),
            }
            exact = weights((n,), (True,), (coupling,), field, observed=(0, r))
            brute = sum(count * sp.exp(sp.Rational(exponent)) for exponent, count in exact.items())
            assert sp.N(value.subs(table), 30) == pytest.approx(sp.N(brute, 30), rel=1e-20)


@pytest.mark.parametrize("name", ["city of four", "factor of a wave", "growth of a wave", "product over all waves"])
def test_steps_of_the_torus_hold_and_slips_are_refuted(of_torus, name):
    step = of_torus[name]
    for claim in (step.statement, *step.obligations):
        assert verify(claim).holds is True
    slips = list(islice(mutated_statements(step.statement), 0, 8, 2))
    assert len(slips) >= 3
    assert [verify(slip.changed).status for slip in slips].count("refuted") >= len(slips) - 1


def outcome_on_tori(claim):
    """What the oracle finds; a slip that turns a range round has no value."""
    try:
        return brute_force_torus(Inference(statement=claim))().outcome
    except UnknownError:
        return "no value"


def test_kaufmans_formula_agrees_with_all_configurations_and_no_slip_in_it_does(of_torus):
    statement = of_torus["partition function of the torus"].statement
    assert outcome_on_tori(statement) == "agrees"
    slips = list(mutated_statements(statement))
    assert len(slips) > 100
    outcomes = [outcome_on_tori(slip.changed) for slip in slips]
    # Waves that run the other way, the sign of what is squared, and every fourth wave in place of every second, taken
    # twice, give the same products.
    same = {slip.text for slip, outcome in zip(slips, outcomes, strict=True) if outcome == "agrees"}
    assert all(text.startswith("sign of") or text == "factor 2 at 2*a" for text in same), same
    assert outcomes.count("refutes") > 0.9 * len(slips)


def test_the_sign_of_the_uniform_wave_counts(of_torus):
    """Kaufman's sign turned: right above the critical temperature nowhere, since the term is there subtracted."""
    statement = of_torus["partition function of the torus"].statement
    (rest, _) = of_torus["growth of a wave"].result
    turned = statement.right.subs(rest, -rest)
    assert turned != statement.right
    claim = Identity(statement.left, turned, statement.domain)
    assert brute_force_torus(Inference(statement=claim))().outcome == "refutes"


def test_the_oracle_counts_bonds_and_states_as_is_usual():
    assert len(neighbors((2, 3), (True, True))) == 12
    assert len(neighbors((2, 3), (False, False))) == 7
    # The usual table of the 4 by 4 torus, symmetric in the energy.
    assert density_of_states((4, 4), (True, True)) == {
        -32: 2, -24: 32, -20: 64, -16: 424, -12: 1728, -8: 6688, -4: 13568, 0: 20524,
        4: 13568, 8: 6688, 12: 1728, 16: 424, 20: 64, 24: 32, 32: 2,
    }  # fmt: skip
