"""Products that were not multiplied out, as SymPy's ``factor`` leaves them: claims like any other."""

import pytest
import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.verify import verify
from theory.domain import Domain
from theory.statements import Expansion, Identity

x = sp.Symbol("x")
UNIT = Domain({x: (0, 1)})
PLAIN = 1 + x / 2 - x**2 / 8
FACTORED = sp.factor(PLAIN)
DOUBLED = sp.Mul(2, x + 1, evaluate=False)


def test_the_form_is_one_that_sympy_changes_on_reading():
    assert FACTORED.is_Mul and FACTORED.func(*FACTORED.args) == PLAIN != FACTORED


@pytest.mark.parametrize(("left", "right"), [(PLAIN, FACTORED), (FACTORED, PLAIN), (DOUBLED, 2 * x + 2)])
def test_a_factored_side_is_accepted_and_its_evidence_is_about_the_claim(left, right):
    claim = Identity(left, right, UNIT)
    verdict = verify(claim, fresh=True)
    assert verdict.holds is True
    assert {e.claim for e in verdict.evidence if e.claim} == {claim_hash(claim)}


@pytest.mark.parametrize("wrong", [sp.factor(PLAIN + x**2 / 4), sp.Mul(-1, FACTORED, evaluate=False)])
def test_a_slip_in_a_factored_side_is_refuted(wrong):
    assert verify(Identity(PLAIN, wrong, UNIT), fresh=True).holds is False


def test_an_expansion_with_a_factored_side_holds():
    claim = Expansion(sp.sqrt(1 + x), FACTORED, UNIT, variable=x, order=3)
    assert verify(claim, fresh=True).holds is True
