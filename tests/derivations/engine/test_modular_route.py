"""Rational identities modulo primes: what differs is refuted at a point, what agrees is so with a bound."""

from fractions import Fraction
from random import Random

import pytest
import sympy as sp

from derivations.engine.equations import LARGE
from derivations.engine.routes import modular
from derivations.engine.routes.rational_size import Size, sum_size
from derivations.engine.routes.residues import Exact, Modulo, Program
from derivations.engine.verify import verify
from theory.domain import Domain
from theory.statements import Identity

x, y, z = sp.symbols("x y z")
n = sp.Symbol("n", integer=True)
q = sp.IndexedBase("q")
DOMAIN = Domain({x: (0, 1), y: (0, 1), z: (0, 1), q: (0, 1)})


def examined(left, right, domain=DOMAIN):
    program = modular.program_of([(sp.sympify(left), sp.sympify(right))])
    return modular.examine(program, domain, "claim", (), 0) if program is not None else None


RIGHT = {
    "square": ((x + y) ** 2, x**2 + 2 * x * y + y**2),
    "partial fractions": (1 / (x - 2) - 1 / (x + 2), 4 / (x**2 - 4)),
    "entries of a family": ((q[1] - q[2]) * (q[1] + q[2]), q[1] ** 2 - q[2] ** 2),
    "nested": (1 / (1 + 1 / (1 + 1 / x)), (x + 1) / (2 * x + 1)),
    "a large power": ((x + 1) ** 10**6 - (x + 1) ** (10**6 - 1), x * (x + 1) ** (10**6 - 1)),
    "numbers": (sp.Rational(1, 3) + sp.Rational(1, 6), sp.Rational(1, 2)),
}
WRONG = {
    "sign": ((x + y) ** 2, x**2 - 2 * x * y + y**2),
    "factor": (1 / (x - 2) - 1 / (x + 2), 2 / (x**2 - 4)),
    "power": ((q[1] - q[2]) * (q[1] + q[2]), q[1] ** 2 - q[2] ** 3),
    "nested": (1 / (1 + 1 / (1 + 1 / x)), (x + 1) / (2 * x + 2)),
    "one beside a large power": ((x + 1) ** 10**6 + 1, (x + 1) ** 10**6),
    "one beside a large number": (sp.Integer(10) ** 100_000 * x, sp.Integer(10) ** 100_000 * x + 1),
    "a multiple of one prime of 61 bits": (x * (2**61 - 1), sp.Integer(0)),
    "numbers": (sp.Rational(1, 3) + sp.Rational(1, 6), sp.Rational(1, 3)),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_identity_agrees_with_a_bound(name):
    evidence = examined(*RIGHT[name])
    assert evidence is not None
    assert evidence.outcome == "agrees"
    assert evidence.points > 0
    assert "probability below 2^-1" in evidence.reason


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_identity_is_refuted_at_a_point_of_the_domain(name):
    left, right = WRONG[name]
    evidence = examined(left, right)
    assert evidence is not None and evidence.counterexample is not None
    point = dict(evidence.counterexample)
    assert all(0 < value < 1 for value in point.values())
    if "large" not in name:
        assert sp.sympify(left).subs(point) != sp.sympify(right).subs(point)
        assert evidence.counterexample.left != evidence.counterexample.right


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rational_identity_is_never_accepted(name):
    assert verify(Identity(*WRONG[name], DOMAIN)).status == "refuted"


@pytest.mark.parametrize(
    "side", [sp.sqrt(x), x**y, x**n, sp.sin(x), sp.pi * x, sp.I * x, sp.oo, sp.Integral(x, (x, 0, 1)), q[n]], ids=str
)
def test_what_is_not_rational_does_not_apply(side):
    assert examined(side, x) is None


def test_an_identity_on_a_finite_set_only_is_neither_refuted_nor_agreed():
    evidence = examined(x**2, x, Domain({x: sp.FiniteSet(0, 1)}))
    assert evidence is not None
    assert (evidence.outcome, evidence.counterexample) == ("undecided", None)
    assert verify(Identity(x**2, x, Domain({x: sp.FiniteSet(0, 1)}))).status != "refuted"


def test_an_identity_on_a_constraint_only_is_neither_refuted_nor_agreed():
    tied = Domain({x: (0, 1), y: (0, 2)}, [sp.Eq(y, 2 * x)])
    for right, outcome in ((2 * x, "undecided"), (3 * x, "refutes")):
        evidence = examined(y, right, tied)
        assert evidence is not None
        assert evidence.outcome == outcome


def test_a_degree_beyond_the_primes_has_no_bound():
    evidence = examined(x ** (2**62 - 1), x ** (2**62) / x)
    assert evidence is not None
    assert evidence.outcome == "undecided"
    assert "degree" in evidence.reason


def test_a_denominator_that_vanishes_gives_no_value():
    zero = sp.Pow(sp.Add(x, -x, evaluate=False), -1, evaluate=False)
    evidence = examined(zero, sp.Integer(5))
    assert evidence is not None
    assert evidence.outcome == "undecided"


def test_values_modulo_a_prime_are_those_of_the_rational_numbers():
    expression = (x / 3 - 2) ** 5 / (7 * x**2 + 1) - x ** (-3) + sp.Rational(5, 6)
    program = Program([expression])
    exact = program.values({x: Fraction(3, 7)}, Exact())[0]
    assert sp.Rational(exact.numerator, exact.denominator) == expression.subs(x, sp.Rational(3, 7))
    prime = next(modular.primes(Random(1)))
    residue = 3 * pow(7, -1, prime) % prime
    expected = exact.numerator * pow(exact.denominator, -1, prime) % prime
    assert program.values({x: residue}, Modulo(prime)) == [expected]


def test_a_program_shares_parts_and_is_never_expanded():
    expression = x + 1
    for _ in range(60):
        expression = sp.Mul(expression, sp.Add(expression, 1, evaluate=False), evaluate=False)
    assert len(Program([expression])) < 300
    evidence = examined(expression, expression)
    assert evidence is not None


@pytest.mark.parametrize(
    "expression", [(x + 2) ** 3 * (y - 1) / 5, 1 / (x + 1) + y / (x - 3), (x / 2 + sp.Rational(1, 3)) ** -2], ids=str
)
def test_sizes_bound_the_polynomials_of_the_quotient(expression):
    (size,), _ = Program([expression]).sizes()
    above, below = sp.fraction(sp.together(expression))
    for polynomial, degree, bits in ((above, size.degree, size.bits), (below, size.under_degree, size.under_bits)):
        poly = sp.Poly(polynomial, x, y)
        assert poly.total_degree() <= degree
        assert sum(map(abs, poly.coeffs())) < 2**bits or bits == 0


def test_sums_are_bounded_over_the_product_of_their_denominators():
    half = Size(degree=2, bits=3, under_degree=1, under_bits=1)
    assert sum_size([half, half]) == Size(degree=3, bits=6, under_degree=2, under_bits=2)


def test_primes_are_random_primes_of_62_bits():
    stream = modular.primes(Random(2))
    found = [next(stream) for _ in range(5)]
    assert len(set(found)) == 5
    assert all(sp.isprime(p) and p.bit_length() == 62 for p in found)


def test_large_claims_meet_the_modular_route_before_the_normal_form():
    total = sp.Add(*[(i + 1) * x**i * y**j for i in range(LARGE // 20) for j in range(20)])
    right = Identity(total * (x - y), sp.expand(total * (x - y)), DOMAIN)
    assert "modular" in [e.route for e in verify(right).evidence]
    wrong = Identity(total * (x - y), sp.expand(total * (x - y)) + x**7 * y**9, DOMAIN)
    assert verify(wrong).status == "refuted"
