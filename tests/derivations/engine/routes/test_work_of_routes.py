"""A longer time limit gives routes more work; a shorter one never less than they name."""

import pytest

from derivations.engine.routes.budget import USUAL_TIMEOUT, Budget, patient, share


@pytest.mark.parametrize(("timeout", "factor"), [(USUAL_TIMEOUT / 10, 1), (USUAL_TIMEOUT, 1), (4 * USUAL_TIMEOUT, 4)])
def test_the_work_grows_with_the_time_limit(timeout: float, factor: float) -> None:
    with patient(timeout):
        assert share(2.0) == 2.0 * factor
    assert share(2.0) == 2.0


def test_a_budget_is_a_share() -> None:
    with patient(10 * USUAL_TIMEOUT):
        assert Budget.of(1.0, deadline=float("inf")).left > 5
