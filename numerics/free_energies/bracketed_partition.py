"""log Z of a machine with what chains in both directions say of it."""

from __future__ import annotations

from dataclasses import dataclass

from numerics.free_energies.estimate import FreeEnergyEstimate

LEAST_EFFECTIVE = 30
MIXING_ALARM = 1e-4
"""False alarms of the test of mixing."""


@dataclass(frozen=True, kw_only=True, eq=False)
class BracketedLogPartition:
    """log Z of a machine from chains in both directions.

    Attributes
    ----------
    log_partition, standard_error : float
        By Bennett's acceptance ratio from both.
    lower, upper : float
        What the mean works of forward and of reverse chains say: below and above log Z in expectation, the latter as
        far as reverse chains start in equilibrium.
    combined, forward, reverse : FreeEnergyEstimate
        Of the machine over its base, from both directions; from forward works; from those spent from 1 to 0.
    base_log_partition : float
        Of the independent units at the start of the path.
    mixing_p_value : float
        Of the tests that reverse works and the units at their start have the same laws for chains that come from random
        states and only know the machine: it is small where the machine does not mix.
    schedule : tuple of float
        Values of the parameter from 0 to 1.
    """

    log_partition: float
    standard_error: float
    lower: float
    upper: float
    combined: FreeEnergyEstimate
    forward: FreeEnergyEstimate
    reverse: FreeEnergyEstimate
    base_log_partition: float
    mixing_p_value: float
    schedule: tuple[float, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What speaks against the error bar: reverse chains, above all, that come from few forward ones."""
        few = [
            f"{name} chains are worth {found.effective_sample_size:.1f} independent ones, below {LEAST_EFFECTIVE}: "
            "reverse chains need not have started in equilibrium; take more chains or more temperatures"
            for name, found in (("forward", self.forward), ("reverse", self.reverse))
            if found.effective_sample_size < LEAST_EFFECTIVE
        ]
        unmixed = (
            "chains from random states and chains along the path come to different states of the machine (p = "
            f"{self.mixing_p_value:.1g} that works and units have one law): it does not mix, and states may be "
            "missing; take more temperatures, or trust neither"
        )
        return (*few, *([unmixed] if self.mixing_p_value < MIXING_ALARM else []), *self.combined.warnings)

    @property
    def reliable(self) -> bool:
        """Whether nothing does."""
        return not self.warnings
