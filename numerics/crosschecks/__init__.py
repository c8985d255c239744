"""Where theory and networks meet: the checks, in reading order."""

from __future__ import annotations

from numerics.crosschecks.comparison import Comparison
from numerics.crosschecks.crosscheck import CrossCheck
from numerics.crosschecks.network_couplings import NETWORK_COUPLINGS
from numerics.crosschecks.network_outputs import NETWORK_OUTPUTS
from numerics.crosschecks.network_widths import NETWORK_WIDTHS
from numerics.crosschecks.tap_magnetizations import TAP_MAGNETIZATIONS
from numerics.crosschecks.trained import TRAINED_GROWTH
from numerics.crosschecks.untrained_curve import UNTRAINED_CURVE
from numerics.crosschecks.untrained_temperature import UNTRAINED_TEMPERATURE

CROSSCHECKS: tuple[CrossCheck, ...] = (
    UNTRAINED_TEMPERATURE,
    UNTRAINED_CURVE,
    TAP_MAGNETIZATIONS,
    TRAINED_GROWTH,
    NETWORK_OUTPUTS,
    NETWORK_WIDTHS,
    NETWORK_COUPLINGS,
)

__all__ = ["CROSSCHECKS", "Comparison", "CrossCheck"]
