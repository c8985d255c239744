"""Claims about solutions of their own equations: points are proved zeros, and wrong claims are refuted at them."""

import random

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.routes.enclosures.balls import ball, precision
from derivations.engine.routes.enclosures.points import Frame, VagueError
from theory import Domain, Identity, Inequality
from theory.averages import GaussianMean
from theory.implicit import Solution

q, beta, h, m = sp.symbols("q beta h m", positive=True)
u, z = sp.symbols("u z", real=True)
CURIE_WEISS = Domain({beta: (1, 3), q: (0, 1)}, [sp.Eq(q, sp.tanh(beta * q))])
IN_A_FIELD = Domain({beta: (0, 2), h: (0, 1), m: (0, 1)}, [sp.Eq(m, sp.tanh(beta * (m + h)))])
SPIN_GLASS = Domain({beta: (sp.Rational(3, 2), 2), q: (0, 1)}, [sp.Eq(q, GaussianMean(sp.tanh(beta * z) ** 2, z, q))])


def test_a_solution_is_the_zero_to_all_digits():
    node = Solution(u**2 - 2, u, 0, 2)
    with precision(400):
        found = ball(node, Frame(free=lambda name: name))
        assert (found - sp_sqrt_two()).contains(0)
        assert found.real.rad() < 1e-100


def sp_sqrt_two():
    return ball(sp.sqrt(2), Frame(free=lambda name: name))


@pytest.mark.parametrize("residual", [u**2 + 1, (u - 1) ** 2, 1 / (u - sp.Rational(1, 3))])
def test_what_has_no_simple_zero_has_no_value(residual):
    with pytest.raises(VagueError):
        ball(Solution(residual, u, 0, 2), Frame(free=lambda name: name))


def test_each_end_of_the_interval_leads_to_its_own_solution():
    cubic = (u - 1) * (u - 2) * (u - 3)
    frame = Frame(free=lambda name: name)
    assert ball(Solution(cubic, u, 0, sp.Rational(7, 2)), frame).real.contains(1)
    assert ball(Solution(cubic, u, sp.Rational(7, 2), 0), frame).real.contains(3)


@pytest.mark.parametrize(
    ("left", "right", "domain"),
    [
        (q, sp.tanh(beta * q), CURIE_WEISS),
        (1 - q**2, sp.sech(beta * q) ** 2, CURIE_WEISS),
        (sp.log((1 + q) / (1 - q)), 2 * beta * q, CURIE_WEISS),
        (sp.log(2 * sp.cosh(beta * (m + h))), sp.log(2) - sp.log(1 - m**2) / 2, IN_A_FIELD),
    ],
    ids=str,
)
def test_a_claim_about_a_solution_holds(left, right, domain):
    assert verify(Identity(left, right, domain)).holds


def test_an_overlap_that_solves_a_gaussian_average_is_enclosed():
    point = SPIN_GLASS.sample(random.Random(1))
    with precision(128):
        left, right = (ball(side, Frame(free=point)) for side in (1 - q, GaussianMean(sp.sech(beta * z) ** 2, z, q)))
        assert abs(left - right) < 1e-30


@pytest.mark.parametrize(
    ("left", "right", "domain"),
    [
        (1 - q, sp.sech(beta * q) ** 2, CURIE_WEISS),
        (sp.log((1 + q) / (1 - q)), beta * q, CURIE_WEISS),
        (sp.log(2 * sp.cosh(beta * (m + h))), sp.log(2) - sp.log(1 + m**2) / 2, IN_A_FIELD),
        (1 - q, GaussianMean(sp.sech(beta * z), z, q), SPIN_GLASS),
    ],
    ids=str,
)
def test_a_wrong_claim_about_a_solution_is_refuted(left, right, domain):
    verdict = verify(Identity(left, right, domain))
    assert verdict.status == "refuted"
    assert "the solution of" in str(verdict.counterexample)


def test_where_there_is_no_solution_nothing_is_decided():
    empty = Domain({beta: (0, sp.Rational(1, 2)), q: (sp.Rational(1, 10), 1)}, [sp.Eq(q, sp.tanh(beta * q))])
    assert verify(Identity(q, 2 * q, empty)).status == "inconclusive"


def test_an_equation_is_not_solved_outside_an_interval():
    integers = Domain({m: sp.Range(1, 5)}, [sp.Eq(m, sp.tanh(m))])
    with pytest.raises(ValueError, match="interval"):
        integers.sample(random.Random(0))


def test_an_inequality_about_a_solution_is_tried_along_other_parameters():
    assert verify(Inequality(beta * (1 - q**2), 1, CURIE_WEISS, relation="<")).holds is not False
    assert verify(Inequality(beta * (1 - q**2), sp.Rational(1, 2), CURIE_WEISS, relation="<")).status == "refuted"
