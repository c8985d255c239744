"""The rules from the Gibbs free energy to the elimination of layers, with wrong formulas that they must not survive."""

import random
from fractions import Fraction
from functools import cache
from itertools import islice, pairwise

import flint
import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.mutation import mutated_statements
from derivations.engine.verify import verify
from derivations.rules.block_elimination import (
    block_congruence,
    elimination_definiteness,
    elimination_determinant,
    layered_matrix,
    opposite_signs,
)
from derivations.rules.layer_blocks import layer_blocks, layer_reaction
from derivations.rules.tap_equations import (
    curvature,
    linearized,
    matrix_form,
    mean_field_free_energy,
    paramagnet_curvature,
    tap_equations,
    without_fields,
)
from derivations.spin_glass.tap_equations import SERVES, build
from theory.models import ising_pairs as model
from theory.models import multilayer as layered
from theory.statements import Definition
from theory.sums import Sigma, unfold

whole = cache(build)
i, j, N, beta = model.i, model.j, model.n_spins, model.inverse_temperature
m, B, R = model.magnetizations, model.bond_matrix, model.reaction
k, l = layered.k, sp.Symbol("l", integer=True)
BOTH = ((i, 1, N), (j, 1, N))


def written(expression):
    """An expression in the bond matrix, in the couplings of pairs."""
    definition = whole()["bond matrix"].statement
    return unfold(expression, definition.symbol, definition.expression)


def refuted(statement):
    verdict = verify(statement)
    return verdict.status == "refuted" and verdict.counterexample is not None


def test_every_step_is_computed_and_every_equation_served():
    derivation = whole()
    assert derivation.stated_steps == 0
    assert set(SERVES) == {target for step in derivation for target in step.serves}


@pytest.mark.parametrize(
    "factor",
    [
        pytest.param(2, id="sign"),
        pytest.param(-1, id="one half for one quarter", marks=pytest.mark.slow),
        pytest.param(1, id="lost", marks=pytest.mark.slow),
    ],
)
def test_another_reaction_term_in_the_free_energy_is_refuted(factor):
    statement = whole()["mean-field free energy in a field"].statement
    reaction = beta**2 * Sigma(B[i, j] ** 2 * (1 - m[i] ** 2) * (1 - m[j] ** 2), *BOTH) / 4
    assert refuted(statement.replaced(right=statement.right + factor * written(reaction)))


def test_a_missing_square_in_the_reaction_term_is_refuted():
    statement = whole()["mean-field free energy in a field"].statement
    right = Sigma(B[i, j] ** 2 * (1 - m[i] ** 2) * (1 - m[j] ** 2), *BOTH)
    wrong = Sigma(B[i, j] ** 2 * (1 - m[i]) * (1 - m[j] ** 2), *BOTH)
    assert refuted(statement.replaced(right=statement.right + beta**2 * written(right - wrong) / 4))


def test_the_reaction_of_the_neighbors_magnetization_is_refuted():
    statement = whole()["TAP equations"].statement
    reaction = Sigma(B[i, j] ** 2 * (1 - m[j] ** 2) * m[i], (j, 1, N))
    exchanged = Sigma(B[i, j] ** 2 * (1 - m[i] ** 2) * m[j], (j, 1, N))
    assert refuted(statement.replaced(right=statement.right - beta**2 * written(reaction - exchanged)))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("mean-field free energy", marks=pytest.mark.slow),
        "linearized TAP equations",
        pytest.param("matrix of the linearized equations", marks=pytest.mark.slow),
        pytest.param("curvature", marks=pytest.mark.slow),
        "curvature of the free energy of the paramagnet",
        pytest.param("reaction blocks", marks=pytest.mark.slow),
        "determinant for layers of 2 and 1 spins",
    ],
)
def test_a_step_is_proved_and_its_slips_are_not(name):
    statement = whole()[name].statement
    assert verify(statement).status == "proved"
    slips = list(islice(mutated_statements(statement), 2))
    verdicts = [verify(slip.changed) for slip in slips]
    assert any(v.status == "refuted" for v in verdicts)
    assert all(v.holds is not True or slip.text.startswith("sign of") for v, slip in zip(verdicts, slips, strict=True))


def test_the_block_that_elimination_leaves_out_is_missed():
    statement = whole()["elimination of layers"].statement
    assert verify(statement).status == "proved"
    chi, below = model.schur_complement, sp.KroneckerDelta(k, l)
    assert refuted(statement.replaced(right=statement.right - below * chi[k, i, j]))


def test_the_spin_itself_is_no_neighbor_of_another_layer():
    # The printed second factors J_ll of the reaction blocks lose the free index.
    step = whole()["reaction blocks"]
    q, J, sizes = sp.Symbol("q", integer=True), layered.couplings, layered.layer_sizes
    (before,) = [t for t in sp.Add.make_args(step.result) if t.has(sizes[k - 1])]

    def with_lost_index(atom):
        return J[k, atom.indices[1], atom.indices[1]]

    printed = before.replace(lambda e: isinstance(e, sp.Indexed) and e.base == J, with_lost_index)
    assert printed.has(Sigma) and not before.has(q)
    assert refuted(step.statement.replaced(right=step.statement.right - before + printed))


@pytest.mark.parametrize("shape", [(1, 1, 1), (1, 1), pytest.param((1, 2, 1), marks=pytest.mark.slow)])
def test_opposite_signs_give_the_determinant_up_to_the_parity_of_the_number_of_spins(shape):
    blocks = whole()["block tridiagonal matrix"]
    choices = {"sizes": shape, "letters": (k, l, i, j), "inverse_temperature": beta}
    claim = opposite_signs(blocks, **choices).statement
    assert verify(claim).status == "proved"
    as_printed = claim.replaced(right=layered_matrix(blocks, sizes=shape, letters=(k, l, i, j)).matrix.det())
    assert verify(as_printed).status == ("refuted" if sum(shape) % 2 else "proved")


def test_definiteness_is_that_of_the_pivots_and_not_of_their_opposites():
    letters = {"diagonal": model.diagonal_block, "beside": model.block_beside}
    claim = elimination_definiteness(sizes=(1, 1), **letters).statement
    assert verify(claim).status == "proved"
    assert refuted(claim.replaced(condition=sp.And(*[sp.Lt(c.lhs, 0) for c in claim.condition.args])))


def random_matrix(rng, rows, columns):
    return flint.fmpq_mat(
        rows, columns, [flint.fmpq(rng.randint(-9, 9), rng.randint(1, 7)) for _ in range(rows * columns)]
    )


@pytest.mark.parametrize("sizes", [(2, 3), (3, 1, 2), (2, 4, 3, 2), (1, 5, 1, 5)])
def test_elimination_of_random_blocks_gives_the_determinant(sizes):
    rng = random.Random(sum(sizes))
    bonds = [random_matrix(rng, a, b) for a, b in pairwise(sizes)]
    own = [random_matrix(rng, n, n) for n in sizes]
    own = [block + block.transpose() for block in own]
    n, starts = sum(sizes), [sum(sizes[:k]) for k in range(len(sizes))]
    matrix = flint.fmpq_mat(n, n)

    def place(block, row, column):
        for a in range(block.nrows()):
            for b in range(block.ncols()):
                matrix[row + a, column + b] = block[a, b]

    for at, block in zip(starts, own, strict=True):
        place(block, at, at)
    for at, after, bond in zip(starts, starts[1:], bonds, strict=False):
        place(-bond, at, after)
        place(-bond.transpose(), after, at)
    pivot, product = own[0], own[0].det()
    for block, bond in zip(own[1:], bonds, strict=True):
        pivot = block - bond.transpose() * pivot.inv() * bond
        product *= pivot.det()
    assert product == matrix.det() != 0


def test_rules_say_what_they_expect():
    d = Derivation("test")
    matrix = d.define(Definition(sp.Symbol("M"), m[i] * B[i, j]))
    bond = whole()["bond matrix of a layered network"]
    places = {"rows": (i, j), "layers": ((k, l), (0, layered.n_bonds), layered.layer_sizes)}
    with pytest.raises(ValueError, match="one bond matrix"):
        layer_reaction(matrix, bond, **places, inverse_temperature=beta)
    field = d.define(Definition(sp.Symbol("theta"), model.fields[i] + m[i]))
    with pytest.raises(ValueError, match="without external fields"):
        linearized(
            field,
            whole()["bond matrix"],
            magnetizations=m,
            small=sp.Symbol("epsilon", real=True),
            site=i,
            domain=model.pair_domain(),
        )


def test_rules_of_the_chain_are_the_ones_tested_here():
    chain = (mean_field_free_energy, without_fields, tap_equations, linearized, matrix_form, curvature)
    blocks = (paramagnet_curvature, layer_reaction, layer_blocks, block_congruence, elimination_determinant)
    assert {r.name for r in (*chain, *blocks)} <= {step.rule for step in whole()}


def test_three_spins_in_a_row_have_the_determinant_of_their_continuant():
    result = whole()["determinant for layers of 1, 1 and 1 spins"].result
    J = layered.couplings
    diagonal = {R[n, 1, 1]: sp.Rational(-1, n + 2) for n in range(3)}
    values = {J[1, 1, 1]: sp.Rational(2, 3), J[2, 1, 1]: sp.Rational(-1, 5), beta: sp.Rational(3, 7)}
    d0, d1, d2 = (1 + Fraction(3, 7) / (n + 2) for n in range(3))
    b1, b2 = Fraction(2, 7) ** 2, Fraction(3, 35) ** 2
    assert Fraction(str(result.xreplace(diagonal | values))) == d0 * d1 * d2 - b1 * d2 - b2 * d0
