"""A saddle point of one step of breaking as its solvers hand it over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class OneStepRoot:
    """A saddle point of one step of breaking, and the quantities there.

    Attributes
    ----------
    overlaps, breakpoint
        (q0, q1), and x; the limit of x over temperature at zero temperature.
    free_energy, entropy, magnetization
        Per spin.
    residual
        Largest derivative of the free energy by an unknown.
    uncertainty
        Largest relative change in the last step.
    iterations
        Steps.
    gain
        The free energy above that of equal overlaps, where it was computed to more digits than doubles have.
    """

    overlaps: tuple[float, float]
    breakpoint: float
    free_energy: float
    entropy: float
    magnetization: float
    residual: float
    uncertainty: float
    iterations: int
    gain: float | None = None
