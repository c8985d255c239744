"""A symbol that an equation of the domain determines has no other value, not even one given from outside."""

from __future__ import annotations

import random

import sympy as sp

from derivations import verify
from theory import Domain
from theory.domain import Assignment
from theory.statements import Inequality

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
