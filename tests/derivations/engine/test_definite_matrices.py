"""Positive definite exactly under a condition: proved by leading minors or by the least eigenvalue."""

import pytest
import sympy as sp

from derivations.engine.routes.certificates.definiteness import equivalence
from derivations.engine.verify import verify
from theory.domain import Domain
from theory.statements import PositiveDefinite

x, y, q, a, b, beta, C = sp.symbols("x y q a b beta C")
i, j, L = sp.symbols("i j L", integer=True)
delta = sp.KroneckerDelta
WIDE = {a: (-3, 3), b: (-3, 3), x: (-3, 3)}
PAIR, GENERAL = sp.Matrix([[1, x], [x, 1]]), sp.Matrix([[a, b], [b, x]])
CHAIN3 = sp.Matrix([[1, x, 0], [x, 1, x], [0, x, 1]])
EQUAL3 = sp.Matrix([[1, x, x], [x, 1, x], [x, x, 1]])
HESSIAN = delta(i, j) - C * beta**2 * (delta(i, j + 1) + delta(i + 1, j))
LAYERS = {L: sp.Range(1, sp.oo), i: sp.Range(0, L + 1), j: sp.Range(0, L + 1), beta: (0, sp.oo), C: (0, sp.oo)}


def critical(size):
    return beta * sp.sqrt(2 * C * sp.cos(sp.pi / size)) < 1


# matrix, sets, condition, wrong conditions
MATRICES = {
    "a pair": (PAIR, {x: (0, 3)}, x < 1, [x < sp.Rational(101, 100), x < sp.Rational(99, 100), sp.true]),
    "a pair of any sign": (PAIR, {x: (-3, 3)}, sp.And(x < 1, x > -1), [x < 1, sp.And(x < 1, x > 0)]),
    "a square as condition": (PAIR, {x: (-3, 3)}, x**2 < 1, [x**2 < 2, x**3 < 1]),
    "two entries": (sp.Matrix([[1, q], [q, x]]), {x: (0, 3), q: (0, 1)}, x > q**2, [x > q, x > q**3]),
    "a chain of three": (CHAIN3, {x: (0, 3)}, x < 1 / sp.sqrt(2), [x < 1, x < sp.Rational(7, 10)]),
    "three of equal correlation": (EQUAL3, {x: (-1, 1)}, x > -sp.Rational(1, 2), [x > -sp.Rational(1, 3), sp.true]),
    "any two by two": (GENERAL, WIDE, sp.And(a > 0, a * x > b**2), [a * x > b**2, sp.And(a > 0, a * x + b**2 > 0)]),
    "without condition": (sp.Matrix([[1 + x**2, x], [x, 1]]), {x: (-3, 3)}, sp.true, [x > 0]),
}
WRONG = [(name, place) for name, claim in MATRICES.items() for place in range(len(claim[-1]))]


@pytest.mark.parametrize("name", MATRICES)
def test_definiteness_is_proved_in_both_directions(name: str) -> None:
    matrix, sets, condition, _ = MATRICES[name]
    assert verify(PositiveDefinite(matrix, Domain(sets), condition=condition)).status == "proved"


@pytest.mark.parametrize(("name", "place"), WRONG)
def test_a_wrong_condition_is_refuted_and_has_no_proof(name: str, place: int) -> None:
    matrix, sets, _, wrong = MATRICES[name]
    domain = Domain(sets)
    assert verify(PositiveDefinite(matrix, domain, condition=wrong[place])).status == "refuted"
    minors = [matrix[:n, :n].det() for n in range(1, matrix.rows + 1)]
    assert equivalence(minors, wrong[place], domain) == ""


def test_a_condition_that_holds_on_the_boundary_too_is_refuted() -> None:
    assert verify(PositiveDefinite(PAIR, Domain({x: (0, 3)}), condition=x <= 1)).status == "refuted"


def test_a_chain_of_any_length_is_proved() -> None:
    claim = PositiveDefinite(HESSIAN, Domain(LAYERS), condition=critical(L + 2), rows=(i, j, 0, L))
    assert verify(claim).status == "proved"


@pytest.mark.parametrize("size", [L + 1, L + 3, 2 * L])
def test_a_chain_with_a_wrong_size_in_its_condition_is_refuted(size: sp.Expr) -> None:
    claim = PositiveDefinite(HESSIAN, Domain(LAYERS), condition=critical(size), rows=(i, j, 0, L))
    assert verify(claim).status == "refuted"


@pytest.mark.parametrize(
    "defect",
    [
        delta(i, 0) * delta(j, 0),
        delta(i, L) * delta(j, L),
        C * beta**2 * (delta(i, 0) * delta(j, L) + delta(j, 0) * delta(i, L)),
        C * beta**2 * (delta(i, j + 2) + delta(i + 2, j)),
        i * delta(i, j),
    ],
)
def test_a_chain_with_a_defect_is_not_taken_for_one_without(defect: sp.Expr) -> None:
    claim = PositiveDefinite(HESSIAN + defect, Domain(LAYERS), condition=critical(L + 2), rows=(i, j, 0, L))
    assert verify(claim).status == "refuted"
    exact = next((e for e in verify(claim).evidence if e.route == "exact"), None)
    assert exact is None or exact.outcome == "undecided"


@pytest.mark.parametrize(
    ("entry", "condition"),
    [
        ((x - sp.Rational(1, 3)) ** 2 - sp.Rational(1, 10**14), sp.true),
        ((x - sp.sqrt(2)) ** 2, sp.true),
        ((x**2 - 2) ** 2, sp.true),
        (sp.log(x + 4) - sp.log(1 + sp.Rational(1, 10**7)), sp.true),
        ((x - 1) * (x - 1 - sp.Rational(1, 10**8)) * sp.cosh(x), x < 3),
    ],
)
def test_a_matrix_that_is_not_definite_in_a_narrow_part_is_not_accepted(entry, condition) -> None:
    claim = PositiveDefinite(sp.Matrix([[entry]]), Domain({x: (-3, 3)}), condition=condition)
    assert verify(claim).holds is not True


def test_a_narrow_part_of_a_matrix_of_any_size_is_found() -> None:
    sets = {L: sp.Range(2, sp.oo), x: (0, 1)}
    entry = delta(i, j) * (1 - x) + x
    claim = PositiveDefinite(entry, Domain(sets), rows=(i, j, 1, L))
    assert verify(claim).holds is True
    dip = (x - sp.Rational(1, 3)) ** 2 - sp.Rational(1, 10**14)
    assert verify(claim.replaced(matrix=delta(i, j) * dip)).status == "refuted"


GAPS = ((x - sp.Rational(1, 3)) ** 2, x**2 - 4 * x / 7 + sp.Rational(4, 49), sp.Abs(x - sp.Rational(2, 7)))


@pytest.mark.parametrize("gap", GAPS, ids=str)
def test_a_matrix_that_is_singular_at_one_rational_point_is_refused(gap: sp.Expr):
    domain = Domain({x: (0, 1)})
    for entries in ([[1, 0], [0, gap]], [[gap, 0], [0, 1]], [[1, 1 - gap], [1 - gap, 1]]):
        assert not verify(PositiveDefinite(sp.Matrix(entries), domain)).holds
    assert verify(PositiveDefinite(sp.Matrix([[1, 0], [0, gap + 1]]), domain)).holds


def test_a_matrix_that_is_singular_at_an_algebraic_point_is_not_accepted():
    singular = sp.Matrix([[sp.exp(-x), 1], [1, sp.exp(x) + (3 * x - 1) ** 2]])
    assert not verify(PositiveDefinite(singular, Domain({x: (0, 1)}))).holds
    assert not verify(PositiveDefinite(sp.Matrix([[1, 0], [0, (x**2 - 2) ** 2]]), Domain({x: (0, 2)}))).holds


BOWLS = (
    (x - sp.Rational(1, 3)) ** 2 + (y - sp.Rational(2, 7)) ** 2,
    (x - y) ** 2 + (x - sp.Rational(1, 3)) ** 2,
    sp.exp(x) * (x - sp.Rational(1, 3)) ** 2 + sp.sin(y - sp.Rational(2, 5)) ** 2,
)


@pytest.mark.parametrize("bowl", BOWLS, ids=str)
def test_a_matrix_that_is_singular_at_one_point_of_a_square_is_not_accepted(bowl: sp.Expr):
    domain = Domain({x: (0, 1), y: (0, 1)})
    assert not verify(PositiveDefinite(sp.Matrix([[1, 0], [0, bowl]]), domain)).holds
    assert verify(PositiveDefinite(sp.Matrix([[1, 0], [0, bowl + sp.Rational(1, 100)]]), domain)).holds


# Minors that no sign of factors decides: the certificates of inequalities or boxes must.
BY_INEQUALITIES = {
    "a correlation below one": (sp.Matrix([[1, sp.tanh(x)], [sp.tanh(x), 1]]), {x: (-3, 3)}),
    "a sine on the diagonal": (sp.Matrix([[2 + sp.sin(3 * x), x / 8], [x / 8, 1]]), {x: sp.Interval(-1, 2)}),
    "a dominant diagonal": (
        sp.Matrix([[3, sp.cos(x), y], [sp.cos(x), 3, sp.sin(y)], [y, sp.sin(y), 3]]),
        {x: sp.Interval(-1, 1), y: sp.Interval(-1, 1)},
    ),
}


@pytest.mark.parametrize("name", BY_INEQUALITIES)
def test_minors_are_positive_on_the_whole_domain(name: str) -> None:
    matrix, sets = BY_INEQUALITIES[name]
    assert verify(PositiveDefinite(matrix, Domain(sets))).status in {"proved", "enclosed"}


STEEP = (1000003 * (x - sp.Rational(314159, 1000000) - y / 7)) ** 2
NARROW = 1 - sp.Rational(10001, 10000) / (1 + STEEP)


@pytest.mark.parametrize("dip", [NARROW.subs(y, 0), NARROW, ((x + 1) ** 2 - 2) ** 2], ids=["line", "plane", "touch"])
def test_points_alone_support_no_definiteness(dip: sp.Expr) -> None:
    sets = {x: (0, 1), y: (0, sp.Rational(1, 10))}
    assert verify(PositiveDefinite(sp.diag(dip, 1), Domain(sets))).holds is not True


def test_a_condition_that_only_points_support_is_undecided_and_says_so() -> None:
    claim = PositiveDefinite(sp.diag(2 * sp.cos(x) - 1, 1), Domain({x: (0, 3)}), condition=x < sp.pi / 3)
    verdict = verify(claim)
    assert verdict.status == "inconclusive"
    assert "points tried, which proves nothing" in verdict.reason
    assert verify(claim.replaced(condition=x < sp.Rational(26, 25))).status == "refuted"
