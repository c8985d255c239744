"""Gates on sampled networks alarm as often as they say, on ensembles that are sampled anew each time."""

from __future__ import annotations

from typing import Any

import pytest

from numerics.crosschecks.gate import binomial_interval, student_quantile
from numerics.crosschecks.network_couplings import NETWORK_COUPLINGS
from numerics.crosschecks.network_outputs import NETWORK_OUTPUTS
from numerics.crosschecks.network_series import combined, slope_weights
from numerics.crosschecks.network_widths import NETWORK_WIDTHS

RATE, REPETITIONS = 0.05, 200


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("check", [NETWORK_WIDTHS, NETWORK_OUTPUTS, NETWORK_COUPLINGS], ids=lambda c: c.identifier)
def test_new_ensembles_alarm_within_the_binomial_interval(check: Any) -> None:
    alarms: dict[str, int] = {}
    for seed in range(1000, 1000 + REPETITIONS):
        for c in check.run(seed=seed, scale="quick"):
            beyond = abs(c.z) > student_quantile(RATE, c.degrees_of_freedom)
            alarms[c.identifier] = alarms.get(c.identifier, 0) + beyond
    low, high = binomial_interval(RATE, REPETITIONS)
    assert {name: n for name, n in alarms.items() if not low <= n <= high} == {}


def test_the_weights_of_a_slope_find_it() -> None:
    places = [0.0, 1.0, 3.0]
    weights = slope_weights(places)
    assert weights @ [5.0, 7.0, 11.0] == pytest.approx(2.0) and weights.sum() == pytest.approx(0, abs=1e-15)


def test_what_cancels_but_for_rounding_is_zero() -> None:
    assert combined(slope_weights([0.1, 0.7, 2.3]), [1.0, 1.0, 1.0]) == 0.0
    assert combined([1.0, -1.0], [1.0 + 1e-9, 1.0]) == pytest.approx(1e-9)
