"""The pivots of the elimination of a layered matrix."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from derivations.engine.verify import verify
from derivations.rules.pivots import pivot_recursion
from derivations.spin_glass.tap_equations import build
from theory.models import ising_pairs as model
from theory.models import multilayer as layered

whole = cache(build)
k, l, i, j = layered.k, model.l, model.i, model.j


def test_the_pivots_are_proved_and_their_opposites_refuted():
    step: Any = whole()["pivots"]
    chi = model.schur_complement[k, i, j]
    assert verify(step.statement).status == "proved"
    verdict = verify(step.statement.replaced(right=-step.result - chi))
    assert (verdict.status, verdict.counterexample is not None) == ("refuted", True)


def test_a_congruence_with_a_factor_at_its_pivot_is_refused():
    congruence = whole()["elimination of layers"]
    with pytest.raises(ValueError, match="once and with factor 1"):
        pivot_recursion(
            replace(congruence, result=2 * congruence.result),
            whole()["block tridiagonal matrix"],
            pivot=model.schur_complement,
            reaction=model.reaction,
            layers=(k, l),
            rows=(i, j),
        )
