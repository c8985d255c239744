"""A symbol that an equation of the domain determines has no other value, not even one given from outside."""

from __future__ import annotations

import random

import sympy as sp

from derivations import verify
from derivations.engine.routes.enclosures.comparisons import moved_point
from theory import Domain
from theory.domain import Assignment
from theory.statements import Inequality
from theory.sums import Sigma
from theory.symbols import family

x, y = sp.symbols("x y", real=True)


def test_a_given_value_must_agree_with_the_equation_that_determines_it():
    domain = Domain({x: (-1, 1), y: (-1, 1)}, [sp.Eq(x, y / 2)])
    right = {x: sp.Rational(1, 4), y: sp.Rational(1, 2)}
    wrong = {**right, x: sp.Integer(0)}
    assert Assignment(domain, random.Random(0), simple=True, fixed=right).satisfies_constraints()
    assert not Assignment(domain, random.Random(0), simple=True, fixed=wrong).satisfies_constraints()


def test_an_inequality_is_not_refuted_where_its_domain_has_no_point():
    fixed = Domain({x: (-1, 1)}, [sp.Eq(x, sp.Rational(1, 4))])
    assert verify(Inequality(x**2, 0, fixed, relation=">")).holds is True
    assert verify(Inequality(x, sp.Rational(1, 2), fixed, relation=">")).holds is False


def test_entries_of_a_determined_family_have_no_other_value_either():
    n = sp.Symbol("n", integer=True, positive=True)
    i = sp.Symbol("i", integer=True)
    a, b = family("a", positive=True), family("b", positive=True)
    share = sp.Eq(b[i], a[i] / Sigma(a[i], (i, 1, n)))
    domain = Domain({n: sp.Range(1, sp.oo), a: (0, sp.oo), b: (0, sp.oo)}, [share])
    half = {n: sp.Integer(2), a[1]: sp.Integer(1), a[2]: sp.Integer(1), b[1]: sp.Rational(1, 2)}
    assert Assignment(domain, random.Random(0), simple=True, fixed=half).satisfies_constraints()
    wrong = Assignment(domain, random.Random(0), simple=True, fixed={**half, b[1]: 2})
    assert wrong(b[1]) == sp.Rational(1, 2) or not wrong.satisfies_constraints()
    assert moved_point(domain.sample(random.Random(0), fixed=half), b[1], sp.Rational(1, 4)) is None
    divergence = Sigma(b[i] * sp.log(n * b[i]), (i, 1, n))
    assert verify(Inequality(divergence, 0, domain, relation=">=")).holds is not False
    wrong = verify(Inequality(divergence, 0, domain, relation="<="))
    assert wrong.holds is False
    values = dict(wrong.counterexample.values)
    assert sp.Add(*(values[b[k]] for k in range(1, int(values[n]) + 1))) == 1
