"""The Gibbs free energy of Ising spins, against all configurations of a few of them."""

from fractions import Fraction
from itertools import combinations

import mpmath
import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.mutation import mutants
from derivations.engine.verify import verify
from derivations.oracles.gibbs_free_energy import gibbs_free_energy, plefka_series
from derivations.rules.plefka_expansion import plefka_expansion
from derivations.rules.plefka_graphs import computed_coefficient, is_irreducible, labelled_graphs
from derivations.spin_glass.tap_oracles import COUPLINGS, MAGNETIZATIONS, plefka_terms
from theory.models import ising_pairs as model
from theory.statements import Definition
from theory.sums import Sigma, unroll

ENERGY = sp.Symbol("H", real=True)
CHOICES = {
    "spins": model.spin_family(),
    "magnetizations": model.magnetizations,
    "inverse_temperature": model.inverse_temperature,
    "domain": model.pair_domain(),
}
m = sp.symbols("m:5")
beta, J, s, i, j, N = model.inverse_temperature, model.couplings, model.spins, model.i, model.j, model.n_spins


def expanded(order, energy=None):
    d = Derivation("test")
    hamiltonian = d.define(Definition(ENERGY, model.pair_hamiltonian() if energy is None else energy))
    return d.apply(plefka_expansion, hamiltonian, order=order, **CHOICES)


def at(expression, couplings, magnetizations, inverse_temperature, digits=45):
    """An expansion of beta G as a number, without fields."""
    values = {N: len(magnetizations), beta: sp.Rational(inverse_temperature)}
    values |= {J[a + 1, b + 1]: sp.Rational(c) for (a, b), c in couplings.items()}
    values |= {model.magnetizations[k + 1]: sp.Rational(x) for k, x in enumerate(magnetizations)}
    values |= {model.fields[k + 1]: sp.Integer(0) for k in range(len(magnetizations))}
    return sp.N(unroll(expression, lambda atom: sp.sympify(values.get(atom, atom))), digits)


@pytest.mark.parametrize("order", [1, 2, 3, 4, 5])
def test_every_order_is_the_exact_series_of_two_to_five_spins(order):
    evidence = plefka_terms(expanded(order).result, order)()
    assert evidence.outcome == "agrees", evidence
    assert len(evidence.instances) == 4 * order


@pytest.mark.parametrize("n", [3, 4])
@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_the_error_falls_with_the_power_after_the_order(order, n):
    couplings = dict(zip(combinations(range(n), 2), COUPLINGS, strict=False))
    means = MAGNETIZATIONS[:n]
    result = expanded(order).result
    errors = []
    for temperature in (Fraction(400), Fraction(800)):
        exact = gibbs_free_energy(couplings, means, 1 / temperature)
        errors.append(abs(exact - mpmath.mpf(str(at(result, couplings, means, 1 / temperature)))))
    assert abs(mpmath.log(errors[0] / errors[1], 2) - (order + 1)) < 0.1


def test_the_two_oracles_agree_with_each_other():
    couplings = {(0, 1): Fraction(3, 5), (1, 2): Fraction(-7, 4), (0, 2): Fraction(2, 3)}
    means = MAGNETIZATIONS[:3]
    small = Fraction(1, 1000)
    series = plefka_series(couplings, means, 7)
    with mpmath.workdps(50):
        bare = gibbs_free_energy(couplings, means, Fraction(0))
        energetic = sum(mpmath.mpf(c.numerator) / c.denominator / 1000**k for k, c in enumerate(series, start=1))
        assert abs(gibbs_free_energy(couplings, means, small) - bare + energetic) < mpmath.mpf(10) ** -21


def test_a_pair_of_unmagnetized_spins_has_the_series_of_log_cosh():
    # Z = 4 cosh(beta J) without magnetization: log cosh x = x^2/2 - x^4/12 + x^6/45.
    series = plefka_series({(0, 1): Fraction(1)}, (Fraction(0), Fraction(0)), 6)
    assert series == [0, Fraction(1, 2), 0, Fraction(-1, 12), 0, Fraction(1, 45)]
    pair = [computed_coefficient((((0, 1), n),), m[:2]).subs({m[0]: 0, m[1]: 0}) for n in range(1, 7)]
    assert pair == [sp.Rational(c) for c in series]


@pytest.mark.parametrize(
    "graph",
    [
        (((0, 1), 1), ((1, 2), 1)),
        (((0, 1), 2), ((1, 2), 2)),
        (((0, 1), 1), ((0, 2), 1), ((1, 2), 1), ((2, 3), 1)),
        (((0, 1), 1), ((0, 2), 1), ((0, 3), 2)),
        (((0, 1), 2), ((2, 3), 2)),
    ],
)
def test_a_graph_that_one_vertex_separates_or_that_falls_apart_contributes_nothing(graph):
    assert not is_irreducible(graph, 1 + max(b for (_, b), _ in graph))
    assert computed_coefficient(graph, m[: 1 + max(b for (_, b), _ in graph)]) == 0


def test_the_coefficient_of_a_relabelled_graph_is_the_relabelled_coefficient():
    first = computed_coefficient((((0, 1), 2), ((0, 2), 1), ((1, 2), 1)), m[:3])
    second = computed_coefficient((((0, 1), 1), ((0, 2), 1), ((1, 2), 2)), m[:3])
    assert sp.expand(first.xreplace({m[0]: m[1], m[1]: m[2], m[2]: m[0]}) - second) == 0


def test_rings_are_counted_once_for_each_labelling():
    # (n - 1)!/2 rings on n vertices; with four edges also the pair, and the triangle with each edge doubled.
    assert [len(list(labelled_graphs(n, n))) for n in (3, 4, 5)] == [1, 3, 12]
    assert [len(list(labelled_graphs(n, 4))) for n in (2, 3, 4)] == [1, 3, 3]


def test_slips_in_the_second_order_are_refuted_by_the_exact_series():
    step = expanded(2)
    slips = list(mutants(step.result))
    wrong = [slip for slip in slips if not _is_in_entropy_or_field(slip.text, slip.changed, step.result)]
    missed = [slip.text for slip in wrong if plefka_terms(slip.changed, 2, sizes=(2, 3))().outcome != "refutes"]
    assert len(wrong) > 15
    # After the last site no other follows: an outer sum without it is the same.
    assert set(missed) <= {"sum over i·2 ends one earlier"}


def _is_in_entropy_or_field(text, changed, right):
    """Slips that the series of couplings cannot see: those in the entropy, in the fields, and in signs of squares."""
    difference = changed - right
    return not difference.has(J) or text.startswith("sign of")


def test_the_reaction_with_the_wrong_sign_is_refuted_by_the_engine_with_a_counterexample():
    statement = expanded(2).statement
    onsager = next(t for t in statement.right.args if t.has(beta**2))
    wrong = statement.replaced(right=statement.right - 2 * onsager)
    verdict = verify(wrong)
    assert verdict.status == "refuted"
    assert verdict.counterexample is not None


def test_the_claim_holds_and_the_fields_keep_the_means():
    assert verify(expanded(1).statement).status == "enumerated"
    assert verify(expanded(2).obligations[0]).status == "enumerated"


def test_the_order_claimed_cannot_be_raised():
    statement = expanded(1).statement
    assert verify(statement.replaced(order=3)).status == "refuted"


def test_equal_couplings_of_every_pair_are_another_model():
    energy = -Sigma(s[i] * s[j] / N, (i, 1, N), (j, i + 1, N))
    step = expanded(3, energy)
    means = MAGNETIZATIONS[:4]
    couplings = dict.fromkeys(combinations(range(4), 2), Fraction(1, 4))
    series = plefka_series(couplings, means, 3)
    energetic = at(step.result.replace(sp.log, lambda _: sp.Integer(0)), couplings, means, Fraction(1, 3))
    exact = -sum(c / 3**k for k, c in enumerate(series, start=1))
    assert abs(energetic - sp.Rational(exact)) < sp.Rational(1, 10**40)


def test_what_is_no_system_of_pairs_is_refused():
    with pytest.raises(ValueError, match="couples more"):
        expanded(2, -Sigma(s[i] * s[j] * s[i + 1], (i, 1, N), (j, i + 1, N)))
    with pytest.raises(ValueError, match="squares of spins"):
        expanded(2, -Sigma(s[i] * s[i] * J[i, i], (i, 1, N)))
    with pytest.raises(ValueError, match="at least the first order; found 0"):
        expanded(0)
