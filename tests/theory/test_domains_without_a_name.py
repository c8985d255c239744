"""A domain loses a name only where nothing that stays depends on it."""

from __future__ import annotations

import pytest
import sympy as sp

from derivations import verify
from theory import Domain
from theory.statements import Expansion, LimitStatement

x, y, z = sp.symbols("x y z", real=True)
k, n = sp.symbols("k n", integer=True)
q = sp.IndexedBase("q", real=True)


def test_the_other_names_keep_their_sets_and_constraints():
    domain = Domain({x: (0, 1), y: (0, 2), z: (0, 3)}, [y < z])
    assert domain.without(x) == Domain({y: (0, 2), z: (0, 3)}, [y < z])


def test_a_name_whose_own_set_depends_on_others_can_go():
    assert Domain({n: sp.Range(1, 9), k: sp.Range(0, n)}).without(k) == Domain({n: sp.Range(1, 9)})


def test_a_name_that_is_not_there_changes_nothing():
    domain = Domain({x: (0, 1)})
    assert domain.without(y) == domain


def test_the_last_name_leaves_an_empty_domain():
    assert Domain({x: (0, 1)}).without(x) == Domain({})


def test_the_index_of_an_equation_for_a_family_stands_for_any_index():
    domain = Domain({q: (-1, 1), k: sp.Range(0, 9), x: (0, 1)}, [sp.Eq(q[k], x)])
    assert domain.without(k) == Domain({q: (-1, 1), x: (0, 1)}, [sp.Eq(q[k], x)])


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        (Domain({x: (0, 1), y: (0, 2)}, [x < y]), x),
        (Domain({x: (0, 1), y: (0, 2)}, [sp.Eq(y, 2 * x)]), x),
        (Domain({x: (0, 1), y: (0, 2)}, [sp.Eq(y, 2 * x)]), y),
        (Domain({n: sp.Range(1, 9), k: sp.Range(0, n)}), n),
        (Domain({x: (0, 1), y: sp.Union(sp.Interval(-2, -1), sp.Interval(0, x))}), x),
        (Domain({q: (-1, 1), x: (0, 1)}, [sp.Eq(q[k], x)]), q),
        (Domain({q: (-1, 1), x: (0, 1)}, [sp.Eq(q[k], x)]), x),
    ],
)
def test_nothing_is_left_where_something_depends_on_the_name(domain, name):
    assert domain.without(name) is None


@pytest.mark.parametrize(
    "claim",
    [
        LimitStatement(y + sp.sqrt(x), y + 1, Domain({x: (0, 1), y: (0, 1)}, [y < x]), variable=x, point=0),
        Expansion(
            y + sp.sqrt(x), y + 2 * sp.sqrt(x), Domain({x: (0, 1), y: (0, 1)}, [y < x]), variable=x, about=0, order=1
        ),
    ],
    ids=["limit", "expansion"],
)
def test_a_wrong_claim_with_a_parameter_tied_to_its_variable_is_not_accepted(claim):
    assert verify(claim).holds is not True
