"""What a training run is told besides its data: the numbers of Table 1."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from numbers import Integral, Real


@dataclass(frozen=True, kw_only=True)
class TrainingSettings:
    """Stochastic gradient descent with momentum on the squared multi-class hinge loss.

    Parameters
    ----------
    epochs
        Passes over the training set, counted from the untrained network, also when a run is resumed.
    learning_rate
        Step along the gradient of the loss averaged over the batch.
    momentum
        Fraction of the last step that is taken again, in [0, 1): v <- momentum v - rate gradient, w <- w + v.
    batch_size
        Samples a step; the last batch of an epoch may be smaller and is averaged over its own size.
    margin
        Margin of the hinge loss, in units of the network's outputs.

    Raises
    ------
    ValueError, TypeError
        For a number outside its range, naming the field.
    """

    epochs: int
    learning_rate: float
    momentum: float
    batch_size: int
    margin: float

    def __post_init__(self) -> None:
        _require_count("epochs", self.epochs)
        _require_count("batch_size", self.batch_size)
        _require_positive("learning_rate", self.learning_rate)
        _require_positive("margin", self.margin)
        if not isinstance(self.momentum, Real) or not 0 <= self.momentum < 1:
            raise ValueError(f"momentum must lie in [0, 1), found {self.momentum!r}")


def _require_count(name: str, value: int) -> None:
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise TypeError(f"{name} must be an integer, found {value!r}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, found {value}")


def _require_positive(name: str, value: float) -> None:
    if not isinstance(value, Real) or isinstance(value, bool):
        raise TypeError(f"{name} must be a real number, found {value!r}")
    if not (isfinite(value) and value > 0):
        raise ValueError(f"{name} must be positive and finite, found {value!r}")


#: The standard network of Barney, Winer and Galitski (2024), Table 1, at the larger of their two learning
#: rates. For other numbers: ``dataclasses.replace(STANDARD_TRAINING, epochs=30)``.
STANDARD_TRAINING = TrainingSettings(epochs=60, learning_rate=1e-4, momentum=0.9, batch_size=32, margin=10.0)
