"""A network at chosen moments of its training: one Hamiltonian for each, a family indexed by time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from numerics.networks.digits import Digits
from numerics.networks.layered import LayeredNetwork
from numerics.networks.settings import TrainingSettings
from numerics.networks.state import TrainingState
from numerics.networks.trainer import training_states


def training_snapshots(
    network: LayeredNetwork,
    data: Digits,
    settings: TrainingSettings,
    *,
    seed: int,
    epochs: Sequence[int],
    start: TrainingState | None = None,
) -> Iterator[TrainingState]:
    """States of one training run at the chosen epochs, each as soon as it is reached.

    Parameters
    ----------
    network, data, settings, seed, start
        As in `numerics.networks.trainer.train`.
    epochs
        Ascending numbers of completed epochs, 0 for the network before training; none beyond
        ``settings.epochs`` and none before `start`. The run ends with the last of them.

    Yields
    ------
    TrainingState
        ``.epoch`` tells which; ``.network.weights`` are the couplings J^(k) at that time.

    Notes
    -----
    Barney, Winer and Galitski (2024), eq. (31): H(sigma, t) with t the epoch.
    """
    first = 0 if start is None else start.epoch
    wanted = _checked_epochs(epochs, first, settings.epochs)
    until_last = replace(settings, epochs=max(1, wanted[-1]))
    for state in training_states(network, data, until_last, seed=seed, start=start):
        if state.epoch in wanted:
            yield state
        if state.epoch == wanted[-1]:
            return


def logarithmic_epochs(last: int) -> tuple[int, ...]:
    """Epochs 0, 1, 2, 4, 8, … and `last`: evenly spaced on the logarithmic axis of a power law in time."""
    if last < 1:
        raise ValueError(f"the last epoch must be at least 1, found {last}")
    powers = [2**k for k in range(last.bit_length()) if 2**k < last]
    return (0, *powers, last)


def _checked_epochs(epochs: Sequence[int], first: int, last: int) -> tuple[int, ...]:
    wanted = tuple(epochs)
    if not wanted or any(a >= b for a, b in pairwise(wanted)) or wanted[0] < first or wanted[-1] > last:
        raise ValueError(f"epochs must ascend from {first} or later to {last} at most, found {wanted}")
    return wanted
