"""What every rule must do: compute a claim that holds, and one that a slip would spoil."""

import itertools
from collections.abc import Callable

import pytest

from derivations.engine.mutation import mutated_statements
from derivations.engine.verify import verify
from theory.statements import Statement


@pytest.fixture
def holds_and_is_sharp() -> Callable[[Statement], None]:
    """Check that a claim holds and that the first few slips in it are refuted with a counterexample."""

    def check(statement: Statement, slips: int = 4) -> None:
        verdict = verify(statement)
        assert verdict.holds is True, str(verdict)
        wrong = list(itertools.islice(mutated_statements(statement), slips))
        assert wrong, "nothing in the claim could be changed: it says nothing"
        refuted = [verify(slip.changed) for slip in wrong]
        assert any(v.status == "refuted" and v.counterexample is not None for v in refuted)
        assert all(v.holds is not True or equal_by_symmetry(slip.text) for v, slip in zip(refuted, wrong, strict=True))

    def equal_by_symmetry(label: str) -> bool:
        """Slips that change nothing: the sign of a coupling, and of a square's root."""
        return label.startswith("sign of")

    return check
