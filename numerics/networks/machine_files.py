"""Machines from files of arrays."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from numerics.networks.boltzmann import RestrictedBoltzmannMachine
from numerics.networks.fully_connected import BoltzmannMachine
from numerics.networks.hopfield import HopfieldNetwork
from numerics.networks.stored_arrays import read_arrays

Machine = RestrictedBoltzmannMachine | BoltzmannMachine | HopfieldNetwork
ARRAYS = {"W": ("W", "b_visible", "b_hidden"), "J": ("J", "b"), "patterns": ("patterns",)}
"""What a file has to hold, by the array that tells its kind."""
KINDS = "W, b_visible and b_hidden, or J and b, or patterns"


def read_machine(path: str | Path, *, spins: bool = False) -> Machine:
    """A machine from an .npz file, in units of k_B T.

    ``W`` of shape (n_visible, n_hidden), ``b_visible`` and ``b_hidden`` make a restricted machine; ``J`` of shape
    (n_units, n_units), symmetric with zeros on its diagonal, and ``b`` a fully connected one; ``patterns`` of shape
    (n_patterns, n_units) and, unless it is 1, ``beta`` a Hopfield network. Other arrays are left alone.

    Parameters
    ----------
    path
        The file. Nothing in it is unpickled.
    spins
        Whether units are -1 and 1 rather than 0 and 1; those of a Hopfield network always are.

    Raises
    ------
    ValueError
        If an array is missing or does not fit the others, or the file is not what `read_arrays` reads.
    OSError
        If there is no such file.
    """
    arrays = read_arrays(path)
    kinds = [name for name in ARRAYS if name in arrays]
    if len(kinds) != 1:
        raise ValueError(
            f"expected arrays {KINDS} in {Path(path).name}; found {', '.join(arrays) or 'none'}"
            + (": save each machine in a file of its own" if kinds else "")
        )
    missing = [name for name in ARRAYS[kinds[0]] if name not in arrays]
    if missing:
        raise ValueError(
            f"expected arrays {', '.join(ARRAYS[kinds[0]])} in {Path(path).name}; found {', '.join(arrays)}: save the "
            f"missing {' and '.join(missing)} under that name"
        )
    return _machine(kinds[0], arrays, spins)


def _machine(kind: str, arrays: Mapping[str, Any], spins: bool) -> Machine:
    values = [np.asarray(arrays[name], dtype=float) for name in ARRAYS[kind]]
    if kind == "W":
        return RestrictedBoltzmannMachine(*values, spins=spins)
    if kind == "J":
        return BoltzmannMachine(*values, spins=spins)
    beta: Any = arrays.get("beta", 1.0)
    return HopfieldNetwork(*values, inverse_temperature=beta)
