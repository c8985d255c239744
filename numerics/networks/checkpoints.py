"""The weight matrices of a trained network from an .npz file, in the order of its layers."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from numerics.networks.stored_arrays import read_arrays

_NUMBERED = re.compile(r"^(?P<before>.*?)(?P<number>\d+)(?P<after>\D*)$")


@dataclass(frozen=True, kw_only=True)
class StoredWeights:
    """The weight matrices of one file in layer order.

    Attributes
    ----------
    matrices : tuple of ndarray
        As stored, each with two axes.
    names : tuple of str
        Their names in the file.
    skipped : tuple of str
        Names of the arrays with fewer than two axes, biases and the like, which are left out.
    """

    matrices: tuple[NDArray[np.number], ...]
    names: tuple[str, ...]
    skipped: tuple[str, ...]


def read_weights(path: str | Path) -> StoredWeights:
    """Read the weight matrices of an .npz file.

    The order is that of the file, except where all names differ in one number only (W1, W2, ..., W10, or
    layers.0.weight, layers.2.weight): then it is the order of the numbers.

    Raises
    ------
    ValueError
        The file is empty, cut off or no .npz; an array in it is pickled, not of real numbers, or has more than two
        axes; or there is no matrix in it.
    OSError
        There is no such file, or it may not be read.
    """
    return _sorted_by_axes(Path(path).name, read_arrays(path))


def _sorted_by_axes(file_name: str, arrays: dict[str, NDArray[np.number]]) -> StoredWeights:
    names = [name for name, array in arrays.items() if array.ndim == 2]
    if not names:
        raise ValueError(
            f"expected at least one weight matrix in {file_name}; found {_listed(arrays)}, no layer to connect: "
            "save the weights as arrays with two axes"
        )
    names = _in_layer_order(names)
    return StoredWeights(
        matrices=tuple(arrays[name] for name in names),
        names=tuple(names),
        skipped=tuple(name for name in arrays if name not in names),
    )


def _in_layer_order(names: list[str]) -> list[str]:
    matches = [_NUMBERED.match(name) for name in names]
    numbered = [match for match in matches if match is not None]
    patterns = {(match["before"], match["after"]) for match in numbered}
    if len(numbered) != len(names) or len(patterns) != 1:
        return names
    return sorted(names, key=lambda name: int(re.findall(r"\d+", name)[-1]))


def _listed(arrays: dict[str, NDArray[np.number]]) -> str:
    if not arrays:
        return "no array"
    return ", ".join(f"{name} of shape {array.shape}" for name, array in arrays.items())
