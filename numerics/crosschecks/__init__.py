"""Where theory and networks meet: the checks, in reading order."""

from __future__ import annotations

from numerics.crosschecks.annealed_machines import ANNEALED_MACHINES
from numerics.crosschecks.comparison import Comparison
from numerics.crosschecks.crooks_crossing import CROOKS_CROSSING
from numerics.crosschecks.crosscheck import CrossCheck
from numerics.crosschecks.error_bars import ERROR_BARS
from numerics.crosschecks.learning_partition import LEARNING_PARTITION
from numerics.crosschecks.learning_spectrum import LEARNING_SPECTRUM
from numerics.crosschecks.network_couplings import NETWORK_COUPLINGS
from numerics.crosschecks.network_outputs import NETWORK_OUTPUTS
from numerics.crosschecks.network_widths import NETWORK_WIDTHS
from numerics.crosschecks.schroedinger_diffusion import SCHROEDINGER_DIFFUSION
from numerics.crosschecks.tap_magnetizations import TAP_MAGNETIZATIONS
from numerics.crosschecks.targeted_map import TARGETED_MAP
from numerics.crosschecks.trained import TRAINED_GROWTH
from numerics.crosschecks.two_fractions import TWO_FRACTIONS
from numerics.crosschecks.untrained_curve import UNTRAINED_CURVE
from numerics.crosschecks.untrained_temperature import UNTRAINED_TEMPERATURE
from numerics.crosschecks.work_identity import WORK_IDENTITY

CROSSCHECKS: tuple[CrossCheck, ...] = (
    UNTRAINED_TEMPERATURE,
    UNTRAINED_CURVE,
    TAP_MAGNETIZATIONS,
    TRAINED_GROWTH,
    NETWORK_OUTPUTS,
    NETWORK_WIDTHS,
    NETWORK_COUPLINGS,
    WORK_IDENTITY,
    CROOKS_CROSSING,
    ANNEALED_MACHINES,
    TARGETED_MAP,
    ERROR_BARS,
    LEARNING_PARTITION,
    LEARNING_SPECTRUM,
    TWO_FRACTIONS,
    SCHROEDINGER_DIFFUSION,
)

__all__ = ["CROSSCHECKS", "Comparison", "CrossCheck"]
