"""Where theory and networks meet: the checks, in reading order."""

from __future__ import annotations

from numerics.crosschecks.comparison import Comparison
from numerics.crosschecks.crosscheck import CrossCheck
from numerics.crosschecks.tap_magnetizations import TAP_MAGNETIZATIONS
from numerics.crosschecks.trained import TRAINED_GROWTH
from numerics.crosschecks.untrained_curve import UNTRAINED_CURVE
from numerics.crosschecks.untrained_temperature import UNTRAINED_TEMPERATURE

CROSSCHECKS: tuple[CrossCheck, ...] = (
    UNTRAINED_TEMPERATURE,
    UNTRAINED_CURVE,
    TAP_MAGNETIZATIONS,
    TRAINED_GROWTH,
)

__all__ = ["CROSSCHECKS", "Comparison", "CrossCheck"]
