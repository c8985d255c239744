"""The layer sizes and weight variances of a layered ensemble, checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class LayerChain:
    """Layers 0 to L and the variances of the weights between them.

    Attributes
    ----------
    layer_sizes
        N_0 to N_L, spins of each layer.
    weight_variances
        C_1 to C_L; the weights into layer k have variance C_k / N_{k-1}, in units of temperature squared.

    Raises
    ------
    ValueError
        If there are not as many variances as pairs of neighboring layers, or a number is not positive and finite.
    TypeError
        If a size is no integer, or a variance no real number.
    """

    layer_sizes: tuple[int, ...]
    weight_variances: tuple[float, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "layer_sizes", _sizes(self.layer_sizes))
        object.__setattr__(self, "weight_variances", _variances(self.weight_variances, len(self.layer_sizes)))

    @property
    def n_bonds(self) -> int:
        """L, the number of weight matrices."""
        return len(self.weight_variances)

    @property
    def sizes(self) -> Array:
        """N_0 to N_L as an array, shape (L + 1,)."""
        return np.array(self.layer_sizes, dtype=float)

    @property
    def variances(self) -> Array:
        """C_1 to C_L as an array, shape (L,)."""
        return np.array(self.weight_variances)


def layer_chain(layer_sizes: Any, weight_variances: Any) -> LayerChain:
    """A chain from any two sequences of numbers; errors as in `LayerChain`."""
    sizes = _listed("layer_sizes", layer_sizes)
    return LayerChain(layer_sizes=sizes, weight_variances=_listed("weight_variances", weight_variances))


def _sizes(given: Sequence[Any]) -> tuple[int, ...]:
    sizes = _listed("layer_sizes", given)
    if len(sizes) < 2:
        raise ValueError(f"expected layer_sizes of at least two layers to connect; found {sizes}")
    for k, size in enumerate(sizes):
        if isinstance(size, bool) or not isinstance(size, Integral):
            raise TypeError(f"expected integers in layer_sizes; found {size!r} for layer {k}")
        if size < 1:
            raise ValueError(f"expected at least one spin in every layer; found {size} in layer {k}")
    return tuple(int(size) for size in sizes)


def _variances(given: Sequence[Any], n_layers: int) -> tuple[float, ...]:
    variances = _listed("weight_variances", given)
    if len(variances) != n_layers - 1:
        raise ValueError(
            f"expected one weight variance for each pair of neighboring layers, {n_layers - 1} for {n_layers} layer "
            f"sizes; found {len(variances)}: layer_sizes has one more entry than weight_variances"
        )
    for k, variance in enumerate(variances, start=1):
        if isinstance(variance, bool) or not isinstance(variance, Real):
            raise TypeError(f"expected real numbers in weight_variances; found {variance!r} for C_{k}")
        if not (isfinite(variance) and float(variance) > 0):
            raise ValueError(f"expected positive finite weight variances; found C_{k} = {variance}")
    return tuple(float(variance) for variance in variances)


def _listed(name: str, given: Any) -> tuple[Any, ...]:
    if isinstance(given, str) or not hasattr(given, "__iter__"):
        raise TypeError(f"expected {name} as a sequence of numbers; found {given!r}")
    return tuple(given)
