"""Stability and one-step breaking start from the derived action, less what does not grow with the spins."""

from typing import Any

import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.spin_glass import sherrington_kirkpatrick
from derivations.spin_glass.replica_stability import replica_action
from theory.domain import Domain
from theory.models import replica_pairs as names
from theory.statements import Identity

beta, m = names.inverse_temperature, names.n_replicas
CONSTANT = -(beta**2) * m**2 / 4


@pytest.fixture(scope="module")
def both() -> tuple[Any, Any, Domain]:
    derived = sherrington_kirkpatrick.build()["replica action"].result
    started, domain = replica_action(Derivation("start of stability"))
    few = Domain({**domain.sets, m: sp.Range(1, 4), beta: (0, 2), names.external_field: (-1, 1)})
    return derived, started.result, few


def test_they_differ_by_a_term_that_does_not_grow(both: Any) -> None:
    derived, started, domain = both
    assert verify(Identity(derived, started + CONSTANT, domain), timeout=60).status in ("proved", "enumerated")


@pytest.mark.parametrize("wrong", [sp.Integer(0), -CONSTANT, 2 * CONSTANT, CONSTANT * names.n_spins])
def test_another_difference_is_refuted(both: Any, wrong: Any) -> None:
    derived, started, domain = both
    assert verify(Identity(derived, started + wrong, domain), repair=False).status == "refuted"
