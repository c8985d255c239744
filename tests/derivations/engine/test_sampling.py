"""Points of a domain: every part of an integer set is met, and spins take both signs from the first point on."""

import random
from itertools import islice

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.routes.sampling import members, points
from theory import Domain, Identity
from theory.sums import Sigma

s = sp.Symbol("s", integer=True)
i = sp.Symbol("i", integer=True)
N = sp.Symbol("N", integer=True, positive=True)
SPIN = sp.IndexedBase("sigma")


@pytest.mark.parametrize(
    ("chosen", "first"),
    [
        (sp.FiniteSet(-5, 5), [5, -5]),
        (sp.FiniteSet(-1, 1), [1, -1]),
        (sp.Range(0, 100, 20), [0, 20, 40, 60]),
        (sp.Range(10, 0, -3), [1, 4, 7, 10]),
        (sp.Range(1, sp.oo), [1, 2, 3, 4]),
        (sp.Union(sp.FiniteSet(1, 2), sp.Range(100, 102)), [1, 2, 100, 101]),
        (sp.S.Integers, [-2, -1, 0, 1]),
    ],
)
def test_the_first_members_of_a_set(chosen, first):
    assert members(chosen) == first


def test_spins_of_the_first_points_take_both_values():
    domain = Domain({N: sp.Range(1, sp.oo), SPIN: sp.FiniteSet(-1, 1)})
    seen = {point(SPIN[place]) for point in islice(points(domain, random.Random(0)), 6) for place in range(1, 4)}
    assert seen == {-1, 1}


@pytest.mark.parametrize(
    ("left", "right", "chosen"),
    [
        (s, -5, sp.FiniteSet(-5, 5)),
        (s * (s - 20), 0, sp.Range(0, 100, 20)),
        ((s - 1) * (s - 2), 0, sp.Union(sp.FiniteSet(1, 2), sp.Range(100, sp.oo))),
        ((s - 1) * (s - 2) * (s - 100), 0, sp.Union(sp.FiniteSet(1, 2), sp.Range(100, 103))),
    ],
)
def test_a_claim_that_fails_beyond_a_gap_is_refuted(left, right, chosen):
    assert verify(Identity(left, right, Domain({s: chosen}))).status == "refuted"


def test_a_neighbour_in_place_of_a_square_is_refuted():
    domain = Domain({N: sp.Range(1, sp.oo), SPIN: sp.FiniteSet(-1, 1)})
    right = verify(Identity(Sigma(SPIN[i] ** 2, (i, 1, N)), N, domain))
    assert right.holds
    shifted = Identity(Sigma(SPIN[i] * SPIN[i + 1], (i, 1, N)), N, domain)
    assert verify(shifted).status == "refuted"
