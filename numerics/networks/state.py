"""The state of a training run after a whole number of epochs: all that is needed to go on from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Integral
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from numerics.networks.layered import LayeredNetwork

Array = NDArray[Any]

#: Raised by one whenever the names or the meaning of the stored arrays change.
STATE_SCHEMA = 1


def _no_epochs() -> NDArray[np.float64]:
    return np.empty(0)


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainingHistory:
    """What was measured in each epoch so far; entry e - 1 belongs to epoch e.

    Parameters
    ----------
    train_loss
        Mean hinge loss over the epoch's batches, each taken before its own step, in units of the margin
        squared.
    train_error
        Fraction of training samples answered wrongly in those batches.
    test_error
        Fraction of test samples answered wrongly at the end of the epoch.
    """

    train_loss: NDArray[np.float64] = field(default_factory=_no_epochs)
    train_error: NDArray[np.float64] = field(default_factory=_no_epochs)
    test_error: NDArray[np.float64] = field(default_factory=_no_epochs)

    def __post_init__(self) -> None:
        shapes = {name: np.shape(values) for name, values in self.series().items()}
        if len(set(shapes.values())) != 1 or len(self.train_loss.shape) != 1:
            raise ValueError(f"the series of a history must have one entry an epoch, found the shapes {shapes}")

    def series(self) -> dict[str, NDArray[np.float64]]:
        """The three series by name."""
        return {
            "train_loss": self.train_loss,
            "train_error": self.train_error,
            "test_error": self.test_error,
        }

    def extended(self, **measured: float) -> Self:
        """The history with one more epoch; takes train_loss, train_error and test_error."""
        return type(self)(**{name: np.append(old, measured[name]) for name, old in self.series().items()})


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainingState:
    """A network in training, at the end of an epoch.

    Parameters
    ----------
    network
        Weights and biases, single precision.
    weight_velocities, bias_velocities
        The last step of each weight and bias, which momentum carries on; shapes as in `network`.
    epoch
        Number of completed epochs, 0 before training.
    seed
        Fixes, with the epoch's number, the order in which samples are visited.
    history
        One entry a completed epoch.

    Raises
    ------
    ValueError
        If shapes, epoch and history do not fit each other.
    """

    network: LayeredNetwork
    weight_velocities: tuple[Array, ...]
    bias_velocities: tuple[Array, ...]
    epoch: int
    seed: int
    history: TrainingHistory

    def __post_init__(self) -> None:
        if not isinstance(self.seed, Integral) or isinstance(self.seed, bool) or not 0 <= self.seed < 2**63:
            raise ValueError(f"seed must be an integer from 0 to 2**63 - 1, found {self.seed!r}")
        if self.epoch != len(self.history.train_loss):
            raise ValueError(f"epoch is {self.epoch}, but the history has {len(self.history.train_loss)} entries")
        # A velocity obeys every rule of a weight: finite, matching shapes. The record checks and freezes it.
        velocities = LayeredNetwork(weights=self.weight_velocities, biases=self.bias_velocities)
        if velocities.layer_sizes != self.network.layer_sizes:
            raise ValueError(
                f"velocities belong to layers {velocities.layer_sizes}, weights to {self.network.layer_sizes}"
            )
        object.__setattr__(self, "weight_velocities", velocities.weights)
        object.__setattr__(self, "bias_velocities", velocities.biases)

    @classmethod
    def untrained(cls, network: LayeredNetwork, seed: int) -> Self:
        """The state before the first epoch: weights rounded to single precision, at rest."""
        weights = tuple(w.astype(np.float32) for w in network.weights)
        biases = tuple(b.astype(np.float32) for b in network.biases)
        return cls(
            network=LayeredNetwork(weights=weights, biases=biases),
            weight_velocities=tuple(np.zeros_like(w) for w in weights),
            bias_velocities=tuple(np.zeros_like(b) for b in biases),
            epoch=0,
            seed=seed,
            history=TrainingHistory(),
        )

    def to_arrays(self) -> dict[str, Array]:
        """The state as named arrays, without loss; `from_arrays` reads them back."""
        arrays: dict[str, Array] = {
            "schema": np.array(STATE_SCHEMA),
            "epoch": np.array(self.epoch),
            "seed": np.array(self.seed, dtype=np.int64),
            **self.history.series(),
        }
        for name, group in self._groups().items():
            arrays.update({f"{name}_{k}": array for k, array in enumerate(group)})
        return arrays

    def _groups(self) -> dict[str, tuple[Array, ...]]:
        return {
            "weights": self.network.weights,
            "biases": self.network.biases,
            "weight_velocities": self.weight_velocities,
            "bias_velocities": self.bias_velocities,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> Self:
        """Read a state back from the arrays of `to_arrays`.

        Raises
        ------
        ValueError
            If an array is missing, or the arrays were written under another schema.
        """
        schema = int(_named(arrays, "schema"))
        if schema != STATE_SCHEMA:
            raise ValueError(
                f"this training state has schema {schema}, this version reads schema {STATE_SCHEMA}: "
                "train anew, or read it with the version that wrote it"
            )
        return cls(
            network=LayeredNetwork(weights=_group(arrays, "weights"), biases=_group(arrays, "biases")),
            weight_velocities=_group(arrays, "weight_velocities"),
            bias_velocities=_group(arrays, "bias_velocities"),
            epoch=int(_named(arrays, "epoch")),
            seed=int(_named(arrays, "seed")),
            history=TrainingHistory(**{name: _named(arrays, name) for name in TrainingHistory().series()}),
        )


def _named(arrays: Mapping[str, Array], name: str) -> Array:
    if name not in arrays:
        raise ValueError(f"a training state needs the array {name!r}, found only {sorted(arrays)}")
    return arrays[name]


def _group(arrays: Mapping[str, Array], name: str) -> tuple[Array, ...]:
    """The arrays name_0, name_1, … as many as there are weight matrices."""
    n_layers = sum(key.startswith("weights_") for key in arrays)
    return tuple(_named(arrays, f"{name}_{k}") for k in range(n_layers))
