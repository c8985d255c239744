"""Multilayer spin glasses with numbers for their sizes and variances, as numerics take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

from theory.models import multilayer
from theory.models.disordered import DisorderedModel


@dataclass(frozen=True)
class MultilayerSpinGlass:
    """Ising spins in layers, independent Gaussian bonds between neighboring layers; energies are per spin.

    H = - sum over bonds J s s - h sum over spins s; the bonds into layer k have variance C_k / N_{k-1}. Source: Barney,
    Winer, Galitski (2024), equation (1).

    Parameters
    ----------
    layer_sizes
        N_0 to N_L, positive whole numbers; in the limit of large layers only their ratios enter.
    weight_variances
        C_1 to C_L, positive, one fewer than the layers.

    Raises
    ------
    ValueError, TypeError
        For sizes or variances that are not positive numbers, or do not fit each other.
    """

    layer_sizes: tuple[int, ...]
    weight_variances: tuple[float, ...]

    def __init__(self, layer_sizes: Sequence[int], weight_variances: Sequence[float]) -> None:
        sizes = tuple(_checked_size(n, f"layer_sizes[{k}]") for k, n in enumerate(layer_sizes))
        variances = tuple(_checked_variance(c, f"weight_variances[{k}]") for k, c in enumerate(weight_variances))
        if len(sizes) < 2 or len(variances) != len(sizes) - 1:
            raise ValueError(
                f"expected two or more layers and one variance fewer than layers; found {len(sizes)} sizes and "
                f"{len(variances)} variances"
            )
        object.__setattr__(self, "layer_sizes", sizes)
        object.__setattr__(self, "weight_variances", variances)

    @property
    def disordered_model(self) -> DisorderedModel:
        """The symbolic model it belongs to, with a field h[k] on each layer."""
        return multilayer.multilayer_model_in_field()

    @property
    def values(self) -> Mapping[Any, Any]:
        """Values of the symbols of that model, but for temperature and fields: L, N[0] to N[L], C[1] to C[L]."""
        found: dict[Any, Any] = {multilayer.n_bonds: len(self.weight_variances)}
        found.update({multilayer.layer_sizes[k]: n for k, n in enumerate(self.layer_sizes)})
        found.update({multilayer.weight_variances[k]: c for k, c in enumerate(self.weight_variances, start=1)})
        return found


class BipartiteSpinGlass(MultilayerSpinGlass):
    """Two groups of Ising spins, visible and hidden: a restricted Boltzmann machine with random weights.

    It is the multilayer model of two layers, so a bond has variance ``weight_variance / visible``.

    Parameters
    ----------
    visible, hidden
        Numbers of spins.
    weight_variance
        C_1.
    """

    def __init__(self, visible: int, hidden: int, *, weight_variance: float = 1.0) -> None:
        super().__init__((visible, hidden), (weight_variance,))

    @property
    def visible(self) -> int:
        """Number of visible spins."""
        return self.layer_sizes[0]

    @property
    def hidden(self) -> int:
        """Number of hidden spins."""
        return self.layer_sizes[1]


def _checked_size(value: Any, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} is a positive whole number; found {value!r}")
    if value <= 0:
        raise ValueError(f"{name} is a positive whole number; found {value!r}")
    return int(value)


def _checked_variance(value: Any, name: str) -> Any:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} is a positive number; found {value!r}")
    if not 0 < float(value) < float("inf"):
        raise ValueError(f"{name} is a finite positive number; found {value!r}")
    return value
