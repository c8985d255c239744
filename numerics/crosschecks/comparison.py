"""One prediction against one measurement, with the gate it has to pass and the rival theory it has to reject."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import numpy as np

SCHEMA = 1
# A rival counts as rejected beyond this many standard errors.
REJECTION = 5.0


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The outcome of one check of the theory on networks that know nothing of it.

    Attributes
    ----------
    identifier, title
        Of the comparison; the identifier begins with that of its cross-check.
    quantity
        What was predicted and measured, with its units.
    prediction
        From the derived formulas; None for a claim that has no number, such as "it grows".
    measurement
        Mean over independent seeds, extrapolated where the comparison says so.
    standard_error
        Of the measurement, from the spread over seeds.
    degrees_of_freedom
        Of that standard error.
    finite_size_bias
        What the measurement may be off by beside its standard error, and why `data` says.
    k
        Student's quantile of the gate, in standard errors.
    false_alarm_rate
        Of the gate: how often it would refuse a right prediction of an unbiased measurement.
    rival, rival_prediction
        A wrong theory, and its value of the quantity.
    n_samples
        Independent networks that went in.
    provenance
        Versions, seed and scale.
    data
        What a figure needs.
    serves
        The printed equations that the comparison tests, as "paper:number"; none for a prediction of our own.

    Raises
    ------
    ValueError
        If the standard error is not positive, or another number is not finite.
    """

    identifier: str
    title: str
    quantity: str
    prediction: float | None
    measurement: float
    standard_error: float
    degrees_of_freedom: float
    finite_size_bias: float
    k: float
    false_alarm_rate: float
    rival: str
    rival_prediction: float
    n_samples: int
    provenance: Mapping[str, Any]
    data: Mapping[str, Any] = field(default_factory=dict)
    serves: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        numbers = (self.measurement, self.finite_size_bias, self.k, self.rival_prediction)
        if not all(map(isfinite, numbers)) or not (self.prediction is None or isfinite(self.prediction)):
            raise ValueError(f"expected finite numbers in the comparison {self.identifier!r}; found {numbers}")
        if not (isfinite(self.standard_error) and self.standard_error > 0):
            raise ValueError(
                f"expected a positive standard error in {self.identifier!r}; found {self.standard_error}: "
                "a measurement without spread cannot refuse anything"
            )
        if self.finite_size_bias < 0:
            raise ValueError(f"expected a bias of at least 0 in {self.identifier!r}; found {self.finite_size_bias}")

    @property
    def z(self) -> float | None:
        """Distance of the measurement from the prediction, in standard errors."""
        return None if self.prediction is None else (self.measurement - self.prediction) / self.standard_error

    @property
    def rival_z(self) -> float:
        """Distance of the measurement from the rival's prediction, in standard errors, the bias taken off."""
        distance = self.measurement - self.rival_prediction
        return float(np.sign(distance)) * max(0.0, abs(distance) - self.finite_size_bias) / self.standard_error

    @property
    def accepted(self) -> bool:
        """Whether the measurement passes the gate.

        With a prediction: it lies within k standard errors and the bias. Without one the claim is growth: the
        measurement exceeds the rival's value by more than k standard errors and the bias.
        """
        if self.prediction is None:
            return self.rival_z > self.k
        return abs(self.measurement - self.prediction) <= self.k * self.standard_error + self.finite_size_bias

    @property
    def rival_rejected(self) -> bool:
        """Whether the rival lies more than five standard errors off, beyond the bias."""
        return abs(self.rival_z) > REJECTION

    def to_json(self) -> dict[str, Any]:
        """The record as plain JSON values; what is undefined is None."""
        names = (
            "identifier", "title", "quantity", "prediction", "measurement", "standard_error", "degrees_of_freedom",
            "finite_size_bias", "z", "k", "false_alarm_rate", "rival", "rival_prediction", "rival_z", "accepted",
            "rival_rejected", "n_samples", "provenance", "data", "serves",
        )  # fmt: skip
        return {"schema": SCHEMA, **{name: plain(getattr(self, name)) for name in names}}


def plain(value: Any) -> Any:
    """Arrays as lists, NumPy numbers as Python's, numbers that are not finite as None."""
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not isfinite(value) else value


def provenance(*, seed: int, scale: str) -> dict[str, Any]:
    """What the numbers of a comparison depend on beside the code."""
    return {"seed": seed, "scale": scale, "python": platform.python_version(), "numpy": np.__version__}
