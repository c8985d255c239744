"""The first level spacing at the melting transition: a bulk edge or a level of its own."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from numerics.orientation import Orientation
from numerics.spectra.dense import stability_spectrum


def first_level_spacing(
    weights: Sequence[ArrayLike], inverse_temperature: float, *, orientation: Orientation | None = None
) -> float | None:
    """Return s_0 / s_typ = (lambda_2 - lambda_1) / median level spacing of I - M, dimensionless.

    Barney et al., section 3.3: of order one where the spectrum ends in a bulk edge, as in a glass; large
    where one level has split off, as in a transition with a single hidden order. Uses dense eigenvalues.

    Returns
    -------
    float or None
        None where more than half of the levels coincide to rounding, so that there is no typical spacing.

    Raises
    ------
    ValueError
        Weights that are no chain of layers, or a negative or infinite inverse temperature.
    """
    levels = stability_spectrum(weights, inverse_temperature, orientation=orientation)
    spacings = np.diff(levels)
    typical = float(np.median(spacings))
    # Dense eigenvalues are good to about N eps of the largest: smaller spacings are noise.
    noise = len(levels) * np.finfo(np.float64).eps * float(np.max(np.abs(levels)))
    return float(spacings[0]) / typical if typical > noise else None
