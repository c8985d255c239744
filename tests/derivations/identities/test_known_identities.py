"""The known identities are true: an oracle that shares nothing with the engine says so."""

from __future__ import annotations

import pytest
import sympy as sp

from derivations.grading.truth import true_by_oracle
from derivations.identities.collection import FAMILIES
from derivations.identities.known import Family, KnownIdentity, identity
from theory.domain import Domain

x = sp.Symbol("x", real=True)
SLOW = ("arcsine kernel",)
READ = [pytest.param(i, id=f"{f.name}: {i.name}") for f in FAMILIES for i in f.identities]


@pytest.mark.slow
@pytest.mark.parametrize("known", READ)
def test_a_known_identity_is_true(known):
    assert true_by_oracle(known.statement, points=3, seconds=300).word == "equal"


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.name)
def test_some_identities_of_each_family_are_true(family):
    chosen = [i for i in family.identities if i.name not in SLOW][::4]
    assert [i.name for i in chosen if true_by_oracle(i.statement, points=1).word != "equal"] == []


def test_there_are_enough_and_most_are_claimed_against_a_definition():
    members = [i for f in FAMILIES for i in f.identities]
    assert len(members) >= 180
    assert sum(i.independent for i in members) >= 0.7 * len(members)


def test_names_are_unique_within_the_whole_collection_with_their_family():
    names = [(f.name, i.name) for f in FAMILIES for i in f.identities]
    assert len(set(names)) == len(names)


def test_a_name_given_twice_in_a_family_is_refused():
    one = identity("a", x, x, Domain({x: (0, 1)}), "here")
    with pytest.raises(ValueError, match="a more than once"):
        Family(name="f", title="f", identities=(one, one))


def test_an_identity_without_a_source_is_refused():
    with pytest.raises(ValueError, match="name and a source"):
        KnownIdentity(name="a", statement=identity("a", x, x, Domain({x: (0, 1)}), "b").statement, source=" ")


def test_no_identity_says_that_an_expression_equals_itself():
    claims = [(i.name, i.statement.expressions()) for f in FAMILIES for i in f.identities]
    assert [name for name, parts in claims if len(parts) > 1 and parts[0] == parts[1]] == []
