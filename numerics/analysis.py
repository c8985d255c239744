"""What the spin model of one trained network looks like at its melting transition, in one record."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from numpy.typing import ArrayLike

from numerics.networks.checkpoints import read_weights
from numerics.orientation import Orientation, layer_blocks, layer_sizes
from numerics.solvers.critical_temperature import critical_temperature
from numerics.spectra.bond_edge import largest_bond_eigenvalue
from numerics.spectra.level_spacing import first_level_spacing

# The level spacing needs all eigenvalues of an N x N matrix: 800 MB and some minutes at this many spins.
_MOST_DENSE_SPINS = 10_000


@dataclass(frozen=True, kw_only=True)
class NetworkAnalysis:
    """The transition of the Ising model whose couplings are a network's weights, in their units.

    Attributes
    ----------
    layer_sizes : tuple of int
        Numbers of neurons, from the input layer to the output layer.
    critical_temperature, inverse_critical_temperature : float
        As `numerics.critical_temperature` gives them for threshold 0.
    least_eigenvalue : float
        The least eigenvalue of I - M at its minimum over temperature.
    crosses : bool
        Whether it reaches zero, so that the temperature is a crossing rather than a minimum.
    first_crossing : float or None
        The first inverse temperature at which it is zero.
    at_minimum : float
        The inverse temperature at which it is least.
    first_level_spacing : float or None
        (lambda_2 - lambda_1) / median spacing of I - M at the critical temperature; None if undefined or not computed.
    largest_bond_eigenvalue : float
        The largest eigenvalue of the bond matrix J.
    notes : tuple of str
        What was left out, and why.
    """

    layer_sizes: tuple[int, ...]
    critical_temperature: float
    inverse_critical_temperature: float
    least_eigenvalue: float
    crosses: bool
    first_crossing: float | None
    at_minimum: float
    first_level_spacing: float | None
    largest_bond_eigenvalue: float
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Return the record as one JSON object, schema 1; what is undefined is None."""
        return {
            "schema": 1,
            "layer_sizes": list(self.layer_sizes),
            "critical_temperature": _number(self.critical_temperature),
            "inverse_critical_temperature": _number(self.inverse_critical_temperature),
            "least_eigenvalue": _number(self.least_eigenvalue),
            "crosses": self.crosses,
            "first_crossing": _number(self.first_crossing),
            "at_minimum": _number(self.at_minimum),
            "first_level_spacing": _number(self.first_level_spacing),
            "largest_bond_eigenvalue": _number(self.largest_bond_eigenvalue),
            "notes": list(self.notes),
        }


def analyze(
    weights_or_path: Sequence[ArrayLike] | str | Path, *, orientation: Orientation | None = None
) -> NetworkAnalysis:
    """Analyze one network: its weight matrices in layer order, or the path of an .npz file of them.

    Parameters
    ----------
    weights_or_path : sequence of array_like, str or Path
        Matrices as for `critical_temperature`; in a file, arrays with fewer than two axes (biases) are
        skipped and noted.
    orientation : {"in-out", "out-in"}, optional
        Needed only where the shapes chain both ways.

    Raises
    ------
    ValueError
        A file or weights that are no chain of layers of finite real numbers, or are all zero.
    TypeError
        Weights that are not real numbers.
    OSError
        The file cannot be read.
    """
    notes: list[str] = []
    if isinstance(weights_or_path, str | Path):
        stored = read_weights(weights_or_path)
        if stored.skipped:
            notes.append(f"not weight matrices, left out: {', '.join(stored.skipped)}")
        weights_or_path = stored.matrices
    blocks = layer_blocks(weights_or_path, orientation=orientation)
    transition = critical_temperature(blocks, orientation="in-out")
    n_spins = len(transition.eigenvector)
    spacing = None
    if n_spins <= _MOST_DENSE_SPINS:
        spacing = first_level_spacing(blocks, transition.inverse_temperature, orientation="in-out")
        if spacing is None:
            notes.append("first_level_spacing is undefined: most levels coincide")
    else:
        notes.append(f"first_level_spacing left out: {n_spins} spins are more than {_MOST_DENSE_SPINS}")
    return NetworkAnalysis(
        layer_sizes=layer_sizes(blocks),
        critical_temperature=transition.temperature,
        inverse_critical_temperature=transition.inverse_temperature,
        least_eigenvalue=transition.least_eigenvalue,
        crosses=transition.crosses,
        first_crossing=transition.first_crossing,
        at_minimum=transition.at_minimum,
        first_level_spacing=spacing,
        largest_bond_eigenvalue=largest_bond_eigenvalue(blocks, orientation="in-out"),
        notes=tuple(notes),
    )


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value
